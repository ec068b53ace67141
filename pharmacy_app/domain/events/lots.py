"""Lots: their certificates and results, their recall, and the extension of their expiry."""

from datetime import datetime

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import KitNumber


class CertificateFiled(Event, frozen=True, kw_only=True, tag="lot.certificate_filed.1"):
    """A certificate of analysis came with a lot; the paper is the attachment ``file``."""

    lot: str
    title: str
    reference: str
    file: str

    @property
    def about(self) -> str:
        """Return ``lot/<lot>``."""
        return f"lot/{self.lot}"


class ResultReported(Event, frozen=True, kw_only=True, tag="lot.result_reported.1"):
    """A test of a lot ended after its release, such as sterility at day 14; ``file`` may be empty."""

    lot: str
    test: str
    passed: bool
    reference: str
    file: str

    @property
    def about(self) -> str:
        """Return ``lot/<lot>``."""
        return f"lot/{self.lot}"


class LotRecalled(Event, frozen=True, kw_only=True, tag="lot.recalled.1"):
    """The sponsor recalled a lot: ``kits`` are those on the shelf, none of which is used any more.

    A kit of the lot that arrives later is recalled when its receipt is signed.
    """

    lot: str
    reference: str
    because: str
    kits: tuple[KitNumber, ...]

    @property
    def about(self) -> str:
        """Return ``lot/<lot>``."""
        return f"lot/{self.lot}"


class RecallWithdrawn(Event, frozen=True, kw_only=True, tag="lot.recall_withdrawn.1"):
    """The sponsor took a recall back; its kits wait in quarantine for a decision on each."""

    lot: str
    reference: str
    kits: tuple[KitNumber, ...]

    @property
    def about(self) -> str:
        """Return ``lot/<lot>``."""
        return f"lot/{self.lot}"


class ExpiryExtended(Event, frozen=True, kw_only=True, tag="lot.expiry_extended.1"):
    """The sponsor gave a whole blinded lot a later expiry; ``kits`` are those that need an over-label.

    ``expiry`` is the first moment of the time after it, UTC. It holds once the labels are on.
    """

    extension_id: str
    blinded_lot: str
    expiry: datetime
    reference: str
    kits: tuple[KitNumber, ...]

    @property
    def about(self) -> str:
        """Return ``lot/<blinded lot>``."""
        return f"lot/{self.blinded_lot}"


class OverlabelsApplied(Event, frozen=True, kw_only=True, tag="lot.overlabels_applied.1"):
    """Every kit of an extended lot got its over-label, and the labels add up: two people saw it.

    ``printed`` = kits + ``spoiled`` + ``remaining``; what remains was destroyed.
    """

    extension_id: str
    blinded_lot: str
    expiry: datetime
    kits: tuple[KitNumber, ...]
    printed: int
    spoiled: int
    remaining: int

    @property
    def about(self) -> str:
        """Return ``lot/<blinded lot>``."""
        return f"lot/{self.blinded_lot}"


class ExtensionDropped(Event, frozen=True, kw_only=True, tag="lot.extension_dropped.1"):
    """An extension is not carried out after all; the old expiry goes on holding."""

    extension_id: str
    blinded_lot: str
    because: str

    @property
    def about(self) -> str:
        """Return ``lot/<blinded lot>``."""
        return f"lot/{self.blinded_lot}"
