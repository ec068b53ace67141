"""Labels: every copy has a number that exists once, from reservation to scan-back."""

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import DoseId, LabelId
from pharmacy_app.domain.label_rules import LabelKind


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


class LabelSpoiled(LabelEvent, frozen=True, kw_only=True, tag="label.spoiled.1"):
    """It came out, but torn, smeared or cut: it was destroyed and is on no bag."""

    because: str


class ExtraLabelReserved(LabelEvent, frozen=True, kw_only=True, tag="label.extra_reserved.1"):
    """A label beside the bag's got its number: for the outer cover, or a small one for the line.

    It is a copy of the same dose with a number of its own, so that it never passes for the bag's.
    """

    label_kind: LabelKind
    copy: int
    symbol: str
    paper: str
    picture: str


class RollEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one roll of blank labels, or pack of label sheets."""

    roll_id: str

    @property
    def about(self) -> str:
        """Return ``roll/<id>``."""
        return f"roll/{self.roll_id}"


class RollLoaded(RollEvent, frozen=True, kw_only=True, tag="roll.loaded.1"):
    """A roll went into a printer: what is printed there from now on is on it."""

    printer: str
    labels: int


class RollClosed(RollEvent, frozen=True, kw_only=True, tag="roll.closed.1"):
    """A roll was counted: the blank labels left, those lost unprinted, and why figures differ."""

    remaining: int
    lost: int
    because: str
