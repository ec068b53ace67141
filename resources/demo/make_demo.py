"""Made the demo trial's tables, once: kit list, shipments, both stages' allocation lists.

Run from the top of the repository as ``python -m resources.demo.make_demo``. Everything random
comes from the operating system, so a second run makes other tables: the ones beside this file are
kept, because papers and pictures of the demo name their kits.

Training data. Expiries are far off so that the demo site can be played with for years; a few kits
expire soon after the demo's own date, to be seen doing so.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pharmacy_app.domain.check_characters import ALPHABET, make_code
from pharmacy_app.exchange.tables import write_table
from pharmacy_app.sponsor.sources import read_sources
from pharmacy_app.system.chance import Chance, SystemChance

FOLDER = Path(__file__).resolve().parent
NOW = datetime(2026, 11, 22, tzinfo=UTC)
CELLS, PLACEBO = "HUC-MSC", "ALB-PLA"
REAL_LOTS = {CELLS: ("UC26-0311", "UC26-0427"), PLACEBO: ("AL-7702", "AL-7733")}
BLOCK = ("MSC", "MSC", "MSC", "MSC", "PLACEBO", "PLACEBO")
LATER_BLOCK = ("MSC-LONG", "MSC-LONG", "MSC-CTRL", "MSC-CTRL")
LATER_BLOCKS = {"01": 3, "02": 2, "03": 2, "04": 2}
BLOCKS = {"01": 7, "02": 6, "03": 6, "04": 6}
DEPOT = (20, 10)


class Sent(NamedTuple):
    """One shipment: where it goes and how many kits of each type are in it."""

    shipment: str
    site: str
    despatched: str
    logger: str
    cells: int
    placebo: int


SHIPMENTS = (
    Sent("SHP-01-001", "01", "2026-11-03T08:00+08:00", "10755220", 10, 6),
    Sent("SHP-01-002", "01", "2026-11-17T08:00+08:00", "10755220", 8, 4),
    Sent("SHP-01-003", "01", "2026-11-20T08:00+08:00", "10755231", 4, 2),
    Sent("SHP-02-001", "02", "2026-11-05T08:00+08:00", "10755242", 8, 4),
    Sent("SHP-03-001", "03", "2026-11-06T08:00+08:00", "10755253", 8, 4),
    Sent("SHP-04-001", "04", "2026-11-09T08:00+08:00", "10755264", 8, 4),
)


class Kit(NamedTuple):
    """One row of the kit list."""

    number: str
    kit_type: str
    lot: str
    blinded_lot: str
    expiry: str


def kit_numbers(chance: Chance, count: int) -> list[str]:
    """Return distinct numbers of which the check character, too, has no look-alike."""
    numbers: set[str] = set()
    while len(numbers) < count:
        number = make_code("".join(chance.choice(ALPHABET) for _ in range(6)), "mod37-36")
        if number[-1] in ALPHABET:
            numbers.add(number)
    return chance.shuffled(sorted(numbers))


def kits_of_a_type(kit_type: str, numbers: list[str], soon: int) -> Iterator[Kit]:
    """Yield kits of one type; the first ``soon`` expire soon, the others in two far-off lots.

    Both types share the blinded lots, and with them the expiries.
    """
    early, late = REAL_LOTS[kit_type]
    for place, number in enumerate(numbers):
        if place < soon:
            yield Kit(number, kit_type, early, "B2601", "2026-12-20")
        elif place % 2:
            yield Kit(number, kit_type, early, "B2602", "2036-06-30")
        else:
            yield Kit(number, kit_type, late, "B2603", "2036-12-31")


def made(chance: Chance) -> tuple[list[Kit], list[tuple[str, ...]]]:
    """Return the shuffled kit list and the rows of the shipments, one a kit, shuffled in each."""
    cells = sum(sent.cells for sent in SHIPMENTS) + DEPOT[0]
    placebo = sum(sent.placebo for sent in SHIPMENTS) + DEPOT[1]
    numbers = kit_numbers(chance, cells + placebo)
    pools = {
        CELLS: list(kits_of_a_type(CELLS, numbers[:cells], 4)),
        PLACEBO: list(kits_of_a_type(PLACEBO, numbers[cells:], 2)),
    }
    every = chance.shuffled([*pools[CELLS], *pools[PLACEBO]])
    rows: list[tuple[str, ...]] = []
    for sent in SHIPMENTS:
        # the first shipment of site 01 takes the kits that expire soon
        box = [pools[CELLS].pop(0) for _ in range(sent.cells)]
        box += [pools[PLACEBO].pop(0) for _ in range(sent.placebo)]
        rows += [
            (sent.shipment, sent.site, sent.despatched, sent.logger, kit.number)
            for kit in chance.shuffled(box)
        ]
    return every, rows


def allocations(
    chance: Chance, unit: tuple[str, ...], blocks: dict[str, int]
) -> list[tuple[int, str, int, str]]:
    """Return entries in permuted blocks within each site: 150 in stage 1, fewer in stage 2."""
    rows: list[tuple[int, str, int, str]] = []
    block = 0
    for site, count in blocks.items():
        for _ in range(count):
            block += 1
            shuffled = enumerate(chance.shuffled(unit), start=1)
            rows += [(len(rows) + n, site, block, arm) for n, arm in shuffled]
    return rows


def main() -> None:
    """Write the three tables beside this file and check them as the sponsor would."""
    chance = SystemChance()
    kits, sent = made(chance)
    tables = {
        "kits.csv": write_table(Kit._fields, kits, bom=False).replace(
            b"number,kit_type", b"kit_number,kit_type", 1
        ),
        "shipments.csv": write_table(
            ("shipment", "site", "despatched", "logger_serial", "kit_number"), sent, bom=False
        ),
        "allocations-stage1.csv": write_table(
            ("sequence", "site", "block", "arm"), allocations(chance, BLOCK, BLOCKS), bom=False
        ),
        "allocations-stage2.csv": write_table(
            ("sequence", "site", "block", "arm"),
            allocations(chance, LATER_BLOCK, LATER_BLOCKS),
            bom=False,
        ),
    }
    for name, content in tables.items():
        (FOLDER / name).write_bytes(content.replace(b"\r\n", b"\n"))
    read_sources(FOLDER, NOW)


if __name__ == "__main__":
    main()
