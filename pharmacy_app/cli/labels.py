"""``main.py account labels`` and ``account rolls``: what became of every label, and of every roll."""

import click

from pharmacy_app.cli.desk import CommandDesk, Said, at_desk
from pharmacy_app.domain.events.label import RollLoaded
from pharmacy_app.records.queries.unblinded import labels as queries
from pharmacy_app.workflows import label_account

LINES: tuple[Said, ...] = (
    {"en": "Label", "zh": "标签"},
    {"en": "Kind", "zh": "种类"},
    {"en": "Subject", "zh": "受试者"},
    {"en": "Visit", "zh": "访视"},
    {"en": "State", "zh": "状态"},
    {"en": "Counts as", "zh": "计为"},
    {"en": "Printer", "zh": "打印机"},
    {"en": "Roll", "zh": "卷"},
)
ROLLS: tuple[Said, ...] = (
    {"en": "Roll", "zh": "卷"},
    {"en": "Printer", "zh": "打印机"},
    {"en": "Loaded", "zh": "装入时间"},
    {"en": "Labels", "zh": "标签数"},
    {"en": "Printed", "zh": "已打印"},
    {"en": "Lost blank", "zh": "空白损失"},
    {"en": "Left", "zh": "剩余"},
    {"en": "Closed", "zh": "结清时间"},
)
SAID: dict[str, Said] = {
    "sum": {
        "en": "{printed} printed = {applied} applied + {spoiled} spoiled + {void} void"
        " + {remaining} not settled",
        "zh": "已打印 {printed} = 已贴 {applied} + 损坏 {spoiled} + 作废 {void} + 未明确 {remaining}",
    },
    "loaded": {"en": "Roll {roll} is in {printer}.", "zh": "卷 {roll} 已装入 {printer}。"},
    "closed": {"en": "Roll {roll} is closed.", "zh": "卷 {roll} 已结清。"},
}


@click.command()
@at_desk
def labels(desk: CommandDesk) -> None:
    """Show what became of every copy of every label: printed = applied + spoiled + void + the rest."""
    desk.table(
        LINES,
        [
            (
                line.label_id,
                f"label_kind.{line.kind}",
                line.subject_id,
                line.visit,
                f"label_state.{line.state}",
                f"label_fate.{line.fate}",
                line.printer,
                line.roll_id,
            )
            for line in queries.lines(desk.pharmacy.reader)
        ],
    )
    found = label_account.account(desk.pharmacy)
    desk.say(
        SAID["sum"],
        printed=found.printed,
        applied=found.applied,
        spoiled=found.spoiled,
        void=found.void,
        remaining=found.remaining,
    )


@click.command()
@at_desk
def rolls(desk: CommandDesk) -> None:
    """List the rolls of blank labels, the open ones first."""
    desk.table(
        ROLLS,
        [
            (
                *(roll.roll_id, roll.printer, roll.loaded_at, roll.labels, roll.printed),
                *(roll.lost, roll.remaining, roll.closed_at),
            )
            for roll in queries.rolls(desk.pharmacy.reader)
        ],
    )


@click.command()
@click.argument("printer")
@click.argument("labels", type=click.IntRange(1, label_account.MOST_LABELS))
@at_desk
def load_roll(desk: CommandDesk, printer: str, labels: int) -> None:
    """Record that a roll of so many labels is in a printer from now on."""
    recorded = label_account.load_roll(desk.pharmacy, printer, labels)
    roll = recorded[0].told(RollLoaded).roll_id
    desk.say(SAID["loaded"], roll=roll, printer=printer)


@click.command()
@click.argument("roll")
@click.option("--left", type=click.IntRange(0), required=True, help="Blank labels left on it.")
@click.option("--lost", type=click.IntRange(0), default=0, help="Blank labels lost in feeding.")
@click.option("--because", default="", help="Why the figures differ, if they do.")
@at_desk
def close_roll(desk: CommandDesk, roll: str, *, left: int, lost: int, because: str) -> None:
    """Record what was counted of a roll; a difference needs a reason and is a deviation."""
    label_account.close_roll(
        desk.pharmacy, roll.upper(), remaining=left, lost=lost, because=because
    )
    desk.say(SAID["closed"], roll=roll.upper())
