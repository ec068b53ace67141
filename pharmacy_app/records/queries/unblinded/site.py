"""The site: itself, its people, packages, backups."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.ids import PersonId, SiteCode
from pharmacy_app.domain.people import Person, Role
from pharmacy_app.domain.signing import moment
from pharmacy_app.records.reading import Reader


@dataclass(frozen=True, slots=True)
class SiteRow:
    """Whose ledger it is."""

    site: SiteCode
    trial_code: str
    sponsor_public_key: bytes
    training: bool
    founded_at: datetime


@dataclass(frozen=True, slots=True)
class PackageRow:
    """One imported package; ``content`` names the attachment with its content (hex SHA-256)."""

    number: int
    trial_version: int
    sha256: str
    content: str
    imported_at: datetime


_PERSON = "SELECT person_id, printed_name, roles, public_key FROM person"


def site(reader: Reader) -> SiteRow | None:
    """Return the site, or None before it is founded."""
    row = reader.one("SELECT site, trial_code, sponsor_public_key, training, founded_at FROM site")
    if row is None:
        return None
    code, trial, sponsor, training, founded = row
    return SiteRow(SiteCode(code), trial, sponsor, bool(training), moment(founded))


def people(reader: Reader) -> list[Person]:
    """Return everybody with an account, by name."""
    return [_person(row) for row in reader.rows(_PERSON + " ORDER BY printed_name, person_id")]


def person(reader: Reader, person_id: PersonId) -> Person | None:
    """Return one person, or None."""
    row = reader.one(_PERSON + " WHERE person_id = ?", (person_id,))
    return None if row is None else _person(row)


def packages(reader: Reader) -> list[PackageRow]:
    """Return the imported packages, newest first."""
    rows = reader.rows(
        "SELECT number, trial_version, sha256, content, imported_at FROM package"
        " ORDER BY number DESC"
    )
    return [PackageRow(n, v, sha, content, moment(at)) for n, v, sha, content, at in rows]


def last_backup(reader: Reader) -> datetime | None:
    """Return when the last backup was proved, or None."""
    row = reader.one("SELECT max(made_at) FROM backup")
    return None if row is None or row[0] is None else moment(row[0])


def _person(row: tuple[object, ...]) -> Person:
    person_id, name, roles, public_key = row
    if not isinstance(public_key, bytes):
        raise TypeError("a public key is bytes")
    return Person(
        PersonId(str(person_id)),
        str(name),
        frozenset(Role(role) for role in str(roles).split()),
        public_key,
    )
