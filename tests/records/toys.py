"""A tiny pharmacy for the tests of the ledger: events, one state table, keys, a site folder."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pharmacy_app.domain.events.envelope import (
    Act,
    Event,
    Meaning,
    Recorded,
    SessionCertificate,
    SigningKey,
)
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.signing import Origin, certificate_message
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.driver import (
    Database,
    EncryptedDatabase,
    create_database,
    open_database,
)
from pharmacy_app.records.ledger import Appended, Ledger
from pharmacy_app.records.migration import SCHEMA, migrate
from pharmacy_app.records.projection import Projections
from pharmacy_app.system.chance import SeededChance

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
ORIGIN = Origin("S01", "bench-1")
KEY = bytes(range(32))


class Introduced(Event, frozen=True, kw_only=True, tag="person.introduced.1"):
    person_id: PersonId
    public_key: bytes

    @property
    def about(self) -> str:
        return f"person/{self.person_id}"

    @property
    def introduced_keys(self) -> tuple[tuple[PersonId, bytes], ...]:
        return ((self.person_id, self.public_key),)


class CameIn(Event, frozen=True, kw_only=True, tag="session.came_in.1"):
    person_id: PersonId
    session_key: bytes
    certificate: bytes

    @property
    def about(self) -> str:
        return f"person/{self.person_id}"

    @property
    def opened_session(self) -> SessionCertificate | None:
        return SessionCertificate(self.person_id, self.session_key, self.certificate)


class Moved(Event, frozen=True, kw_only=True, tag="kit.moved.1"):
    kit: str
    place: str
    volume_ml: Decimal = Decimal("1.50")

    @property
    def about(self) -> str:
        return f"kit/{self.kit}"


class ClockNoted(Event, frozen=True, kw_only=True, tag="clock.noted.1"):
    notes_clock_jump: ClassVar[bool] = True
    clock_says: datetime

    @property
    def about(self) -> str:
        return "site"


class Unprojected(Event, frozen=True, kw_only=True, tag="odd.thing.1"):
    amount: object = None

    @property
    def about(self) -> str:
        return "odd"


KINDS: tuple[type[Event], ...] = (Introduced, CameIn, Moved, ClockNoted, Unprojected)
PROJECTIONS = Projections()
PROJECTIONS.changes_nothing(Introduced, CameIn, ClockNoted)


@PROJECTIONS.applies(Moved)
def moved(db: Database, recorded: Recorded) -> None:
    event = recorded.told(Moved)
    db.execute(
        "INSERT INTO place VALUES (?, ?, ?)"
        " ON CONFLICT (kit) DO UPDATE SET place = excluded.place, volume = excluded.volume",
        (event.kit, event.place, str(event.volume_ml)),
    )


class Key:
    """An Ed25519 key made from a name, so that runs are the same."""

    def __init__(self, name: str, person: str = "") -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32, b".")[:32])
        self.person_id = PersonId(person or name)
        self.printed_name = f"{name.title()} 张"

    @property
    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


STATION = Key("station")
ANNA, BO = Key("anna"), Key("bo")


@dataclass
class Site:
    """A folder with a ledger in it, and a clock that is moved by hand."""

    folder: Path
    ledger: Ledger = field(init=False)
    now: datetime = START
    acts: int = 0
    sessions: int = 0

    def __post_init__(self) -> None:
        database = create_database(self.path, KEY)
        lay_schema(self.schema)
        migrate(database, self.schema)
        self.ledger = self.made(database)

    @property
    def path(self) -> Path:
        return self.folder / "site.db"

    @property
    def schema(self) -> Path:
        return self.folder / "schema"

    @property
    def mark(self) -> Path:
        return self.folder / "site.mark"

    def made(self, database: EncryptedDatabase) -> Ledger:
        return Ledger(
            database,
            kinds=KINDS,
            origin=ORIGIN,
            station_key=STATION,
            chance=SeededChance("toys"),
            mark=self.mark,
            project=PROJECTIONS.apply,
            reopen=lambda: open_database(self.path, KEY),
        )

    def reopen(self) -> Ledger:
        self.ledger.close()
        self.ledger = self.made(open_database(self.path, KEY))
        return self.ledger

    def act(self, actor: Key = ANNA, *signers: Key, op_id: str = "") -> Act:
        self.acts += 1
        self.now += timedelta(seconds=30)
        signed: tuple[tuple[SigningKey, Meaning], ...] = tuple(
            (signer, Meaning.VERIFIED) for signer in signers
        )
        return Act(op_id or f"op-{self.acts}", actor.person_id, self.now, signers=signed)

    def introduce(self, *people: Key) -> None:
        for key in people:
            event = Introduced(person_id=key.person_id, public_key=key.public_key)
            self.ledger.append([event], self.act(key))

    def come_in(self, person: Key = ANNA) -> Key:
        self.sessions += 1
        session = Key(f"session-{self.sessions}-{person.person_id}", person.person_id)
        message = certificate_message(ORIGIN.site, person.person_id, session.public_key)
        self.ledger.sign_with(session)
        event = CameIn(
            person_id=person.person_id,
            session_key=session.public_key,
            certificate=person.sign(message),
        )
        self.ledger.append([event], self.act(person, person))
        return session

    def move(
        self, kit: str, place: str, *signers: Key, attachments: tuple[Attachment, ...] = ()
    ) -> Appended:
        return self.ledger.append(
            [Moved(kit=kit, place=place)], self.act(ANNA, *signers), attachments=attachments
        )

    def open_for_work(self) -> "Site":
        self.introduce(ANNA, BO)
        self.come_in()
        return self


def lay_schema(folder: Path) -> None:
    """Lay down the real ledger tables and the one toy table, as numbered files."""
    folder.mkdir()
    shutil.copy(SCHEMA / "0001_ledger.sql", folder)
    (folder / "0002_toys.sql").write_text(
        "CREATE TABLE place (kit TEXT PRIMARY KEY, place TEXT NOT NULL, volume TEXT) STRICT;\n",
        encoding="utf-8",
    )
