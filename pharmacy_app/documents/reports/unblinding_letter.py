"""The letter that tells one named clinician one subject's treatment. UNBLINDED, in a sealed envelope.

In a rehearsal it is made with everything but the treatment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.documents.padding import padded
from pharmacy_app.documents.paper import Column, Field, Secrecy
from pharmacy_app.documents.reports.unblinded import unblinded_sheet
from pharmacy_app.documents.standing import Standing
from pharmacy_app.domain.trial import Contact, Text

TITLE = Text(zh="揭盲函", en="Unblinding letter")
STEP = 64 * 1024
"""The letter's length in bytes, or that of a longer one in steps: it says nothing of what is inside."""
_HOW = (
    Text(
        zh="请仅由收件人本人拆阅。请勿向受试者以外的任何人（包括研究者团队其他成员、监查员）透露其内容，"
        "除非受试者的救治需要。",
        en="For the addressee alone. Tell nobody else what it says, neither the investigator's team "
        "nor the monitor, unless the subject's care needs it.",
    ),
    Text(
        zh="请在病历中记录揭盲的日期、原因及知情人；请勿写入组别。",
        en="Note date, reason and who knows in the subject's file; do not write the group there.",
    ),
)
_TREATMENT = (
    Column("阶段", "Stage", 3),
    Column("组别", "Group", 3),
    Column("药品", "Product", 4),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTold:
    """What a subject got, or was to get, in one stage."""

    stage: Text
    arm: Text
    product: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class UnblindingLetter:
    """``why`` is the category of a code break, or the authorisation of a planned unblinding.

    ``told`` is empty in a rehearsal.
    """

    standing: Standing
    subject: str
    nth: str
    """Which of the subject's code breaks, from 1, or ``rehearsal``: it tells the files apart."""
    addressee: str
    addressee_role: str
    why: str
    remarks: str
    told: Sequence[StageTold]
    unblinded_by: Sequence[str]
    at: datetime
    sponsor: Contact


def render(letter: UnblindingLetter) -> bytes:
    """Return the letter as PDF, as long in any arm and in a rehearsal. Raises Refused as `Pen.finish`."""
    standing = letter.standing
    sheet = unblinded_sheet(
        "unblinding-letter", TITLE, standing, about=letter.subject, secrecy=Secrecy.LETTER
    )
    sheet.section("收件人", "To")
    sheet.fields(
        (
            Field("姓名", "Name", letter.addressee, span=2, strong=True),
            Field("职务", "Role", letter.addressee_role, span=2, strong=True),
            Field("受试者", "Subject", letter.subject, span=2, strong=True),
            Field("揭盲时间", "Unblinded at", standing.time(letter.at), span=2),
            Field("原因或授权", "Reason or authorisation", letter.why, span=2),
            Field("说明", "Remarks", letter.remarks or None, span=2),
            Field("揭盲人", "Unblinded by", " · ".join(letter.unblinded_by), span=2),
            Field("申办者电话", "Sponsor", letter.sponsor.telephone),
            Field("紧急电话", "Emergency", letter.sponsor.emergency_telephone),
        )
    )
    sheet.section("受试者的治疗", "The subject's treatment")
    sheet.space(4)
    if letter.told:
        sheet.table(_TREATMENT, [_row(one) for one in letter.told])
    else:
        sheet.note("演练：此处不显示组别。", size=16, bold=True)
        sheet.note("Rehearsal: no group is shown here.", size=12, bold=True)
    sheet.section("收件人须知", "For the addressee")
    for line in _HOW:
        sheet.note(line.zh, size=9)
        sheet.note(line.en, size=8)
        sheet.space(4)
    sheet.section("交付（手写）", "Delivery (by hand)")
    sheet.fields(
        (
            Field("封口并交付人（正楷、签名）", "Sealed and given by", span=2, write=True),
            Field("接收人（正楷、签名）", "Received by", span=2, write=True),
            Field("日期时间", "Date and time", span=2, write=True),
            Field("信封编号", "Envelope No.", span=2, write=True),
        )
    )
    return padded(sheet.finish(), STEP)


def _row(told: StageTold) -> tuple[str, ...]:
    return tuple(f"{text.zh} {text.en}" for text in (told.stage, told.arm, told.product))
