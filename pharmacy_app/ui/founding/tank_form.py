"""A storage unit: what it is, its code and name, its limits, how it is divided and labelled."""

from decimal import Decimal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.locations import (
    USUAL_LIMITS,
    Capacity,
    GroupLabels,
    Labelling,
    PlaceLabels,
    UnitDetails,
    UnitKind,
    kind_for,
)
from pharmacy_app.ui import wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField, NumberField, TextField, fields_in_row
from pharmacy_app.ui.widgets.surfaces import words

USUAL = (4, 10, 9, 9)


class TankForm(Spoken, QWidget):
    """Emits ``asked`` with the capacity, the name, the limit in °C and the details, or ``skipped``."""

    asked = Signal(object, str, object, object)
    skipped = Signal()

    def __init__(
        self, limit_c: Decimal, parent: QWidget | None = None, *, code: str = "T1"
    ) -> None:
        super().__init__(parent)
        self._first = code == "T1"
        self._head = words("", "head")
        self._why = words("", "muted", wrap=True)
        self.kind = ChoiceField()
        self.code, self.name = TextField(codes=True), TextField()
        self.limit, self.coldest = (NumberField(decimals=1, signed=True) for _ in range(2))
        self.level = NumberField(decimals=1)
        self.racks, self.boxes, self.rows, self.columns = (NumberField() for _ in range(4))
        self.places, self.rack_labels, self.box_labels = (ChoiceField() for _ in range(3))
        self.code.set_text(code)
        for field, usual in zip(self._sizes, USUAL, strict=True):
            field.set_value(Decimal(usual))
        self._skip = ReasonedButton()
        self.add = PrimaryButton()
        self._lay_out()
        self.kind.chosen.connect(lambda _: self._propose())
        self._skip.clicked.connect(self.skipped)
        self.add.clicked.connect(self.ask)
        self.retranslate()
        self.kind.set_value(kind_for(limit_c))
        self._propose()
        self.limit.set_value(limit_c)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._head)
        column.addWidget(self._why)
        column.addLayout(fields_in_row(self.kind, self.code, self.name))
        column.addLayout(fields_in_row(self.coldest, self.limit, self.level))
        column.addLayout(fields_in_row(*self._sizes))
        column.addLayout(fields_in_row(self.places, self.rack_labels, self.box_labels))
        foot = QHBoxLayout()
        foot.addWidget(self._skip)
        foot.addStretch(1)
        foot.addWidget(self.add)
        column.addLayout(foot)

    @property
    def _sizes(self) -> tuple[NumberField, ...]:
        return (self.racks, self.boxes, self.rows, self.columns)

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(
            self.tr("The first storage unit") if self._first else self.tr("Another storage unit")
        )
        self._why.setText(
            self.tr("Kits are put away by rack, box and position, such as T1-R3-B02-C5.")
        )
        self.kind.set_label(self.tr("What it is"))
        self.kind.set_choices([(kind, wording.term(f"unit_kind.{kind}")) for kind in UnitKind])
        self.code.set_label(self.tr("Code on the unit"))
        self.name.set_label(self.tr("Name"))
        self.coldest.set_label(self.tr("Coldest allowed, if any"), "°C")
        self.limit.set_label(self.tr("Warmest allowed"), "°C")
        self.level.set_label(self.tr("Lowest level, if any"), "cm")
        self.racks.set_label(self.tr("Racks"))
        self.boxes.set_label(self.tr("Boxes a rack"))
        self.rows.set_label(self.tr("Rows a box"))
        self.columns.set_label(self.tr("Columns a box"))
        self.places.set_label(self.tr("Positions are labelled by"))
        self.places.set_choices(self._schemes())
        groups = [(one, wording.term(f"group_labels.{one}")) for one in GroupLabels]
        self.rack_labels.set_label(self.tr("Racks are labelled by"))
        self.box_labels.set_label(self.tr("Boxes are labelled by"))
        for field in (self.rack_labels, self.box_labels):
            field.set_choices(list(groups))
        self._skip.setText(self.tr("Later") if self._first else self.tr("Cancel"))
        self.add.setText(self.tr("Add this storage unit"))

    def _schemes(self) -> list[tuple[object, str]]:
        """Return every way of labelling positions: with and without leading zeros."""
        zeros = self.tr("{labels}, with leading zeros")
        plain = [(scheme, wording.term(f"place_labels.{scheme}")) for scheme in PlaceLabels]
        return [
            *(((scheme, False), said) for scheme, said in plain),
            *(((scheme, True), zeros.format(labels=said)) for scheme, said in plain),
        ]

    def _propose(self) -> None:
        """Propose the limits that are usual for the kind chosen."""
        kind = self.kind.value
        if isinstance(kind, UnitKind):
            coldest, warmest = USUAL_LIMITS[kind]
            self.coldest.set_value(coldest)
            self.limit.set_value(warmest)
            self.level.setVisible(kind is UnitKind.LN2_TANK)
            self.level.set_value(None)

    @Slot()
    def ask(self) -> None:
        """Ask for the storage unit, if nothing is missing; else say what is."""
        for text in (self.code, self.name):
            text.set_error("" if text.text else self.tr("Fill this in."))
        for number in (*self._sizes, self.limit):
            number.set_error("" if number.value is not None else self.tr("Enter a number."))
        limit = self.limit.value
        sizes = [int(field.value) for field in self._sizes if field.value is not None]
        if self.code.text and self.name.text and limit is not None and len(sizes) == len(USUAL):
            capacity = Capacity(self.code.text.upper(), *sizes)
            self.asked.emit(capacity, self.name.text, limit, self._details())

    def _details(self) -> UnitDetails:
        kind, places = self.kind.value, self.places.value
        labels = [field.value for field in (self.rack_labels, self.box_labels)]
        scheme, zeros = places if isinstance(places, tuple) else (PlaceLabels.LETTERS, False)
        return UnitDetails(
            kind if isinstance(kind, UnitKind) else None,
            self.coldest.value,
            self.level.value,
            Labelling(scheme, zeros, GroupLabels(str(labels[0])), GroupLabels(str(labels[1]))),
        )
