"""``main.py excursion``: times outside the limits, the kits that were there, the decision on them."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from pharmacy_app.cli.desk import CommandDesk, Moment, Said, at_desk, in_utc
from pharmacy_app.cli.logger_files import tell_open
from pharmacy_app.domain.events.excursion import ExcursionOpened
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.temperature import minutes
from pharmacy_app.exchange.loggers import NeedsAnswers
from pharmacy_app.workflows import excursions, papers, temperature_papers, unit_logs
from pharmacy_app.workflows.pharmacy import Scanned

SAID: Mapping[str, Said] = {
    "opened": {
        "en": "Case {case}: {kits} kits were there, {waiting} wait for a decision.",
        "zh": "案件 {case}：当时在场 {kits} 盒，其中 {waiting} 盒等待决定。",
    },
    "decided": {
        "en": "Case {case}: {waiting} kits still wait.",
        "zh": "案件 {case}：仍有 {waiting} 盒等待决定。",
    },
    "read": {
        "en": "{readings} readings, {min_c} to {max_c} °C, {gaps} gaps.",
        "zh": "共 {readings} 个读数，{min_c} 至 {max_c} °C，{gaps} 段无读数。",
    },
    "above": {
        "en": "Above {limit_c} °C {minutes} minutes, {longest} at a stretch.",
        "zh": "高于 {limit_c} °C 共 {minutes} 分钟，最长一段 {longest} 分钟。",
    },
    "below": {
        "en": "Below {limit_c} °C {minutes} minutes, {longest} at a stretch.",
        "zh": "低于 {limit_c} °C 共 {minutes} 分钟，最长一段 {longest} 分钟。",
    },
    "beyond": {
        "en": "Outside the limits {began} to {ended}.",
        "zh": "超限时段：{began} 至 {ended}。",
    },
    "wrote": {"en": "Wrote {file}.", "zh": "已写入 {file}。"},
}
CASES: tuple[Said, ...] = (
    {"en": "Case", "zh": "案件"},
    {"en": "Cause", "zh": "起因"},
    {"en": "Where", "zh": "位置"},
    {"en": "Began", "zh": "开始"},
    {"en": "Ended", "zh": "结束"},
    {"en": "Kits", "zh": "药盒数"},
    {"en": "Waiting", "zh": "待决定"},
    {"en": "What happened", "zh": "情况"},
)
KITS: tuple[Said, ...] = (
    {"en": "Kit", "zh": "药盒"},
    {"en": "Then", "zh": "当时状态"},
    {"en": "Now", "zh": "现状"},
    {"en": "Position", "zh": "位置"},
    {"en": "Decision", "zh": "决定"},
)


@click.group()
def excursion() -> None:
    """Open a case for a time outside the limits, and record the decision on its kits."""


@excursion.command("list")
@at_desk
def list_cases(desk: CommandDesk) -> None:
    """List every case, open ones first."""
    desk.table(
        CASES,
        [
            (
                case.case_id,
                f"excursion.{case.cause}",
                case.record,
                case.began,
                case.ended,
                case.kits,
                case.waiting,
                case.because,
            )
            for case in excursions.cases(desk.pharmacy)
        ],
    )


@excursion.command()
@click.argument("case_id", metavar="CASE")
@at_desk
def show(desk: CommandDesk, case_id: str) -> None:
    """List the kits of a case, and what was decided on each."""
    _, kits = excursions.case(desk.pharmacy, case_id)
    desk.table(
        KITS,
        [
            (
                one.kit.kit_number,
                f"kit_state.{one.then}",
                f"kit_state.{one.kit.state}",
                one.kit.position,
                f"verdict.{one.verdict}",
            )
            for one in kits
        ],
    )


@excursion.command("open")
@click.option("--place", help="Unit, rack or box, such as T1 or T1-R2-B01.")
@click.option("--kit", "codes", multiple=True, help="A kit named by itself; may be repeated.")
@click.option("--began", type=Moment(), required=True)
@click.option("--ended", type=Moment(), required=True)
@click.option("--because", required=True, help="What happened.")
@at_desk
def open_case(
    desk: CommandDesk,
    place: str | None,
    codes: tuple[str, ...],
    *,
    began: datetime,
    ended: datetime,
    because: str,
) -> None:
    """Hold back every kit that lay in a place at the time, or kits named one by one."""
    if bool(place) is bool(codes):
        raise click.UsageError("--place | --kit")
    zone = desk.pharmacy.zone
    times = (in_utc(began, zone), in_utc(ended, zone))
    if place:
        unit = place.partition("-")[0]
        within = "" if place == unit else place
        recorded = excursions.open_for_unit(desk.pharmacy, unit, times, because, within=within)
    else:
        scans = [Scanned(code, typed=True) for code in codes]
        recorded = excursions.open_for_kits(desk.pharmacy, scans, times, because)
    case, _ = excursions.case(desk.pharmacy, recorded[-1].told(ExcursionOpened).case_id)
    desk.say(SAID["opened"], case=case.case_id, kits=case.kits, waiting=case.waiting)


@excursion.command()
@click.argument("unit")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--answer", multiple=True, metavar="NAME=VALUE", help="What the file leaves open.")
@at_desk
def read(desk: CommandDesk, unit: str, file: Path, answer: tuple[str, ...]) -> None:
    """Read a storage unit's logger file, and name the times outside its limits."""
    answers = dict(text.partition("=")[::2] for text in answer)
    found = unit_logs.read_unit_log(desk.pharmacy, unit, file.read_bytes(), answers)
    if isinstance(found, NeedsAnswers):
        tell_open(desk, found)
        raise click.UsageError("--answer")
    told, judged = found.told, found.found.judged
    desk.say(
        SAID["read"], readings=told.readings, min_c=told.min_c, max_c=told.max_c, gaps=told.gaps
    )
    for name, side in (("above", judged.above), ("below", judged.below)):
        if side is not None:
            total, longest = minutes(side.total), minutes(side.longest)
            desk.say(SAID[name], limit_c=side.limit_c, minutes=total, longest=longest)
    for began, ended in judged.beyond:
        desk.say(SAID["beyond"], began=began, ended=ended)


@excursion.command()
@click.argument("unit")
@click.option("--out", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@at_desk
def report(desk: CommandDesk, unit: str, out: Path) -> None:
    """Write the temperature report of the file that was last read of a storage unit."""
    made = temperature_papers.last_of_unit(desk.pharmacy, unit)
    papers.save_paper(desk.pharmacy, made, f"unit/{unit}", out / made.file_name)
    desk.say(SAID["wrote"], file=made.file_name)


@excursion.command("decide-by-notice")
@click.argument("case_id", metavar="CASE")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@at_desk
def decide_by_notice(desk: CommandDesk, case_id: str, file: Path) -> None:
    """Record what the sponsor's signed notice in FILE decides on kits of a case, signed."""
    excursions.decide_by_notice(desk.pharmacy, case_id, file.read_bytes(), desk.own())
    case, _ = excursions.case(desk.pharmacy, case_id)
    desk.say(SAID["decided"], case=case_id, waiting=case.waiting)


@excursion.command()
@click.argument("case_id", metavar="CASE")
@click.option("--usable", multiple=True, help="A kit that may be used; may be repeated.")
@click.option("--rejected", multiple=True, help="A kit that may not; may be repeated.")
@click.option("--rest", type=click.Choice(("usable", "rejected")), help="All that still wait.")
@click.option("--authorisation", required=True, help="Reference of the sponsor's decision.")
@at_desk
def decide(
    desk: CommandDesk,
    case_id: str,
    *,
    usable: tuple[str, ...],
    rejected: tuple[str, ...],
    rest: str | None,
    authorisation: str,
) -> None:
    """Record the sponsor's decision on kits of a case, signed."""
    named = {KitNumber(number) for number in (*usable, *rejected)}
    waiting = excursions.waiting(desk.pharmacy, case_id) if rest else []
    left = [number for number in waiting if number not in named]
    excursions.decide(
        desk.pharmacy,
        case_id,
        usable=[*map(KitNumber, usable), *(left if rest == "usable" else [])],
        rejected=[*map(KitNumber, rejected), *(left if rest == "rejected" else [])],
        authorisation=authorisation,
        credential=desk.own(),
    )
    case, _ = excursions.case(desk.pharmacy, case_id)
    desk.say(SAID["decided"], case=case_id, waiting=case.waiting)
