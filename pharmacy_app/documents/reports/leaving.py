"""What the papers of kits that leave the site have in common: the kits, and how many of each type."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pharmacy_app.documents.paper import Column, Sheet
from pharmacy_app.documents.standing import Standing
from pharmacy_app.domain.trial import Text

_KITS = (
    Column("行", "Line", 0.5, "right"),
    Column("药盒号", "Kit No.", 1.5),
    Column("药盒类型", "Kit type", 1.3),
    Column("生产批号", "Lot", 1.5),
    Column("有效期至", "Expiry", 1.9),
    Column("情况", "What it is", 1.7),
    Column("受试者", "Subject", 1.2),
    Column("剂次", "Dose", 1.3),
)
_TYPES = (
    Column("药盒类型", "Kit type", 1.5),
    Column("药品、剂型与规格", "Agent, form and strength", 4),
    Column("数量", "Kits", 0.8, "right"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingKit:
    """One kit that leaves. ``what`` says whether it is a whole kit or what is left of a used one."""

    kit: str
    kit_type: str
    kit_type_name: Text
    lot: str
    expiry: datetime
    what: Text
    subject: str | None = None
    dose: str | None = None


def set_kits(sheet: Sheet, standing: Standing, kits: Sequence[LeavingKit]) -> None:
    """Set a line for every kit and the sum of each type."""
    rows = [
        (
            str(number),
            one.kit,
            one.kit_type,
            one.lot,
            # An expiry is the first moment of the time after; a person reads the last minute.
            standing.time(one.expiry - timedelta(minutes=1)),
            f"{one.what.zh} {one.what.en}",
            one.subject,
            one.dose,
        )
        for number, one in enumerate(kits, start=1)
    ]
    sheet.section("药盒", "Kits")
    sheet.table(_KITS, rows)
    counts = Counter(one.kit_type for one in kits)
    known = {one.kit_type: one.kit_type_name for one in kits}
    sheet.space(6)
    sheet.table(
        _TYPES,
        [
            (code, f"{known[code].zh} {known[code].en}", str(counts[code]))
            for code in sorted(counts)
        ],
    )
