"""The answers that are kept of loggers."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.signing import moment
from pharmacy_app.records.reading import Reader


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of the files of a logger; ``serial`` may be empty, then the layout stands for it."""

    serial: str
    fingerprint: str
    answers: dict[str, str]
    kept_by: str
    kept_at: datetime


def profiles(reader: Reader) -> list[Profile]:
    """Return every profile, by serial number and layout."""
    found: dict[tuple[str, str], Profile] = {}
    for serial, fingerprint, name, answer, by, at in reader.rows(
        "SELECT serial, fingerprint, name, answer, kept_by, kept_at FROM logger_profile"
        " ORDER BY serial, fingerprint, name"
    ):
        profile = Profile(serial, fingerprint, {}, by, moment(at))
        found.setdefault((serial, fingerprint), profile).answers[name] = answer
    return list(found.values())
