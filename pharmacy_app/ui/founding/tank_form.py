"""The first storage unit: its code, name, warmest temperature, and how it is divided."""

from decimal import Decimal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.locations import Capacity
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import NumberField, TextField, fields_in_row
from pharmacy_app.ui.widgets.surfaces import words

USUAL = (4, 10, 9, 9)


class TankForm(Spoken, QWidget):
    """Emits ``asked`` with the capacity, the name and the limit in °C, or ``skipped``."""

    asked = Signal(object, str, object)
    skipped = Signal()

    def __init__(self, limit_c: Decimal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = words("", "head")
        self._why = words("", "muted", wrap=True)
        self.code, self.name = TextField(codes=True), TextField()
        self.limit = NumberField(decimals=1, signed=True)
        self.racks, self.boxes, self.rows, self.columns = (NumberField() for _ in range(4))
        self.code.set_text("T1")
        self.limit.set_value(limit_c)
        for field, usual in zip(self._sizes, USUAL, strict=True):
            field.set_value(Decimal(usual))
        self._skip = ReasonedButton()
        self.add = PrimaryButton()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._head)
        column.addWidget(self._why)
        column.addLayout(fields_in_row(self.code, self.name, self.limit))
        column.addLayout(fields_in_row(*self._sizes))
        foot = QHBoxLayout()
        foot.addWidget(self._skip)
        foot.addStretch(1)
        foot.addWidget(self.add)
        column.addLayout(foot)
        self._skip.clicked.connect(self.skipped)
        self.add.clicked.connect(self.ask)
        self.retranslate()

    @property
    def _sizes(self) -> tuple[NumberField, ...]:
        return (self.racks, self.boxes, self.rows, self.columns)

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(self.tr("The first storage unit"))
        self._why.setText(
            self.tr("Kits are put away by rack, box and position, such as T1-R3-B02-C5.")
        )
        self.code.set_label(self.tr("Code on the tank"))
        self.name.set_label(self.tr("Name"))
        self.limit.set_label(self.tr("Warmest allowed"), "°C")
        self.racks.set_label(self.tr("Racks"))
        self.boxes.set_label(self.tr("Boxes a rack"))
        self.rows.set_label(self.tr("Rows a box"))
        self.columns.set_label(self.tr("Columns a box"))
        self._skip.setText(self.tr("Later"))
        self.add.setText(self.tr("Add this storage unit"))

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
            self.asked.emit(Capacity(self.code.text.upper(), *sizes), self.name.text, limit)
