"""The notice that tells the sponsor of an emergency code break without telling the arm: BLINDED.

Made from `BlindedNotice` alone. It carries no ledger position: the head's hash covers the arm.
"""

from pharmacy_app.documents.moments import with_offset
from pharmacy_app.documents.paper import Field, Head, Secrecy, Sheet
from pharmacy_app.domain.blinding import BlindedNotice
from pharmacy_app.domain.trial import Text

TITLE = Text(zh="紧急揭盲通知", en="Notice of an emergency code break")
_BLIND = (
    "本通知不含组别。组别仅在交给申请人的密封揭盲函中。 "
    "This notice names no group. The group is in the sealed letter to the requester alone."
)


def render(notice: BlindedNotice) -> bytes:
    """Return the notice as PDF. Raises Refused as `Pen.finish` does."""
    head = Head(
        title=TITLE,
        under=f"{notice.site} {notice.site_name.zh} {notice.site_name.en}",
        facts=(
            str(notice.subject),
            f"试验 Trial {notice.trial_code}",
            f"方案 Protocol {notice.protocol}",
        ),
        foot=(with_offset(notice.broken_at, notice.zone), _BLIND),
        secrecy=Secrecy.BLINDED,
        training=notice.training,
    )
    sheet = Sheet("code-break-notice", head)
    sheet.section("致申办者", "To the sponsor")
    sheet.fields(
        (
            Field(
                "申办者", "Sponsor", f"{notice.sponsor.name.zh} {notice.sponsor.name.en}", span=4
            ),
            Field("受试者", "Subject", notice.subject, span=2, strong=True),
            Field(
                "揭盲时间",
                "Code broken at",
                with_offset(notice.broken_at, notice.zone),
                span=2,
                strong=True,
            ),
            Field("原因类别", "Reason", f"{notice.category.zh} {notice.category.en}", span=2),
            Field("揭盲人", "Broken by", notice.broken_by, span=2),
            Field("申请人", "Requested by", notice.requester, span=2),
            Field("职务", "Role", notice.requester_role, span=2),
        )
    )
    sheet.note(_BLIND, size=9)
    sheet.section("申办者确认（手写）", "Sponsor's receipt (by hand)")
    sheet.fields(
        (
            Field("收到人（正楷、签名）", "Received by", span=2, write=True),
            Field("日期时间", "Date and time", span=2, write=True),
        )
    )
    return sheet.finish()
