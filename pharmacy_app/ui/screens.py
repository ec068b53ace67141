"""Pictures of the real windows at moments of the demonstration, in both languages.

Implements `pharmacy_app.demo.performance.Camera`. The windows are those of the program, on the
story's site and clock; the platform may be ``offscreen``.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QRect,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from pharmacy_app.demo.moments import Moment
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.ui import application as program
from pharmacy_app.ui.application import Application
from pharmacy_app.ui.desk import Desk as WindowDesk
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.palettes import ThemeName
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.tasks import Tasks
from pharmacy_app.vault.derivation import FLOOR

if TYPE_CHECKING:
    from pharmacy_app.demo.desk import Desk
    from pharmacy_app.wording import Language

LANGUAGES: "tuple[Language, ...]" = ("zh", "en")
VEIL = QColor(0, 0, 0, 60)
SETTLE_MS = 15
QUIET_TURNS = 2
LONGEST_TURNS = 400


LIGHT: tuple[ThemeName, ...] = ("light",)
BOTH: tuple[ThemeName, ...] = ("light", "dark")


def _told(_: QtMsgType, __: QMessageLogContext, message: str) -> None:
    """Pass on what Qt says, but for what the offscreen platform says of every window."""
    if not message.startswith("This plugin does not support"):
        sys.stderr.write(f"{message}\n")


def _nothing(_: MainWindow) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, the place, whether the moment's subject is opened, in which themes.

    ``act`` is done in the window before the picture is taken.
    """

    name: str
    place: Place
    of_subject: bool = False
    themes: tuple[ThemeName, ...] = LIGHT
    act: Callable[[MainWindow], None] = _nothing


SHOTS: Mapping[str, Sequence[Shot]] = {
    "receiving": (Shot("receive", Place.RECEIVE, of_subject=True),),
    "stock": (Shot("stock", Place.STOCK, themes=BOTH), Shot("received", Place.RECEIVE, of_subject=True)),
    "subjects": (Shot("subjects", Place.SUBJECTS, of_subject=True),),
    "kit_proposed": (Shot("bench-kit", Place.BENCH, of_subject=True),),
    "kit_refused": (Shot("bench-refused", Place.BENCH, of_subject=True),),
    "counting": (Shot("bench-count", Place.BENCH, of_subject=True, themes=BOTH),),
    "counted": (Shot("bench-dose", Place.BENCH, of_subject=True),),
    "checking": (Shot("bench-check", Place.BENCH, of_subject=True),),
    "label_printed": (Shot("bench-label", Place.BENCH, of_subject=True),),
    "handed_over": (Shot("bench-handed-over", Place.BENCH, of_subject=True),),
    "quarantine": (Shot("receive-excursion", Place.RECEIVE, of_subject=True),),
    "today": (
        Shot("today", Place.TODAY, themes=BOTH),
        Shot("training-aids", Place.TODAY, act=lambda window: window.training_aids_asked.emit()),
        Shot("curtain", Place.TODAY, act=lambda window: window.curtain.drop()),
    ),
    "end": (Shot("account", Place.ACCOUNT), Shot("documents", Place.DOCUMENTS, themes=BOTH)),
}  # fmt: skip
"""What is photographed at each moment of the story."""


class Screens:
    """A camera before the program's own windows; pictures go to ``folder`` as PNG."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._settings = TemporaryDirectory(prefix="screens-")
        self._tasks: Tasks | None = None
        self._desk: WindowDesk | None = None
        self._application: Application | None = None
        self._bugs: list[BaseException] = []
        self._told_before: Callable[[QtMsgType, QMessageLogContext, str], object] | None = None

    def take(self, moment: Moment, desk: "Desk") -> None:
        """Take the pictures of a moment; nothing for a moment without any."""
        if moment.name == "entrance":
            self._entrance(desk)
            return
        shots = SHOTS.get(moment.name, ())
        if not shots:
            return
        window = self._window(desk)
        for shot in shots:
            self._take(window, shot, moment)

    def close(self) -> None:
        """Take the windows away and end the threads; the site stays as it is."""
        if self._desk is not None:
            self._desk.site = None
        if self._application is not None:
            self._application.present(QWidget())
            self._application.shell.close()
            self._application.shell.deleteLater()
            # No event loop comes that would do it, and no window may outlive its site.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if self._tasks is not None:
            self._settle()
            self._tasks.join()
            qInstallMessageHandler(self._told_before)
        self._settings.cleanup()

    def _entrance(self, desk: "Desk") -> None:
        self._started(desk)
        self._window_desk.show_sign_in(desk.made.folder)
        self._picture("sign-in", LIGHT)
        self._window_desk.show_first_run()
        self._picture("first-run", LIGHT)

    def _take(self, window: MainWindow, shot: Shot, moment: Moment) -> None:
        window.open_place(shot.place, moment.subject if shot.of_subject else None)
        self._settle()
        if moment.scan and shot.of_subject:
            window.give_scan(RawScan(moment.scan))
        shot.act(window)
        self._picture(shot.name, shot.themes)
        window.curtain.lift()
        for dialog in self._dialogs():
            dialog.reject()

    def _picture(self, name: str, themes: Sequence[ThemeName]) -> None:
        shared = self._shared
        for theme in themes:
            shared.set_theme(theme)
            for language in LANGUAGES:
                shared.set_language(language)
                self._settle()
                suffix = "" if theme == "light" else f"_{theme}"
                path = self._folder / f"{name}_{language}{suffix}.png"
                if not self._grabbed().save(str(path), "PNG"):
                    raise EnvironmentProblem("file.not_written", str(path), cause="picture")
        shared.set_theme("light")

    def _grabbed(self) -> QPixmap:
        """Return the window with the dialogs before it, in its middle as a desktop puts them."""
        shell = self._shared.shell
        picture = shell.grab()
        painter = QPainter(picture)
        for dialog in self._dialogs():
            painter.fillRect(picture.rect(), VEIL)
            place = shell.rect().center() - dialog.rect().center()
            painter.drawPixmap(place, dialog.grab())
            painter.drawRect(QRect(place, dialog.size()))
        painter.end()
        return picture

    def _dialogs(self) -> list[QDialog]:
        return [found for found in self._shared.shell.findChildren(QDialog) if found.isVisible()]

    def _window(self, desk: "Desk") -> MainWindow:
        """Return a new window of the site that is open now: all it shows is read again."""
        if self._application is None:
            self._started(desk)
        self._window_desk.show_site(desk.site)
        window = self._shared.shell.content
        if not isinstance(window, MainWindow):
            raise TypeError("an open site has a main window")
        return window

    def _started(self, desk: "Desk") -> None:
        self._desk = WindowDesk(
            Path(self._settings.name) / "settings.toml",
            desk.made.folder,
            clock=desk.clock,
            chance=desk.machine.chance,
            cost=FLOOR,
        )
        composition = self._desk.composition()
        self._told_before = qInstallMessageHandler(_told)
        program.prepare([], composition.preferences)
        self._tasks = Tasks()
        self._application = Application(composition, self._tasks)
        self._tasks.broken.connect(self._bugs.append)
        self._application.present(self._desk.first_page(self._application))
        self._application.shell.show()

    @property
    def _window_desk(self) -> WindowDesk:
        if self._desk is None:
            raise RuntimeError("the camera is not set up")
        return self._desk

    @property
    def _shared(self) -> Application:
        if self._application is None:
            raise RuntimeError("the camera is not set up")
        return self._application

    def _settle(self) -> None:
        """Let the window draw itself and its tasks end, as in its own event loop."""
        loop, tasks = QEventLoop(), self._tasks
        turns = quiet = 0
        timer = QTimer(interval=SETTLE_MS)

        def look() -> None:
            nonlocal turns, quiet
            turns += 1
            quiet = 0 if tasks is not None and tasks.busy else quiet + 1
            if quiet >= QUIET_TURNS or turns >= LONGEST_TURNS:
                loop.quit()

        timer.timeout.connect(look)
        timer.start()
        loop.exec()
        timer.stop()
        if self._bugs:
            raise self._bugs[0]
