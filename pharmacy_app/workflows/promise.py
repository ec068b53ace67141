"""The promise to the ward: signed, withdrawn, and the blinded paper that tells of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.domain import promise as rules
from pharmacy_app.domain.blinding import BlindedReadiness, BlindedVisit
from pharmacy_app.domain.courses import schedule
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.events.readiness import (
    ABOUT,
    Cover,
    ReadinessPromised,
    ReadinessWithdrawn,
)
from pharmacy_app.domain.ids import StageCode
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.readiness import lines_of
from pharmacy_app.domain.refusal import refuse, violation
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.blinded import readiness as blinded_queries
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import readiness
from pharmacy_app.workflows.blinded_readiness import Promised, blinded_readiness
from pharmacy_app.workflows.pharmacy import Pharmacy

SHOWN_DAYS = 28


@dataclass(frozen=True, slots=True)
class Standing:
    """How the promise stands: what was promised, and the pools whose stock no longer bears it out.

    UNBLINDED: ``broken`` follows from the real stock.
    """

    promised: ReadinessPromised
    act: Recorded
    broken: tuple[str, ...]


def current(pharmacy: Pharmacy) -> Recorded | None:
    """Return the act of the promise in force, or None: there was none, or it was withdrawn."""
    told = pharmacy.ledger.history(ABOUT)
    if not told or isinstance(told[-1].event, ReadinessWithdrawn):
        return None
    return told[-1]


def standing(pharmacy: Pharmacy) -> Standing | None:
    """Return how the promise in force stands, or None without one."""
    act = current(pharmacy)
    if act is None:
        return None
    promised = act.told(ReadinessPromised)
    if promised.until < pharmacy.today():
        return Standing(promised, act, ())
    given = blinded_queries.given_since(pharmacy.reader, act.recorded_at)
    have_theirs = blinded_queries.being_made(pharmacy.reader)
    served = _by_pool(pharmacy, (*given.items(), *have_theirs.items()))
    broken = rules.not_borne_out(promised.covers, served, fewest(pharmacy, promised.until))
    return Standing(promised, act, broken)


def fewest(pharmacy: Pharmacy, until: date) -> dict[str, int]:
    """Return by pool how many kits of its scarcest kind may be used up to a day's end. UNBLINDED."""
    days = (until - pharmacy.today()).days + 1
    sources = {line.source for line in lines_of(pharmacy.trial)}
    stock = readiness.stock_now(pharmacy, sources, days)
    found: dict[str, int] = {}
    for source in sources:
        lasting = sum(one.days >= days for one in stock[source])
        found[source.pool] = min(lasting, found.get(source.pool, lasting))
    return found


def week_ends(pharmacy: Pharmacy) -> list[date]:
    """Return the days up to which a promise may be made."""
    return [rules.week_end(pharmacy.today(), weeks) for weeks in range(rules.MOST_WEEKS + 1)]


def proposed(pharmacy: Pharmacy, until: date) -> tuple[Cover, ...]:
    """Return the most that can be promised up to a day; a pool for which nothing can be is left out."""
    most = {pool: rules.promisable(kits) for pool, kits in fewest(pharmacy, until).items()}
    return tuple(Cover(pool=pool, doses=most[pool]) for pool in sorted(most) if most[pool])


def make(
    pharmacy: Pharmacy,
    until: date,
    covers: Sequence[Cover],
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Promise doses up to a week's end; it takes the place of an earlier promise.

    Raises Refused ``readiness.until``, ``readiness.no_cover``, ``readiness.coarse`` and
    ``readiness.not_covered``.
    """
    pharmacy.require(Task.PROMISE_READINESS)
    refuse(*rules.unlawful(covers, fewest(pharmacy, until), until, pharmacy.today()))
    event = ReadinessPromised(until=until, covers=tuple(covers))
    return pharmacy.record(Task.PROMISE_READINESS, event, credentials=[credential], op_id=op_id)


def withdraw(
    pharmacy: Pharmacy, because: str, credential: Credential, *, op_id: str = ""
) -> Appended:
    """Take the promise back. The reason stays in the pharmacy. Raises Refused without either."""
    pharmacy.require(Task.PROMISE_READINESS)
    refuse(
        violation("readiness.none_to_withdraw") if current(pharmacy) is None else None,
        None if because.strip() else violation("readiness.withdrawal_reason"),
    )
    return pharmacy.record(
        Task.PROMISE_READINESS,
        ReadinessWithdrawn(),
        credentials=[credential],
        reason=because.strip(),
        op_id=op_id,
    )


def blinded(pharmacy: Pharmacy) -> BlindedReadiness:
    """Return what the ward may be told; BLINDED. It knows no arm and asks no stock."""
    act = current(pharmacy)
    given = {} if act is None else _given(pharmacy, act)
    names = {one.person_id: one.printed_name for one in site_queries.people(pharmacy.reader)}
    promised = act and Promised(
        act.told(ReadinessPromised), names.get(act.actor, act.actor), act.recorded_at
    )
    return blinded_readiness(
        pharmacy.trial,
        pharmacy.site,
        promised or None,
        given=given,
        visits=_visits(pharmacy),
        newcomer=_newcomer(pharmacy),
        today=pharmacy.today(),
    )


def paper(pharmacy: Pharmacy) -> Paper:
    """Return the paper that tells ward and coordinator; BLINDED."""
    return catalogue.render(catalogue.BLINDED_READINESS, blinded(pharmacy))


def _pools(pharmacy: Pharmacy) -> dict[StageCode, str]:
    return {stage.code: stage.pool for stage in pharmacy.trial.stages}


def _given(pharmacy: Pharmacy, act: Recorded) -> dict[str, int]:
    """Return the doses handed over since the promise, by pool."""
    return _by_pool(pharmacy, blinded_queries.given_since(pharmacy.reader, act.recorded_at).items())


def _by_pool(pharmacy: Pharmacy, stages: Iterable[tuple[StageCode, int]]) -> dict[str, int]:
    pools, found = _pools(pharmacy), dict[str, int]()
    for stage, number in stages:
        found[pools[stage]] = found.get(pools[stage], 0) + number
    return found


def _visits(pharmacy: Pharmacy) -> list[BlindedVisit]:
    """Return the visits of the next weeks and the doses under way: days and pools, no subject, no arm."""
    pools, today = _pools(pharmacy), pharmacy.today()
    last = today + timedelta(days=SHOWN_DAYS)
    under_way = _by_pool(pharmacy, blinded_queries.being_made(pharmacy.reader).items())
    return [
        *(
            BlindedVisit(day=today, pool=pool)
            for pool, number in under_way.items()
            for _ in range(number)
        ),
        *(
            BlindedVisit(day=one.day, pool=pools[one.stage])
            for one in readiness.coming(pharmacy)
            if one.day <= last
        ),
    ]


def _newcomer(pharmacy: Pharmacy) -> list[BlindedVisit]:
    """Return the visits that somebody enrolled today would have for certain."""
    days, today = schedule(pharmacy.trial), pharmacy.today()
    return [
        BlindedVisit(day=today + timedelta(days=days[visit.code]), pool=stage.pool)
        for stage in pharmacy.trial.stages
        if not (stage.after or stage.consent)
        for visit in stage.visits
        if visit.code in days
    ]
