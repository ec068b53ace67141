"""The printers of this machine: listed, added, changed, removed, tried out, asked how they are."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from pharmacy_app.documents.printers.profile import PrinterProfile
from pharmacy_app.documents.printers.ways import READY, UNTOLD
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.printers import opened
from pharmacy_app.ui.printing.profile_form import ProfileDialog
from pharmacy_app.ui.tasks import Problem, Tasks
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.workflows import printers as machine

WIDTH, HEIGHT = 960, 520


class PrintersDialog(Dialog):
    """Asks printers on another thread: the window never waits. ``changed`` after every change."""

    changed = Signal()

    def __init__(self, tasks: Tasks, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=WIDTH)
        self.resize(WIDTH, HEIGHT)
        self._tasks, self._path = tasks, path
        self._told: dict[str, tuple[State, str]] = {}
        self._waiting: set[str] = set()
        self.note, self.refusals = words("", "muted", wrap=True), RefusalsPanel()
        self.list = KeyedTable(PagedModel(self._columns(), self._rows, lambda one: one.name))
        self.close_it, self.remove, self.ask = (ReasonedButton() for _ in range(3))
        self.close_it.set_hint("Esc")
        self.try_it, self.edit = ReasonedButton(), ReasonedButton(hint="Enter")
        self.add = PrimaryButton(hint="")
        for part in (self.note, self.refusals, self.list):
            self.body.addWidget(part, 1 if part is self.list else 0)
        for button, act in (
            (self.close_it, self.reject),
            (self.remove, self.remove_it),
            (self.ask, self.ask_it),
            (self.try_it, self.try_it_out),
            (self.edit, self.edit_it),
            (self.add, self.add_one),
        ):
            button.clicked.connect(act)
            self.add_button(button)
        self.list.row_selected.connect(lambda _: self._bar())
        self.list.row_opened.connect(lambda _: self.edit.click())
        self.share_escape(self.refusals, self.close_it)
        self.retranslate()
        self._read()

    def _columns(self) -> list[Column[PrinterProfile]]:
        return [
            Column(lambda: self.tr("Name"), lambda one: one.name, width=170),
            Column(
                lambda: self.tr("How it is reached"),
                lambda one: wording.term(f"printer_way.{one.way}"),
                width=170,
            ),
            Column(lambda: self.tr("Address"), lambda one: one.address, width=160),
            Column(lambda: self.tr("Paper"), lambda one: one.paper or "—", width=80),
            Column(lambda: "dpi", lambda one: str(one.dpi), width=50, right=True),
            Column(
                lambda: self.tr("State"),
                lambda one: self._state_of(one)[1],
                lambda one: self._state_of(one)[0],
            ),
        ]

    def _state_of(self, one: PrinterProfile) -> tuple[State, str]:
        if one.name in self._waiting:
            return State.QUIET, self.tr("asking …")
        return self._told.get(one.name, (State.QUIET, "—"))

    def _rows(self, after: object, limit: int) -> Sequence[PrinterProfile]:
        del limit
        if after is not None:
            return []
        try:
            return machine.listed(self._path)
        except EnvironmentProblem as problem:
            self.refusals.show_problem(problem)
            return []

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Printers of this machine"))
        self.note.setText(
            self.tr(
                "Label printers that take ZPL, printers of the system that must be corrected, and"
                " folders. The test page has a frame 1 mm inside every edge."
            )
        )
        self.list.set_name(self.tr("Printers"))
        self.close_it.setText(self.tr("Close"))
        self.remove.setText(self.tr("Remove"))
        self.ask.setText(self.tr("Ask its state"))
        self.try_it.setText(self.tr("Print the test page"))
        self.edit.setText(self.tr("Change…"))
        self.add.setText(self.tr("Add a printer…"))
        self._told.clear()
        self._bar()

    def _bar(self) -> None:
        none = "" if self.list.selected() else self.tr("Select a printer.")
        busy = self.tr("This printer is being asked.") if self._asked() else ""
        for button in (self.remove, self.ask, self.try_it, self.edit):
            button.bar(none or busy)

    def _asked(self) -> bool:
        chosen = self.list.selected()
        return chosen is not None and chosen.name in self._waiting

    @Slot()
    def _read(self) -> None:
        self.list.refresh()
        if self.list.selected() is None and self.list.model().rowCount():
            self.list.selectRow(0)
        self._bar()

    @Slot()
    def add_one(self) -> None:
        """Ask for a new printer's settings."""
        self._form(None)

    @Slot()
    def edit_it(self) -> None:
        """Ask for other settings of the printer selected."""
        if (chosen := self.list.selected()) is not None:
            self._form(chosen)

    def _form(self, profile: PrinterProfile | None) -> None:
        form = ProfileDialog(self._path, profile, self)
        form.accepted.connect(self._on_changed)
        form.open()

    @Slot()
    def _on_changed(self) -> None:
        self._told.clear()
        self._read()
        self.changed.emit()

    @Slot()
    def remove_it(self) -> None:
        """Forget the printer selected."""
        if (chosen := self.list.selected()) is None:
            return
        try:
            machine.remove(self._path, chosen.name)
        except (Refused, EnvironmentProblem) as problem:
            self.refusals.show_problem(problem)
        self._on_changed()

    @Slot()
    def ask_it(self) -> None:
        """Ask the printer selected for its state."""
        if (chosen := self.list.selected()) is None:
            return
        self._begin(chosen.name)
        self._tasks.run(
            lambda _: machine.state(chosen),
            owner=self,
            done=lambda told: self._tell(chosen.name, terms(told), told),
            failed=lambda problem: self._fail(chosen.name, problem),
        )

    @Slot()
    def try_it_out(self) -> None:
        """Send the test page to the printer selected."""
        if (chosen := self.list.selected()) is None:
            return
        self._begin(chosen.name)
        self._tasks.run(
            lambda _: machine.try_out(chosen, opened(chosen)),
            owner=self,
            done=lambda _: self._tell(chosen.name, self.tr("took the test page"), ()),
            failed=lambda problem: self._fail(chosen.name, problem),
        )

    def _begin(self, name: str) -> None:
        self.refusals.clear()
        self._waiting.add(name)
        self._read()

    def _tell(self, name: str, said: str, state: tuple[str, ...]) -> None:
        good = state in {(), (READY,), (UNTOLD,)}
        self._end(name, State.OK if good else State.WARN, said)

    def _fail(self, name: str, problem: Problem) -> None:
        self._end(name, State.STOP, reason(problem))
        self.refusals.show_problem(problem)

    def _end(self, name: str, state: State, said: str) -> None:
        self._waiting.discard(name)
        self._told[name] = (state, said)
        self._read()


def terms(state: tuple[str, ...]) -> str:
    """Return what a printer says of itself, in words."""
    return wording.terms(", ".join(state))


def reason(problem: Problem) -> str:
    """Return why a printer did not do it, as short as a list has room for."""
    answer = problem.problem.fact("answer") if isinstance(problem, EnvironmentProblem) else None
    if answer is None:
        return wording.in_words(problem)[0].found
    return wording.terms(str(answer))
