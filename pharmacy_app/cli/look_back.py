"""``main.py look-back``: from a doubt to everybody it touched, and the notice to the ward."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from pharmacy_app.cli.desk import CommandDesk, Moment, Said, at_desk, in_utc
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.domain.ids import ShipmentId
from pharmacy_app.domain.look_back import OfCase, OfLot, OfPlace, OfShipment, OfTime, Source
from pharmacy_app.workflows import look_back as looking
from pharmacy_app.workflows import papers

SAID: Mapping[str, Said] = {
    "found": {
        "en": "{kits} kits, {doses} doses, {subjects} subjects exposed.",
        "zh": "涉及药盒 {kits} 盒、剂次 {doses} 个，暴露受试者 {subjects} 名。",
    },
    "wrote": {"en": "Wrote {file}.", "zh": "已写入 {file}。"},
}
DOSES: tuple[Said, ...] = (
    {"en": "Subject", "zh": "受试者"},
    {"en": "Visit", "zh": "访视"},
    {"en": "Dose", "zh": "剂次"},
    {"en": "Kit", "zh": "药盒"},
    {"en": "Handed over", "zh": "交出时间"},
    {"en": "Reached the subject", "zh": "是否到达受试者"},
)
KITS: tuple[Said, ...] = (
    {"en": "Kit", "zh": "药盒"},
    {"en": "Lot", "zh": "批号"},
    {"en": "Shipment", "zh": "货件"},
    {"en": "Now", "zh": "现状"},
    {"en": "Position", "zh": "位置"},
)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


out_option = click.option("--out", type=FOLDER, help="Write the report to this folder.")
began_option = click.option("--began", type=Moment(), required=True)
ended_option = click.option("--ended", type=Moment(), required=True)


@click.group("look-back")
def look_back() -> None:
    """Name every kit, dose and subject that a doubt touched, and tell the ward."""


@look_back.command()
@click.argument("number", metavar="LOT")
@out_option
@at_desk
def lot(desk: CommandDesk, number: str, out: Path | None) -> None:
    """Look back from a real or a blinded lot."""
    _tell(desk, OfLot(number), out)


@look_back.command()
@click.argument("number", metavar="SHIPMENT")
@out_option
@at_desk
def shipment(desk: CommandDesk, number: str, out: Path | None) -> None:
    """Look back from a shipment."""
    _tell(desk, OfShipment(ShipmentId(number)), out)


@look_back.command()
@click.argument("number", metavar="CASE")
@out_option
@at_desk
def case(desk: CommandDesk, number: str, out: Path | None) -> None:
    """Look back from an excursion."""
    _tell(desk, OfCase(number), out)


@look_back.command()
@click.argument("where", metavar="PLACE")
@began_option
@ended_option
@out_option
@at_desk
def place(
    desk: CommandDesk, where: str, *, began: datetime, ended: datetime, out: Path | None
) -> None:
    """Look back from a unit, rack or box such as T1-R2-B01, between two times."""
    zone = desk.pharmacy.zone
    _tell(desk, OfPlace(where, in_utc(began, zone), in_utc(ended, zone)), out)


@look_back.command()
@began_option
@ended_option
@out_option
@at_desk
def time(desk: CommandDesk, *, began: datetime, ended: datetime, out: Path | None) -> None:
    """Look back from everything that lay here, came or went between two times."""
    zone = desk.pharmacy.zone
    _tell(desk, OfTime(in_utc(began, zone), in_utc(ended, zone)), out)


@look_back.command()
@click.option("--concern", required=True, help="What is in doubt; no kit, lot or content.")
@click.option("--advice", required=True, help="What the investigator should watch for.")
@click.option("--out", type=FOLDER, required=True)
@at_desk
def notice(desk: CommandDesk, *, concern: str, advice: str, out: Path) -> None:
    """Write the ward's notice: it names everybody who was given any, and no arm. BLINDED."""
    _write(desk, looking.safety_notice(desk.pharmacy, concern, advice), out)


def _tell(desk: CommandDesk, source: Source, out: Path | None) -> None:
    found = looking.look_back(desk.pharmacy, source)
    desk.say(
        SAID["found"], kits=len(found.kits), doses=len(found.doses), subjects=len(found.exposed)
    )
    desk.table(
        DOSES,
        [
            (
                dose.subject_id,
                dose.visit,
                dose.dose_id,
                dose.kit_number,
                dose.handed_over_at,
                f"answer.{'yes' if dose.left_the_pharmacy else 'no'}",
            )
            for dose in found.doses
        ],
    )
    desk.table(
        KITS,
        [
            (kit.kit_number, kit.lot, kit.shipment_id, f"kit_state.{kit.state}", kit.position)
            for kit in found.kits
        ],
    )
    if out is not None:
        _write(desk, looking.report(desk.pharmacy, found), out)


def _write(desk: CommandDesk, paper: Paper, out: Path) -> None:
    papers.save_paper(desk.pharmacy, paper, "site", out / paper.file_name)
    desk.say(SAID["wrote"], file=paper.file_name)
