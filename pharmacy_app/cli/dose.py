"""``main.py dose``: one dose from its opening to the ward's report, one act a call."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import click

from pharmacy_app.cli.desk import (
    CommandDesk,
    Counts,
    Day,
    Moment,
    Number,
    Said,
    at_desk,
    count_in_words,
    in_utc,
    typed_option,
)
from pharmacy_app.cli.dose_labels import (
    Folder,
    dose_argument,
    label,
    label_failed,
    scan_back,
    tell_step,
)
from pharmacy_app.domain.dose import Reading, shown
from pharmacy_app.domain.doses import Dose
from pharmacy_app.domain.events.dose import Material
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.domain.preparation import METHODS, latest_use_before, unlocks_at
from pharmacy_app.domain.refusal import Fact
from pharmacy_app.domain.trial import ReleaseCriteria
from pharmacy_app.exchange.tables import iso_date
from pharmacy_app.workflows import custody, dosing, papers, preparation, releasing
from pharmacy_app.workflows.pharmacy import Scanned

VIABILITY_PLACES = 2  # as the window and the preparation record show it beside its limit

SAID: dict[str, Said] = {
    "proposed": {
        "en": "Take kit {kit} from {place}: {usable} usable, {same} with the earliest expiry.",
        "zh": "请从 {place} 取药盒 {kit}：可用 {usable} 盒，同为最早到期 {same} 盒。",
    },
    "card": {"en": "Enter these counts: {counts}", "zh": "请录入以下读数：{counts}"},
    "draw": {
        "en": "Viability {viability} %. Draw {drawn} mL, dilute with {diluent} mL.",
        "zh": "活率 {viability} %。抽取 {drawn} mL，加稀释液 {diluent} mL。",
    },
    "wrote": {"en": "Wrote {file}", "zh": "已写出 {file}"},
    "material": {"en": "NAME,LOT,YYYY-MM-DD", "zh": "名称,批号,YYYY-MM-DD"},
}
FACTS: Mapping[str, Said] = {
    "subject": {"en": "Subject", "zh": "受试者"},
    "visit": {"en": "Visit", "zh": "访视"},
    "kit": {"en": "Kit", "zh": "药盒"},
    "step": {"en": "Waits for", "zh": "待办"},
    "label_from": {"en": "Label not before", "zh": "标签最早打印时间"},
    "use_before": {"en": "Use before", "zh": "使用期限"},
    "drawn": {"en": "Volume to draw, mL", "zh": "抽取体积 mL"},
    "diluent": {"en": "Diluent, mL", "zh": "稀释液 mL"},
    "viability": {"en": "Viability, %", "zh": "活率 %"},
    "verify_by": {"en": "To be verified by", "zh": "须复核时限"},
}

readings_option = click.option(
    "--reading",
    "readings",
    type=Counts(),
    multiple=True,
    help="Once a count: LIVE,DEAD,SQUARES,DILUTION or TOTAL_PER_ML,VIABILITY.",
)

weight_again_option = click.option(
    "--weight", type=Number(), help="Body weight in kg as the second person reads it."
)


@click.group()
def dose() -> None:
    """Prepare, check, label and hand over a dose."""


for command in (label, label_failed, scan_back):
    dose.add_command(command)


@dose.command("open")
@click.argument("subject")
@click.argument("visit")
@click.option("--outside", default="", help="Why it is given outside its window, or once more.")
@click.option("--weight", type=Number(), help="Body weight in kg, where it is dosed by weight.")
@at_desk
def open_dose(
    desk: CommandDesk, subject: str, visit: str, outside: str, weight: Decimal | None
) -> None:
    """Begin the dose of a visit; its code is printed."""
    begun = dosing.open_dose(desk.pharmacy, subject, visit, outside=outside, weight_kg=weight)
    tell_step(desk, begun)


@dose.command()
@dose_argument
@at_desk
def assign(desk: CommandDesk, dose_id: str) -> None:
    """Have a kit proposed: right arm, usable, first expiry first. UNBLINDED."""
    taken = dosing.assign(desk.pharmacy, DoseId(dose_id))
    desk.say(
        SAID["proposed"],
        kit=taken.kit.kit_number,
        place=taken.kit.position,
        usable=taken.usable,
        same=taken.same_expiry,
    )
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@click.argument("code")
@typed_option
@at_desk
def scan(desk: CommandDesk, dose_id: str, code: str, *, typed: bool) -> None:
    """Scan the kit at the bench; a wrong one is refused and noted."""
    dosing.scan_kit(desk.pharmacy, DoseId(dose_id), Scanned(code, typed))
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@at_desk
def take_out(desk: CommandDesk, dose_id: str) -> None:
    """Record that the kit left storage; its time outside runs."""
    dosing.take_out(desk.pharmacy, DoseId(dose_id))
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@click.option("--bath", required=True, help="Which water bath or device.")
@click.option("--bath-c", type=Number(), required=True, help="Its temperature, °C.")
@at_desk
def thaw_start(desk: CommandDesk, dose_id: str, bath: str, bath_c: Decimal) -> None:
    """Begin the thaw: from here the kit never returns to stock."""
    preparation.start_thaw(desk.pharmacy, DoseId(dose_id), bath, bath_c)
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@at_desk
def thaw_end(desk: CommandDesk, dose_id: str) -> None:
    """Record that the last ice is gone; the clock after thaw runs."""
    preparation.end_thaw(desk.pharmacy, DoseId(dose_id))
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@click.argument("finding")
@click.option("--remarks", default="")
@at_desk
def appearance(desk: CommandDesk, dose_id: str, finding: str, remarks: str) -> None:
    """Record what the thawed kit looks like, by the trial's code for it."""
    preparation.judge_appearance(desk.pharmacy, DoseId(dose_id), finding, remarks)
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@click.option("--method", type=click.Choice(METHODS), required=True)
@click.option("--instrument", required=True)
@click.option("--calibration-due", type=Day(), required=True)
@at_desk
def count_begin(
    desk: CommandDesk, dose_id: str, method: str, instrument: str, calibration_due: date
) -> None:
    """Choose method and instrument; a card with counts is printed where there is one."""
    preparation.begin_count(
        desk.pharmacy,
        DoseId(dose_id),
        method=method,
        instrument=instrument,
        calibration_due=calibration_due,
    )
    _tell_card(desk, _dose(desk, dose_id))
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@readings_option
@click.option("--suspension-ml", type=Number(), required=True, help="Volume in the kit.")
@click.option("--sample-ml", type=Number(), required=True, help="Volume taken for the count.")
@click.option("--reason", default="", help="Why it is counted again.")
@at_desk
def count(
    desk: CommandDesk,
    dose_id: str,
    *,
    readings: Sequence[Reading],
    suspension_ml: Decimal,
    sample_ml: Decimal,
    reason: str,
) -> None:
    """Enter the raw counts; volumes to draw follow from them, or the dose stops."""
    preparation.record_count(
        desk.pharmacy,
        DoseId(dose_id),
        readings,
        suspension_ml=suspension_ml,
        sample_ml=sample_ml,
        reason=reason,
    )
    counted = _dose(desk, dose_id).counted
    if counted is not None:
        result = counted.result
        desk.say(
            SAID["draw"],
            viability=shown(result.viability_pct, VIABILITY_PLACES),
            drawn=result.drawn_ml,
            diluent=result.diluent_drawn_ml,
        )
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@click.option("--drawn-ml", type=Number(), required=True)
@click.option("--diluent-ml", type=Number(), required=True)
@at_desk
def draw(desk: CommandDesk, dose_id: str, drawn_ml: Decimal, diluent_ml: Decimal) -> None:
    """Record the volumes as they were drawn up."""
    preparation.draw(desk.pharmacy, DoseId(dose_id), drawn_ml, diluent_ml)
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@click.option(
    "--material", "materials", multiple=True, required=True, metavar="NAME,LOT,YYYY-MM-DD"
)
@at_desk
def dilute(desk: CommandDesk, dose_id: str, materials: Sequence[str]) -> None:
    """Record that the dose is in its bag, and with which diluents and bag."""
    used = [_material(desk, text) for text in materials]
    preparation.dilute(desk.pharmacy, DoseId(dose_id), used)
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@click.option("--seal", required=True, help="Number of the closed seal.")
@click.option("--retained-sample", default="")
@at_desk
def cover(desk: CommandDesk, dose_id: str, seal: str, retained_sample: str) -> None:
    """Record the opaque cover and the seal."""
    preparation.cover(desk.pharmacy, DoseId(dose_id), seal, retained_sample)
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@readings_option
@weight_again_option
@click.option("--by", "second", required=True, help="The second person; they type a password too.")
@at_desk
def check(
    desk: CommandDesk,
    *,
    dose_id: str,
    readings: Sequence[Reading],
    weight: Decimal | None,
    second: str,
) -> None:
    """Release the dose: the second person enters the counts again, both sign."""
    both = (desk.own(), desk.credential(second))
    releasing.check(desk.pharmacy, DoseId(dose_id), readings, both, weight_kg=weight)
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@click.option("--reason", required=True)
@at_desk
def defer(desk: CommandDesk, dose_id: str, reason: str) -> None:
    """Go on alone, where the trial allows it; a deviation is raised by itself."""
    releasing.defer_check(desk.pharmacy, DoseId(dose_id), reason)
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@readings_option
@weight_again_option
@click.option("--by", "second", required=True, help="Who verifies; they type a password.")
@at_desk
def verify(
    desk: CommandDesk,
    *,
    dose_id: str,
    readings: Sequence[Reading],
    weight: Decimal | None,
    second: str,
) -> None:
    """Check a dose that left without the second person."""
    other = desk.credential(second)
    releasing.verify_later(desk.pharmacy, DoseId(dose_id), readings, other, weight_kg=weight)
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@click.option("--to", "receiver", required=True, help="Who takes the bag.")
@click.option("--role", default="nurse", show_default=True)
@at_desk
def hand_over(desk: CommandDesk, dose_id: str, receiver: str, role: str) -> None:
    """Give the bag into somebody's hands, signed."""
    custody.hand_over(desk.pharmacy, DoseId(dose_id), receiver, role, desk.own())
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@click.option("--started", type=Moment(), required=True, help="On the site's clock.")
@click.option("--ended", type=Moment(), required=True)
@click.option("--left-ml", type=Number(), default="0", show_default=True, help="Not infused.")
@click.option("--by", required=True, help="Who reported it.")
@at_desk
def infused(
    desk: CommandDesk,
    dose_id: str,
    *,
    started: datetime,
    ended: datetime,
    left_ml: Decimal,
    by: str,
) -> None:
    """Record the ward's report and close the dose."""
    custody.report_infusion(
        desk.pharmacy,
        DoseId(dose_id),
        started_at=in_utc(started, desk.pharmacy.zone),
        ended_at=in_utc(ended, desk.pharmacy.zone),
        not_infused_ml=left_ml,
        reported_by=by,
    )
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@click.option("--by", required=True, help="Who brought the bag back.")
@click.option("--because", required=True)
@at_desk
def returned(desk: CommandDesk, dose_id: str, by: str, because: str) -> None:
    """Record that the bag came back without having been given."""
    custody.return_bag(desk.pharmacy, DoseId(dose_id), by, because)
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@click.option("--because", default="")
@click.option("--rule", "rules", multiple=True, help="Code of a rule that stopped it.")
@at_desk
def stop(desk: CommandDesk, dose_id: str, because: str, rules: tuple[str, ...]) -> None:
    """Stop a dose before its hand-over; a kit that left storage is wasted."""
    dosing.stop(desk.pharmacy, DoseId(dose_id), because, rules_broken=rules)
    tell_step(desk, dose_id)


@dose.command()
@dose_argument
@at_desk
def show(desk: CommandDesk, dose_id: str) -> None:
    """Show where a dose stands. UNBLINDED."""
    asked = _dose(desk, dose_id)
    for name, value in _facts(desk, asked).items():
        print(f"{FACTS[name][desk.language]}: {desk.told(value)}")
    _tell_card(desk, asked)


@dose.command()
@dose_argument
@click.argument("document", type=click.Choice(list(papers.DOSE_PAPERS)))
@click.option("--to", type=Folder, required=True, help="The folder that takes the PDF.")
@at_desk
def paper(desk: CommandDesk, dose_id: str, document: str, to: Path) -> None:
    """Print one of the dose's papers into a folder."""
    made = papers.DOSE_PAPERS[document](desk.pharmacy, DoseId(dose_id))
    printer = papers.folder_printer(to)
    outcome = papers.print_paper(desk.pharmacy, made, f"dose/{dose_id}", printer)
    desk.say(SAID["wrote"], file=outcome.job)


def _dose(desk: CommandDesk, dose_id: str) -> Dose:
    return dosing.dose(desk.pharmacy, DoseId(dose_id))


def _tell_card(desk: CommandDesk, asked: Dose) -> None:
    if asked.counting is not None and asked.counting.card:
        words = "  ".join(f"--reading {count_in_words(one)}" for one in asked.counting.card)
        desk.say(SAID["card"], counts=words)


def _facts(desk: CommandDesk, asked: Dose) -> Mapping[str, Fact | None]:
    trial = dosing.protocol_of(desk.pharmacy, asked)
    criteria: ReleaseCriteria = trial.release
    kit = None if asked.kit is None else dosing.current_kit(desk.pharmacy, asked)
    result = None if asked.counted is None else asked.counted.result
    return {
        "subject": asked.subject,
        "visit": asked.visit,
        "kit": asked.kit,
        "step": f"step.{asked.step}",
        "label_from": unlocks_at(asked, criteria),
        "use_before": None if kit is None else latest_use_before(asked, trial.hold, kit),
        "drawn": None if result is None else result.drawn_ml,
        "diluent": None if result is None else result.diluent_drawn_ml,
        "viability": None if result is None else shown(result.viability_pct, VIABILITY_PLACES),
        "verify_by": asked.verify_by if asked.waits_for_verification else None,
    }


def _material(desk: CommandDesk, text: str) -> Material:
    shape = SAID["material"][desk.language]
    parts = [part.strip() for part in text.split(",")]
    try:
        name, lot, expiry = parts
        return Material(name=name, lot=lot, expiry=iso_date(expiry))
    except ValueError as error:
        raise click.BadParameter(shape, param_hint="--material") from error
