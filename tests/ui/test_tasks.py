import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, violation
from pharmacy_app.ui.tasks import Task, Tasks

GUI = threading.get_ident


def test_result_comes_back_on_the_thread_of_the_window(tasks: Tasks, qtbot: QtBot) -> None:
    seen: list[tuple[int, bool]] = []
    tasks.run(lambda _: GUI(), done=lambda worker: seen.append((worker, GUI() == here)))
    here = GUI()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != here
    assert seen[0][1]
    assert not tasks.busy


@pytest.mark.parametrize(
    "problem", [Refused([violation("kit.expired", "K1")]), EnvironmentProblem("disk.full", "d")]
)
def test_refusals_and_problems_reach_the_task_that_asked(
    tasks: Tasks, qtbot: QtBot, problem: Exception
) -> None:
    failed: list[object] = []

    def work(_: Task) -> None:
        raise problem

    tasks.run(work, failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert failed == [problem]


def test_a_problem_nobody_waits_for_is_told_to_the_window(tasks: Tasks, qtbot: QtBot) -> None:
    def work(_: Task) -> None:
        raise EnvironmentProblem("disk.full")

    with qtbot.waitSignal(tasks.problem_met):
        tasks.run(work)


def test_a_bug_is_reported_and_frees_the_waiting_window(tasks: Tasks, qtbot: QtBot) -> None:
    failed: list[EnvironmentProblem | Refused] = []

    def work(_: Task) -> None:
        raise KeyError("secret")

    with qtbot.waitSignal(tasks.broken) as told:
        tasks.run(work, failed=failed.append)
    assert isinstance(told.args[0], KeyError)
    assert isinstance(failed[0], EnvironmentProblem)
    assert failed[0].problem.rule == "program.broken"


def test_progress_is_told_in_order_and_the_last_step_always(tasks: Tasks, qtbot: QtBot) -> None:
    steps: list[int] = []
    ended: list[None] = []

    def work(task: Task) -> None:
        for n in range(1, 501):
            task.step(n, 500)

    tasks.run(work, progress=lambda done, _: steps.append(done), done=ended.append)
    qtbot.waitUntil(lambda: bool(ended))
    assert steps == sorted(steps)
    assert steps[-1] == 500
    assert len(steps) < 250


def test_cancelled_work_stops_at_its_next_step_and_interrupts_its_connection(
    tasks: Tasks, qtbot: QtBot
) -> None:
    stopped: list[bool] = []
    interrupted: list[bool] = []
    begun = threading.Event()

    def work(task: Task) -> None:
        while True:
            begun.set()
            task.step(1, 2)

    task = tasks.run(work, stopped=lambda: stopped.append(True))
    task.interrupt = lambda: interrupted.append(True)
    assert begun.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: bool(stopped))
    assert interrupted == [True]


def test_nothing_is_called_for_an_owner_that_is_gone(tasks: Tasks, qtbot: QtBot) -> None:
    go = threading.Event()
    called: list[object] = []
    owner = QObject()
    tasks.run(lambda _: go.wait(5), owner=owner, done=called.append)
    shiboken6.delete(owner)
    go.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert called == []


def test_leaving_the_context_joins_the_threads(app: QApplication) -> None:
    begun = threading.Event()

    def work(task: Task) -> None:
        while not task.stopping:
            begun.set()

    with Tasks() as running:
        running.run(work)
        assert begun.wait(5)
    assert not any(t.name.startswith("task") for t in threading.enumerate())
