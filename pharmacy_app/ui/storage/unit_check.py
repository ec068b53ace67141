"""The daily check of a storage unit: what was read, and what was done if a limit is broken."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.locations import Unit, UnitKind
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.records.queries.unblinded.storage import Check
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.storage.case_offer import CaseOffer
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import NumberField, TextField, fields_in_row
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import colour, words
from pharmacy_app.workflows.unit_checks import Concern

SHOWN = 5


@dataclass(frozen=True, slots=True)
class AskedCheck:
    """What was read (°C, cm), what was done, and since when (UTC) a case is wanted; None: no case."""

    temperature_c: Decimal | None
    level_cm: Decimal | None
    remarks: str
    case_since: datetime | None


class UnitCheckDialog(Dialog):
    """Emits ``asked`` with what was read; stays open while refused.

    Outside the limits, as ``concern`` tells, an excursion case is offered with it.
    """

    asked = Signal(object)

    def __init__(
        self,
        unit: Unit,
        before: Sequence[Check],
        names: Mapping[PersonId, str],
        concern: Callable[[Decimal | None, Decimal | None], Concern | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=560)
        self._unit, self._before, self._names = unit, before, names
        self._concern = concern
        self.case = CaseOffer()
        self._limits = words("", "muted", wrap=True)
        self.temperature = NumberField(decimals=1, signed=True)
        self.level = NumberField(decimals=1)
        self.level.setVisible(unit.kind is UnitKind.LN2_TANK)
        self.remarks = TextField()
        self.refusals = RefusalsPanel()
        self._past = [words("", wrap=True) for _ in before[:SHOWN]]
        self._head_of_past = words("", "small")
        self._cancel = ReasonedButton(hint="Esc")
        self._go = PrimaryButton()
        self.body.addWidget(self._limits)
        self.body.addLayout(fields_in_row(self.temperature, self.level))
        self.body.addWidget(self.case)
        self.body.addWidget(self.remarks)
        self.body.addWidget(self.refusals)
        self.body.addWidget(self._head_of_past)
        for line in self._past:
            self.body.addWidget(line)
        self.add_button(self._cancel)
        self.add_button(self._go)
        self.share_escape(self.refusals, self._cancel)
        self._cancel.clicked.connect(self.reject)
        self._go.clicked.connect(self.ask)
        for field in (self.temperature, self.level):
            field.editor.editingFinished.connect(self._look)
        self.retranslate()
        self.temperature.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        unit = self._unit
        self.set_head(self.tr("Daily check of {unit}").format(unit=f"{unit.code} · {unit.name}"))
        self._limits.setText(limits_said(unit))
        self.temperature.set_label(self.tr("Temperature on the display"), "°C")
        self.level.set_label(self.tr("Level of liquid nitrogen"), "cm")
        self.remarks.set_label(self.tr("Remarks; what was done, if a limit is broken"))
        self._head_of_past.setText(
            self.tr("Last checks") if self._past else self.tr("It was never checked.")
        )
        for line, check in zip(self._past, self._before, strict=False):
            who = self._names.get(check.actor, check.actor)
            remarks = f" · {check.remarks}" if check.remarks else ""
            line.setText(f"{wording.moment(check.at)} · {reading(check)} · {who}{remarks}")
            colour(line, None if check.within else State.STOP)
        self._cancel.setText(self.tr("Cancel"))
        self._go.setText(self.tr("Record the check"))

    @Slot()
    def _look(self) -> None:
        self.case.offer(self._concern(self.temperature.value, self.level.value))

    @Slot()
    def ask(self) -> None:
        """Ask for the check to be recorded."""
        self._look()
        if self.case.complete:
            level, remarks = self.level.value, self.remarks.text
            since = self.case.case_since
            self.asked.emit(AskedCheck(self.temperature.value, level, remarks, since))

    def show_problem(self, problem: Refused | EnvironmentProblem) -> None:
        """Say why it was not recorded."""
        self.refusals.show_problem(problem)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Record on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.ask()
            return
        super().keyPressEvent(event)


def limits_said(unit: Unit) -> str:
    """Return a unit's kind and limits in words."""
    coldest = "" if unit.coldest_c is None else f"{_number(unit.coldest_c)} … "
    kind = wording.term(f"unit_kind.{unit.kind}")
    least = "" if unit.least_level_cm is None else f" · ≥ {_number(unit.least_level_cm)} cm"
    upper = _number(unit.warmest_c)
    return f"{kind} · {coldest}{upper} °C{least}" if coldest else f"{kind} · ≤ {upper} °C{least}"


def reading(check: Check) -> str:
    """Return what a check read."""
    parts = [
        "" if check.temperature_c is None else f"{_number(check.temperature_c)} °C",
        "" if check.level_cm is None else f"{_number(check.level_cm)} cm",
    ]
    return " · ".join(part for part in parts if part)


def _number(value: Decimal) -> str:
    return f"{value:f}".replace("-", "−")
