"""One difference of a stock count: what is done about it, its root cause, where the kit lies."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.counting import OUTCOMES, OUTSIDE, box_of
from pharmacy_app.domain.events.counting import (
    CountDifference,
    Outcome,
    RootCause,
)
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField, NumberField, TextField, side_by_side
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.workflows.count_differences import Resolution

WITH_PLACE = (Outcome.PLACED, Outcome.FOUND)


class ResolveDialog(Dialog):
    """Emits ``resolved`` with a `Resolution`; the rules decide whether it holds."""

    resolved = Signal(object)

    def __init__(self, difference: CountDifference, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=600)
        self._difference = difference
        self._note = words("", "muted", wrap=True)
        self.outcome, self.cause = ChoiceField(), ChoiceField()
        self.position = TextField(codes=True)
        self.minutes = NumberField(decimals=0)
        self._place = side_by_side(self.position, self.minutes)
        self.remarks = TextField()
        self._cancel, self._go = ReasonedButton(hint="Esc"), PrimaryButton()
        for part in (self._note, self.outcome, self._place, self.cause, self.remarks):
            self.body.addWidget(part)
        self.add_button(self._cancel)
        self.add_button(self._go)
        self._cancel.clicked.connect(self.reject)
        self._go.clicked.connect(self.give)
        self.outcome.chosen.connect(lambda _: self._fit())
        self.position.set_text(_begun(difference))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        one = self._difference
        kits = " + ".join((one.kit_number, *one.pair.split()))
        kind = wording.term(f"difference.{one.kind}")
        self.set_head(self.tr("Kit {kit}: {difference}").format(kit=kits, difference=kind))
        self._note.setText(
            self.tr("Recorded: {recorded}. Found: {found}.").format(
                recorded=one.recorded or "–", found=", ".join(one.found) or "–"
            )
        )
        self.outcome.set_label(self.tr("What is done"))
        self.outcome.set_choices(
            [(way, wording.term(f"count_outcome.{way}")) for way in OUTCOMES[one.kind]]
        )
        self.cause.set_label(self.tr("Root cause"))
        self.cause.set_choices(
            [(cause, wording.term(f"root_cause.{cause}")) for cause in RootCause],
            ask=self.tr("Choose"),
        )
        self.position.set_label(self.tr("Position in which it lies now, scanned or typed"))
        self.minutes.set_label(self.tr("Time out of storage"), self.tr("min"))
        self.remarks.set_label(
            self.tr("Remarks"), hint=self.tr("Needed for another cause, or if the time is unknown.")
        )
        self._cancel.setText(self.tr("Cancel"))
        self._go.setText(self.tr("Go on to the signature"))
        self._fit()

    @property
    def _outcome(self) -> Outcome:
        return Outcome(str(self.outcome.value))

    @property
    def _half_told(self) -> bool:
        text = self.position.text
        return not text or text.endswith("-")

    def _fit(self) -> None:
        """Ask for a place only where the kit gets one; a pair has its places."""
        self._place.setVisible(self._outcome in WITH_PLACE)
        self.position.setVisible(not self._difference.pair)
        self.minutes.setVisible(self._outcome is Outcome.PLACED)

    def scan(self, scan: RawScan) -> bool:
        """Take a position."""
        self.position.set_text(scan.raw.strip())
        return True

    @Slot()
    def give(self) -> None:
        """Give the resolution, if nothing that can be seen here is missing."""
        cause = RootCause(str(self.cause.value)) if self.cause.value else None
        outcome = self._outcome
        self.cause.set_error("" if cause else self.tr("Choose a cause."))
        unsaid = cause is RootCause.OTHER and not self.remarks.text
        unknown = outcome is Outcome.PLACED and self.minutes.value is None and not self.remarks.text
        self.remarks.set_error(
            self.tr("Describe the cause.")
            if unsaid
            else self.tr("Enter the minutes, or why they are not known.")
            if unknown
            else ""
        )
        half = outcome is Outcome.PLACED and not self._difference.pair and self._half_told
        self.position.set_error(self.tr("Enter the whole position.") if half else "")
        if cause is None or unsaid or unknown or half:
            return
        minutes = self.minutes.value if outcome is Outcome.PLACED else None
        place = self.position.text if outcome in WITH_PLACE and not self._difference.pair else ""
        self.accept()
        self.resolved.emit(
            Resolution(
                outcome,
                cause,
                self.remarks.text,
                place,
                None if minutes is None else int(minutes),
            )
        )


def _begun(difference: CountDifference) -> str:
    """Return the position that was scanned; of a box alone, its beginning, for the rest to be typed."""
    if len(difference.found) != 1 or difference.found == (OUTSIDE,):
        return ""
    (place,) = difference.found
    if OUTCOMES[difference.kind][0] is not Outcome.PLACED or box_of(place).count("-") > 1:
        return place
    return f"{place}-"
