"""``main.py deviation``: what was not as it should be; another kit given; closing."""

from collections.abc import Mapping

import click

from pharmacy_app.cli.desk import CommandDesk, Said, at_desk
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.records.queries.unblinded import doses as queries
from pharmacy_app.workflows import deviations
from pharmacy_app.workflows.pharmacy import Scanned

SAID: Mapping[str, Said] = {
    "recorded": {"en": "Recorded as a deviation.", "zh": "已登记为方案偏离。"},
    "closed": {"en": "{deviation} is closed.", "zh": "{deviation} 已关闭。"},
}
COLUMNS: tuple[Said, ...] = (
    {"en": "Number", "zh": "编号"},
    {"en": "Record", "zh": "记录"},
    {"en": "What", "zh": "内容"},
    {"en": "What happened", "zh": "经过"},
    {"en": "Raised", "zh": "登记时间"},
    {"en": "Closed", "zh": "关闭时间"},
    {"en": "What was done", "zh": "处理情况"},
)


@click.group()
def deviation() -> None:
    """List, record and close deviations; record that another kit was given."""


@deviation.command("list")
@at_desk
def list_deviations(desk: CommandDesk) -> None:
    """List every deviation with what its acts say."""
    rows = []
    for found in queries.deviations(desk.pharmacy.reader, only_open=False):
        told = deviations.told(desk.pharmacy, found)
        rows.append(
            (
                found.deviation_id,
                found.record,
                desk.told(found.rule),
                told.because,
                found.raised_at,
                found.closed_at,
                told.closed_how,
            )
        )
    desk.table(COLUMNS, rows)


@deviation.command()
@click.argument("about")
@click.option("--what", required=True, help="What happened.")
@at_desk
def record(desk: CommandDesk, about: str, what: str) -> None:
    """Record a deviation ABOUT dose/…, kit/…, subject/… or shipment/…."""
    deviations.raise_deviation(desk.pharmacy, about, what)
    desk.say(SAID["recorded"])


@deviation.command()
@click.argument("number")
@click.option("--how", required=True, help="What was done about it.")
@at_desk
def close(desk: CommandDesk, number: str, how: str) -> None:
    """Close a deviation, signed."""
    deviations.close(desk.pharmacy, number, how, desk.own())
    desk.say(SAID["closed"], deviation=number)


@deviation.command()
@click.argument("dose_id", metavar="DOSE")
@click.argument("given", metavar="KIT")
@click.option("--because", required=True, help="How it came about.")
@at_desk
def wrong_kit(desk: CommandDesk, dose_id: str, given: str, because: str) -> None:
    """Record that KIT reached the subject in place of the DOSE's own, signed. UNBLINDED."""
    deviations.report_wrong_kit(
        desk.pharmacy, DoseId(dose_id), Scanned(given, typed=True), because, desk.own()
    )
    desk.say(SAID["recorded"])
