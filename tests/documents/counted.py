"""The sheet of one stock count."""

from dataclasses import replace

from pharmacy_app.documents.reports.stock_count import (
    BoxCounted,
    DifferencePrinted,
    StockCount,
)
from pharmacy_app.documents.standing import Signed
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.trial import Text
from tests.documents.papers import BEGUN, FIRST, NAMES, SECOND, STANDING


def stock_count() -> StockCount:
    """The sheet of a count of two boxes with a kit in the wrong one and one that is lost."""
    counted = BoxCounted(box="T1-R1-B01", round=1, counted_by=NAMES[FIRST], done_at=BEGUN, kits=80)
    return StockCount(
        standing=STANDING,
        count_id="C-7K4MQX",
        scope="T1-R1",
        state=Text(en="differences open", zh="差异待处理"),
        opened_by=NAMES[FIRST],
        opened_at=BEGUN,
        closed_at=None,
        kits=81,
        boxes=(counted, replace(counted, round=2, counted_by=NAMES[SECOND])),
        differences=(
            DifferencePrinted(
                kit="K7Q2M4X",
                kind=Text(en="in another place than recorded", zh="位置与登记不符"),
                recorded="T1-R1-B01-A1",
                found="T1-R1-B02",
                outcome=Text(en="the record follows: it lies there", zh="按实际位置更正登记"),
                cause=Text(en="put in the wrong place", zh="放错位置"),
                remarks="放入隔壁盒 put into the box beside",
                resolved=f"{NAMES[FIRST]} {STANDING.time(BEGUN)}",
            ),
            DifferencePrinted(
                kit="K3CN4ER",
                kind=Text(en="missing", zh="缺失"),
                recorded="T1-R1-B01-A2",
                found="",
                outcome=None,
                cause=None,
                remarks="",
                resolved=None,
            ),
        ),
        signed=(Signed(printed_name=NAMES[FIRST], meaning=Meaning.REPORTED, signed_at=BEGUN),),
    )
