"""What lies in the parcel: kits that go back to the sponsor, or to another site. UNBLINDED."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.documents.paper import Field, Secrecy, Sheet
from pharmacy_app.documents.reports.leaving import LeavingKit, set_kits
from pharmacy_app.documents.reports.unblinded import signatures, unblinded_sheet
from pharmacy_app.documents.standing import Signed, Standing
from pharmacy_app.domain.trial import Text

RETURN = Text(zh="试验用药品退回清单", en="Return of kits to the sponsor")
TRANSFER = Text(zh="试验用药品中心间转运清单", en="Transfer of kits to another site")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnList:
    """A list that was sent. ``to`` is the sponsor with address, or the other site."""

    standing: Standing
    list_id: str
    transfer: bool
    to: Text
    because: str
    reference: str
    carrier: str
    shipper: str
    sent_at: datetime
    kits: tuple[LeavingKit, ...]
    signed: tuple[Signed, ...]


def render(paper: ReturnList) -> bytes:
    """Return the list as PDF. Raises Refused as `Pen.finish` does."""
    standing = paper.standing
    title = TRANSFER if paper.transfer else RETURN
    sheet = unblinded_sheet(
        "return-list",
        title,
        standing,
        about=f"清单 List {paper.list_id}",
        secrecy=Secrecy.LETTER,  # it leaves the pharmacy, sealed, with the parcel
    )
    sheet.space(3)
    _head(sheet, paper)
    set_kits(sheet, standing, paper.kits)
    signatures(sheet, standing, paper.signed)
    _receiver(sheet)
    return sheet.finish()


def _head(sheet: Sheet, paper: ReturnList) -> None:
    sheet.fields(
        (
            Field("收件方", "To", f"{paper.to.zh} {paper.to.en}", span=4, strong=True),
            Field("承运人", "Carrier", paper.carrier, span=2, strong=True),
            Field("运输箱编号", "Shipper", paper.shipper, span=2, strong=True),
            Field("发出时间", "Sent at", paper.standing.time(paper.sent_at), span=2),
            Field("数量", "Kits", str(len(paper.kits)), span=2, strong=True),
            Field("授权依据", "Authorised by", paper.reference, span=2),
            Field("原因", "Reason", paper.because, span=2),
        )
    )


def _receiver(sheet: Sheet) -> None:
    """Leave room for who takes the parcel in."""
    sheet.section("接收方填写", "Filled in by the receiver")
    sheet.fields(
        (
            Field("接收时间", "Received at", write=True),
            Field("实收数量", "Kits received", write=True),
            Field("接收人（正楷）", "Received by, name", write=True),
            Field("签名", "Signature", write=True),
            Field("差异与备注", "Differences and remarks", span=4, write=True),
        )
    )
