"""What a blinded person sees of the doses: how many were handed over, and how many are being made."""

from datetime import datetime

from pharmacy_app.domain.ids import StageCode
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.reading import Reader


def given_since(reader: Reader, since: datetime) -> dict[StageCode, int]:
    """Return by stage how many doses were handed over since a time."""
    rows = reader.rows(
        "SELECT stage, count(*) FROM dose WHERE handed_over_at >= ? GROUP BY stage", (stamp(since),)
    )
    return {StageCode(stage): number for stage, number in rows}


def being_made(reader: Reader) -> dict[StageCode, int]:
    """Return by stage how many doses have their kit and were not handed over yet."""
    rows = reader.rows(
        "SELECT stage, count(*) FROM dose WHERE handed_over_at IS NULL AND kit_number IS NOT NULL"
        " AND step NOT IN ('closed', 'stopped') GROUP BY stage"
    )
    return {StageCode(stage): number for stage, number in rows}
