"""Excursions: from a unit's temperatures to the kits that were there, and to a decision on each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain import excursions as rules
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.events.excursion import Cause, ExcursionOpened
from pharmacy_app.domain.events.stock import KitQuarantined, QuarantineDecided
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, refuse, violation
from pharmacy_app.exchange.notices import QuarantineDecision
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import excursions as queries
from pharmacy_app.records.queries.unblinded.excursions import Case, CaseKit, Stay
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.notices import told_by
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.stock import known_kit

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Episode:
    """What happened: where, from when until when (UTC), why, and the logger's original (SHA-256)."""

    cause: Cause
    record: str
    times: Stretch
    because: str
    file: str = ""


def new_case(pharmacy: Pharmacy, episode: Episode, kits: Sequence[Kit]) -> list[Event]:
    """Return the events that open a case, to be recorded together."""
    opened = ExcursionOpened(
        case_id=f"E-{pharmacy.chance.code(6)}",
        cause=episode.cause,
        record=episode.record,
        began=episode.times[0],
        ended=episode.times[1],
        because=episode.because.strip(),
        file=episode.file,
        kits=rules.concerned(kits),
    )
    held = [
        KitQuarantined(kit_number=kit.kit_number, because=f"excursion.{episode.cause}")
        for kit in rules.to_quarantine(kits)
    ]
    # Quarantine first: the case is written with what then waits in it.
    return [*held, opened]


def stays(
    pharmacy: Pharmacy, unit: str, began: datetime, ended: datetime, within: str = ""
) -> list[Stay]:
    """Return every kit that lay in a unit, or in a rack or box of it, at some time of an excursion."""
    return queries.stays(pharmacy.reader, unit, began, ended, within)


def open_for_unit(
    pharmacy: Pharmacy,
    unit: str,
    times: Stretch,
    because: str,
    *,
    within: str = "",
    file: str = "",
    op_id: str = "",
) -> Appended:
    """Open a case for every kit that lay in a unit at the time (UTC); those still there are held back.

    Raises Refused without a reason, for a time to come, or where nothing lay there.
    """
    kits = [stay.kit for stay in stays(pharmacy, unit, *times, within)]
    episode = Episode(Cause.UNIT, within or unit, times, because, file)
    return _open(pharmacy, episode, kits, op_id)


def open_for_kits(
    pharmacy: Pharmacy,
    scans: Sequence[Scanned],
    times: Stretch,
    because: str,
    *,
    op_id: str = "",
) -> Appended:
    """Open a case for kits named one by one: a box left on the bench, a lid left open.

    Raises Refused as `open_for_unit`, and for an unknown kit.
    """
    kits = [known_kit(pharmacy, scanned) for scanned in scans]
    return _open(pharmacy, Episode(Cause.HANDLING, "", times, because), kits, op_id)


def _open(pharmacy: Pharmacy, episode: Episode, kits: Sequence[Kit], op_id: str) -> Appended:
    pharmacy.require(Task.STOW)
    record, because = episode.record, episode.because
    refuse(*rules.unlawful_case(record, kits, *episode.times, because, pharmacy.now()))
    return pharmacy.record(Task.STOW, *new_case(pharmacy, episode, kits), op_id=op_id)


def cases(pharmacy: Pharmacy) -> list[Case]:
    """Return every case, open ones first."""
    return queries.cases(pharmacy.reader)


def case(pharmacy: Pharmacy, case_id: str) -> tuple[Case, list[CaseKit]]:
    """Return a case with its kits. Raises Refused ``excursion.unknown``."""
    found = queries.case(pharmacy.reader, case_id)
    if found is None:
        raise Refused([violation("excursion.unknown", case_id)])
    return found, queries.kits_of(pharmacy.reader, case_id)


def decide_by_notice(
    pharmacy: Pharmacy,
    case_id: str,
    notice: bytes,
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Record what the sponsor's signed notice decides on kits of a case, signed; the notice is kept.

    Raises Refused as `decide`, and for a notice that is altered, foreign, or of another kind.
    """
    told = told_by(pharmacy, notice, QuarantineDecision)
    return decide(
        pharmacy,
        case_id,
        usable=told.usable,
        rejected=told.rejected,
        authorisation=told.reference,
        credential=credential,
        notice=notice,
        op_id=op_id,
    )


def waiting(pharmacy: Pharmacy, case_id: str) -> list[KitNumber]:
    """Return the kits of a case on which nobody has decided. Raises Refused ``excursion.unknown``."""
    _, kits = case(pharmacy, case_id)
    return [kit.kit.kit_number for kit in kits if kit.verdict == queries.WAITING]


def decide(
    pharmacy: Pharmacy,
    case_id: str,
    *,
    usable: Collection[KitNumber],
    rejected: Collection[KitNumber],
    authorisation: str,
    credential: Credential,
    notice: bytes = b"",
    op_id: str = "",
) -> Appended:
    """Record the sponsor's decision on kits of a case, signed; the rest of them goes on waiting.

    ``notice`` is the sponsor's signed file, kept with the decision. Raises Refused for kits that do not wait in it, for one decided both ways, and without a reference.
    """
    pharmacy.require(Task.DECIDE_QUARANTINE)
    left = waiting(pharmacy, case_id)
    named = [*usable, *rejected]
    refuse(
        None if named else violation("kit.none_chosen"),
        None if authorisation.strip() else violation("kit.no_authorisation"),
        *(
            violation("excursion.not_waiting", number, case=case_id)
            for number in dict.fromkeys(named)
            if number not in left
        ),
        *(
            violation("excursion.both_ways", number, case=case_id)
            for number in sorted(set(usable) & set(rejected))
        ),
    )
    events = [
        QuarantineDecided(
            kit_number=number, usable=number in usable, authorisation=authorisation.strip()
        )
        for number in named
    ]
    kept = [Attachment("application/octet-stream", notice)] if notice else []
    return pharmacy.record(
        Task.DECIDE_QUARANTINE,
        *events,
        credentials=[credential],
        op_id=op_id,
        attachments=kept,
    )
