import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.ui import application as program
from pharmacy_app.ui import theme
from pharmacy_app.ui.application import Application, Composition, Preferences
from pharmacy_app.ui.entrance import Entrance
from pharmacy_app.ui.palettes import ThemeName
from pharmacy_app.ui.tasks import Tasks

ROOT = Path(__file__).resolve().parent.parent.parent
HEAVY = ("pyqtgraph", "numpy", "reportlab", "pypdfium2", "PySide6.QtPrintSupport", "openpyxl")
START = """
import json, sys
from PySide6.QtCore import QTimer
from pharmacy_app.ui.application import Composition, run
ended, kept = [], []

def first(desk):
    from pharmacy_app.ui.entrance import Entrance
    def act():
        desk.change_language()
        desk.change_theme()
        if BUG:
            raise KeyError("hUC-MSC")
    QTimer.singleShot(0, act)
    QTimer.singleShot(50, desk.end)
    return Entrance(desk)

bugs = []
code = run((), Composition(
    make_first_page=first,
    keep_preferences=kept.append,
    report_bug=bugs.append,
    stop_writing=lambda: ended.append("writing"),
    before_end=lambda: ended.append("end"),
))
print(json.dumps({
    "code": code, "ended": ended, "bugs": [type(b).__name__ for b in bugs],
    "kept": [kept[-1].language, kept[-1].theme],
    "heavy": [name for name in HEAVY if name in sys.modules],
}))
"""


def start(*, bug: bool) -> dict[str, object]:
    script = f"BUG = {bug}\nHEAVY = {HEAVY!r}\n{START}"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_the_program_starts_changes_language_and_theme_and_ends() -> None:
    told = start(bug=False)
    assert told["code"] == 0
    assert told["ended"] == ["end"]
    assert told["kept"] == ["en", "dark"]


def test_the_start_imports_nothing_the_sign_in_window_does_not_need() -> None:
    assert start(bug=False)["heavy"] == []


def test_a_bug_stops_writing_is_reported_and_does_not_end_the_program() -> None:
    told = start(bug=True)
    assert told["bugs"] == ["KeyError"]
    assert told["ended"] == ["writing", "end"]
    assert told["code"] == 0


def test_what_is_shown_is_replaced_and_the_old_one_deleted(desk: Application, qtbot: QtBot) -> None:
    first, second = Entrance(desk), Entrance(desk)
    desk.present(first)
    with qtbot.waitSignal(first.destroyed):
        desk.present(second)
    assert desk.shell.content is second


def test_preferences_are_kept_after_each_change(app: QApplication, tasks: Tasks) -> None:
    kept: list[Preferences] = []
    parts = Composition(preferences=Preferences(language="en"), keep_preferences=kept.append)
    desk = Application(parts, tasks)
    desk.set_language("zh")
    desk.set_theme("dark")
    assert [(p.language, p.theme) for p in kept] == [("zh", "light"), ("zh", "dark")]
    desk.shell.deleteLater()


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_prepare_puts_the_preferences_in_force(app: QApplication, chosen: ThemeName) -> None:
    program.prepare([], Preferences(language="zh", theme=chosen))
    assert theme.current().name == chosen
    assert app.font().family() == theme.FAMILY


@pytest.mark.parametrize(("least", "covers"), [((700, 500), True), ((1024, 680), False)])
def test_window_that_would_hang_over_the_edge_covers_the_screen(
    app: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    least: tuple[int, int],
    covers: bool,
) -> None:
    del app
    monkeypatch.setattr(program, "SMALLEST", least)
    shell = program.Shell()
    qtbot.addWidget(shell)
    shell.appear()
    assert shell.isMaximized() is covers
    assert shell.isVisible()
