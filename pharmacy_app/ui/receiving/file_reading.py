"""A logger's file read on another thread: progress, a way to stop it, questions until none is open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.exchange.loggers import LoggerFile, NeedsAnswers, read_logger
from pharmacy_app.ui.receiving.logger_progress import LoggerProgress
from pharmacy_app.ui.receiving.logger_questions import LoggerQuestions
from pharmacy_app.ui.tasks import Task
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import logger_profiles


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """A file, and what becomes of it: ``make`` on the other thread, ``done`` on the window's.

    ``use_kept`` False asks again what was answered of the logger before.
    """

    raw: bytes
    make: Callable[[LoggerFile], Any]
    done: Callable[[Any], None]
    answers: Mapping[str, str] = field(default_factory=dict)
    use_kept: bool = True


class FileReading(QObject):
    """Reads one file at a time; a stopped or refused one leaves nothing behind."""

    problem_met = Signal(object)

    def __init__(self, workplace: Workplace, window: QWidget) -> None:
        super().__init__(window)
        self._workplace = workplace
        self._window = window
        self._progress: LoggerProgress | None = None
        self._task: Task | None = None

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._task is not None

    def start(self, chosen: ChosenFile) -> None:
        """Read a file on another thread; what it leaves open is asked, then it is read again."""
        pharmacy = self._workplace.pharmacy
        kept = logger_profiles.kept(pharmacy)
        known = kept if chosen.use_kept else lambda _serial, _fingerprint: {}
        zone = pharmacy.zone

        def work(task: Task) -> Any:
            read = read_logger(chosen.raw, chosen.answers, zone, kept=known, step=task.step)
            return read if isinstance(read, NeedsAnswers) else chosen.make(read)

        self._task = self._workplace.tasks.run(
            work,
            owner=self,
            done=lambda found: self._on_read(chosen, found),
            failed=self._on_failed,
            progress=self._on_progress,
            stopped=self._end,
        )

    def _on_progress(self, done: int, of: int) -> None:
        task = self._task
        if task is None or task.stopping:
            return
        if self._progress is None and done < of:
            self._progress = LoggerProgress(self._window)
            self._progress.stop_asked.connect(lambda: self._stop(task))
            self._progress.open()
        if self._progress is not None:
            self._progress.tell(done, of)

    def _stop(self, task: Task) -> None:
        self._progress = None  # it has closed itself
        task.cancel()

    def _end(self) -> None:
        self._task = None
        if self._progress is not None:
            self._progress.accept()
            self._progress = None

    def _on_failed(self, problem: Refused | EnvironmentProblem) -> None:
        if not self._was_stopped():
            self.problem_met.emit(problem)

    def _was_stopped(self) -> bool:
        """End the reading; tell whether it was stopped behind its last step, and so came to its end."""
        stopped = self._task is not None and self._task.stopping
        self._end()
        return stopped

    def _on_read(self, chosen: ChosenFile, found: Any) -> None:
        if self._was_stopped():
            return
        if not isinstance(found, NeedsAnswers):
            chosen.done(found)
            return
        questions = LoggerQuestions(found.questions, self._window)
        questions.answered.connect(
            lambda more: self.start(replace(chosen, answers={**chosen.answers, **more}))
        )
        questions.open()
