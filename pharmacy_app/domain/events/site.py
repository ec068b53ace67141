"""The site: its founding, its people, its packages, its tanks, its clock, its backups."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from pharmacy_app.domain.events.envelope import Event, SessionCertificate
from pharmacy_app.domain.ids import PersonId, SiteCode
from pharmacy_app.domain.people import Role


class SiteFounded(Event, frozen=True, kw_only=True, tag="site.founded.1"):
    """The first event of every ledger: whose it is and which keys speak for it."""

    site: SiteCode
    trial_code: str
    station: str
    station_public_key: bytes
    site_public_key: bytes
    sponsor_public_key: bytes
    training: bool

    @property
    def about(self) -> str:
        """Return ``site``."""
        return "site"


class PackageImported(Event, frozen=True, kw_only=True, tag="package.imported.1"):
    """A signed trial package was opened; its decrypted content is the attachment ``content``."""

    number: int
    trial_version: int
    package_sha256: str
    content: str
    kits: int

    @property
    def about(self) -> str:
        """Return ``package/<number>``."""
        return f"package/{self.number}"


class ProtocolAmended(Event, frozen=True, kw_only=True, tag="package.protocol_amended.1"):
    """Another version of the protocol was read and signed for; ``changes`` are said as they were shown.

    ``effective`` is the day at the site from which it holds, None where it holds at once.
    """

    number: int
    trial_version: int
    effective: date | None
    changes: tuple[str, ...]

    @property
    def about(self) -> str:
        """Return ``package/<number>``."""
        return f"package/{self.number}"


class PersonAdded(Event, frozen=True, kw_only=True, tag="person.added.1"):
    """Somebody was given an account: delegated, unblinded, with a signing key of their own."""

    person_id: PersonId
    printed_name: str
    roles: tuple[Role, ...]
    public_key: bytes

    @property
    def about(self) -> str:
        """Return ``person/<id>``."""
        return f"person/{self.person_id}"

    @property
    def introduced_keys(self) -> tuple[tuple[PersonId, bytes], ...]:
        """Return the newcomer's public key."""
        return ((self.person_id, self.public_key),)


class PasswordChanged(Event, frozen=True, kw_only=True, tag="person.password_changed.1"):
    """A person chose a new password; their signing key stays."""

    person_id: PersonId

    @property
    def about(self) -> str:
        """Return ``person/<id>``."""
        return f"person/{self.person_id}"


class PersonRecovered(Event, frozen=True, kw_only=True, tag="person.recovered.1"):
    """The recovery code gave a person a new password and a new signing key; the old key is gone."""

    by_station: ClassVar[bool] = True

    person_id: PersonId
    public_key: bytes

    @property
    def about(self) -> str:
        """Return ``person/<id>``."""
        return f"person/{self.person_id}"

    @property
    def introduced_keys(self) -> tuple[tuple[PersonId, bytes], ...]:
        """Return the person's new public key."""
        return ((self.person_id, self.public_key),)


class SignedIn(Event, frozen=True, kw_only=True, tag="session.signed_in.1"):
    """A person opened the pharmacy; ``certificate`` is their signature over the session's key."""

    person_id: PersonId
    session_public_key: bytes
    certificate: bytes
    failed_tries: int = 0

    @property
    def about(self) -> str:
        """Return ``person/<id>``."""
        return f"person/{self.person_id}"

    @property
    def opened_session(self) -> SessionCertificate | None:
        """Return the session that begins here."""
        return SessionCertificate(self.person_id, self.session_public_key, self.certificate)


class SignedOut(Event, frozen=True, kw_only=True, tag="session.signed_out.1"):
    """A person left, or was locked out by idleness."""

    person_id: PersonId

    @property
    def about(self) -> str:
        """Return ``person/<id>``."""
        return f"person/{self.person_id}"


class ClockJumpNoted(Event, frozen=True, kw_only=True, tag="clock.jump_noted.1"):
    """The machine's clock stands behind the last recorded act; somebody looked and says why."""

    notes_clock_jump: ClassVar[bool] = True

    last_recorded_at: datetime
    clock_says: datetime

    @property
    def about(self) -> str:
        """Return ``site``."""
        return "site"


class RecordsDoubted(Event, frozen=True, kw_only=True, tag="session.records_doubted.1"):
    """The mark beside the records disagrees with them: an older file may have been put back."""

    rule: str

    @property
    def about(self) -> str:
        """Return ``site``."""
        return "site"


class StorageUnitAdded(Event, frozen=True, kw_only=True, tag="storage.unit_added.1"):
    """A tank or freezer: ``racks × boxes × rows × columns`` positions, one kit each."""

    unit: str
    name: str
    limit_c: Decimal
    racks: int
    boxes: int
    rows: int
    columns: int

    @property
    def about(self) -> str:
        """Return ``unit/<code>``."""
        return f"unit/{self.unit}"


class BackupMade(Event, frozen=True, kw_only=True, tag="backup.made.1"):
    """A backup was written and opened again to prove it; ``head`` is the ledger's last hash in it."""

    head_seq: int
    head: bytes
    sha256: str

    @property
    def about(self) -> str:
        """Return ``site``."""
        return "site"


class PaperPrinted(Event, frozen=True, kw_only=True, tag="paper.printed.1"):
    """A paper left the program: which, of what record, to where, with its exact bytes' hash."""

    document: str
    record: str
    sha256: str
    printer: str

    @property
    def about(self) -> str:
        """Return ``paper/<record>``."""
        return f"paper/{self.record}"
