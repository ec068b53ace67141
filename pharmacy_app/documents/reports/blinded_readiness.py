"""What ward and coordinator are told of the pharmacy's readiness: BLINDED.

Made from `BlindedReadiness` alone. It speaks of the site and of days, never of a subject: from a "no"
for one and a "yes" for another of the same day, their arms could be told apart.
"""

from datetime import date

from pharmacy_app.documents.moments import with_offset
from pharmacy_app.documents.paper import Column, Field, Head, Secrecy, Sheet
from pharmacy_app.domain.blinding import BlindedReadiness
from pharmacy_app.domain.trial import Text

TITLE = Text(zh="药房备药情况", en="Readiness of the pharmacy")
READY = {True: "是 Yes", False: "否 No"}
_WEEKDAYS = ("一 Mon", "二 Tue", "三 Wed", "四 Thu", "五 Fri", "六 Sat", "日 Sun")
_COLUMNS = (
    Column("日期", "Day", 2),
    Column("访视数", "Visits planned", 1, "right"),
    Column("备妥", "Ready for all of them", 1.4),
)
_RULE = (
    "“是”表示当日及之前所有计划访视的用药均已备妥，与任何受试者的分组无关。“否”表示药房尚未作出承诺，"
    "请与药房联系；不说明任何受试者的情况。 "
    "Yes means that the doses of all visits planned up to and on that day are there, whichever group "
    "any subject is in. No means that the pharmacy has not promised it: ask the pharmacy. It says "
    "nothing about any subject."
)


def render(told: BlindedReadiness) -> bytes:
    """Return the paper as PDF. Raises Refused as `Pen.finish` does."""
    made = told.made_on.isoformat()
    head = Head(
        title=TITLE,
        under=f"{told.site} {told.site_name.zh} {told.site_name.en}",
        facts=(made, f"试验 Trial {told.trial_code}", f"方案 Protocol {told.protocol}"),
        foot=(f"制表日期 Made on {made}",),
        secrecy=Secrecy.BLINDED,
        training=told.training,
    )
    sheet = Sheet("blinded-readiness", head)
    sheet.section("药房承诺", "The pharmacy's promise")
    promised_at = None if told.promised_at is None else with_offset(told.promised_at, told.zone)
    sheet.fields(
        (
            Field(
                "承诺有效至",
                "Promised up to",
                None if told.until is None else _day(told.until),
                span=2,
                strong=True,
            ),
            Field(
                "可再入组一名受试者",
                "Ready for one more subject today",
                READY[told.one_more],
                span=2,
                strong=True,
            ),
            Field("承诺人", "Promised by", told.promised_by, span=2),
            Field("承诺时间", "Promised at", promised_at, span=2),
        )
    )
    sheet.section("计划访视", "Visits planned")
    sheet.table(_COLUMNS, [(_day(one.day), str(one.visits), READY[one.ready]) for one in told.days])
    sheet.space(6)
    sheet.note(_RULE)
    return sheet.finish()


def _day(day: date) -> str:
    return f"{day.isoformat()} {_WEEKDAYS[day.weekday()]}"
