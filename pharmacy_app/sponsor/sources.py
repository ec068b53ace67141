"""A folder of the sponsor's files, checked as a whole: all mistakes, with their places, at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from pharmacy_app.documents.labels.checking import label_violations
from pharmacy_app.domain.ids import KitNumber, SiteCode, StageCode
from pharmacy_app.domain.kit_list import leaks, shared_lots
from pharmacy_app.domain.package import KitLine
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, Violation, violation
from pharmacy_app.domain.trial import Concealment, Trial
from pharmacy_app.exchange.workbooks import SUFFIX
from pharmacy_app.sponsor.lists import (
    KITS,
    SHIPMENTS,
    ListedEntry,
    ListedKit,
    ListedShipment,
    Vocabulary,
    numbers_in,
    read_allocations,
    read_kits,
    read_shipments,
    shipment_of_kit,
    stage_of,
    vocabulary_of,
)
from pharmacy_app.sponsor.protocol_rules import disagreements
from pharmacy_app.sponsor.protocol_shape import NAME, ProtocolFile, read_protocol

Listed = TypeVar("Listed")

DAY = timedelta(days=1)
LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Sources:
    """The sponsor's files, free of mistakes. ``kits`` in the order of the list, expiries in UTC."""

    trial: Trial
    kits: tuple[KitLine, ...]
    shipments: tuple[ListedShipment, ...]
    entries: Mapping[StageCode, tuple[ListedEntry, ...]]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a folder; ``sources`` is None as long as there is one mistake."""

    sources: Sources | None
    mistakes: tuple[Violation, ...]
    warnings: tuple[Violation, ...]


def read_sources(folder: Path, now: datetime) -> Sources:
    """Return the folder's files. Raises Refused with every mistake in them."""
    checked = check_folder(folder, now)
    if checked.sources is None:
        raise Refused(checked.mistakes)
    return checked.sources


def read_trial(folder: Path) -> Trial:
    """Return the protocol of a folder alone. Raises Refused with every mistake of ``trial.toml``."""
    protocol, mistakes = _protocol(folder)
    if mistakes or protocol.trial is None:
        raise Refused(mistakes)
    return protocol.trial


def check_folder(folder: Path, now: datetime) -> Checked:
    """Read and check ``trial.toml``, ``kits.csv``, ``shipments.csv``, ``allocations-*.csv``.

    Raises EnvironmentProblem if a file is there but cannot be read.
    """
    protocol, mistakes = _protocol(folder)
    words = vocabulary_of(protocol.tables)
    kits, found = _table(folder, KITS, lambda path: read_kits(path, words, path.name))
    mistakes += found
    list_of_kits = _csv_or_workbook(folder, KITS)
    numbers = numbers_in(list_of_kits) if list_of_kits.is_file() else None
    shipments, found = _table(
        folder, SHIPMENTS, lambda path: read_shipments(path, words, numbers, path.name)
    )
    mistakes += found
    entries, found = _allocation_lists(folder, words)
    mistakes += found
    lines = _kit_lines(kits, shipments, protocol.trial)
    mistakes += leaks(lines, [number for shipment in shipments for number in shipment.kits])
    mistakes += shared_lots(lines)
    if protocol.trial is None:
        return Checked(None, tuple(mistakes), ())
    for stage, listed in entries.items():
        mistakes += _list_mistakes(protocol.trial, stage, listed)
    # What a missing file leaves empty is no news beside the file that is missing.
    whole = all(mistake.rule != "sponsor.file_missing" for mistake in mistakes)
    warnings = _warnings(protocol.trial, kits, lines, shipments, entries, now) if whole else ()
    if not mistakes:
        lots = {line.blinded_lot for line in lines}
        mistakes += label_violations(protocol.trial, protocol.trial.sites, lots)
    sources = Sources(
        trial=protocol.trial,
        kits=lines,
        shipments=tuple(shipments),
        entries={stage: tuple(listed) for stage, listed in entries.items()},
    )
    return Checked(None if mistakes else sources, tuple(mistakes), tuple(warnings))


def _protocol(folder: Path) -> tuple[ProtocolFile, list[Violation]]:
    path = folder / NAME
    if not path.is_file():
        return ProtocolFile(None, {}, {}), [violation("sponsor.file_missing", NAME)]
    try:
        protocol, mistakes = read_protocol(path.read_bytes())
    except OSError as problem:
        raise EnvironmentProblem(
            "table.unreadable", NAME, detail=str(problem.strerror)
        ) from problem
    if protocol.trial is not None:
        protocol = replace(protocol, trial=with_own_templates(protocol.trial, folder / LABELS))
    if protocol.trial is not None:
        mistakes += [
            Violation(v.rule, protocol.place(*path), v.facts)
            for path, v in disagreements(protocol.trial)
        ]
    return protocol, mistakes


def with_own_templates(trial: Trial, folder: Path) -> Trial:
    """Return the trial with the label templates (``*.toml``) that lie in a folder, if there is one."""
    own = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml"))}
    labelling = msgspec.structs.replace(trial.labelling, own={**trial.labelling.own, **own})
    return msgspec.structs.replace(trial, labelling=labelling) if own else trial


def _table(
    folder: Path, name: str, read: Callable[[Path], tuple[list[Listed], list[Violation]]]
) -> tuple[list[Listed], list[Violation]]:
    path = _csv_or_workbook(folder, name)
    if not path.is_file():
        return [], [violation("sponsor.file_missing", name)]
    return ([], [_both(path)]) if _is_there_twice(path) else read(path)


def _csv_or_workbook(folder: Path, name: str) -> Path:
    """Return a table's file: the workbook where there is no CSV file of the name."""
    path, book = folder / name, (folder / name).with_suffix(SUFFIX)
    return book if book.is_file() and not path.is_file() else path


def _is_there_twice(path: Path) -> bool:
    return path.with_suffix(SUFFIX).is_file() and path.with_suffix(".csv").is_file()


def _both(path: Path) -> Violation:
    return violation(
        "sponsor.file_twice", path.stem, csv=f"{path.stem}.csv", book=path.stem + SUFFIX
    )


def _allocation_lists(
    folder: Path, words: Vocabulary
) -> tuple[dict[StageCode, list[ListedEntry]], list[Violation]]:
    entries: dict[StageCode, list[ListedEntry]] = {}
    mistakes: list[Violation] = []
    for path in sorted(p for p in folder.iterdir() if p.name.startswith("allocations-")):
        try:
            stage = stage_of(path.name, words)
        except Refused as refused:
            mistakes += refused.violations
            continue
        if _is_there_twice(path):
            if path.suffix == SUFFIX:
                mistakes.append(_both(path))
            continue
        entries[stage], found = read_allocations(path, path.name, stage, words)
        mistakes += found
    if not entries:
        mistakes.append(violation("sponsor.file_missing", "allocations-….csv"))
    return entries, mistakes


def _kit_lines(
    kits: Sequence[ListedKit], shipments: list[ListedShipment], trial: Trial | None
) -> tuple[KitLine, ...]:
    """Return the kits with the instant of their expiry, where they are sent."""
    zones = {site.code: site.zone for site in trial.sites} if trial else {}
    sent = shipment_of_kit(shipments)
    fallback = next(iter(zones.values()), "UTC")
    lines = []
    for kit in kits:
        shipment = sent.get(kit.number)
        zone = zones.get(shipment.site, fallback) if shipment else fallback
        lines.append(
            KitLine(
                number=kit.number,
                kit_type=kit.kit_type,
                lot=kit.lot,
                blinded_lot=kit.blinded_lot,
                expiry=end_of(kit.expiry, zone),
                pool=kit.pool,
            )
        )
    return tuple(lines)


def end_of(expiry: date | datetime, zone: str) -> datetime:
    """Return the first moment at which it is expired: of a date, the next local midnight, in UTC."""
    if isinstance(expiry, datetime):
        return expiry
    try:
        local = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        local = ZoneInfo("UTC")  # the wrong zone is told elsewhere
    return datetime.combine(expiry + DAY, time(), local).astimezone(UTC)


def _list_mistakes(
    trial: Trial, stage: StageCode, entries: Sequence[ListedEntry]
) -> Iterator[Violation]:
    """The whole list keeps the declared ratio; every site of the trial has entries."""
    name = f"allocations-{stage}.csv"
    arms = trial.stage(stage).arms
    if trial.stage(stage).allocated_in:
        yield violation("allocation_list.no_list", name, listed=trial.stage(stage).allocated_in)
        return
    if trial.stage(stage).concealment is Concealment.SEQUENTIAL and any(
        entry.stratum for entry in entries
    ):
        yield violation("allocation_list.strata_in_sequence", name)
    counts = Counter(entry.arm for entry in entries)
    whole, parts = len(entries), sum(arm.ratio for arm in arms)
    if any(abs(counts[arm.code] * parts - whole * arm.ratio) >= parts for arm in arms):
        yield violation(
            "allocation_list.ratio",
            name,
            expected=" : ".join(f"{arm.code} {arm.ratio}" for arm in arms),
            found=" : ".join(f"{arm.code} {counts[arm.code]}" for arm in arms),
        )
    having = {entry.site for entry in entries}
    for site in trial.sites:
        if site.code not in having:
            yield violation("allocation_list.site_without_entries", name, site=site.code)


def _warnings(
    trial: Trial,
    kits: Sequence[ListedKit],
    lines: Sequence[KitLine],
    shipments: list[ListedShipment],
    entries: Iterable[StageCode],
    now: datetime,
) -> Iterator[Violation]:
    """Yield what is lawful but should be meant: expired kits, unsent kits, stages without a list."""
    for kit, line in zip(kits, lines, strict=True):
        if line.expiry <= now:
            yield violation("kit_list.expired", kit.place, kit=kit.number, expiry=line.expiry)
    unsent = {line.number for line in lines} - set(shipment_of_kit(shipments))
    if unsent:
        yield violation("kit_list.not_sent", KITS, count=len(unsent), first=min(unsent))
    for stage in trial.stages:
        if stage.code not in entries and not stage.allocated_in:
            yield violation("allocation_list.none_yet", f"allocations-{stage.code}.csv")
    for site in trial.sites:
        if all(shipment.site != site.code for shipment in shipments):
            yield violation("sponsor.site_without_kits", SHIPMENTS, site=site.code)


def kits_for(sources: Sources, site: SiteCode) -> set[KitNumber]:
    """Return the numbers of the kits that were sent to a site."""
    return {
        number
        for shipment in sources.shipments
        if shipment.site == site
        for number in shipment.kits
    }
