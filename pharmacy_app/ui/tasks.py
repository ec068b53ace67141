"""Long work off the window's thread: progress, cancelling, and every end told on the window's thread.

The one place of the window that catches every exception. A worker never touches a widget: what it
has to say goes through one queued signal of `Tasks`, which outlives all widgets.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from pharmacy_app.domain.refusal import EnvironmentProblem, Refused

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Problem = Refused | EnvironmentProblem
WORKERS = 2
REPORT_EVERY_S = 0.05


class Stopped(Exception):
    """The work was cancelled; raised inside it at its next step."""


class Task:
    """A piece of work under way: what the worker tells through, and the window cancels by."""

    def __init__(self, tell: Callable[["Task", int, int], None]) -> None:
        self._tell = tell
        self._stopping = Event()
        self._told_at = 0.0
        self.interrupt: Callable[[], None] | None = None
        """Called on cancel from the window's thread: for example ``connection.interrupt``."""

    def step(self, done: int, of: int) -> None:
        """Report progress, at most twenty times a second.

        Raises Stopped once the task is cancelled.
        """
        if self._stopping.is_set():
            raise Stopped
        now = time.monotonic()
        if done == of or now - self._told_at >= REPORT_EVERY_S:
            self._told_at = now
            self._tell(self, done, of)

    @property
    def stopping(self) -> bool:
        """Whether the task was cancelled."""
        return self._stopping.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stopping.set()
        if self.interrupt is not None:
            self.interrupt()


@dataclass(frozen=True, slots=True)
class _Answers:
    work: Callable[[Task], Any]
    owner: QObject | None
    done: Callable[[Any], None] | None
    failed: Callable[[Problem], None] | None
    progress: Callable[[int, int], None] | None
    stopped: Callable[[], None] | None = field(default=None)


class Tasks(QObject):
    """Runs long work on a few threads; use as a context manager, which joins them.

    A refusal or an environment problem goes to ``failed`` of the task. A bug goes to the signal
    ``broken`` and, so that a waiting window is freed, to ``failed`` as ``program.broken``.
    """

    broken = Signal(object)
    problem_met = Signal(object)
    _told = Signal(object, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: ThreadPoolExecutor | None = None
        self._joined = False
        self._open: dict[Task, _Answers] = {}
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.join()

    def join(self) -> None:
        """Cancel what runs and wait for the threads to end."""
        for task in list(self._open):
            task.cancel()
        self._joined = True
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)
        self._open.clear()

    def _pool(self) -> "ThreadPoolExecutor":
        """Return the threads, started with the first task: the sign-in window needs none."""
        if self._joined:
            raise RuntimeError("the program is ending")
        if self._threads is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - see above

            self._threads = ThreadPoolExecutor(WORKERS, thread_name_prefix="task")
        return self._threads

    @property
    def ended(self) -> bool:
        """Whether the threads were joined: what comes later than that has no task any more."""
        return self._joined

    @property
    def busy(self) -> bool:
        """Whether any work is under way."""
        return bool(self._open)

    def run(
        self,
        work: Callable[[Task], Any],
        *,
        owner: QObject | None = None,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Problem], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> Task:
        """Run ``work`` on another thread; the callbacks run on this one, once the work ended.

        If ``owner`` is gone by then, nothing is called. A problem without a ``failed`` goes to the
        signal ``problem_met``. Raises RuntimeError once the threads were joined.
        """
        pool = self._pool()
        task = Task(self._tell_progress)
        self._open[task] = _Answers(work, owner, done, failed, progress, stopped)
        pool.submit(self._do, task)
        return task

    def _tell_progress(self, task: Task, done: int, of: int) -> None:
        self._told.emit(task, "progress", (done, of))

    def _do(self, task: Task) -> None:
        try:
            # Borrowed for the call: the last hold on ``work``, and on the widgets it may know, is
            # let go on the window's thread, where widgets are deleted.
            result = self._open[task].work(task)
        except Stopped:
            self._told.emit(task, "stopped", None)
        except (Refused, EnvironmentProblem) as problem:
            self._told.emit(task, "failed", problem)
        except Exception as bug:  # noqa: BLE001 - the task runner is where bugs of workers end
            self._told.emit(task, "broken", bug)
        else:
            self._told.emit(task, "done", result)

    @Slot(object, str, object)
    def _on_told(self, task: Task, what: str, value: Any) -> None:
        answers = self._open.get(task)
        if answers is None:
            return
        if what != "progress":
            del self._open[task]
        if what == "broken":
            self.broken.emit(value)
            value = EnvironmentProblem("program.broken")
        if answers.owner is not None and not shiboken6.isValid(answers.owner):
            return
        self._answer(answers, what, value)

    def _answer(self, answers: _Answers, what: str, value: Any) -> None:
        match what:
            case "progress" if answers.progress is not None:
                answers.progress(*value)
            case "stopped" if answers.stopped is not None:
                answers.stopped()
            case "done" if answers.done is not None:
                answers.done(value)
            case "failed" | "broken" if answers.failed is not None:
                answers.failed(value)
            case "failed":
                self.problem_met.emit(value)
