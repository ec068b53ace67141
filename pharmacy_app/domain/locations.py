"""Positions: tank – rack – box – row and column, one kit each, such as ``T1-R3-B02-C5``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pharmacy_app.domain.ids import PositionId
from pharmacy_app.domain.refusal import Refused, refuse, violation

_SHAPE = re.compile(
    r"(?P<unit>[A-Z][A-Z0-9]{0,7})-R(?P<rack>\d{1,2})-B(?P<box>\d{2})-(?P<row>[A-Z])(?P<column>\d{1,2})",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Position:
    """One place for one kit; rack, box and column count from 1, rows are letters."""

    unit: str
    rack: int
    box: int
    row: str
    column: int

    @property
    def box_id(self) -> str:
        """The box it is in, such as ``T1-R3-B02``."""
        return f"{self.unit}-R{self.rack}-B{self.box:02d}"

    @property
    def position_id(self) -> PositionId:
        """The whole address."""
        return PositionId(f"{self.box_id}-{self.row}{self.column}")


@dataclass(frozen=True, slots=True)
class Capacity:
    """The size of a storage unit: racks, boxes a rack, rows and columns a box."""

    unit: str
    racks: int
    boxes: int
    rows: int
    columns: int

    def holds(self, position: Position) -> bool:
        """Return whether a position is inside the unit."""
        return (
            position.unit == self.unit
            and 1 <= position.rack <= self.racks
            and 1 <= position.box <= self.boxes
            and ord(position.row) - ord("A") < self.rows
            and 1 <= position.column <= self.columns
        )

    def boxes_in_order(self) -> Iterator[str]:
        """Yield every box of the unit, rack by rack."""
        for rack in range(1, self.racks + 1):
            for box in range(1, self.boxes + 1):
                yield f"{self.unit}-R{rack}-B{box:02d}"

    def positions_of(self, box: str) -> Iterator[PositionId]:
        """Yield every position of a box, row by row."""
        for row in range(self.rows):
            for column in range(1, self.columns + 1):
                yield PositionId(f"{box}-{chr(ord('A') + row)}{column}")


def read_position(text: str) -> Position:
    """Return the position a text names, in capitals or not. Raises Refused ``position.shape``."""
    found = _SHAPE.fullmatch(text.strip().upper())
    if found is None or not text.isascii():
        raise Refused([violation("position.shape", text)])
    return Position(
        found["unit"], int(found["rack"]), int(found["box"]), found["row"], int(found["column"])
    )


def refuse_unless_inside(position: Position, units: dict[str, Capacity]) -> None:
    """Raise Refused if a position is in no known unit, or outside the one it names."""
    unit = units.get(position.unit)
    refuse(
        violation("position.unknown_unit", position.position_id, unit=position.unit)
        if unit is None
        else None,
        violation("position.outside", position.position_id, unit=position.unit)
        if unit is not None and not unit.holds(position)
        else None,
    )
