"""``main.py stock``: kits on the shelf, their places, quarantine and its end."""

from datetime import timedelta

import click

from pharmacy_app.cli.desk import CommandDesk, Said, at_desk, typed_option
from pharmacy_app.domain.ids import KitTypeCode
from pharmacy_app.domain.kits import KitState, last_minute
from pharmacy_app.records.queries.unblinded import kits as queries
from pharmacy_app.records.queries.unblinded.kits import KitFilter
from pharmacy_app.workflows import counting, storing
from pharmacy_app.workflows import stock as shelf
from pharmacy_app.workflows.pharmacy import Scanned

PAGE = 500
NEXT, USABLE = "next", "usable"

SAID: dict[str, Said] = {
    "stowed": {"en": "Kit {kit} lies in {place}.", "zh": "药盒 {kit} 已放入 {place}。"},
    "held": {"en": "Kit {kit} is in quarantine.", "zh": "药盒 {kit} 已隔离。"},
    "found": {
        "en": "Kit {kit} counts again: it is in quarantine.",
        "zh": "药盒 {kit} 重新计入结存，并已隔离。",
    },
    "decided": {"en": "Decision recorded for {kits} kits.", "zh": "已登记 {kits} 盒的处理决定。"},
    "full": {"en": "No position is free.", "zh": "没有空位。"},
}
HEADS: tuple[Said, ...] = (
    {"en": "Kit", "zh": "药盒"},
    {"en": "Type", "zh": "类型"},
    {"en": "State", "zh": "状态"},
    {"en": "Position", "zh": "位置"},
    {"en": "Expiry", "zh": "有效期至"},
    {"en": "Lot", "zh": "批号"},
    {"en": "Dose", "zh": "剂次"},
    {"en": "Why", "zh": "原因"},
)


@click.group()
def stock() -> None:
    """List kits, put them away, move them."""


@stock.command("list")
@click.option("--state", type=click.Choice([state.value for state in KitState]))
@click.option("--type", "kit_type", help="Kit type.")
@click.option("--text", default="", help="Part of the number.")
@at_desk
def list_kits(desk: CommandDesk, state: str | None, kit_type: str | None, text: str) -> None:
    """List kits, the first to expire first."""
    wanted = KitFilter(
        state=None if state is None else KitState(state),
        kit_type=None if kit_type is None else KitTypeCode(kit_type),
        text=text,
    )
    kits, after = [], None
    while page := queries.page(desk.pharmacy.reader, wanted, after, PAGE):
        kits += page
        after = (page[-1].expiry, page[-1].kit_number)
    desk.table(
        HEADS,
        [
            (
                kit.kit_number,
                kit.kit_type,
                f"kit_state.{kit.state}",
                kit.position,
                last_minute(kit.expiry),
                kit.lot,
                kit.dose_id,
                kit.because,
            )
            for kit in kits
        ],
    )


@stock.command()
@click.argument("code")
@click.argument("position", default=NEXT)
@click.option(
    "--minutes-out",
    type=click.IntRange(0, 60 * 24),
    help="How long it was out for a move; of a kit without a place its receipt tells.",
)
@typed_option
@at_desk
def stow(
    desk: CommandDesk, code: str, position: str, *, minutes_out: int | None, typed: bool
) -> None:
    """Put a scanned kit in a position such as T1-R1-B01-A1, or in the next free one it may lie in."""
    pharmacy, scan = desk.pharmacy, Scanned(code, typed)
    place: str | None = position
    if position == NEXT:
        place = storing.next_free_position(pharmacy, shelf.known_kit(pharmacy, scan))
    if place is None:
        desk.say(SAID["full"])
        raise click.UsageError(NEXT)
    since = None if minutes_out is None else pharmacy.now() - timedelta(minutes=minutes_out)
    storing.stow(pharmacy, scan, place, out_since=since)
    desk.say(SAID["stowed"], kit=code, place=place)


@stock.command()
@click.argument("code")
@click.option("--because", required=True, help="Why; kept with the kit.")
@typed_option
@at_desk
def quarantine(desk: CommandDesk, code: str, because: str, *, typed: bool) -> None:
    """Take a kit out of use until somebody decides."""
    shelf.quarantine(desk.pharmacy, Scanned(code, typed), because)
    desk.say(SAID["held"], kit=code)


@stock.command()
@click.argument("code")
@click.option("--where", required=True, help="Where it was: a free position, or words.")
@click.option("--because", required=True, help="What was found out; kept with the kit.")
@typed_option
@at_desk
def found(desk: CommandDesk, code: str, where: str, because: str, *, typed: bool) -> None:
    """Record that a kit turned up that was missing, lost or gone by the record, signed."""
    counting.found(desk.pharmacy, Scanned(code, typed), where, because, desk.own())
    desk.say(SAID["found"], kit=code)


@stock.command()
@click.argument("codes", nargs=-1, required=True)
@click.option("--decision", type=click.Choice((USABLE, "rejected")), required=True)
@click.option("--authorisation", required=True, help="Reference of the sponsor's decision.")
@at_desk
def decide(desk: CommandDesk, codes: tuple[str, ...], *, decision: str, authorisation: str) -> None:
    """Record the sponsor's decision on quarantined kits, signed."""
    shelf.decide_quarantine(
        desk.pharmacy,
        list(codes),
        usable=decision == USABLE,
        authorisation=authorisation,
        credential=desk.own(),
    )
    desk.say(SAID["decided"], kits=len(codes))
