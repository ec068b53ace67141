"""What the list of kits is narrowed to: state, type, lot, expiry, text."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from pharmacy_app.domain.ids import KitTypeCode
from pharmacy_app.domain.kits import KitState
from pharmacy_app.records.queries.unblinded.kits import KitFilter
from pharmacy_app.ui import wording
from pharmacy_app.ui.language import Spoken

WAIT_MS = 200
SHORTEST = 14
EXPIRIES = (30, 90, 180)


class Filters(Spoken, QWidget):
    """Emits ``changed`` once a choice was made, or typing has paused."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._types: Sequence[tuple[KitTypeCode, str]] = ()
        self._lots: Sequence[str] = ()
        self.state, self.kit_type, self.lot, self.expiry = (QComboBox() for _ in range(4))
        self.text = QLineEdit(clearButtonEnabled=True)
        self._pause = QTimer(self, interval=WAIT_MS, singleShot=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for box in (self.state, self.kit_type, self.lot, self.expiry):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(SHORTEST)
            box.activated.connect(lambda _: self.changed.emit())
            row.addWidget(box)
        row.addWidget(self.text, 1)
        self.text.textEdited.connect(lambda _: self._pause.start())
        self._pause.timeout.connect(self.changed)

    def offer(self, types: Sequence[tuple[KitTypeCode, str]], lots: Sequence[str]) -> None:
        """Offer other types and lots."""
        if (types, lots) != (self._types, self._lots):
            self._types, self._lots = types, lots
            self.retranslate()

    def retranslate(self) -> None:
        """Set every text again; what was chosen stays."""
        states: list[tuple[str, Any]] = [
            (wording.term(f"kit_state.{state}"), state) for state in KitState
        ]
        within = self.tr("within {days} days")
        expiries: list[tuple[str, Any]] = [(within.format(days=days), days) for days in EXPIRIES]
        everything = self.tr("all")
        for box, name, choices in (
            (self.state, self.tr("State"), states),
            (self.kit_type, self.tr("Type"), [(said, code) for code, said in self._types]),
            (self.lot, self.tr("Lot"), [(lot, lot) for lot in self._lots]),
            (self.expiry, self.tr("Expiry"), expiries),
        ):
            _fill(box, name, everything, choices)
        self.text.setPlaceholderText(self.tr("Part of a kit number"))
        self.text.setAccessibleName(self.tr("Part of a kit number"))

    def wanted(self, now: datetime) -> KitFilter:
        """Return what is wanted; expiry is counted from ``now``."""
        days = self.expiry.currentData()
        return KitFilter(
            state=self.state.currentData(),
            kit_type=self.kit_type.currentData(),
            lot=self.lot.currentData(),
            expires_before=None if days is None else now + timedelta(days=days),
            text=self.text.text(),
        )

    def narrow(
        self, *, state: KitState | None = None, lot: str | None = None, text: str = ""
    ) -> None:
        """Narrow to a state, a lot or a text, and widen everything else."""
        for box, value in (
            (self.state, state),
            (self.kit_type, None),
            (self.lot, lot),
            (self.expiry, None),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
        self.text.setText(text)
        self.changed.emit()


def _fill(box: QComboBox, name: str, everything: str, choices: Sequence[tuple[str, Any]]) -> None:
    before = box.currentData()
    box.clear()
    box.setAccessibleName(name)
    box.addItem(f"{name}: {everything}", None)
    for said, value in choices:
        box.addItem(f"{name}: {said}", value)
    box.setCurrentIndex(max(0, box.findData(before)))
