"""The ward's notice that something about the medication is in doubt: BLINDED.

Made from `BlindedSafetyNotice` alone. It carries no ledger position: the head's hash covers the arm.
"""

from pharmacy_app.documents.moments import with_offset
from pharmacy_app.documents.paper import Column, Field, Head, Secrecy, Sheet
from pharmacy_app.domain.blinding import BlindedSafetyNotice
from pharmacy_app.domain.trial import Text

TITLE = Text(zh="试验用药品安全通知", en="Safety notice about the trial medication")
_GIVEN = (
    Column("受试者", "Subject", 2),
    Column("访视", "Visit", 1.5),
    Column("给药交接时间", "Handed over for infusion", 3),
    Column("已查看（签名）", "Seen (signature)", 3),
)
BY_HAND = " "
"""A cell left free to write in: an empty one would be struck through."""
_EVERYBODY = (
    "下表列出本中心所有用过试验用药品的受试者，不论其是否涉及，也不论组别。 "
    "The table lists every subject of this site who was given trial medication, concerned or not and"
    " whatever their group."
)


def render(notice: BlindedSafetyNotice) -> bytes:
    """Return the notice as PDF. Raises Refused as `Pen.finish` does."""
    issued = with_offset(notice.issued_at, notice.zone)
    head = Head(
        title=TITLE,
        under=f"{notice.site} {notice.site_name.zh} {notice.site_name.en}",
        facts=(f"试验 Trial {notice.trial_code}", f"方案 Protocol {notice.protocol}"),
        foot=(issued, f"{notice.sponsor.emergency_telephone}"),
        secrecy=Secrecy.BLINDED,
        training=notice.training,
    )
    sheet = Sheet("safety-notice", head)
    sheet.section("致研究者", "To the investigator")
    sheet.fields(
        (
            Field(
                "研究者",
                "Investigator",
                f"{notice.investigator.zh} {notice.investigator.en}",
                span=2,
                strong=True,
            ),
            Field("发出人（药房）", "Issued by (pharmacy)", notice.issued_by),
            Field("发出时间", "Issued at", issued),
            Field("疑问", "What is in doubt", notice.concern, span=4, strong=True),
            Field("请注意", "What to watch for", notice.advice, span=4, strong=True),
            Field(
                "申办者紧急电话",
                "Sponsor's emergency telephone",
                notice.sponsor.emergency_telephone,
                span=4,
            ),
        )
    )
    sheet.note(_EVERYBODY, size=9)
    sheet.section("用药受试者", "Subjects who were given medication")
    sheet.table(
        _GIVEN,
        [
            (one.subject, one.visit, with_offset(one.given_at, notice.zone), BY_HAND)
            for one in notice.given
        ],
    )
    return sheet.finish()
