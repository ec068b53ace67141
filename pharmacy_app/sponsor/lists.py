"""The sponsor's tables: kits, shipments, allocation lists. Every mistake with file, line, column.

Each may come as a workbook (``.xlsx``) with the same columns instead.

``kits.csv``: ``kit_number, kit_type, lot, blinded_lot, expiry`` and, where kits are kept apart for a
stage, ``pool``.
``shipments.csv``: one row a kit: ``shipment, site, despatched, logger_serial, kit_number``.
``allocations-<stage>.csv``: one row an entry in the order of the list: ``sequence, site, block, arm`` and,
where subjects are stratified, ``stratum``.

An expiry is an instant with an offset, or a date: then the end of that day where the kit is sent.
"""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pharmacy_app.domain.check_characters import SCHEMES, verify
from pharmacy_app.domain.ids import ArmCode, KitNumber, KitTypeCode, ShipmentId, SiteCode, StageCode
from pharmacy_app.domain.refusal import Refused, Violation, violation
from pharmacy_app.exchange import workbooks
from pharmacy_app.exchange.tables import (
    Column,
    Holds,
    Parse,
    Row,
    instant,
    iso_date,
    matching,
    one_of,
    read_table,
    text,
    whole,
)

KITS = "kits.csv"
SHIPMENTS = "shipments.csv"
ALLOCATIONS = re.compile(r"allocations-([A-Za-z0-9_-]{1,20})\.(?:csv|xlsx)")

Mistakes = list[Violation]


@dataclass(frozen=True, slots=True)
class ListedKit:
    """One row of ``kits.csv``; ``expiry`` is a date until the kit's site is known."""

    number: KitNumber
    kit_type: KitTypeCode
    lot: str
    blinded_lot: str
    expiry: date | datetime
    place: str
    pool: str = ""


@dataclass(frozen=True, slots=True)
class ListedShipment:
    """The rows of one shipment."""

    shipment_id: ShipmentId
    site: SiteCode
    despatched_at: datetime
    logger_serial: str
    kits: tuple[KitNumber, ...]


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One row of an allocation list."""

    stage: StageCode
    sequence: int
    site: SiteCode
    arm: ArmCode
    place: str
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The codes a protocol knows, as far as it could be read; empty where it could not.

    A protocol with mistakes must not hide the mistakes of the tables.
    """

    sites: tuple[str, ...]
    kit_types: tuple[str, ...]
    arms: Mapping[str, tuple[str, ...]]
    number_pattern: str
    number_check: str
    pools: tuple[str, ...] = ()


def vocabulary_of(tables: Mapping[str, Any]) -> Vocabulary:
    """Return the codes of a protocol that was read as plain tables."""
    numbers = tables.get("kit_numbers")
    numbers = numbers if isinstance(numbers, dict) else {}
    arms = {
        str(stage.get("code")): _codes(stage.get("arms")) for stage in _tables(tables.get("stages"))
    }
    return Vocabulary(
        sites=_codes(tables.get("sites")),
        kit_types=_codes(tables.get("kit_types")),
        arms=arms,
        number_pattern=_pattern(numbers.get("pattern")),
        number_check=str(numbers.get("check", "none")),
        pools=tuple(
            str(stage["pool"]) for stage in _tables(tables.get("stages")) if stage.get("pool")
        ),
    )


def _tables(value: object) -> list[dict[str, Any]]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict)]


def _codes(value: object) -> tuple[str, ...]:
    return tuple(str(item["code"]) for item in _tables(value) if "code" in item)


def _pattern(value: object) -> str:
    try:
        re.compile(str(value))
    except re.error:
        return ""
    return str(value or "")


def read_kits(
    source: Path | bytes, words: Vocabulary, name: str = KITS
) -> tuple[list[ListedKit], Mistakes]:
    """Return the kits in the order of the list, and every mistake of the file."""
    rows, mistakes = read_table(
        source,
        name,
        [
            Column(
                "kit_number", _kit_number(words), True, words.number_pattern or "table_text", True
            ),
            _known("kit_type", words.kit_types),
            Column("lot", _short),
            Column("blinded_lot", _short),
            Column(
                "expiry",
                _expiry,
                expected="YYYY-MM-DD | YYYY-MM-DDThh:mm+hh:mm",
                holds=Holds.DAY,
            ),
            _known("pool", words.pools, optional=True),
        ],
    )
    kits = [
        ListedKit(
            number=row["kit_number"],
            kit_type=row["kit_type"],
            lot=row["lot"],
            blinded_lot=row["blinded_lot"],
            expiry=row["expiry"],
            place=row.place("kit_number"),
            pool=row["pool"] or "",
        )
        for row in rows
    ]
    return kits, mistakes


def numbers_in(source: Path) -> frozenset[str]:
    """Return every cell of the kit list, so that a kit with a mistake in its row still counts.

    Without this, one wrong cell would be told a second time as a kit that is sent but not listed.
    """
    if source.suffix == workbooks.SUFFIX:
        return workbooks.texts_in(source.read_bytes())
    plain = source.read_bytes().decode("utf-8", errors="replace")
    return frozenset(re.split(r"[,\r\n]+", plain.replace('"', "")))


def read_shipments(
    source: Path | bytes, words: Vocabulary, listed: Container[str] | None, name: str = SHIPMENTS
) -> tuple[list[ListedShipment], Mistakes]:
    """Return the shipments with their kits in the order of the file, and every mistake.

    ``listed`` holds the numbers of the kit list (`numbers_in`); None where there is no list to
    compare with, which is told once and not again for every kit that is sent.
    """
    rows, mistakes = read_table(
        source,
        name,
        [
            Column("shipment", matching(r"[A-Za-z0-9][A-Za-z0-9_-]{0,29}"), expected="A-Z 0-9 - _"),
            _known("site", words.sites),
            Column("despatched", instant, expected="YYYY-MM-DDThh:mm+hh:mm"),
            Column("logger_serial", _short),
            Column("kit_number", unique=True),
        ],
    )
    first: dict[str, Row] = {}
    held: dict[str, list[KitNumber]] = {}
    for row in rows:
        head = first.setdefault(row["shipment"], row)
        held.setdefault(row["shipment"], []).append(row["kit_number"])
        mistakes += [
            row.mistake(title, f"{head[title]} ({head.place(title)})")
            for title in ("site", "despatched", "logger_serial")
            if row[title] != head[title]
        ]
        if listed is not None and row["kit_number"] not in listed:
            place = row.place("kit_number")
            mistakes.append(violation("kit_list.not_listed", place, found=row["kit_number"]))
    shipments = [
        ListedShipment(
            shipment_id=row["shipment"],
            site=row["site"],
            despatched_at=row["despatched"],
            logger_serial=row["logger_serial"],
            kits=tuple(held[code]),
        )
        for code, row in first.items()
    ]
    return shipments, mistakes


def read_allocations(
    source: Path | bytes, name: str, stage: StageCode, words: Vocabulary
) -> tuple[list[ListedEntry], Mistakes]:
    """Return one stage's entries in the order of their sequence, and every mistake of the file."""
    rows, mistakes = read_table(
        source,
        name,
        [
            Column(
                "sequence",
                whole(1, 1_000_000),
                expected="1 … 1000000",
                unique=True,
                holds=Holds.NUMBER,
            ),
            _known("site", words.sites),
            Column(
                "block",
                whole(1, 1_000_000),
                required=False,
                expected="1 … 1000000",
                holds=Holds.NUMBER,
            ),
            _known("arm", words.arms.get(stage, ())),
            Column("stratum", _short, required=False, optional=True),
        ],
    )
    entries = [
        ListedEntry(
            stage,
            row["sequence"],
            row["site"],
            row["arm"],
            row.place("arm"),
            row["stratum"] or "",
        )
        for row in rows
    ]
    return sorted(entries, key=lambda entry: entry.sequence), mistakes


def _known(name: str, codes: tuple[str, ...], *, optional: bool = False) -> Column:
    """Take one of the protocol's codes; anything where the protocol could not be read."""
    parse = one_of(*codes) if codes else text
    expected = " | ".join(codes) or "—"
    return Column(name, parse, not optional, expected, optional=optional)


def _short(cell: str) -> str:
    if len(cell) > 40:
        raise ValueError(cell)
    return cell


def _kit_number(words: Vocabulary) -> Parse:
    shape = re.compile(words.number_pattern or r".{1,40}")
    check = words.number_check if words.number_check in SCHEMES else "none"

    def parse(cell: str) -> KitNumber:
        if shape.fullmatch(cell) is None or not cell.isascii():
            raise ValueError(cell)
        return KitNumber(verify(check, cell))

    return parse


def _expiry(cell: str) -> date | datetime:
    return instant(cell) if "T" in cell else iso_date(cell)


def shipment_of_kit(shipments: list[ListedShipment]) -> dict[KitNumber, ListedShipment]:
    """Return the shipment of every kit that was sent."""
    return {number: shipment for shipment in shipments for number in shipment.kits}


def stage_of(name: str, words: Vocabulary) -> StageCode:
    """Return the stage an allocation file is for. Raises Refused if the protocol has none such."""
    found = ALLOCATIONS.fullmatch(name)
    stage = found[1] if found else ""
    if words.arms and stage not in words.arms:
        expected = " | ".join(f"allocations-{code}.csv" for code in words.arms)
        raise Refused([violation("sponsor.file_unknown", name, expected=expected)])
    return StageCode(stage)
