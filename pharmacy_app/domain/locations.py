"""Places for kits: a storage unit, its racks and boxes, and in each box positions of one kit.

A position is stored in one form, such as ``T1-R3-B02-C5``; how people write it on their boxes is
the unit's `Labelling`, and both forms are read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from pharmacy_app.domain.ids import PositionId
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation

_BOX = re.compile(r"(?P<unit>[A-Z][A-Z0-9]{0,7})-R(?P<rack>\d{1,2})-B(?P<box>\d{2})", re.ASCII)
_SHAPE = re.compile(_BOX.pattern + r"-(?P<row>[A-Z])(?P<column>\d{1,2})", re.ASCII)
_NUMBER = re.compile(r"[RB]?(\d{1,2})", re.ASCII)
_LETTER = re.compile(r"[RB]?([A-Z])", re.ASCII)
_PLACE = re.compile(r"(?P<row>[A-Z])(?P<column>\d{1,2})", re.ASCII)
MOST_LETTERS = 26

FROZEN_BELOW = Decimal(0)
TANK_BELOW = Decimal(-120)
"""°C: nothing but liquid nitrogen keeps colder; cells age above (glass transition of water)."""
COOL_UP_TO = Decimal(10)


class UnitKind(StrEnum):
    """What a storage unit is."""

    LN2_TANK = "ln2_tank"
    FREEZER = "freezer"
    REFRIGERATOR = "refrigerator"
    ROOM = "room"


USUAL_LIMITS: Mapping[UnitKind, tuple[Decimal | None, Decimal]] = {
    UnitKind.LN2_TANK: (None, Decimal(-150)),
    UnitKind.FREEZER: (Decimal(-90), Decimal(-60)),
    UnitKind.REFRIGERATOR: (Decimal(2), Decimal(8)),
    UnitKind.ROOM: (Decimal(15), Decimal(25)),
}
"""Coldest and warmest of each kind in °C, as a form proposes them."""


def kind_for(warmest_c: Decimal) -> UnitKind:
    """Return the kind of unit whose warmest temperature this can be, in °C."""
    if warmest_c <= TANK_BELOW:
        return UnitKind.LN2_TANK
    if warmest_c < FROZEN_BELOW:
        return UnitKind.FREEZER
    return UnitKind.REFRIGERATOR if warmest_c <= COOL_UP_TO else UnitKind.ROOM


class PlaceLabels(StrEnum):
    """How the positions of a box are labelled: ``C5``, or ``23`` counted by row or by column."""

    LETTERS = "letters"
    BY_ROW = "by_row"
    BY_COLUMN = "by_column"


class GroupLabels(StrEnum):
    """How racks or boxes are labelled."""

    NUMBERS = "numbers"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Labelling:
    """How a unit's places are written on it. ``leading_zeros`` is about the positions of a box."""

    places: PlaceLabels = PlaceLabels.LETTERS
    leading_zeros: bool = False
    racks: GroupLabels = GroupLabels.NUMBERS
    boxes: GroupLabels = GroupLabels.NUMBERS


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

    @property
    def row_number(self) -> int:
        """The row, from 1."""
        return ord(self.row) - ord("A") + 1


@dataclass(frozen=True, slots=True)
class Capacity:
    """The size of a storage unit: racks, boxes a rack, rows and columns a box."""

    unit: str
    racks: int
    boxes: int
    rows: int
    columns: int

    @property
    def places_a_box(self) -> int:
        """How many kits a box holds."""
        return self.rows * self.columns

    def holds(self, position: Position) -> bool:
        """Return whether a position is inside the unit."""
        return (
            position.unit == self.unit
            and 1 <= position.rack <= self.racks
            and 1 <= position.box <= self.boxes
            and 1 <= position.row_number <= self.rows
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


@dataclass(frozen=True, slots=True)
class UnitDetails:
    """What is said of a new unit beside its size, name and warmest temperature; see `Unit`.

    ``kind`` None: whatever its warmest temperature makes it.
    """

    kind: UnitKind | None = None
    coldest_c: Decimal | None = None
    least_level_cm: Decimal | None = None
    labelling: Labelling = Labelling()


def unlawful_details(
    capacity: Capacity, warmest_c: Decimal, details: UnitDetails
) -> tuple[Violation, ...]:
    """Return every way in which a new unit's details contradict one another."""
    code, labels = capacity.unit, details.labelling
    kind = kind_for(warmest_c)
    lettered = (
        ("racks", labels.racks, capacity.racks),
        ("boxes", labels.boxes, capacity.boxes),
    )
    found = (
        violation(
            "storage.kind_limit",
            code,
            kind=f"unit_kind.{details.kind}",
            warmest=warmest_c,
            fits=f"unit_kind.{kind}",
        )
        if details.kind not in {None, kind}
        else None,
        violation("storage.coldest", code, coldest=details.coldest_c, warmest=warmest_c)
        if details.coldest_c is not None and details.coldest_c >= warmest_c
        else None,
        violation("storage.level_limit", code, kind=f"unit_kind.{kind}")
        if details.least_level_cm is not None and kind is not UnitKind.LN2_TANK
        else None,
        *(
            violation("storage.size", code, what=what, found=found, most=MOST_LETTERS)
            for what, scheme, found in lettered
            if scheme is GroupLabels.LETTERS and found > MOST_LETTERS
        ),
    )
    return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class Unit:
    """A storage unit: its size, how cold it keeps, and how its places are labelled.

    ``coldest_c`` is None where nobody set one; ``least_level_cm`` is the lowest lawful level of a
    liquid nitrogen tank, None where the level is only noted.
    """

    capacity: Capacity
    name: str
    kind: UnitKind
    warmest_c: Decimal
    added_at: datetime
    coldest_c: Decimal | None = None
    least_level_cm: Decimal | None = None
    labelling: Labelling = Labelling()

    @property
    def code(self) -> str:
        """The code that begins its positions."""
        return self.capacity.unit

    def address(self, place: Position) -> str:
        """Return a position as it is written on the unit, such as ``T1-R3-B02-C5`` or ``T1-C-B-23``."""
        return f"{self.box_address(place.rack, place.box)}-{self.place_label(place)}"

    def box_address(self, rack: int, box: int) -> str:
        """Return a box as it is written on the unit."""
        return f"{self.code}-{self.rack_label(rack)}-{self.box_label(box)}"

    def rack_label(self, rack: int) -> str:
        """Return a rack as it is written on the unit."""
        return _letter(rack) if self.labelling.racks is GroupLabels.LETTERS else f"R{rack}"

    def box_label(self, box: int) -> str:
        """Return a box of a rack as it is written on it."""
        return _letter(box) if self.labelling.boxes is GroupLabels.LETTERS else f"B{box:02d}"

    def place_label(self, place: Position) -> str:
        """Return a position of a box as it is written there."""
        size = self.capacity
        if self.labelling.places is PlaceLabels.LETTERS:
            return f"{place.row}{self._padded(place.column, size.columns)}"
        by_row = (place.row_number - 1) * size.columns + place.column
        by_column = (place.column - 1) * size.rows + place.row_number
        number = by_row if self.labelling.places is PlaceLabels.BY_ROW else by_column
        return self._padded(number, size.places_a_box)

    def _padded(self, number: int, most: int) -> str:
        return str(number).zfill(len(str(most))) if self.labelling.leading_zeros else str(number)

    def _place(self, text: str) -> tuple[str, int] | None:
        """Return row and column of a label, written as stored or as on the unit; None if neither."""
        told = _PLACE.fullmatch(text)
        if told is not None:
            return told["row"], int(told["column"])
        numbered = self.labelling.places is not PlaceLabels.LETTERS
        if not (numbered and text.isascii() and text.isdigit() and int(text) > 0):
            return None
        if self.labelling.places is PlaceLabels.BY_ROW:
            row, column = divmod(int(text) - 1, self.capacity.columns)
        else:
            column, row = divmod(int(text) - 1, self.capacity.rows)
        return (_letter(row + 1), column + 1) if row < MOST_LETTERS else None

    def read(self, text: str) -> Position | None:
        """Return the position of an address in capitals that begins with this unit's code."""
        box, _, place = text.rpartition("-")
        found, told = self.read_box(box), self._place(place)
        return None if found is None or told is None else Position(self.code, *found, *told)

    def read_box(self, text: str) -> tuple[int, int] | None:
        """Return rack and box of a box's address, as stored or as on the unit; None if neither."""
        parts = text.split("-")[1:]
        schemes = (self.labelling.racks, self.labelling.boxes)
        if len(parts) != len(schemes):
            return None
        stored = _BOX.fullmatch(text)
        if stored is not None:
            return int(stored["rack"]), int(stored["box"])
        rack, box = (_group(part, scheme) for part, scheme in zip(parts, schemes, strict=True))
        return None if rack is None or box is None else (rack, box)


def _letter(number: int) -> str:
    return chr(ord("A") + number - 1)


def _group(text: str, scheme: GroupLabels) -> int | None:
    found = (_LETTER if scheme is GroupLabels.LETTERS else _NUMBER).fullmatch(text)
    if found is None:
        return None
    return ord(found[1]) - ord("A") + 1 if scheme is GroupLabels.LETTERS else int(found[1])


def read_position(text: str) -> Position:
    """Return the position a text names in its stored form, in capitals or not.

    Raises Refused ``position.shape``.
    """
    found = _SHAPE.fullmatch(text.strip().upper())
    if found is None or not text.isascii():
        raise Refused([violation("position.shape", text)])
    return Position(
        found["unit"], int(found["rack"]), int(found["box"]), found["row"], int(found["column"])
    )


def read_place(text: str, units: Mapping[str, Unit]) -> Position:
    """Return the position a text names, as it is stored or as it is written on the unit.

    Raises Refused ``position.shape``, ``position.unknown_unit`` or ``position.outside``.
    """
    plain = text.strip().upper()
    unit = units.get(plain.partition("-")[0])
    found = unit.read(plain) if unit is not None and text.isascii() else None
    place = found or read_position(text)
    refuse_unless_inside(place, {code: one.capacity for code, one in units.items()})
    return place


def read_box(text: str, units: Mapping[str, Unit]) -> str | None:
    """Return the box (``T1-R3-B02``) that a text names in either form; None if it names none."""
    plain = text.strip().upper()
    unit = units.get(plain.partition("-")[0])
    found = unit.read_box(plain) if unit is not None and text.isascii() else None
    if unit is None or found is None:
        return None
    box = f"{unit.code}-R{found[0]}-B{found[1]:02d}"
    size = unit.capacity
    inside = 1 <= found[0] <= size.racks and 1 <= found[1] <= size.boxes
    return box if inside else None


def refuse_unless_inside(position: Position, units: Mapping[str, Capacity]) -> None:
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


def unfit_for(unit: Unit, place: PositionId, limit_c: Decimal) -> Violation | None:
    """Return the violation of a kit that may be no warmer than ``limit_c`` (°C) in this unit.

    A unit is too warm if it may itself be warmer, and too cold if it freezes what is kept unfrozen.
    A frozen kit may lie colder than it must.
    """
    if unit.warmest_c > limit_c:
        return violation(
            "position.too_warm", place, unit=unit.code, warmest=unit.warmest_c, limit=limit_c
        )
    if limit_c >= FROZEN_BELOW > unit.warmest_c:
        return violation(
            "position.too_cold", place, unit=unit.code, warmest=unit.warmest_c, limit=limit_c
        )
    return None
