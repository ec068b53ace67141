"""What follows from the readings, replicate by replicate, beside the criteria it must meet."""

import re
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from pharmacy_app.domain.dose import (
    FORMULA,
    DoseInputs,
    DoseResult,
    HaemocytometerReading,
    Reading,
    reading_total_per_ml,
    reading_viable_per_ml,
    shown,
)
from pharmacy_app.domain.dose_steps import cells, steps
from pharmacy_app.domain.trial import Basis
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import Badge, rule, words

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWER = re.compile(r"\^(-?\d+)")


def raised(line: str) -> str:
    """Return ``1.045×10^7`` as it is written by hand, ``1.045×10⁷``, wherever it stands."""
    return _POWER.sub(lambda found: found[1].translate(SUPERSCRIPTS), line)


class ResultTable(Spoken, QWidget):
    """Shows a calculation as a table, with its formula and, on demand, every line of it."""

    unfolded = Signal()
    """Every line of the calculation came into view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Sequence[Reading], DoseInputs, DoseResult] | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._formula = words("", "muted", wrap=True)
        self._steps = words("", "small", wrap=True)
        self._steps.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._steps.hide()
        self._more = ReasonedButton()
        self._more.setProperty("flat", True)
        self._more.clicked.connect(self.toggle_steps)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._grid)
        column.addWidget(self._formula)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._steps)

    def tell(self, readings: Sequence[Reading], inputs: DoseInputs, result: DoseResult) -> None:
        """Show a calculation."""
        self._shown = readings, inputs, result
        self.retranslate()

    @Slot()
    def toggle_steps(self) -> None:
        """Show every line of the calculation, or only the last."""
        self._steps.setVisible(self._steps.isHidden())
        self.retranslate()
        if not self._steps.isHidden():
            self.unfolded.emit()

    def retranslate(self) -> None:
        """Say everything again."""
        more, less = self.tr("Show all steps"), self.tr("Hide the steps")
        self._more.setText(more if self._steps.isHidden() else less)
        if self._shown is None:
            return
        readings, inputs, result = self._shown
        lines = [raised(line) for line in steps(readings, inputs, result)]
        last = next(line for line in lines if line.startswith("V ="))
        formula = self.tr("formula {version}").format(version=FORMULA)
        self._formula.setText(f"{last}  ·  {formula}")
        self._steps.setText("\n".join(lines))
        self._clear()
        self._heads(len(readings))
        for row, line in enumerate(self._lines(readings, inputs, result)):
            self._row(2 * row + 2, len(readings), line)

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _heads(self, replicates: int) -> None:
        heads = [self.tr("Result"), *(f"#{number + 1}" for number in range(replicates))]
        heads += [self.tr("Mean"), self.tr("Criterion")]
        for column, head in enumerate(heads):
            label = words(head, "small")
            self._grid.addWidget(label, 0, column, _side(column, len(heads)))
        self._grid.addWidget(rule(), 1, 0, 1, len(heads))
        self._grid.setColumnStretch(len(heads) - 1, 1)

    def _row(
        self, row: int, replicates: int, line: tuple[str, Sequence[str], str, str, State]
    ) -> None:
        name, each, mean, criterion, state = line
        last = replicates + 2
        said = [name, *(each or [""] * replicates)]
        for column, text in enumerate(said):
            self._grid.addWidget(words(text), row, column, _side(column, last + 1))
        strong: QLabel = words(mean, "strong")
        self._grid.addWidget(strong, row, last - 1, Qt.AlignmentFlag.AlignRight)
        if criterion:
            self._grid.addWidget(Badge(state, criterion), row, last)
        self._grid.addWidget(rule(), row + 1, 0, 1, last + 1)

    def _lines(
        self, readings: Sequence[Reading], inputs: DoseInputs, result: DoseResult
    ) -> list[tuple[str, Sequence[str], str, str, State]]:
        viable = inputs.basis is Basis.VIABLE
        per_ml = reading_viable_per_ml if viable else reading_total_per_ml
        differ = self.tr("differ {found} % ≤ {limit} %").format(
            found=shown(result.replicate_difference_pct, 1),
            limit=f"{inputs.max_replicate_difference_pct:f}",
        )
        usable = self.tr("usable {volume} mL").format(volume=f"{result.usable_ml:f}")
        rounding = self.tr("rounding {found} % ≤ {limit} %").format(
            found=f"{shown(result.rounding_effect_pct, 1):+f}", limit=f"{inputs.tolerance_pct:f}"
        )
        lines = [
            (
                self.tr("Viability"),
                [f"{shown(_viability(reading), 2)} %" for reading in readings],
                f"{shown(result.viability_pct, 2)} %",
                f"≥ {inputs.min_viability_pct:f} %",
                _state(result, "dose.viability_below_limit"),
            ),
            (
                self.tr("Viable /mL") if viable else self.tr("Total /mL"),
                [raised(cells(per_ml(reading))) for reading in readings],
                raised(cells(result.basis_per_ml)),
                differ,
                _state(result, "dose.replicates_differ"),
            ),
            (
                self.tr("Dose volume"),
                (),
                f"{shown(result.dose_volume_ml, 2)} mL",
                usable,
                _state(result, "dose.not_enough_cells", "dose.volume_over_final"),
            ),
            (
                self.tr("Draw up"),
                (),
                f"{result.drawn_ml:f} mL",
                rounding,
                _state(result, "dose.rounding_over_tolerance"),
            ),
        ]
        return [*lines[:2], *self._counted(readings, inputs, result), *lines[2:]]

    def _counted(
        self, readings: Sequence[Reading], inputs: DoseInputs, result: DoseResult
    ) -> list[tuple[str, Sequence[str], str, str, State]]:
        if not all(isinstance(reading, HaemocytometerReading) for reading in readings):
            return []
        warned = {"dose.few_cells_counted", "dose.many_cells_counted"} & {*result.findings}
        return [
            (
                self.tr("Cells seen"),
                [str(counted) for counted in result.cells_counted],
                "",
                f"{inputs.min_cells_counted}–{inputs.max_cells_counted}",
                State.WARN if warned else State.OK,
            )
        ]


def _viability(reading: Reading) -> Decimal:
    return 100 * reading_viable_per_ml(reading) / reading_total_per_ml(reading)


def _state(result: DoseResult, *rules: str) -> State:
    return State.STOP if set(rules) & set(result.findings) else State.OK


def _side(column: int, columns: int) -> Qt.AlignmentFlag:
    numbers = 0 < column < columns - 1
    return Qt.AlignmentFlag.AlignRight if numbers else Qt.AlignmentFlag.AlignLeft
