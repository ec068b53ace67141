"""Proof that nothing recorded was altered: every hash, signature and state row computed again.

Found is every change that a holder of the database key can make without the personal keys: edits
(with or without recomputed hashes), forged signatures, rows gone, moved or added, files exchanged,
state edited, an older file put back. Not found is what was cut off after the newest checkpoint that
is known outside the file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from pharmacy_app.domain.events.envelope import Event, Meaning
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.domain.signing import Origin, moment, session_message, signature_message
from pharmacy_app.records.attested import attachments_altered, checkpoints_altered
from pharmacy_app.records.authority import Authority, is_signed
from pharmacy_app.records.chain import (
    COLUMNS,
    GENESIS,
    SIGNATURE_COLUMNS,
    EventRow,
    SignatureRow,
    commitment_of,
    hash_of,
    kind_of,
    link_of,
)
from pharmacy_app.records.driver import EncryptedDatabase
from pharmacy_app.records.finding import Finding, differs
from pharmacy_app.records.ledger import CLOCK_TOLERANCE
from pharmacy_app.records.mark import rolled_back
from pharmacy_app.records.migration import SCHEMA
from pharmacy_app.records.projection import Projection
from pharmacy_app.records.reading import EventDecoder, Reader
from pharmacy_app.records.replay import replayed_differently, schema_altered

EVENTS = f"SELECT {COLUMNS} FROM event ORDER BY seq"  # noqa: S608 - constants
SIGNATURES = f"SELECT {SIGNATURE_COLUMNS} FROM signature ORDER BY seq, position"  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Trust:
    """What is believed from outside the file.

    ``station_key`` and ``people`` come from the slot file, ``mark`` is the high-water file.
    """

    origin: Origin
    station_key: bytes
    mark: Path | None = None
    people: Mapping[PersonId, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: the number of events proven, the head, and the first bad place if any."""

    events: int
    head: bytes
    first_bad: Finding | None

    @property
    def intact(self) -> bool:
        """True if nothing was altered."""
        return self.first_bad is None


def verify(
    database: EncryptedDatabase,
    trust: Trust,
    kinds: Sequence[type[Event]],
    *,
    replay: Projection | None = None,
    schema: Path = SCHEMA,
) -> Report:
    """Prove the ledger from its first row on; with ``replay``, every row of the state as well.

    Stops at the first bad place. Raises EnvironmentProblem ``records.damaged`` where a page cannot
    be read at all, ``records.newer_program`` for events of a newer program.
    """
    proof = _Proof(database, trust, EventDecoder(kinds), kinds)
    findings = _findings(proof, replay, schema)
    first = next(findings, None)
    return Report(proof.proven, proof.link, first)


def _findings(proof: "_Proof", replay: Projection | None, schema: Path) -> Iterator[Finding]:
    reader, trust = proof.reader, proof.trust
    yield from schema_altered(reader, schema)
    yield from proof.chain_altered()
    yield from checkpoints_altered(reader, trust.origin, trust.station_key)
    yield from attachments_altered(reader)
    yield from proof.people_differ()
    if trust.mark is not None:
        told = rolled_back(trust.mark, trust.origin, reader, trust.station_key)
        if told is not None:
            yield _from_mark(told)
    if replay is not None:
        yield from replayed_differently(reader, proof.decoder, replay, schema)


def _from_mark(told: Violation) -> Finding:
    facts = ", ".join(f"{name} {value}" for name, value in told.facts)
    return Finding(0, told.rule.partition(".")[2], "site.mark", facts or told.record)


class _Proof:
    """One pass along the chain."""

    def __init__(
        self,
        database: EncryptedDatabase,
        trust: Trust,
        decoder: EventDecoder,
        kinds: Sequence[type[Event]],
    ) -> None:
        self.reader = Reader(database)
        self.trust = trust
        self.decoder = decoder
        self.proven = 0
        self.link = GENESIS
        self._recorded_at = ""
        self._by_station = {kind_of(kind) for kind in kinds if kind.by_station}
        self._notes_clock = {kind_of(kind) for kind in kinds if kind.notes_clock_jump}
        self._telling = {
            *decoder.overriding("introduced_keys"),
            *decoder.overriding("opened_session"),
        }
        self._authority = Authority(trust.origin.site, trust.station_key)

    def chain_altered(self) -> Iterator[Finding]:
        """Yield what is wrong with events and signatures, act by act."""
        signatures = _Signatures(map(SignatureRow._make, self.reader.each(SIGNATURES)))
        rows = map(EventRow._make, self.reader.each(EVENTS))
        for _, group in groupby(rows, key=lambda row: row.op_id):
            act = [(row, signatures.of(row.seq)) for row in group]
            for row, signed in act:
                yield from self._row_altered(row, signed)
                if not any(one.kind in self._notes_clock for one, _ in act):
                    yield from self._time_turned(row)
                self.proven, self.link, self._recorded_at = row.seq, row.link, row.recorded_at
            yield from self._act_unlawful(act)
        if signatures.left is not None:
            yield Finding(signatures.left.seq, "signature_orphan", "-", signatures.left.signer)

    def people_differ(self) -> Iterator[Finding]:
        """Yield a person whose key in the ledger is not the one of the slot file."""
        for person, key in self.trust.people.items():
            told = self._authority.keys.get(person)
            if told is not None:
                yield from differs(0, "person_key", key, told)

    def _row_altered(self, row: EventRow, signed: list[SignatureRow]) -> Iterator[Finding]:
        seq = self.proven + 1
        yield from differs(seq, "sequence", seq, row.seq)
        yield from differs(seq, "site", self.trust.origin.site, row.site)
        yield from differs(seq, "previous", self.link, row.prev_hash)
        yield from differs(seq, "body", row.commitment, commitment_of(row.salt, row.body))
        event_hash = hash_of(row)
        yield from differs(seq, "envelope", row.hash, event_hash)
        yield from differs(seq, "signatures", row.link, link_of(event_hash, signed))
        if not is_signed(row.session_key, row.session_signature, session_message(row.link)):
            yield Finding(seq, "session_signature", row.session_key.hex(), row.actor)
        for signature in signed:
            if not _holds(row, signature):
                yield Finding(seq, "personal_signature", signature.signer, signature.meaning)

    def _time_turned(self, row: EventRow) -> Iterator[Finding]:
        if self._recorded_at <= row.recorded_at:
            return
        if moment(row.recorded_at) < moment(self._recorded_at) - CLOCK_TOLERANCE:
            yield Finding(row.seq, "clock", self._recorded_at, row.recorded_at)

    def _act_unlawful(self, act: list[tuple[EventRow, list[SignatureRow]]]) -> Iterator[Finding]:
        for row, _ in act:
            if row.kind in self._telling:
                flaw = self._authority.learn(self.decoder.event(row))
                if flaw is not None:
                    yield Finding(row.seq, flaw, row.about, row.actor)
        signers = {(PersonId(one.signer), one.public_key) for _, given in act for one in given}
        for row, _ in act:
            flaw = self._authority.objection(
                row.session_key,
                PersonId(row.actor),
                signers,
                by_station=row.kind in self._by_station,
            )
            if flaw is not None:
                yield Finding(row.seq, flaw, row.session_key.hex(), row.actor)


class _Signatures:
    """The signatures in step with the events: one cursor each, nothing held in memory."""

    def __init__(self, rows: Iterator[SignatureRow]) -> None:
        self._rows = rows
        self.left = next(rows, None)

    def of(self, seq: int) -> list[SignatureRow]:
        """Return the signatures of one event; one of an event that is not there stays left."""
        found = []
        while self.left is not None and self.left.seq == seq:
            found.append(self.left)
            self.left = next(self._rows, None)
        return found


def _holds(row: EventRow, signature: SignatureRow) -> bool:
    try:
        meaning, signed_at = Meaning(signature.meaning), moment(signature.signed_at)
    except ValueError:
        return False
    message = signature_message(row.hash, meaning, signed_at, signature.printed_name)
    return is_signed(signature.public_key, signature.value, message)


def finding_as_violation(finding: Finding) -> Violation:
    """Return a finding as it is worded (``verify.…``)."""
    return violation(
        f"verify.{finding.what}",
        f"#{finding.seq}",
        expected=finding.expected,
        found=finding.found,
    )
