"""Widgets in forgotten cycles die on the window's thread, whatever the workers allocate."""

import gc
import threading
import weakref

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.ui.sweeping import Sweeper
from pharmacy_app.ui.tasks import Task, Tasks

pytestmark = pytest.mark.window


class Cyclic(QWidget):
    """A widget that holds itself."""

    def __init__(self) -> None:
        super().__init__()
        self.myself = self


def allocate(_: Task) -> int:
    """Make enough cycles on a worker to set the automatic collector off many times."""
    for _number in range(20_000):
        cycle: list[object] = []
        cycle.append(cycle)
    return threading.get_ident()


def test_forgotten_widget_is_deleted_on_the_windows_thread(
    qtbot: QtBot, app: QApplication, tasks: Tasks
) -> None:
    sweeper = Sweeper()
    died_on: list[int] = []
    worked_on: list[int] = []
    weakref.finalize(Cyclic(), lambda: died_on.append(threading.get_ident()))
    tasks.run(allocate, done=worked_on.append)
    qtbot.waitUntil(lambda: bool(worked_on), timeout=10_000)
    assert died_on == []
    gc.collect()
    sweeper.stop()
    assert died_on == [threading.get_ident()]
    assert worked_on[0] != died_on[0]


def test_sweeper_collects_what_is_due_and_hands_back(qtbot: QtBot, app: QApplication) -> None:
    sweeper = Sweeper()
    assert not gc.isenabled()
    kept: list[list[int]] = [[] for _ in range(gc.get_threshold()[0] + 100)]
    before = gc.get_stats()[0]["collections"]
    sweeper.sweep()
    assert sum(stat["collections"] for stat in gc.get_stats()) > before
    assert kept
    sweeper.stop()
    assert gc.isenabled()
