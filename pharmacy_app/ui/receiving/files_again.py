"""Files of loggers that were recorded: read again from the original for their curves, once each."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.events.excursion import UnitLoggerRead
from pharmacy_app.domain.events.stock import LoggerRead
from pharmacy_app.exchange.loggers import LoggerFile
from pharmacy_app.ui.tasks import Task
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import logger_profiles


class FilesAgain(QObject):
    """Knows what became of each file; emits ``seen`` when another one has been read."""

    seen = Signal()

    def __init__(self, workplace: Workplace, window: QWidget) -> None:
        super().__init__(window)
        self._workplace = workplace
        self._known: dict[str, Any] = {}

    def keep(self, file: str, made: Any) -> None:
        """Keep what was made of a file that is at hand."""
        self._known[file] = made

    def of(self, told: LoggerRead | UnitLoggerRead, make: Callable[[LoggerFile], Any]) -> Any:
        """Return what ``make`` made of a file, None as long as it is read again on another thread."""
        if told.file not in self._known:
            self._known[told.file] = None
            self._read_again(told, make)
        return self._known[told.file]

    def _read_again(
        self, told: LoggerRead | UnitLoggerRead, make: Callable[[LoggerFile], Any]
    ) -> None:
        pharmacy = self._workplace.pharmacy
        _, raw = pharmacy.ledger.attachment(bytes.fromhex(told.file))
        known = logger_profiles.kept(pharmacy)
        again = logger_profiles.reading_again(told, raw, pharmacy.zone, known)

        def work(task: Task) -> Any:
            read = again(task.step)
            return None if read is None else make(read)

        self._workplace.tasks.run(
            work, owner=self, done=lambda found: self._on_read(told.file, found)
        )

    def _on_read(self, file: str, made: Any) -> None:
        self._known[file] = made
        if made is not None:
            self.seen.emit()
