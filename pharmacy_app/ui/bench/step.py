"""What every step of the bench is: large words, its fields, one primary button."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pharmacy_app.ui.bench.workbench import Workbench
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.tasks import Problem
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import words

FOOT = 40
"""The height of the buttons at the foot of a step."""


class Facts(QWidget):
    """Names and values, one a line; a value can be selected and copied."""

    def __init__(self, look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def tell(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show other facts."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, value) in enumerate(facts):
            said = words(value, self._look, wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(words(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(said, row, 1)


class StepPanel(Spoken, QWidget):
    """One step. A subclass fills ``body``, sets its texts, and asks for its act in `go`.

    It is made when the step is reached and lives until the dose moves on; `show_dose` may come many
    times in between and must not touch what was typed.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.head = words("", "step", wrap=True)
        self.text = words("", "muted", wrap=True)
        self.refusals = RefusalsPanel()
        self.refusals.dismissed.connect(self.begin)
        self.primary = PrimaryButton()
        self.primary.setProperty("large", True)
        self.primary.clicked.connect(self.go)
        self._buttons: list[ReasonedButton] = [self.primary]
        self.others = QHBoxLayout()
        self.others.setSpacing(12)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._lay_out()

    def _lay_out(self) -> None:
        self._inside = QWidget()
        self._inside.setObjectName("body")
        filled = QVBoxLayout(self._inside)
        filled.setContentsMargins(0, 0, 8, 0)
        filled.addLayout(self.body)
        filled.addStretch(1)
        self.area = area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inside)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.primary)
        foot.addLayout(self.others)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        for part in (self.head, self.text, self.refusals):
            column.addWidget(part)
        column.addSpacing(4)
        column.addWidget(area, 1)
        column.addLayout(foot)

    def add_other(self, button: ReasonedButton) -> None:
        """Put a further button beside the primary one."""
        button.setMinimumHeight(FOOT)
        self._buttons.append(button)
        self.others.addWidget(button)

    def tab_in_order(self) -> None:
        """Let Tab go from the last field to the primary button and the others.

        Qt goes in the order of making, and the fields are made last. To be called once the panel
        stands in its window, and after fields were added.
        """
        before = self._last_field()
        for button in self._buttons:
            if before is not None:
                self.setTabOrder(before, button)
            before = button

    def _last_field(self) -> QWidget | None:
        last, one = None, self.nextInFocusChain()
        while one is not None and one is not self:
            if self._inside.isAncestorOf(one) and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                last = one
            one = one.nextInFocusChain()
        return last

    def show_dose(self) -> None:
        """Show the dose as it stands now."""

    def scan(self, scan: RawScan) -> bool:
        """Take a scan; False if this step waits for none."""
        del scan
        return False

    @Slot()
    def begin(self) -> None:
        """Put the focus where the work begins."""
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go(self) -> None:
        """Ask for the act of this step."""

    @Slot(object)
    def show_problem(self, problem: Problem) -> None:
        """Show why the act was not done."""
        self.refusals.show_problem(problem)
