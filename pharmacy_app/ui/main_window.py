"""The window of an open site: rail, top bar, status bar, and the page of one place at a time."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.ui import theme, wording
from pharmacy_app.ui.curtain import Curtain
from pharmacy_app.ui.frame import ReservedFrame
from pharmacy_app.ui.pages.page import Page, ScanAnswer
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.rail import Rail
from pharmacy_app.ui.scans import RawScan, readable
from pharmacy_app.ui.status_bar import StatusBar
from pharmacy_app.ui.tasks import Problem
from pharmacy_app.ui.top_bar import TopBar
from pharmacy_app.ui.widgets.refusals import RefusalsPanel

if TYPE_CHECKING:
    from pharmacy_app.ui.application import Application

EVERYTHING: frozenset[str] = frozenset()


def _utc_now() -> datetime:
    return datetime.now(UTC)


class MainWindow(ReservedFrame):
    """Places are registered with a factory; a page is made when its place is first opened.

    Scans go to the dialog in front if it takes scans, else to the open page. An act's changes reach
    the open page at once and the others when they are next shown. ``check_password`` is given the
    password that shall lift the curtain, on a worker thread; it raises Refused if it is wrong.
    """

    find_asked = Signal()
    help_asked = Signal(str)
    training_aids_asked = Signal()
    alarms_asked = Signal()
    place_opened = Signal(object)
    changes_told = Signal(object)

    def __init__(
        self,
        application: "Application",
        check_password: Callable[[str], object],
        now: Callable[[], datetime] = _utc_now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._factories: dict[Place, Callable[[], Page]] = {}
        self._pages: dict[Place, Page] = {}
        self._stale: dict[Place, frozenset[str]] = {}
        self._place: Place | None = None
        self.top_bar = TopBar()
        self.status_bar = StatusBar()
        self.rail = Rail()
        self.refusals = RefusalsPanel()
        self._above = QWidget()
        above = QVBoxLayout(self._above)
        above.setContentsMargins(16, 16, 16, 0)
        above.addWidget(self.refusals)
        self._stage = QStackedWidget()
        self._stage.setObjectName("stage")
        self.curtain = Curtain(check_password, application.tasks, self)
        self._lay_out()
        self._connect(application)
        self._add_shortcuts()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._above)
        right.addWidget(self._stage, 1)
        self.refusals.shown.connect(self._above.setVisible)
        self.refusals.clear()
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        self.inner.addWidget(self.top_bar)
        self.inner.addLayout(middle, 1)
        self.inner.addWidget(self.status_bar)

    def _connect(self, application: "Application") -> None:
        self.rail.place_chosen.connect(self.open_place)
        self.top_bar.find_asked.connect(self.find_asked)
        self.top_bar.curtain_asked.connect(self.curtain.drop)
        self.top_bar.language_asked.connect(application.change_language)
        self.top_bar.theme_asked.connect(application.change_theme)
        self.status_bar.alarms_asked.connect(self.alarms_asked)
        application.scanner.scanned.connect(self._on_scanned)
        application.idle.went_idle.connect(self.curtain.drop)
        application.tasks.problem_met.connect(self.show_problem)
        self.curtain.lifted.connect(application.idle.use)

    def _add_shortcuts(self) -> None:
        for number, place in enumerate(Place, start=1):
            for modifier in ("Alt", "Ctrl"):
                self._shortcut(f"{modifier}+{number}", partial(self._open_known, place))
        self._shortcut("F1", self._on_help)
        self._shortcut("F2", self.training_aids_asked.emit)
        self._shortcut("Ctrl+K", self.find_asked.emit)

    def _shortcut(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(lambda: None if self.curtain.is_down else act())

    def register(self, place: Place, make: Callable[[], Page]) -> None:
        """Show a place in the rail; its page is made when it is first opened."""
        self._factories[place] = make
        self.rail.add(place)

    @property
    def place(self) -> Place | None:
        """The place that is open."""
        return self._place

    @property
    def page(self) -> Page | None:
        """The page that is open."""
        return None if self._place is None else self._pages.get(self._place)

    @Slot(object)
    def open_place(self, place: Place, subject: object = None) -> None:
        """Open a place, and there one record if it is given.

        Raises KeyError for a place that has no page.
        """
        page = self._pages.get(place) or self._make(place)
        self._place = place
        self.rail.choose(place)
        self.set_unblinded(shown=page.unblinded)
        self.top_bar.set_unblinded(shown=page.unblinded)
        self._stage.setCurrentWidget(page)
        self._freshen(place, page)
        if subject is not None:
            page.open_subject(subject)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place_opened.emit(place)

    def _open_known(self, place: Place) -> None:
        if place in self._factories:
            self.open_place(place)

    def _make(self, place: Place) -> Page:
        page = self._factories[place]()
        page.scan_answered.connect(self.show_answer)
        page.records_changed.connect(self.tell_changed)
        page.place_asked.connect(self.open_place)
        page.problem_met.connect(self.show_problem)
        self._pages[place] = page
        self._stale[place] = EVERYTHING
        self._stage.addWidget(page)
        page.retranslate()
        return page

    def _freshen(self, place: Place, page: Page) -> None:
        changed = self._stale.pop(place, None)
        if changed is not None:
            page.refresh(changed)

    @Slot(object)
    def tell_changed(self, changed: frozenset[str]) -> None:
        """Let the open page read again what changed, and the others when they are next shown."""
        for place, page in self._pages.items():
            if place is self._place:
                page.refresh(changed)
            elif self._stale.get(place) != EVERYTHING:
                self._stale[place] = self._stale.get(place, frozenset()) | changed
        self.changes_told.emit(changed)

    @Slot(str)
    def _on_scanned(self, raw: str) -> None:
        self.give_scan(RawScan(raw))

    def give_scan(self, scan: RawScan) -> None:
        """Give a scan to whatever waits for it; say so if nothing does."""
        if self.curtain.is_down:
            return
        dialog = theme.application().activeModalWidget()
        target = self.page if dialog is None else dialog
        take = getattr(target, "scan", None)
        if take is None or take(scan) is False:
            self._answer_unexpected(scan)

    def _answer_unexpected(self, scan: RawScan) -> None:
        said = wording.violation_in_words(violation("scan.not_expected", scan.raw))
        self.show_answer(ScanAnswer(readable(scan.raw), State.WARN, said.rule))

    @Slot(object)
    def show_answer(self, answer: ScanAnswer | None) -> None:
        """Show what came of a scan in the line at the top."""
        self.top_bar.scan_line.show_answer(answer, wording.second(self._now()))

    @Slot(object)
    def show_problem(self, problem: Problem) -> None:
        """Show a refusal or an environment problem over the page, until it is dismissed."""
        self.refusals.show_problem(problem)
        if isinstance(problem, Refused):
            theme.application().beep()

    def _on_help(self) -> None:
        page = self.page
        self.help_asked.emit(page.manual if page else "index")
