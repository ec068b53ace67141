"""The account of the site is closed."""

from msgspec import Struct

from pharmacy_app.domain.events.envelope import Event


class FateCount(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many kits ended one way; ``fate`` as `pharmacy_app.domain.accountability.Fate`."""

    fate: str
    kits: int


class SiteReconciled(Event, frozen=True, kw_only=True, tag="site.reconciled.1"):
    """Every kit of every package is accounted for, none unexplained, and somebody signed for it."""

    listed: int
    received: int
    fates: tuple[FateCount, ...]
    remarks: str

    @property
    def about(self) -> str:
        """Return ``site``."""
        return "site"
