"""What the ward is told of readiness, made from public facts and the promise alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pharmacy_app.domain import promise as rules
from pharmacy_app.domain.blinding import BlindedReadiness, BlindedVisit
from pharmacy_app.domain.events.readiness import ReadinessPromised
from pharmacy_app.domain.trial import Site, Trial


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise in force, by whom and when (UTC)."""

    event: ReadinessPromised
    by: str
    at: datetime


def blinded_readiness(
    trial: Trial,
    site: Site,
    promised: Promised | None,
    *,
    given: Mapping[str, int],
    visits: Sequence[BlindedVisit],
    newcomer: Sequence[BlindedVisit],
    today: date,
) -> BlindedReadiness:
    """Return what ward and coordinator are told: the promise against the visits they know of.

    ``given`` are the doses handed over since it, by pool. A promise that has run out is none.
    """
    if promised is not None and promised.event.until < today:
        promised = None
    covers = {} if promised is None else {c.pool: c.doses for c in promised.event.covers}
    until = None if promised is None else promised.event.until
    return BlindedReadiness(
        trial_code=trial.code,
        protocol=trial.protocol,
        site=site.code,
        site_name=site.name,
        zone=site.zone,
        days=rules.ready_days(covers, until, given, visits),
        one_more=rules.room_for_one_more(covers, until, given, visits, newcomer),
        until=until,
        promised_by=None if promised is None else promised.by,
        promised_at=None if promised is None else promised.at,
        made_on=today,
        training=trial.training,
    )
