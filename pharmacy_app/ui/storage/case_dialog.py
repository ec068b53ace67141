"""What a new excursion case asks: where, from when until when, and what happened."""

from datetime import timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from pharmacy_app.ui import wording
from pharmacy_app.ui.bench.dates import MomentField
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import TextField, fields_in_row
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.workflows.excursions import Stretch

MINUTE, MICROSECOND = timedelta(minutes=1), timedelta(microseconds=1)


class CaseDialog(Dialog):
    """Emits ``asked`` with a place, the two times (UTC) and the reason; it stays open until closed.

    ``times`` are what a logger's file named, to begin with.
    """

    asked = Signal(str, object, str)

    def __init__(
        self, place: str, times: Stretch | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=560)
        self._note = words("", "muted", wrap=True)
        self.place, self.because = TextField(codes=True), TextField()
        self.began, self.ended = MomentField(), MomentField()
        self._cancel, self._go = ReasonedButton(hint="Esc"), PrimaryButton()
        self.refusals = RefusalsPanel()
        self.body.addWidget(self._note)
        self.body.addWidget(self.refusals)
        self.body.addWidget(self.place)
        self.body.addLayout(fields_in_row(self.began, self.ended))
        self.body.addWidget(self.because)
        self.add_button(self._cancel)
        self.add_button(self._go)
        self.share_escape(self.refusals, self._cancel)
        self._cancel.clicked.connect(self.reject)
        self._go.clicked.connect(self.ask)
        self.place.set_text(place)
        if times is not None:
            self.began.set_text(wording.moment(times[0]))
            # The last minute is counted whole: a kit that was there in its last second is found.
            self.ended.set_text(wording.moment(times[1] + MINUTE - MICROSECOND))
        self.retranslate()
        self.place.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Open an excursion case"))
        self._note.setText(
            self.tr("Every kit that lay there at the time is found, and held back if it is here.")
        )
        self.place.set_label(self.tr("Unit, rack or box, such as T1 or T1-R2-B01"))
        self.began.set_label(self.tr("Began"))
        self.ended.set_label(self.tr("Ended"))
        self.because.set_label(self.tr("What happened"))
        self._cancel.setText(self.tr("Cancel"))
        self._go.setText(self.tr("Open the case"))

    @Slot()
    def ask(self) -> None:
        """Ask for the case, if nothing is missing."""
        began, ended = self.began.value, self.ended.value
        for field, missing in (
            (self.place, not self.place.text),
            (self.began, began is None),
            (self.ended, ended is None),
            (self.because, not self.because.text),
        ):
            field.set_error(self.tr("This is recorded: fill it in.") if missing else "")
        if self.place.text and began is not None and ended is not None and self.because.text:
            self.asked.emit(self.place.text.upper(), (began, ended), self.because.text)
