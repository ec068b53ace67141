"""The ways out: what comes back from the ward, reserve samples, destruction, return, transfer."""

from decimal import Decimal
from enum import StrEnum

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import DisposalId, DoseId, KitNumber, SiteCode


class Way(StrEnum):
    """How the kits of a list leave the site."""

    DESTROYED = "destroyed"
    SENT_BACK = "sent_back"
    TRANSFERRED = "transferred"


class Remains(StrEnum):
    """What is left of a bag after its infusion, as the ward tells it."""

    EMPTY = "empty"
    PARTLY_USED = "partly_used"
    DESTROYED_ON_WARD = "destroyed_on_ward"


class RemainsReturned(Event, frozen=True, kw_only=True, tag="kit.remains_returned.1"):
    """What is left of an infused bag came back, or the ward destroyed it. Volume estimated, in mL."""

    kit_number: KitNumber
    dose_id: DoseId
    remains: Remains
    left_ml: Decimal
    brought_by: str
    remarks: str

    @property
    def about(self) -> str:
        """Return ``kit/<number>``."""
        return f"kit/{self.kit_number}"


class KitReserved(Event, frozen=True, kw_only=True, tag="kit.reserved.1"):
    """A kit is kept as a reserve sample and given to nobody."""

    kit_number: KitNumber
    because: str
    reference: str

    @property
    def about(self) -> str:
        """Return ``kit/<number>``."""
        return f"kit/{self.kit_number}"


class KitExplained(Event, frozen=True, kw_only=True, tag="kit.explained.1"):
    """Why a kit that a package lists never came, on whose word."""

    kit_number: KitNumber
    because: str

    @property
    def about(self) -> str:
        """Return ``kit/<number>``."""
        return f"kit/{self.kit_number}"


class DisposalEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one list of kits that leave the site."""

    list_id: DisposalId

    @property
    def about(self) -> str:
        """Return ``disposal/<id>``."""
        return f"disposal/{self.list_id}"


class DisposalListed(DisposalEvent, frozen=True, kw_only=True, tag="disposal.listed.1"):
    """Kits wait for the word to leave by one way; none of them may be used. ``to_site`` of a transfer."""

    way: Way
    kits: tuple[KitNumber, ...]
    because: str
    to_site: SiteCode = SiteCode("")


class DisposalPermitted(DisposalEvent, frozen=True, kw_only=True, tag="disposal.authorised.1"):
    """The list may be done; ``by_notice`` if the sponsor signed a notice for it."""

    reference: str
    by_notice: bool


class KitStruck(DisposalEvent, frozen=True, kw_only=True, tag="disposal.kit_struck.1"):
    """A kit does not leave with its list after all."""

    kit_number: KitNumber
    because: str


class DisposalDropped(DisposalEvent, frozen=True, kw_only=True, tag="disposal.dropped.1"):
    """The whole list is given up; its kits are where they were."""

    because: str


class KitsDestroyed(DisposalEvent, frozen=True, kw_only=True, tag="disposal.destroyed.1"):
    """The kits of a list were destroyed before a witness."""

    kits: tuple[KitNumber, ...]
    method: str
    place: str


class KitsSent(DisposalEvent, frozen=True, kw_only=True, tag="disposal.sent.1"):
    """The kits of a list left: to the sponsor, or to another site. ``shipper`` names the container."""

    way: Way
    kits: tuple[KitNumber, ...]
    carrier: str
    shipper: str
    to_site: SiteCode = SiteCode("")
