"""From a shipment's chosen file to its temperatures: read, shown as it was understood, recorded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.curve import Limits
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.domain.unit_logs import Judged, judge
from pharmacy_app.exchange.loggers import LoggerFile
from pharmacy_app.ui.receiving.file_reading import ChosenFile, FileReading
from pharmacy_app.ui.receiving.files_again import FilesAgain
from pharmacy_app.ui.receiving.logger_preview import LoggerPreview
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import receiving
from pharmacy_app.workflows.receiving import Receipt


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that was read, and what it says against its limits."""

    file: LoggerFile
    judged: Judged


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
        self._files = FileReading(workplace, window)
        self._again = FilesAgain(workplace, window)
        self._files.problem_met.connect(self.problem_met)
        self._again.seen.connect(self.seen)

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._files.busy

    def start(self, chosen: Chosen) -> None:
        """Read a file on another thread; then ask, or show what was understood."""
        self._files.start(
            ChosenFile(
                chosen.raw,
                self._drawn(chosen.receipt),
                lambda seen: self._preview(chosen, seen),
                chosen.answers,
                chosen.use_kept,
            )
        )

    def of(self, receipt: Receipt) -> Seen | None:
        """Return a receipt's file as it was read; it is read again where it is not at hand yet."""
        if receipt.logger is None:
            return None
        found = self._again.of(receipt.logger, self._drawn(receipt))
        return found if isinstance(found, Seen) else None

    def _drawn(self, receipt: Receipt) -> Callable[[LoggerFile], Seen]:
        """Return what draws a file of a receipt; it runs on another thread."""
        cold_chain = self._workplace.pharmacy.trial.cold_chain
        limits = Limits(cold_chain.shipper_limit_c, cold_chain.shipper_lower_c)
        return lambda read: Seen(
            read, judge(read.readings, read.interval, limits, receipt.opened_at)
        )

    def _preview(self, chosen: Chosen, seen: Seen) -> None:
        preview = LoggerPreview(seen.file, self._window)
        preview.confirmed.connect(lambda: self._record(chosen, seen))
        fresh = replace(chosen, answers={}, use_kept=False)
        preview.asked_again.connect(lambda: self.start(fresh))
        preview.open()

    def _record(self, chosen: Chosen, seen: Seen) -> None:
        shipment = chosen.receipt.shipment.shipment_id
        pharmacy = self._workplace.pharmacy
        try:
            appended = receiving.record_temperatures(pharmacy, shipment, chosen.raw, seen.file)
        except (Refused, EnvironmentProblem) as problem:
            self.problem_met.emit(problem)
            return
        self._again.keep(seen.file.sha256, seen)
        self.recorded.emit(appended)
