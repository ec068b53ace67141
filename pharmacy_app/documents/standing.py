"""What every unblinded paper says of itself: where, for which trial, by whom, on which ledger."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.documents.moments import with_offset
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.trial import Text

HEAD_DIGITS = 20
"""Hexadecimal digits of the ledger's head that a footer shows: 80 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Site, trial and the ledger's position when the paper was made.

    ``ledger_head`` is the hash of event ``ledger_seq``, hexadecimal; the footer shows 80 bits of
    it. A paper so anchored convicts a ledger that was altered afterwards.
    """

    trial_code: str
    protocol: str
    site: str
    site_name: Text
    zone: str
    training: bool
    printed_by: str
    printed_at: datetime
    ledger_seq: int
    ledger_head: str

    def time(self, moment: datetime | None) -> str | None:
        """Return a moment on the site's clock with its offset, or None for none."""
        return None if moment is None else with_offset(moment, self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signature as it is printed: name, meaning, time (21 CFR 11.50)."""

    printed_name: str
    meaning: Meaning
    signed_at: datetime


MEANINGS: dict[Meaning, Text] = {
    Meaning.AUTHORISED: Text(zh="批准", en="Authorised"),
    Meaning.PREPARED: Text(zh="配制", en="Prepared"),
    Meaning.RECEIVED: Text(zh="接收", en="Received"),
    Meaning.RELEASED: Text(zh="放行", en="Released"),
    Meaning.REPORTED: Text(zh="报告", en="Reported"),
    Meaning.REVIEWED: Text(zh="审核", en="Reviewed"),
    Meaning.VERIFIED: Text(zh="复核", en="Verified"),
    Meaning.WITNESSED: Text(zh="见证", en="Witnessed"),
}
