"""The open pharmacy: what every task needs in its hands, and the one way to record an act."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec

from pharmacy_app.domain import amendments
from pharmacy_app.domain.barcodes import parse_scan
from pharmacy_app.domain.events.envelope import Act, Event, Meaning, SigningKey
from pharmacy_app.domain.events.oversight import DeviationRaised, NearMissRecorded
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.package import SitePackage
from pharmacy_app.domain.people import SIGNATURES, Person, Task, missing_right, missing_signer_right
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, Violation, refuse, violation
from pharmacy_app.domain.trial import Site, Trial
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.ledger import Appended, Ledger
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.records.queries.unblinded.site import PackageRow
from pharmacy_app.records.reading import Reader
from pharmacy_app.system.chance import Chance
from pharmacy_app.system.clock import Clock
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.texts import storable, unfit_texts


class Signing(Protocol):
    """Opens personal keys: with the owner's password, or held open in a simulation."""

    def unlock(self, credential: Credential) -> SigningKey:
        """Return the person's key. Raises Refused for a wrong password."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What came from the scanner, or from the keyboard in its place."""

    raw: str
    typed: bool = False


@dataclass(slots=True)
class Session:
    """Somebody signed in at the open pharmacy. ``site_key`` opens what is sealed for this site."""

    person: Person
    signing: Signing
    site_key: bytes = field(repr=False)


class Pharmacy:
    """The ledger, the clock and the person at the desk; every workflow takes it first."""

    def __init__(
        self, ledger: Ledger, session: Session, clock: Clock, chance: Chance, folder: Path
    ) -> None:
        self.ledger = ledger
        self.session = session
        self.clock = clock
        self.chance = chance
        self.folder = folder
        """The vault's own folder."""
        self._packages: dict[int, SitePackage] = {}
        self._stopped = False

    @property
    def reader(self) -> Reader:
        """Rows of the state."""
        return self.ledger.reader

    @property
    def person(self) -> Person:
        """Who is signed in."""
        return self.session.person

    @property
    def packages(self) -> list[SitePackage]:
        """Every imported package, newest first. A later one brings only lists that are new."""
        return [self._imported(line) for line in site_queries.packages(self.reader)]

    @property
    def package(self) -> SitePackage:
        """The newest imported package. Raises Refused ``package.none`` before there is one."""
        newest = site_queries.packages(self.reader)
        if not newest:
            raise Refused([violation("package.none")])
        return self._imported(newest[0])

    def _imported(self, line: PackageRow) -> SitePackage:
        if line.number not in self._packages:
            _, content = self.ledger.attachment(bytes.fromhex(line.content))
            self._packages[line.number] = msgspec.json.decode(content, type=SitePackage)
        return self._packages[line.number]

    @property
    def trial(self) -> Trial:
        """The protocol in force at the site today, for new subjects and for everything but doses."""
        return self.package_in_force().trial

    def package_in_force(self, enrolled_on: date | None = None) -> SitePackage:
        """Return the newest package whose protocol holds today, for a subject enrolled on a day.

        Raises Refused ``package.none`` before there is one.
        """
        today = self.today_in(self.package)
        in_force = (p for p in self.packages if amendments.in_force(p.trial, today, enrolled_on))
        return next(in_force, self.packages[-1])

    def protocol(self, number: int) -> Trial:
        """Return the protocol of one imported package. Raises LookupError if there is none such."""
        for package in self.packages:
            if package.number == number:
                return package.trial
        raise LookupError(number)

    def today_in(self, package: SitePackage) -> date:
        """Return the date at the site, by the zone that a package gives it."""
        zone = ZoneInfo(package.trial.site(package.site).zone)
        return self.now().astimezone(zone).date()

    @property
    def site(self) -> Site:
        """This site, as the package describes it."""
        return self.trial.site(self.package.site)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The site's time zone, for everything shown to people."""
        return ZoneInfo(self.site.zone)

    def now(self) -> datetime:
        """Return the time, UTC."""
        return self.clock.now()

    def today(self) -> date:
        """Return the date at the site."""
        return self.now().astimezone(self.zone).date()

    def new_op(self) -> str:
        """Return the identity of an act; made when its form opens, so that it is recorded once."""
        return self.chance.token_bytes(16).hex()

    def require(self, *tasks: Task) -> None:
        """Raise Refused with every right that the person at the desk lacks."""
        refuse(*(missing_right(self.person, task) for task in tasks))

    def stop_recording(self) -> None:
        """Refuse every further act, because a bug was met; reading goes on."""
        self._stopped = True

    def record(
        self,
        task: Task,
        *events: Event,
        credentials: Sequence[Credential] = (),
        op_id: str = "",
        reason: str = "",
        occurred_at: datetime | None = None,
        attachments: Sequence[Attachment] = (),
    ) -> Appended:
        """Record one act of a task, with the signatures the task needs, all or nothing.

        Raises Refused ``people.no_right``, ``people.signatures_missing``, ``text.…`` for what no
        paper could print, or what the ledger says, EnvironmentProblem ``program.broken`` once a
        bug was met.
        """
        if self._stopped:
            raise EnvironmentProblem("program.broken")
        self.require(task)
        refuse(*unfit_texts(reason, *events))
        with self.signers(task, credentials) as signers:
            act = Act(
                op_id=op_id or self.new_op(),
                actor=self.person.person_id,
                recorded_at=self.now(),
                occurred_at=occurred_at,
                reason=reason,
                signers=signers,
            )
            return self.ledger.append(events, act, attachments=attachments)

    @contextmanager
    def signers(
        self, task: Task, credentials: Sequence[Credential]
    ) -> Iterator[tuple[tuple[SigningKey, Meaning], ...]]:
        """Open the personal keys of a task's signers for as long as it takes to sign.

        Raises Refused ``people.signatures_missing`` unless there is a credential for each meaning,
        ``people.no_right`` for every signer who may not give that signature, and for a wrong
        password.
        """
        meanings = SIGNATURES.get(task, ())
        refuse(
            None
            if len(credentials) == len(meanings)
            else violation(
                "people.signatures_missing",
                "",
                wanted=", ".join(f"meaning.{meaning}" for meaning in meanings),
                found=len(credentials),
            )
        )
        refuse(
            *(
                missing_signer_right(self.person_named(credential.person_id), task, meaning)
                for credential, meaning in zip(credentials, meanings, strict=True)
            )
        )
        with ExitStack() as stack:
            keys = []
            for credential in credentials:
                key = self.session.signing.unlock(credential)
                close = getattr(key, "close", None)
                if close is not None:
                    stack.callback(close)
                keys.append(key)
            yield tuple(zip(keys, meanings, strict=True))

    def refuse_and_note(self, record: str, scanned: Scanned, *violations: Violation | None) -> None:
        """Record a near miss and raise Refused if there is any violation; else do nothing.

        What was scanned is kept as it came, so that an investigation can read it.
        """
        found = [v for v in violations if v is not None]
        if not found:
            return
        rules = tuple(v.rule for v in found)
        near_miss = NearMissRecorded(
            record=record, rules=rules, scanned=storable(scanned.raw[:200]), typed=scanned.typed
        )
        self.record(Task.READ, near_miss)
        raise Refused(found)

    def deviation(self, record: str, rule: str, due_at: datetime | None = None) -> DeviationRaised:
        """Return the event that raises a deviation about a record, to be recorded with its act.

        ``rule`` is a term's code; ``due_at`` is UTC.
        """
        deviation_id = f"V-{self.chance.code(6)}"
        return DeviationRaised(deviation_id=deviation_id, record=record, rule=rule, due_at=due_at)

    def scanned_kit_number(self, record: str, scanned: Scanned) -> str:
        """Return the kit number in a scan; an unreadable one becomes a near miss."""
        try:
            return parse_scan(scanned.raw).kit_number
        except Refused as refused:
            self.refuse_and_note(record, scanned, *refused.violations)
            raise

    def person_named(self, person_id: PersonId) -> Person:
        """Return somebody with an account. Raises Refused ``people.unknown``."""
        found = site_queries.person(self.reader, person_id)
        if found is None:
            raise Refused([violation("people.unknown", person_id)])
        return found
