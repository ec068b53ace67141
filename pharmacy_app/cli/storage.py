"""``main.py storage``: units and their places, moves of many kits, daily checks, papers of storage."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import click

from pharmacy_app.cli.desk import CommandDesk, Moment, Number, Said, at_desk, in_utc, typed_option
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.domain.events.storage import BlockReason
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import storage as queries
from pharmacy_app.workflows import (
    moving,
    papers,
    storage_papers,
    storing,
    unit_checks,
)
from pharmacy_app.workflows.moving import Staged
from pharmacy_app.workflows.pharmacy import Scanned

Folder = click.Path(exists=True, file_okay=False, path_type=Path)

SAID: dict[str, Said] = {
    "free": {"en": "Free: {free}.", "zh": "空位：{free}。"},
    "blocked": {"en": "{place} is blocked.", "zh": "{place} 已封闭。"},
    "unblocked": {"en": "{place} is free again.", "zh": "{place} 已解除封闭。"},
    "checked": {"en": "Check of {unit} recorded.", "zh": "{unit} 的检查已登记。"},
    "outside": {
        "en": "Check of {unit} recorded; it is outside its limits, a deviation is open.",
        "zh": "{unit} 的检查已登记；超出限值，已登记偏离。",
    },
    "moved": {"en": "Moves recorded: {count}.", "zh": "已登记移位：{count} 项。"},
    "back": {
        "en": "Kit {kit} lies in {place} again; its dose is stopped.",
        "zh": "药盒 {kit} 已放回 {place}；其剂次已停止。",
    },
    "wrote": {"en": "Wrote {file}", "zh": "已写出 {file}"},
    "lift": {"en": "set aside first", "zh": "先取出暂存"},
}
UNITS: tuple[Said, ...] = (
    {"en": "Unit", "zh": "设备"},
    {"en": "Kind", "zh": "类型"},
    {"en": "From °C", "zh": "下限 °C"},
    {"en": "To °C", "zh": "上限 °C"},
    {"en": "Last check", "zh": "上次检查"},
    {"en": "°C", "zh": "°C"},
    {"en": "Level, cm", "zh": "液位 cm"},
    {"en": "Days missed", "zh": "漏检天数"},
)
PLACES: tuple[Said, ...] = (
    {"en": "Place", "zh": "位置"},
    {"en": "Kit", "zh": "药盒"},
    {"en": "State", "zh": "状态"},
    {"en": "Why", "zh": "原因"},
)
MOVES: tuple[Said, ...] = (
    {"en": "Kit", "zh": "药盒"},
    {"en": "From", "zh": "从"},
    {"en": "To", "zh": "到"},
    {"en": "", "zh": ""},
)

because_option = click.option("--because", required=True, help="Why; kept with the record.")
dry_option = click.option(
    "--dry-run", is_flag=True, help="Show the moves in their order; record nothing."
)
minutes_option = click.option(
    "--minutes-out",
    type=click.IntRange(0, 60 * 24),
    help="How long each kit was out of storage; of one without a place its receipt tells.",
)


@click.group()
def storage() -> None:
    """Look into storage units, move kits, block places, record daily checks."""


@storage.command()
@at_desk
def units(desk: CommandDesk) -> None:
    """List the storage units with their last daily check."""
    desk.table(
        UNITS,
        [
            (
                one.unit.code,
                f"unit_kind.{one.unit.kind}",
                one.unit.coldest_c,
                one.unit.warmest_c,
                None if one.last is None else one.last.at,
                None if one.last is None else one.last.temperature_c,
                None if one.last is None else one.last.level_cm,
                one.missed,
            )
            for one in unit_checks.standings(desk.pharmacy)
        ],
    )


@storage.command()
@click.argument("box")
@at_desk
def show(desk: CommandDesk, box: str) -> None:
    """List what lies in a box, such as T1-R1-B01, and what is blocked there."""
    known = storing.units(desk.pharmacy)
    found = _box(desk, box)
    unit = known[found.partition("-")[0]]
    kits = [
        (storage_papers.address(known, kit.position), kit.kit_number, f"kit_state.{kit.state}", "")
        for kit in kit_queries.in_box(desk.pharmacy.reader, found)
        if kit.position is not None
    ]
    blocked = [
        (storage_papers.address(known, one.position), None, f"block_reason.{one.why}", one.remarks)
        for one in queries.blocked(desk.pharmacy.reader, found)
    ]
    desk.table(PLACES, [*kits, *blocked])
    free = unit.capacity.places_a_box - len(kits) - len(blocked)
    desk.say(SAID["free"], free=free)


@storage.command()
@click.argument("place")
@click.option(
    "--why", type=click.Choice([one.value for one in BlockReason]), default=BlockReason.BROKEN.value
)
@because_option
@at_desk
def block(desk: CommandDesk, place: str, *, why: str, because: str) -> None:
    """Block a place, or every free place of a box."""
    storing.block(desk.pharmacy, place, BlockReason(why), because)
    desk.say(SAID["blocked"], place=place)


@storage.command()
@click.argument("place")
@because_option
@at_desk
def unblock(desk: CommandDesk, place: str, *, because: str) -> None:
    """Free a blocked place, or every blocked place of a box."""
    storing.unblock(desk.pharmacy, place, because)
    desk.say(SAID["unblocked"], place=place)


@storage.command()
@click.argument("unit")
@click.option("--temperature-c", type=Number(), help="What the display says, in °C.")
@click.option("--level-cm", type=Number(), help="Liquid nitrogen, in cm.")
@click.option("--remarks", default="", help="What was done, if a limit is broken.")
@click.option("--case-since", type=Moment(), help="Open an excursion case from then until now.")
@at_desk
def check(
    desk: CommandDesk,
    unit: str,
    *,
    temperature_c: Decimal | None,
    level_cm: Decimal | None,
    remarks: str,
    case_since: datetime | None,
) -> None:
    """Record the daily check of a unit; one outside the limits may open a case for its kits."""
    done = unit_checks.check(
        desk.pharmacy,
        unit,
        temperature_c=temperature_c,
        level_cm=level_cm,
        remarks=remarks,
        case_since=None if case_since is None else in_utc(case_since, desk.pharmacy.zone),
    )
    desk.say(SAID["checked" if len(done) == 1 else "outside"], unit=unit)


@storage.command()
@click.argument("moves", nargs=-1, required=True, metavar="KIT=PLACE…")
@minutes_option
@dry_option
@at_desk
def move(
    desk: CommandDesk, moves: tuple[str, ...], *, minutes_out: int | None, dry_run: bool
) -> None:
    """Move many kits in one act with one signature, all or nothing."""
    pairs = [pair.partition("=") for pair in moves]
    staged = [moving.to_place(desk.pharmacy, KitNumber(kit), place) for kit, _, place in pairs]
    _book(desk, staged, minutes_out, dry_run=dry_run)


@storage.command()
@click.argument("first")
@click.argument("second")
@minutes_option
@dry_option
@at_desk
def swap(
    desk: CommandDesk, first: str, second: str, *, minutes_out: int | None, dry_run: bool
) -> None:
    """Let two kits change places, signed."""
    staged = moving.swapped(desk.pharmacy, KitNumber(first), KitNumber(second))
    _book(desk, staged, minutes_out, dry_run=dry_run)


@storage.command()
@click.argument("box")
@click.argument("to")
@minutes_option
@dry_option
@at_desk
def move_box(
    desk: CommandDesk, box: str, to: str, *, minutes_out: int | None, dry_run: bool
) -> None:
    """Move every kit of a box to the same places of another box, signed."""
    staged = moving.whole_box(desk.pharmacy, _box(desk, box), _box(desk, to))
    _book(desk, staged, minutes_out, dry_run=dry_run)


@storage.command()
@click.argument("box")
@click.argument("kits", nargs=-1, required=True)
@minutes_option
@dry_option
@at_desk
def fill(
    desk: CommandDesk, box: str, kits: tuple[str, ...], *, minutes_out: int | None, dry_run: bool
) -> None:
    """Put kits into the free places of a box, in their order, signed."""
    staged = moving.filling(desk.pharmacy, _box(desk, box), [KitNumber(kit) for kit in kits])
    _book(desk, staged, minutes_out, dry_run=dry_run)


@storage.command()
@click.argument("code")
@click.option("--place", default="", help="Where it lies now; where it came from if left out.")
@because_option
@typed_option
@at_desk
def put_back(desk: CommandDesk, code: str, *, place: str, because: str, typed: bool) -> None:
    """Put a kit that was taken out for a dose back, unopened; the dose is stopped."""
    done = storing.put_back(desk.pharmacy, Scanned(code, typed), because, place)
    lies = str(getattr(done[0].event, "position", place))
    desk.say(SAID["back"], kit=code, place=lies)


@storage.command()
@click.argument("inside")
@click.option("--to", type=Folder, required=True, help="Folder for the paper.")
@at_desk
def box_map(desk: CommandDesk, inside: str, *, to: Path) -> None:
    """Print the map of a box, or of every box of a unit that holds anything."""
    _print(desk, storage_papers.box_map(desk.pharmacy, inside), f"unit/{inside}", to)


@storage.command()
@click.argument("kits", nargs=-1)
@click.option("--to", type=Folder, required=True, help="Folder for the paper.")
@click.option("--because", default="", help="What the kits are fetched for; printed.")
@at_desk
def pick_list(desk: CommandDesk, kits: tuple[str, ...], *, to: Path, because: str) -> None:
    """Print a list of kits in the order of the tank; without KITS those assigned to doses."""
    assigned = storage_papers.assigned_kits(desk.pharmacy)
    numbers = [KitNumber(kit) for kit in kits] or assigned
    paper = storage_papers.pick_list(desk.pharmacy, numbers, because)
    _print(desk, paper, "pick-list", to)


@storage.command()
@click.argument("moves", nargs=-1, required=True, metavar="KIT=PLACE…")
@click.option("--to", type=Folder, required=True, help="Folder for the paper.")
@at_desk
def move_sheet(desk: CommandDesk, moves: tuple[str, ...], *, to: Path) -> None:
    """Print the sheet by which many kits are moved; nothing is moved by it."""
    pairs = [pair.partition("=") for pair in moves]
    staged = [moving.to_place(desk.pharmacy, KitNumber(kit), place) for kit, _, place in pairs]
    _print(desk, storage_papers.move_sheet(desk.pharmacy, staged), "move-sheet", to)


def _book(
    desk: CommandDesk, staged: list[Staged], minutes_out: int | None, *, dry_run: bool
) -> None:
    told = [Staged(one.kit_number, one.target, minutes_out) for one in staged]
    if not dry_run:
        moving.book(desk.pharmacy, told, desk.own())
        desk.say(SAID["moved"], count=len(told))
        return
    known = storing.units(desk.pharmacy)
    plan = moving.preview(desk.pharmacy, told)
    conflicts = [conflict for one in plan for conflict in one.conflicts]
    if conflicts:
        raise Refused(conflicts)
    desk.table(
        MOVES,
        [
            (
                one.move.kit.kit_number,
                None if one.source is None else storage_papers.address(known, one.source),
                storage_papers.address(known, one.move.target),
                SAID["lift"][desk.language] if one.set_aside else "",
            )
            for one in plan
        ],
    )


def _box(desk: CommandDesk, text: str) -> str:
    return moving.box_named(text, storing.units(desk.pharmacy))


def _print(desk: CommandDesk, paper: Paper, record: str, to: Path) -> None:
    outcome = papers.print_paper(desk.pharmacy, paper, record, papers.folder_printer(to))
    desk.say(SAID["wrote"], file=outcome.job)
