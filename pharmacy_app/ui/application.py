"""Starts the window program and holds what lives as long as it: tasks, scanner, language, theme.

What the sign-in window needs is imported here; everything else is imported by the page that draws
it. `pharmacy_app.bootstrap` hands in what knows the vault: see `Composition`.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pharmacy_app.ui import language, theme
from pharmacy_app.ui.idle import IdleWatch
from pharmacy_app.ui.palettes import ThemeName
from pharmacy_app.ui.scanner import Scanner
from pharmacy_app.ui.scans import Habits
from pharmacy_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from pharmacy_app.wording import Language

NAME = "Site Pharmacy"
SMALLEST = (1024, 680)
USUAL = (1280, 800)
TITLE_BAR = 40
"""Pixels that the desktop takes for a title at most."""
COLLECT_AFTER_MS = 100
"""`pharmacy_app.bootstrap` starts without garbage collection; this long after the window is shown."""
OTHER_LANGUAGE: "dict[Language, Language]" = {"en": "zh", "zh": "en"}
OTHER_THEME: dict[ThemeName, ThemeName] = {"light": "dark", "dark": "light"}


@dataclass(frozen=True, slots=True)
class Preferences:
    """Settings of this machine, never of the site."""

    language: "Language" = "zh"
    theme: ThemeName = "light"
    scanner: Habits = field(default_factory=Habits)


def _no_report(_: BaseException) -> Path | None:
    return None


def _not_kept(_: Preferences) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Composition:
    """What the composition root hands in.

    ``make_first_page`` builds the first thing shown (sign-in, or first run); it and all that follow
    are shown with `Application.present`. ``keep_preferences`` is called after each change.
    ``report_bug`` writes a crash report and returns its path; ``stop_writing`` is called once a bug
    was met, and must make the vault refuse to write until the program is started again.
    ``before_end`` runs when the program ends, after the threads were joined.
    """

    make_first_page: Callable[["Application"], QWidget] | None = None
    preferences: Preferences = field(default_factory=Preferences)
    keep_preferences: Callable[[Preferences], None] = _not_kept
    report_bug: Callable[[BaseException], Path | None] = _no_report
    stop_writing: Callable[[], None] = lambda: None
    before_end: Callable[[], None] = lambda: None
    monotonic: Callable[[], float] = time.monotonic


class Shell(QWidget):
    """The one window. Its title says the program's name and never anything else."""

    closing = Signal(QCloseEvent)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shell")
        self.setWindowTitle(NAME)
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.content: QWidget | None = None

    def appear(self) -> None:
        """Show the window; over all of a screen on which its usual size would hang over the edge."""
        room = self.screen().availableGeometry()
        wide, high = USUAL
        fits = room.width() > wide and room.height() >= high + TITLE_BAR
        if fits or room.width() < SMALLEST[0]:
            self.show()
        else:
            self.showMaximized()

    def present(self, content: QWidget) -> None:
        """Show a widget in place of the one shown before, which is deleted."""
        before, self.content = self.content, content
        if before is not None:
            self._column.removeWidget(before)
            before.hide()
            before.deleteLater()
        self._column.addWidget(content)
        content.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Let the content object to closing."""
        self.closing.emit(event)


class Application(QObject):
    """The desk: what every window and page of the program shares.

    ``language_changed`` and ``theme_changed`` come after the change; widgets need not listen, they
    get Qt's LanguageChange and PaletteChange.
    """

    language_changed = Signal(str)
    theme_changed = Signal(str)
    bug_met = Signal(object)

    def __init__(self, composition: Composition, tasks: Tasks) -> None:
        super().__init__()
        self._composition = composition
        self.preferences = composition.preferences
        self.tasks = tasks
        self.scanner = Scanner(composition.preferences.scanner, parent=self)
        self.idle = IdleWatch(composition.monotonic, parent=self)
        self.shell = Shell()
        tasks.broken.connect(self.meet_bug)
        self.idle.stayed_idle.connect(self.end)

    def open(self) -> None:
        """Show the first page and begin to watch for scans."""
        make = self._composition.make_first_page or _make_entrance
        self.present(make(self))
        self.shell.appear()
        self.scanner.watch()
        self.idle.watch()
        QTimer.singleShot(COLLECT_AFTER_MS, self, self._sweep)

    @Slot()
    def _sweep(self) -> None:
        from pharmacy_app.ui.sweeping import Sweeper  # noqa: PLC0415 - behind the first window

        Sweeper(self)

    def present(self, content: QWidget) -> None:
        """Show a widget in the program's window in place of the one shown before."""
        self.shell.present(content)

    @Slot()
    def change_language(self) -> None:
        """Change between Chinese and English, at once."""
        self.set_language(OTHER_LANGUAGE[language.current()])

    def set_language(self, chosen: "Language") -> None:
        """Put a language in force and remember it."""
        language.apply(chosen)
        self._keep(replace(self.preferences, language=chosen))
        self.language_changed.emit(chosen)

    @Slot()
    def change_theme(self) -> None:
        """Change between light and dark, at once."""
        self.set_theme(OTHER_THEME[theme.current().name])

    def set_theme(self, chosen: ThemeName) -> None:
        """Put a theme in force and remember it."""
        theme.apply(chosen)
        self._keep(replace(self.preferences, theme=chosen))
        self.theme_changed.emit(chosen)

    def set_scanner(self, habits: Habits) -> None:
        """Follow the habits of another scanner and remember them."""
        self.scanner.set_habits(habits)
        self._keep(replace(self.preferences, scanner=habits))

    def _keep(self, preferences: Preferences) -> None:
        self.preferences = preferences
        self._composition.keep_preferences(preferences)

    @Slot(object)
    def meet_bug(self, bug: BaseException) -> None:
        """Stop all writing, keep a report, and say so in a dialog."""
        self._composition.stop_writing()
        report = self._composition.report_bug(bug)
        self.bug_met.emit(bug)
        from pharmacy_app.ui.dialogs.crash import CrashDialog  # noqa: PLC0415 - seldom needed

        CrashDialog(report, self.shell).open()

    @Slot()
    def end(self) -> None:
        """End the program: nothing is lost, every step was recorded when it was made."""
        theme.application().quit()


def _make_entrance(application: Application) -> QWidget:
    from pharmacy_app.ui.entrance import Entrance  # noqa: PLC0415 - only where nothing was handed in

    return Entrance(application)


def prepare(argv: Sequence[str], preferences: Preferences) -> QApplication:
    """Make the QApplication with the shipped font, the theme and the language."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QApplication.setStyle("Fusion")
        app = QApplication([NAME, *argv])
    app.setApplicationName(NAME)
    app.setApplicationDisplayName(NAME)
    theme.load_fonts()
    theme.apply(preferences.theme)
    language.apply(preferences.language)
    return app


def run(argv: Sequence[str] = (), composition: Composition | None = None) -> int:
    """Run the window program until it is closed; return the exit code."""
    parts = composition or Composition()
    app = prepare(argv, parts.preferences)
    before_hook = sys.excepthook
    try:
        with Tasks() as tasks:
            desk = Application(parts, tasks)
            sys.excepthook = _hook(desk)
            app.aboutToQuit.connect(tasks.join)
            desk.open()
            code = app.exec()
            desk.shell.close()
    finally:
        sys.excepthook = before_hook
        parts.before_end()
    return code


def _hook(
    desk: Application,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        del kind, trace
        desk.meet_bug(error)

    return hook
