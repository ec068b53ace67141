"""A look-back over very many kits, places and doses against one over a thousand kits.

Only the state tables are laid down: a look-back does not read the ledger. That it finds exactly those who
were touched is a test's business.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pharmacy_app.bench.bulk import Filling, filled
from pharmacy_app.bench.figure import Figure, Seconds, compared, milliseconds
from pharmacy_app.domain.ids import ShipmentId
from pharmacy_app.domain.look_back import OfLot, OfPlace, OfShipment, OfTime, Source
from pharmacy_app.records.queries.unblinded import look_back
from pharmacy_app.records.reading import Reader

FEW = 1_000
REPEATS = 10
GOAL = 30.0
"""A lot and a shipment hold as many kits however many there are beside them; a day's or a month's kits
are more where there are more."""
DAY = datetime(2028, 1, 16, tzinfo=UTC)
SOURCES: dict[str, tuple[Source, float | None]] = {
    "lot": (OfLot("L0001"), GOAL),
    "shipment": (OfShipment(ShipmentId("SH00001")), GOAL),
    "unit": (OfPlace("T01", DAY, DAY + timedelta(days=1)), None),
    "time": (OfTime(DAY, DAY + timedelta(days=1)), None),
    "month": (OfTime(DAY - timedelta(days=15), DAY + timedelta(days=15)), None),
}
TABLES = (
    Filling(
        "shipment (shipment_id, despatched_at, logger_serial, state)",
        "SELECT printf('SH%05d', n), '', '', 'received' FROM numbers",
        per=40,
    ),
    Filling(
        "subject (subject_id, requested_by, reference, enrolled_at)",
        "SELECT printf('S%06d', n), '', '', '' FROM numbers",
        per=6,
    ),
    Filling(
        "kit (kit_number, kit_type, lot, blinded_lot, expiry, state, shipment_id)",
        """
        SELECT printf('K%07d', n), CASE n / 200 % 2 WHEN 0 THEN 'MSC' ELSE 'PLA' END,
            printf('L%04d', n / 200), printf('B%04d', n / 400), '2029-01-01T15:59:00.000000Z',
            CASE n % 2 WHEN 0 THEN 'infused' ELSE 'available' END, printf('SH%05d', n / 40)
        FROM numbers WHERE n < ?1
        """,
    ),
    Filling(
        "kit_place (kit_number, seq, unit, position, since, until)",
        """
        , place (kit, at, came) AS (SELECT n / 3, n % 3, n / 3 % 720 + n % 3 * 45 FROM numbers)
        SELECT printf('K%07d', kit), kit * 3 + at, printf('T%02d', (kit + at) % 20),
            printf('T%02d-R1-B01-%d', (kit + at) % 20, kit),
            strftime('%Y-%m-%dT08:00:00.000000Z', '2027-01-01', came || ' days'),
            CASE WHEN at < 2 OR kit % 2 = 0 THEN
                strftime('%Y-%m-%dT08:00:00.000000Z', '2027-01-01', (came + 45) || ' days') END
        FROM place WHERE kit < ?1
        """,
        times=3,
    ),
    Filling(
        "movement (seq, kit_number, kit_type, lot, kind, quantity, actor, at)",
        """
        SELECT n + 1, printf('K%07d', n), 'MSC', printf('L%04d', n / 200), 'received', 1, 'p',
            strftime('%Y-%m-%dT08:00:00.000000Z', '2027-01-01', (n % 720) || ' days')
        FROM numbers
        """,
    ),
    Filling(
        "dose (dose_id, subject_id, stage, visit, kit_number, step, opened_at, handed_over_at)",
        """
        SELECT printf('D%07d', n), printf('S%06d', n / 3), '1', printf('W%d', n % 3),
            printf('K%07d', n * 2), 'closed', printf('2027-02-%02d', n % 28 + 1),
            '2027-02-01T08:00:00.000000Z'
        FROM numbers WHERE n < ?1 / 2
        """,
        per=2,
    ),
)
"""Kits in 20 units: 45 days in a first place, 45 in a second, then in a third until they are given or now."""


def measured(seconds: Seconds, folder: Path, kits: int, repeats: int) -> list[Figure]:
    """Return how a look-back from each source grows with the number of kits."""
    folder.mkdir()
    few, many = (filled(folder / f"{total}.db", total, TABLES) for total in (FEW, kits))

    def timed(reader: Reader, source: Source) -> Callable[[], float]:
        def answer() -> None:
            look_back.kits(reader, source)
            look_back.doses(reader, source)

        return lambda: milliseconds(seconds, answer)

    figures = [
        compared(
            f"look_back_{name}",
            timed(Reader(many), source),
            timed(Reader(few), source),
            goal=goal,
            repeats=repeats,
        )
        for name, (source, goal) in SOURCES.items()
    ]
    for database in (few, many):
        database.conn.close()
    return figures
