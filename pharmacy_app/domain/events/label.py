"""Labels: every copy has a number that exists once, from reservation to scan-back."""

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import DoseId, LabelId


class LabelEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one copy of a dose's label."""

    dose_id: DoseId
    label_id: LabelId

    @property
    def about(self) -> str:
        """Return ``dose/<id>``."""
        return f"dose/{self.dose_id}"


class LabelReserved(LabelEvent, frozen=True, kw_only=True, tag="label.reserved.1"):
    """A number was taken and the exact bytes fixed, before anything goes to a printer.

    ``paper`` and ``picture`` are attachments.
    """

    copy: int
    symbol: str
    paper: str
    picture: str


class LabelSpooled(LabelEvent, frozen=True, kw_only=True, tag="label.spooled.1"):
    """It goes to the printer. That a label came out is known only when it is scanned back."""

    printer: str


class LabelFailed(LabelEvent, frozen=True, kw_only=True, tag="label.failed.1"):
    """The printer did not take it, or no label came out."""

    because: str


class LabelScannedBack(LabelEvent, frozen=True, kw_only=True, tag="label.scanned_back.1"):
    """The label on the bag was scanned and says what was reserved."""

    scanned: str
    typed: bool


class LabelVoided(LabelEvent, frozen=True, kw_only=True, tag="label.voided.1"):
    """A copy that was spoiled or replaced must not be on any bag."""

    because: str
