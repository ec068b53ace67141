"""What a forecast of stock reads: kits that may be usable, and when subjects were enrolled."""

from datetime import datetime

from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.signing import moment, stamp
from pharmacy_app.records.queries.unblinded.kits import COLUMNS, kit_of_row
from pharmacy_app.records.reading import Reader

_IN_PLACE = (
    f"SELECT {COLUMNS} FROM kit WHERE state = 'available' AND expiry > ?"  # noqa: S608 - constants
    " AND position IS NOT NULL ORDER BY expiry, kit_number"
)


def kits_in_place(reader: Reader, now: datetime) -> list[Kit]:
    """Return the kits in their positions, of which the usability rule says which count.

    The state only narrows the search, so that a vault of used kits is not read through.
    """
    return [kit_of_row(row) for row in reader.rows(_IN_PLACE, (stamp(now),))]


def enrolments(reader: Reader) -> list[datetime]:
    """Return when each subject was enrolled, oldest first."""
    rows = reader.rows("SELECT enrolled_at FROM subject ORDER BY enrolled_at")
    return [moment(at) for (at,) in rows]
