"""Counting in Stock: begin, scan box by box without a hint, resolve what differs, sign off."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from pharmacy_app.domain.counting import SCANNING
from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.records.queries.unblinded import counts as queries
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.storage.count_differences import DifferencesPanel
from pharmacy_app.ui.storage.count_scan import ScanPanel
from pharmacy_app.ui.storage.count_start import StartPanel
from pharmacy_app.ui.workplace import Workplace


class CountView(Spoken, QWidget):
    """Shows the open count as far as it is: one of three panels.

    ``answered`` comes with a `ScanAnswer`, ``changed`` with the kinds of rows that changed,
    ``refused`` with what was scanned (or None) and why not, ``staged`` when another panel is shown.
    """

    answered = Signal(object)
    changed = Signal(object)
    refused = Signal(object, object)
    staged = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.start = StartPanel(workplace)
        self.scanning = ScanPanel(workplace)
        self.differing = DifferencesPanel(workplace)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        for panel in (self.start, self.scanning, self.differing):
            self._stack.addWidget(panel)
            panel.changed.connect(self.changed)
            panel.refused.connect(self.refused)
        self.scanning.answered.connect(self.answered)

    @property
    def primary(self) -> QPushButton:
        """The main act of the panel that is shown."""
        for panel in (self.scanning, self.differing):
            if self._stack.currentWidget() is panel:
                return panel.primary
        return self.start.begin

    def refresh(self) -> None:
        """Read the open count again and show it as far as it is."""
        count = queries.open_count(self._workplace.pharmacy.reader)
        if count is None:
            self.start.refresh()
            self._stack.setCurrentWidget(self.start)
        elif count.state in SCANNING:
            self.scanning.show_count(count)
            self._stack.setCurrentWidget(self.scanning)
        else:
            self.differing.show_count(count)
            self._stack.setCurrentWidget(self.differing)
        self.staged.emit()

    def scan(self, scan: RawScan) -> bool:
        """Take a scan: a box, a position or a kit; before a count what to count."""
        if self._stack.currentWidget() is self.scanning:
            self.scanning.scan(scan)
            return True
        return self._stack.currentWidget() is self.start and self.start.scan(scan)

    def blind(self) -> Violation | None:
        """Return why no record may be shown here now: what is counted must not be looked up."""
        count = queries.open_count(self._workplace.pharmacy.reader)
        if count is None or count.state not in SCANNING:
            return None
        return violation("count.still_blind", count.count_id, state=f"count_state.{count.state}")
