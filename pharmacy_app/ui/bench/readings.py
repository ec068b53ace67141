"""Raw readings as they are read off the microscope or the counter; nothing is calculated here."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.dose import CounterReading, HaemocytometerReading, Reading
from pharmacy_app.domain.doses import Dose
from pharmacy_app.domain.preparation import HAEMOCYTOMETER
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.widgets.fields import NumberField, fields_in_row

MILLION = Decimal(1_000_000)
A_ROW, A_ROW_OF_A_COUNTER = 3, 2
"""Replicates side by side; a counter's fields carry their units beside them."""


class ReadingsForm(Spoken, QWidget):
    """Two fields a replicate, and what all share; ``changed`` after each key.

    With ``twice`` the dilution factor is typed a second time: an error there changes the dose, and
    no replicate shows it. For a counter the total is typed in millions a mL, as counters show it.
    """

    changed = Signal()

    def __init__(
        self, method: str, replicates: int, *, twice: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._counted = method == HAEMOCYTOMETER
        self.pairs: list[tuple[NumberField, NumberField]] = []
        self.squares = NumberField()
        self.dilution = NumberField(decimals=3)
        self.dilution_again = NumberField(decimals=3)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self.shared = fields_in_row(self.squares, self.dilution, self.dilution_again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._grid)
        self._twice = self._counted and twice
        for _ in range(replicates):
            self.add_replicate()
        column.addLayout(self.shared)  # after the replicates: Tab follows the order of adding
        for field in (self.squares, self.dilution, self.dilution_again):
            field.setVisible(self._counted)
            field.changed.connect(lambda _: self.changed.emit())
        self.dilution_again.setVisible(self._twice)

    @Slot()
    def add_replicate(self) -> None:
        """Ask for one reading more."""
        place = len(self.pairs)
        decimals = 0 if self._counted else 6
        pair = NumberField(decimals=decimals), NumberField(decimals=0 if self._counted else 2)
        self.pairs.append(pair)
        for offset, field in enumerate(pair):
            field.changed.connect(lambda _: self.changed.emit())
            row, at = divmod(place, A_ROW if self._counted else A_ROW_OF_A_COUNTER)
            self._grid.addWidget(field, row, at * 2 + offset, Qt.AlignmentFlag.AlignTop)
        self.retranslate()
        if place:
            self.setTabOrder(self.pairs[place - 1][1].editor, pair[0].editor)
            self.setTabOrder(pair[0].editor, pair[1].editor)

    def share(self, *fields: NumberField) -> None:
        """Put further fields behind what all replicates share."""
        for field in fields:
            self.shared.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)

    def retranslate(self) -> None:
        """Set every text again."""
        counted = self.tr("#{number} live"), self.tr("#{number} dead")
        shown = self.tr("#{number} total"), self.tr("#{number} viability")
        units = ("", "") if self._counted else ("10⁶/mL", "%")
        for number, pair in enumerate(self.pairs, start=1):
            for field, label, unit in zip(
                pair, counted if self._counted else shown, units, strict=True
            ):
                field.set_label(label.format(number=number), unit)
        self.squares.set_label(self.tr("Squares"))
        self.dilution.set_label(self.tr("Dilution"))
        self.dilution_again.set_label(self.tr("Dilution again"))

    @Slot()
    def begin(self) -> None:
        """Put the focus into the first field."""
        self.pairs[0][0].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def fields(self) -> list[NumberField]:
        """Every field that must be filled, in the order of the form."""
        shared = [self.squares, self.dilution] if self._counted else []
        again = [self.dilution_again] if self._twice else []
        return [*(field for pair in self.pairs for field in pair), *shared, *again]

    def readings(self) -> tuple[Reading, ...] | None:
        """Return the readings, or None while a field is empty or the dilutions differ."""
        if any(field.value is None for field in self.fields) or self._dilutions_differ():
            return None
        return tuple(
            self._reading(first.value, second.value)
            for first, second in self.pairs
            if first.value is not None and second.value is not None
        )

    def _reading(self, first: Decimal, second: Decimal) -> Reading:
        if not self._counted:
            return CounterReading(total_per_ml=_whole(first * MILLION), viability_pct=second)
        return HaemocytometerReading(
            live=int(first),
            dead=int(second),
            squares=int(self.squares.value or 0),
            dilution_factor=self.dilution.value or Decimal(0),
        )

    def _dilutions_differ(self) -> bool:
        return self._twice and self.dilution.value != self.dilution_again.value

    def missing(self) -> bool:
        """Whether anything is missing; says so at the fields and goes to the first."""
        empty = [field for field in self.fields if field.value is None]
        for field in empty:
            field.set_error(self.tr("missing"))
        if not empty and self._dilutions_differ():
            self.dilution_again.set_error(self.tr("not the same"))
            empty = [self.dilution_again]
        if empty:
            empty[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(empty)


def _whole(value: Decimal) -> Decimal:
    """Return a number of cells without the zeros of its fraction: equal readings are the same."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


class WeightAgain(NumberField):
    """The body weight as the second person reads it; only where the dose goes by weight."""

    def __init__(self, dose: Dose) -> None:
        super().__init__(decimals=3)
        self.setMaximumWidth(200)
        self.asked = dose.prescribed is not None and dose.prescribed.weight_kg is not None

    def retranslate(self) -> None:
        """Set the label again."""
        self.set_label(self.tr("Body weight, read again"), "kg")

    def missing(self) -> bool:
        """Whether it is asked for and not there; says so and takes the focus."""
        missing = self.asked and self.value is None
        if missing:
            self.set_error(self.tr("missing"))
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        return missing
