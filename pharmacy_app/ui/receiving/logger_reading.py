"""From a chosen file to recorded temperatures: read on another thread, asked about, shown, recorded."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.curve import Curve, Limits, curve
from pharmacy_app.domain.events.stock import LoggerRead
from pharmacy_app.domain.ids import ShipmentId
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.exchange.loggers import LoggerFile, NeedsAnswers, read_logger
from pharmacy_app.ui.receiving.logger_preview import LoggerPreview
from pharmacy_app.ui.receiving.logger_progress import LoggerProgress
from pharmacy_app.ui.receiving.logger_questions import LoggerQuestions
from pharmacy_app.ui.tasks import Task
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import logger_profiles, receiving
from pharmacy_app.workflows.receiving import Receipt


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that was read, and how it is drawn."""

    file: LoggerFile
    curve: Curve


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file for a shipment, with what was answered about it so far."""

    receipt: Receipt
    raw: bytes
    answers: Mapping[str, str]
    use_kept: bool = True


class LoggerReading(QObject):
    """Emits ``recorded`` with what was appended, ``seen`` once a curve can be shown."""

    recorded = Signal(object)
    seen = Signal()
    problem_met = Signal(object)

    def __init__(self, workplace: Workplace, window: QWidget) -> None:
        super().__init__(window)
        self._workplace = workplace
        self._window = window
        self._known: dict[str, Seen | None] = {}
        self._progress: LoggerProgress | None = None
        self._task: Task | None = None

    def start(self, chosen: Chosen) -> None:
        """Read a file on another thread; then ask, or show what was understood."""
        pharmacy = self._workplace.pharmacy
        kept = logger_profiles.kept(pharmacy)
        known = kept if chosen.use_kept else lambda _serial, _fingerprint: {}
        zone, limits = pharmacy.zone, self._limits()
        opened_at = chosen.receipt.opened_at

        def work(task: Task) -> Seen | NeedsAnswers:
            read = read_logger(chosen.raw, chosen.answers, zone, kept=known, step=task.step)
            if isinstance(read, NeedsAnswers):
                return read
            return Seen(read, curve(read.readings, read.interval, limits, opened_at))

        self._task = self._workplace.tasks.run(
            work,
            owner=self,
            done=lambda found: self._on_read(chosen, found),
            failed=self._on_failed,
            progress=self._on_progress,
            stopped=self._end,
        )

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._task is not None

    def of(self, receipt: Receipt) -> Seen | None:
        """Return a receipt's file as it was read; it is read again where it is not at hand yet."""
        logger = receipt.logger
        if logger is None:
            return None
        if logger.file not in self._known:
            self._known[logger.file] = None
            self._read_again(receipt, logger)
        return self._known[logger.file]

    def _read_again(self, receipt: Receipt, logger: LoggerRead) -> None:
        pharmacy = self._workplace.pharmacy
        _, raw = pharmacy.ledger.attachment(bytes.fromhex(logger.file))
        known = logger_profiles.kept(pharmacy)
        again = logger_profiles.reading_again(logger, raw, pharmacy.zone, known)
        limits, opened_at = self._limits(), receipt.opened_at

        def work(task: Task) -> Seen | None:
            read = again(task.step)
            if read is None:
                return None
            return Seen(read, curve(read.readings, read.interval, limits, opened_at))

        self._workplace.tasks.run(
            work, owner=self, done=lambda found: self._keep(logger.file, found)
        )

    def _keep(self, file: str, seen: Seen | None) -> None:
        self._known[file] = seen
        if seen is not None:
            self.seen.emit()

    def _limits(self) -> Limits:
        cold_chain = self._workplace.pharmacy.trial.cold_chain
        return Limits(cold_chain.shipper_limit_c, cold_chain.shipper_lower_c)

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
        self._end()
        self.problem_met.emit(problem)

    def _on_read(self, chosen: Chosen, found: Seen | NeedsAnswers) -> None:
        self._end()
        if isinstance(found, NeedsAnswers):
            questions = LoggerQuestions(found.questions, self._window)
            questions.answered.connect(lambda more: self.start(_answered(chosen, more)))
            questions.open()
            return
        preview = LoggerPreview(found.file, self._window)
        preview.confirmed.connect(lambda: self._record(chosen, found))
        fresh = Chosen(chosen.receipt, chosen.raw, {}, use_kept=False)
        preview.asked_again.connect(lambda: self.start(fresh))
        preview.open()

    def _record(self, chosen: Chosen, found: Seen) -> None:
        shipment: ShipmentId = chosen.receipt.shipment.shipment_id
        pharmacy = self._workplace.pharmacy
        try:
            appended = receiving.record_temperatures(pharmacy, shipment, chosen.raw, found.file)
        except (Refused, EnvironmentProblem) as problem:
            self.problem_met.emit(problem)
            return
        self._known[found.file.sha256] = found
        self.recorded.emit(appended)


def _answered(chosen: Chosen, more: Mapping[str, str]) -> Chosen:
    return Chosen(chosen.receipt, chosen.raw, {**chosen.answers, **more}, chosen.use_kept)
