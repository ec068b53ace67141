"""Find: a few characters of a code, or of a place's name, and Enter opens what is meant."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from pharmacy_app.records.queries.unblinded.finding import Found, Sought
from pharmacy_app.ui import icons, theme, wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.places import Place, name_of
from pharmacy_app.ui.scans import RawScan, readable
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.detail import EmptyState
from pharmacy_app.ui.widgets.fields import TextField
from pharmacy_app.workflows import finding
from pharmacy_app.workflows.pharmacy import Pharmacy

HIGH = 320
OPENED_AT = {
    Sought.SUBJECT: Place.SUBJECTS,
    Sought.DOSE: Place.BENCH,
    Sought.SHIPMENT: Place.RECEIVE,
    Sought.KIT: Place.STOCK,
}
"""The place at which each kind of record is opened."""
STATES = {Sought.DOSE: "step", Sought.SHIPMENT: "shipment_state", Sought.KIT: "kit_state"}
STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}


class FindDialog(Dialog):
    """The focus stays in the field; the arrow keys move in the list, Enter opens, Esc closes.

    ``chosen`` comes with the place and the record's code, None for the place itself.
    """

    chosen = Signal(object, object)

    def __init__(
        self, pharmacy: Pharmacy, places: Sequence[Place], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=560)
        self._pharmacy, self._places = pharmacy, places
        self.field = TextField(codes=True)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setSpacing(2)
        self.empty = EmptyState("find")
        self.stack = QStackedWidget()
        self.stack.setFixedHeight(HIGH)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self._close, self._open = ReasonedButton(hint="Esc"), PrimaryButton()
        self.body.addWidget(self.field)
        self.body.addWidget(self.stack)
        self.add_button(self._close)
        self.add_button(self._open)
        self._close.clicked.connect(self.reject)
        self._open.clicked.connect(self.open_chosen)
        self.field.editor.textChanged.connect(self.look)
        self.list.currentRowChanged.connect(self._tell_current)
        self.list.itemDoubleClicked.connect(self.open_chosen)
        self.retranslate()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Find"))
        self.field.set_label(
            self.tr("Kit, subject, dose, shipment, or a place of the window"),
            hint=self.tr("Records are found from the second character on."),
        )
        self.list.setAccessibleName(self.tr("Found"))
        self._close.setText(self.tr("Close"))
        self._open.setText(self.tr("Open"))
        self.look()

    @Slot()
    def look(self) -> None:
        """Show what the text finds, the first of it selected."""
        text = self.field.text
        self.list.clear()
        for place in self._places_named(text):
            self._add(place, name_of(place), None)
        for found in finding.find(self._pharmacy, text):
            self._add(OPENED_AT[found.kind], self._line(found), found.record)
        some = self.list.count() > 0
        self.stack.setCurrentWidget(self.list if some else self.empty)
        self.empty.say(
            self.tr("Nothing found"),
            self.tr('No code and no place has "{text}" in it.').format(text=text),
        )
        self._open.bar("" if some else self.tr("Nothing found"))
        self.list.setCurrentRow(0 if some else -1)
        self._tell_current()

    def _places_named(self, text: str) -> Iterator[Place]:
        asked = text.casefold()
        for place in self._places:
            if asked in name_of(place).casefold() or place.value.startswith(asked):
                yield place

    def _line(self, found: Found) -> str:
        kinds = {
            Sought.SUBJECT: self.tr("Subject"),
            Sought.DOSE: self.tr("Dose"),
            Sought.SHIPMENT: self.tr("Shipment"),
            Sought.KIT: self.tr("Kit"),
        }
        state = wording.term(f"{STATES[found.kind]}.{found.state}") if found.state else ""
        parts = (f"{kinds[found.kind]} {found.record}", found.about, state)
        return " · ".join(part for part in parts if part)

    def _add(self, place: Place, line: str, record: str | None) -> None:
        item = QListWidgetItem(icons.icon(place.value, theme.current().text_soft, 18), line)
        item.setData(Qt.ItemDataRole.UserRole, (place, record))
        self.list.addItem(item)

    @Slot()
    def _tell_current(self) -> None:
        """Tell a screen reader, whose focus is the field, what Enter would open."""
        some = self.list.currentRow() >= 0
        self.field.editor.setAccessibleDescription(
            self.list.currentItem().text() if some else self.tr("Nothing found")
        )

    @Slot()
    def open_chosen(self) -> None:
        """Close, and give what is selected."""
        if self.list.currentRow() < 0:
            return
        place, record = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        self.accept()
        self.chosen.emit(Place(place), record)

    def scan(self, scan: RawScan) -> bool:
        """Look for what was scanned."""
        self.field.set_text(readable(finding.code_of(scan.raw)))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Move in the list, open on Enter."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_chosen()
        elif key in STEPS:
            last = self.list.count() - 1
            self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + STEPS[key])))
        else:
            super().keyPressEvent(event)
