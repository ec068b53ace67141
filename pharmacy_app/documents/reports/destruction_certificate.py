"""The certificate that kits of a list were destroyed before a witness. UNBLINDED."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.documents.paper import Field, Sheet
from pharmacy_app.documents.reports.leaving import LeavingKit, set_kits
from pharmacy_app.documents.reports.unblinded import signatures, unblinded_sheet
from pharmacy_app.documents.standing import Signed, Standing
from pharmacy_app.domain.trial import Text

TITLE = Text(zh="试验用药品销毁证明", en="Certificate of destruction")
_STATEMENT = (
    "以下药盒及已使用药盒的剩余物已按上述授权、方法和地点全部销毁，不可再用；批准人和见证人均在场。 "
    "The kits below, and what was left of used ones, were destroyed beyond use, by the authorisation,"
    " method and place above; both signatories were present."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DestructionCertificate:
    """A list that was destroyed: on whose word, how, where, when, before whom."""

    standing: Standing
    list_id: str
    because: str
    reference: str
    by_notice: bool
    method: str
    place: str
    destroyed_at: datetime
    kits: tuple[LeavingKit, ...]
    signed: tuple[Signed, ...]


def render(paper: DestructionCertificate) -> bytes:
    """Return the certificate as PDF. Raises Refused as `Pen.finish` does."""
    standing = paper.standing
    sheet = unblinded_sheet(
        "destruction-certificate", TITLE, standing, about=f"清单 List {paper.list_id}"
    )
    sheet.space(3)
    _head(sheet, paper)
    sheet.space(4)
    sheet.note(_STATEMENT)
    set_kits(sheet, standing, paper.kits)
    signatures(sheet, standing, paper.signed)
    return sheet.finish()


def _head(sheet: Sheet, paper: DestructionCertificate) -> None:
    how = (
        "申办方签名通知 sponsor's signed notice"
        if paper.by_notice
        else "书面依据 written reference"
    )
    sheet.fields(
        (
            Field("授权依据", "Authorised by", paper.reference, span=2, strong=True),
            Field("授权形式", "Form of it", how, span=2),
            Field("原因", "Reason", paper.because, span=4),
            Field("销毁方法", "Method", paper.method, span=2, strong=True),
            Field("销毁地点", "Place", paper.place, span=2, strong=True),
            Field(
                "销毁时间",
                "Destroyed at",
                paper.standing.time(paper.destroyed_at),
                span=2,
                strong=True,
            ),
            Field("数量", "Kits", str(len(paper.kits)), span=2, strong=True),
        )
    )
