"""``main.py receive``: a shipment kit by kit, its logger, its receipt."""

from decimal import Decimal
from pathlib import Path

import click

from pharmacy_app.cli.desk import CommandDesk, Number, Said, at_desk, typed_option
from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.ids import ShipmentId
from pharmacy_app.exchange.loggers import NeedsAnswers
from pharmacy_app.records.queries.unblinded import shipments as queries
from pharmacy_app.workflows import receiving
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
    "asked": {
        "en": "The file leaves a question open: {name} ({example}). Give --answer {name}={choices}",
        "zh": "文件有未明之处：{name}（{example}）。请给出 --answer {name}={choices}",
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
@at_desk
def open_shipment(
    desk: CommandDesk,
    shipment: str,
    *,
    seals: str,
    tilt_mark: str,
    weight_kg: Decimal | None,
    remarks: str,
) -> None:
    """Record how the shipper came."""
    receiving.open_receipt(
        desk.pharmacy,
        ShipmentId(shipment),
        seals_intact=seals == INTACT,
        tilt_ok=tilt_mark == UPRIGHT,
        weight_kg=weight_kg,
        remarks=remarks,
    )
    desk.say(SAID["opened"], shipment=shipment)


@receive.command()
@click.argument("shipment")
@click.argument("codes", nargs=-1, required=True)
@click.option("--damaged", default="", help="What is wrong with it; the kit is never usable.")
@typed_option
@at_desk
def scan(
    desk: CommandDesk, shipment: str, codes: tuple[str, ...], damaged: str, *, typed: bool
) -> None:
    """Record each kit that was found, by its scanned code."""
    condition = Condition.DAMAGED if damaged else Condition.INTACT
    number = ShipmentId(shipment)
    for code in codes:
        receiving.examine(desk.pharmacy, number, Scanned(code, typed), condition, damaged)
    found = receiving.receipt(desk.pharmacy, number)
    for kit in found.unexpected:
        if kit in codes:
            desk.say(SAID["unexpected"], kit=kit)
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
@at_desk
def logger(desk: CommandDesk, shipment: str, file: Path, answer: tuple[str, ...]) -> None:
    """Read the shipper's temperature file; the original is kept."""
    answers = dict(_pair(text) for text in answer)
    number = ShipmentId(shipment)
    read = receiving.read_temperatures(desk.pharmacy, number, file.read_bytes(), answers)
    if isinstance(read, NeedsAnswers):
        for question in read.questions:
            desk.say(
                SAID["asked"],
                name=question.name,
                example=question.example,
                choices="|".join(question.choices),
            )
        raise click.UsageError("--answer")
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
@at_desk
def sign(desk: CommandDesk, shipment: str) -> None:
    """Sign the receipt: from here on its good kits may be used."""
    receiving.sign_receipt(desk.pharmacy, ShipmentId(shipment), desk.own())
    desk.say(SAID["received"], shipment=shipment)


def _tell_left(desk: CommandDesk, found: receiving.Receipt) -> None:
    seen = sum(number in found.examined for number in found.advised)
    number = found.shipment.shipment_id
    desk.say(SAID["left"], shipment=number, seen=seen, all=len(found.advised))


def _pair(text: str) -> tuple[str, str]:
    name, sign_, value = text.partition("=")
    if not sign_:
        raise click.BadParameter("NAME=VALUE", param_hint="--answer")
    return name, value
