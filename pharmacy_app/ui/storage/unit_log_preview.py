"""A storage unit's file as it was understood; the person says which unit it belongs to."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.locations import Unit
from pharmacy_app.exchange.loggers import LoggerFile
from pharmacy_app.ui.receiving.logger_preview import LoggerPreview
from pharmacy_app.ui.storage.unit_check import limits_said
from pharmacy_app.ui.widgets.fields import ChoiceField
from pharmacy_app.ui.widgets.surfaces import words


class UnitLogPreview(LoggerPreview):
    """Emits ``unit_said`` with the unit's code. ``known`` is where the logger lay when last read.

    The only unit of a site is proposed; of several none is, unless the logger is known.
    """

    unit_said = Signal(str)

    def __init__(
        self, read: LoggerFile, units: Mapping[str, Unit], known: str, parent: QWidget | None = None
    ) -> None:
        self._units, self._known = units, known if known in units else ""
        self.unit = ChoiceField()
        self._why = words("", "muted", wrap=True)
        super().__init__(read, parent)
        self.body.insertWidget(0, self.unit)
        self.body.insertWidget(1, self._why)
        self.unit.set_value(self._known or (next(iter(units)) if len(units) == 1 else None))
        self.confirmed.connect(lambda: self.unit_said.emit(str(self.unit.value)))

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        self.unit.set_label(self.tr("Storage unit in which the logger lay"))
        self.unit.set_choices(
            [
                (code, f"{code} · {unit.name} · {limits_said(unit)}")
                for code, unit in self._units.items()
            ],
            ask=self.tr("Choose"),
        )
        known = self.tr("This logger lay in {unit} when its file was read last.")
        self._why.setText(known.format(unit=self._known) if self._known else "")
        self._why.setVisible(bool(self._known))

    def _on_record(self) -> None:
        missing = self.unit.value is None
        self.unit.set_error(self.tr("Say which unit it is.") if missing else "")
        if not missing:
            super()._on_record()
