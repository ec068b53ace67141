"""``main.py receive``: a shipment kit by kit, its logger, its receipt."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import click

from pharmacy_app.cli.desk import CommandDesk, Moment, Number, Said, at_desk, in_utc, typed_option
from pharmacy_app.cli.logger_files import read_file, show_preview
from pharmacy_app.cli.loggers import forget_logger, loggers
from pharmacy_app.domain.events.stock import Condition, ShipmentAdvised
from pharmacy_app.domain.ids import ShipmentId
from pharmacy_app.exchange.receipts import SUFFIX
from pharmacy_app.records.queries.unblinded import shipments as queries
from pharmacy_app.system.files import write_replacing
from pharmacy_app.workflows import advising, papers, receipts, receiving, temperature_papers
from pharmacy_app.workflows.pharmacy import Scanned

INTACT, UPRIGHT = "intact", "upright"

SAID: dict[str, Said] = {
    "opened": {"en": "Shipment {shipment} is open.", "zh": "货件 {shipment} 已开箱。"},
    "left": {
        "en": "{seen} of {all} kits of {shipment} looked for.",
        "zh": "货件 {shipment}：{all} 盒中已核对 {seen} 盒。",
    },
    "unexpected": {
        "en": "{kit} is not on the advice: recorded as unexpected.",
        "zh": "{kit} 不在发货通知中：已记录为意外到货。",
    },
    "surplus": {
        "en": "{kit} belongs to another shipment: recorded as surplus here.",
        "zh": "{kit} 属于其他货件：已记录为多余到货。",
    },
    "advised": {
        "en": "Shipment {shipment} is advised with {kits} kits.",
        "zh": "已登记货件 {shipment} 的发货通知，共 {kits} 盒。",
    },
    "wrote": {"en": "Wrote {file}.", "zh": "已写入 {file}。"},
    "judged": {
        "en": "The late file of {shipment} is judged.",
        "zh": "已按补交文件判定货件 {shipment}。",
    },
    "logger": {
        "en": "{readings} readings, warmest {max_c} °C, {minutes} minutes above {limit_c} °C.",
        "zh": "共 {readings} 个读数，最高 {max_c} °C，高于 {limit_c} °C 共 {minutes} 分钟。",
    },
    "received": {"en": "Receipt of {shipment} signed.", "zh": "货件 {shipment} 接收单已签署。"},
}
SHIPMENTS: tuple[Said, ...] = (
    {"en": "Shipment", "zh": "货件"},
    {"en": "State", "zh": "状态"},
    {"en": "Despatched", "zh": "发出时间"},
    {"en": "Logger", "zh": "记录仪"},
    {"en": "Kits", "zh": "药盒数"},
    {"en": "Looked for", "zh": "已核对"},
)
KITS: tuple[Said, ...] = (
    {"en": "Kit", "zh": "药盒"},
    {"en": "Found", "zh": "情况"},
    {"en": "Becomes", "zh": "去向"},
    {"en": "Why", "zh": "原因"},
)


earlier_option = click.option(
    "--earlier",
    type=(Moment(), str),
    metavar="TIME WHY",
    help="It was done before: when, and why it is recorded only now.",
)


@click.group()
def receive() -> None:
    """Receive a shipment kit by kit."""


@receive.command("list")
@at_desk
def list_shipments(desk: CommandDesk) -> None:
    """List shipments, those still to be received first."""
    desk.table(
        SHIPMENTS,
        [
            (
                s.shipment_id,
                f"shipment_state.{s.state}",
                s.despatched_at,
                s.logger_serial,
                s.kits,
                s.examined,
            )
            for s in queries.shipments(desk.pharmacy.reader)
        ],
    )


@receive.command()
@click.argument("shipment")
@at_desk
def show(desk: CommandDesk, shipment: str) -> None:
    """Show what was found so far, and what the receipt would make of each kit."""
    found = receiving.receipt(desk.pharmacy, ShipmentId(shipment))
    becomes = {kit.kit_number: kit for kit in found.outcomes}
    rows = []
    for number in (*found.advised, *found.unexpected):
        condition, kit = found.examined.get(number), becomes.get(number)
        rows.append(
            (
                number,
                None if condition is None else f"condition.{condition}",
                None if kit is None else f"kit_state.{kit.state}",
                None if kit is None else kit.rule,
            )
        )
    desk.table(KITS, rows)


@receive.command("open")
@click.argument("shipment")
@click.option("--seals", type=click.Choice((INTACT, "broken")), required=True)
@click.option("--tilt-mark", type=click.Choice((UPRIGHT, "tilted")), required=True)
@click.option("--weight-kg", type=Number())
@click.option("--remarks", default="")
@click.option(
    "--checklist",
    multiple=True,
    metavar="NAME=VALUE",
    help="shipper=No., seals=Nos., sent-kg=weight at despatch, arrived=time it came.",
)
@earlier_option
@at_desk
def open_shipment(
    desk: CommandDesk,
    shipment: str,
    *,
    seals: str,
    tilt_mark: str,
    weight_kg: Decimal | None,
    remarks: str,
    checklist: tuple[str, ...],
    earlier: tuple[datetime, str] | None,
) -> None:
    """Record how the shipper came, now or as it was done before."""
    receiving.open_receipt(
        desk.pharmacy,
        ShipmentId(shipment),
        seals_intact=seals == INTACT,
        tilt_ok=tilt_mark == UPRIGHT,
        checklist=_checklist(desk, checklist, weight_kg),
        remarks=remarks,
        earlier=_earlier(desk, earlier),
    )
    desk.say(SAID["opened"], shipment=shipment)


@receive.command()
@click.argument("shipment")
@click.argument("codes", nargs=-1, required=True)
@click.option("--damaged", default="", help="What is wrong with it; the kit is never usable.")
@earlier_option
@typed_option
@at_desk
def scan(
    desk: CommandDesk,
    shipment: str,
    codes: tuple[str, ...],
    *,
    damaged: str,
    earlier: tuple[datetime, str] | None,
    typed: bool,
) -> None:
    """Record each kit that was found, by its scanned code."""
    condition = Condition.DAMAGED if damaged else Condition.INTACT
    number = ShipmentId(shipment)
    for code in codes:
        receiving.examine(
            desk.pharmacy,
            number,
            Scanned(code, typed),
            condition,
            damaged,
            earlier=_earlier(desk, earlier),
        )
    found = receiving.receipt(desk.pharmacy, number)
    for kit in found.unexpected:
        if kit in codes:
            surplus = kit in found.elsewhere
            desk.say(SAID["surplus" if surplus else "unexpected"], kit=kit)
    _tell_left(desk, found)


@receive.command()
@click.argument("shipment")
@at_desk
def missing(desk: CommandDesk, shipment: str) -> None:
    """Record every kit of the advice that nobody found as missing."""
    receiving.mark_missing(desk.pharmacy, ShipmentId(shipment))
    _tell_left(desk, receiving.receipt(desk.pharmacy, ShipmentId(shipment)))


@receive.command()
@click.argument("shipment")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--answer", multiple=True, metavar="NAME=VALUE", help="What the file leaves open.")
@click.option("--preview", is_flag=True, help="Show how the file is understood; record nothing.")
@at_desk
def logger(
    desk: CommandDesk, shipment: str, file: Path, answer: tuple[str, ...], *, preview: bool
) -> None:
    """Read the shipper's temperature file; the original is kept."""
    answers = dict(_pair(text) for text in answer)
    number, raw = ShipmentId(shipment), file.read_bytes()
    read = read_file(desk, raw, answers)
    if preview:
        show_preview(desk, read)
        return
    receiving.record_temperatures(desk.pharmacy, number, raw, read)
    told = receiving.receipt(desk.pharmacy, number).logger
    if told is not None:
        desk.say(
            SAID["logger"],
            readings=told.readings,
            max_c=told.max_c,
            minutes=told.seconds_above // 60,
            limit_c=told.limit_c,
        )


@receive.command()
@click.argument("shipment")
@click.option("--out", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@at_desk
def temperatures(desk: CommandDesk, shipment: str, out: Path) -> None:
    """Write the temperature report of a shipment."""
    number = ShipmentId(shipment)
    made = temperature_papers.of_shipment(desk.pharmacy, number)
    papers.save_paper(desk.pharmacy, made, f"shipment/{number}", out / made.file_name)
    desk.say(SAID["wrote"], file=made.file_name)


receive.add_command(loggers)
receive.add_command(forget_logger)


@receive.command()
@click.argument("shipment")
@at_desk
def sign(desk: CommandDesk, shipment: str) -> None:
    """Sign the receipt: from here on its good kits may be used."""
    receiving.sign_receipt(desk.pharmacy, ShipmentId(shipment), desk.own())
    desk.say(SAID["received"], shipment=shipment)


@receive.command()
@click.argument("shipment")
@at_desk
def late(desk: CommandDesk, shipment: str) -> None:
    """Judge the kits that waited for a logger file which came after the receipt, signed."""
    receiving.judge_late_logger(desk.pharmacy, ShipmentId(shipment), desk.own())
    desk.say(SAID["judged"], shipment=shipment)


@receive.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reference", required=True, help="The message that the file came with.")
@at_desk
def advice(desk: CommandDesk, file: Path, reference: str) -> None:
    """Import an advice of its own, CSV or XLSX: kits still expected travel in its shipment."""
    recorded = advising.import_advice(desk.pharmacy, file.read_bytes(), file.name, reference)
    told = recorded[0].told(ShipmentAdvised)
    desk.say(SAID["advised"], shipment=told.shipment_id, kits=len(told.kits))


@receive.command()
@click.argument("shipment")
@click.option("--out", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@at_desk
def paper(desk: CommandDesk, shipment: str, out: Path) -> None:
    """Write the signed receipt's paper, and the sealed receipt for the sponsor."""
    number = ShipmentId(shipment)
    made = receipts.receipt_paper(desk.pharmacy, number)
    papers.save_paper(desk.pharmacy, made, f"shipment/{number}", out / made.file_name)
    desk.say(SAID["wrote"], file=made.file_name)
    sealed = out / f"{number}{SUFFIX}"
    write_replacing(sealed, receipts.sealed_receipt(desk.pharmacy, number, desk.vault.station_key))
    desk.say(SAID["wrote"], file=sealed.name)


def _checklist(
    desk: CommandDesk, given: tuple[str, ...], weight_kg: Decimal | None
) -> receiving.Checklist:
    known = {"shipper", "seals", "sent-kg", "arrived"}
    told = dict(_pair(text, "--checklist") for text in given)
    if not told.keys() <= known:
        raise click.BadParameter(" | ".join(sorted(known)), param_hint="--checklist")
    sent, arrived = told.get("sent-kg"), told.get("arrived")
    return receiving.Checklist(
        shipper_id=told.get("shipper", ""),
        seal_numbers=told.get("seals", ""),
        weight_kg=weight_kg,
        despatch_weight_kg=None if sent is None else Number().convert(sent, None, None),
        arrived_at=None
        if arrived is None
        else in_utc(Moment().convert(arrived, None, None), desk.pharmacy.zone),
    )


def _earlier(desk: CommandDesk, given: tuple[datetime, str] | None) -> receiving.Earlier | None:
    if given is None:
        return None
    at, reason = given
    return receiving.Earlier(in_utc(at, desk.pharmacy.zone), reason)


def _tell_left(desk: CommandDesk, found: receiving.Receipt) -> None:
    seen = sum(number in found.examined for number in found.advised)
    number = found.shipment.shipment_id
    desk.say(SAID["left"], shipment=number, seen=seen, all=len(found.advised))


def _pair(text: str, option: str = "--answer") -> tuple[str, str]:
    name, sign_, value = text.partition("=")
    if not sign_:
        raise click.BadParameter("NAME=VALUE", param_hint=option)
    return name, value
