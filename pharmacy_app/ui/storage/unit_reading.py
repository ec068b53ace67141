"""From a storage unit's chosen file to its judgement: read, understood, its unit said, recorded."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.events.excursion import UnitLoggerRead
from pharmacy_app.domain.events.stock import LoggerRead
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.domain.unit_logs import UnitJudged, judge, judge_unit, span_in_doubt
from pharmacy_app.exchange.loggers import LoggerFile
from pharmacy_app.ui.papers import document_name, show_paper
from pharmacy_app.ui.receiving.file_reading import ChosenFile, FileReading
from pharmacy_app.ui.receiving.files_again import FilesAgain
from pharmacy_app.ui.receiving.logger_preview import MOST_NOTES
from pharmacy_app.ui.receiving.logger_reading import Seen
from pharmacy_app.ui.storage.unit_log_dialog import UnitLogDialog
from pharmacy_app.ui.storage.unit_log_preview import UnitLogPreview
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import storing, temperature_papers, unit_logs


class UnitReading(QObject):
    """Emits ``recorded`` with what was appended, ``seen`` once another curve can be shown.

    ``case_asked`` comes with unit, time (from, until, UTC) and file of what was outside the limits.
    """

    recorded = Signal(object)
    seen = Signal()
    case_asked = Signal(str, object, str)
    problem_met = Signal(object)

    def __init__(self, workplace: Workplace, window: QWidget) -> None:
        super().__init__(window)
        self._workplace = workplace
        self._window = window
        self._files = FileReading(workplace, window)
        self._again = FilesAgain(workplace, window)
        self._files.problem_met.connect(self.problem_met)
        self._again.seen.connect(self.seen)

    def start(self, raw: bytes, *, use_kept: bool = True) -> None:
        """Read a file on another thread; then show what was understood and ask for the unit."""
        self._files.start(
            ChosenFile(
                raw,
                lambda read: read,
                lambda read: self._preview(raw, read),
                use_kept=use_kept,
            )
        )

    def _preview(self, raw: bytes, read: LoggerFile) -> None:
        pharmacy = self._workplace.pharmacy
        known = unit_logs.unit_known_by(pharmacy, read.serial)
        preview = UnitLogPreview(read, storing.units(pharmacy), known, self._window)
        preview.unit_said.connect(lambda code: self._judge(raw, read, code))
        preview.asked_again.connect(lambda: self.start(raw, use_kept=False))
        preview.open()

    def _judge(self, raw: bytes, read: LoggerFile, code: str) -> None:
        unit = storing.units(self._workplace.pharmacy)[code]
        self._workplace.tasks.run(
            lambda _task: judge_unit(read.readings, read.interval, unit),
            owner=self,
            done=lambda found: self._record(raw, read, found),
            failed=self.problem_met.emit,
        )

    def _record(self, raw: bytes, read: LoggerFile, found: UnitJudged) -> None:
        try:
            appended = unit_logs.record(self._workplace.pharmacy, raw, read, found)
        except (Refused, EnvironmentProblem) as problem:
            self.problem_met.emit(problem)
            return
        told = appended[0].told(UnitLoggerRead)
        self._again.keep(told.file, Seen(read, found.judged))
        self.recorded.emit(appended)
        dialog = UnitLogDialog(told, found, read.notes[:MOST_NOTES], self._window)
        dialog.report_asked.connect(lambda: self.show_report(told))
        dialog.case_asked.connect(
            lambda: self.case_asked.emit(told.unit, span_in_doubt(found.judged), told.file)
        )
        dialog.open()

    def of(self, told: UnitLoggerRead | LoggerRead) -> Seen | None:
        """Return a recorded file as it was read; it is read again where it is not at hand yet."""
        limits = unit_logs.limits_of(self._workplace.pharmacy, told)
        found = self._again.of(
            told, lambda read: Seen(read, judge(read.readings, read.interval, limits))
        )
        return found if isinstance(found, Seen) else None

    def show_report(self, told: UnitLoggerRead | LoggerRead) -> None:
        """Show the paper about a file, to be printed."""
        pharmacy, seen = self._workplace.pharmacy, self.of(told)
        file = None if seen is None else seen.file
        show_paper(
            pharmacy,
            lambda: (
                temperature_papers.of_unit(pharmacy, told, file)
                if isinstance(told, UnitLoggerRead)
                else temperature_papers.of_shipment(pharmacy, told.shipment_id, file)
            ),
            document_name("temperature-report"),
            told.about,
            self.problem_met.emit,
            self._window,
        )
