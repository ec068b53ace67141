"""``main.py account``: the accountability log and the labels' reconciliation."""

from pathlib import Path

import click

from pharmacy_app.cli.desk import CommandDesk, Said, at_desk
from pharmacy_app.domain.doses import LabelState
from pharmacy_app.domain.ids import KitTypeCode
from pharmacy_app.records.queries.unblinded import accountability
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.workflows import papers

SAID: dict[str, Said] = {
    "balance": {
        "en": "{kit_type}: balance {balance}, on the shelf {shelf}.",
        "zh": "{kit_type}：结存 {balance}，在库 {shelf}。",
    },
    "type": {"en": "No such kit type: {kit_type}.", "zh": "没有该药盒类型：{kit_type}。"},
    "wrote": {"en": "Wrote {file}", "zh": "已写出 {file}"},
}
HEADS: tuple[Said, ...] = (
    {"en": "Time", "zh": "时间"},
    {"en": "Kit", "zh": "药盒"},
    {"en": "Movement", "zh": "变动"},
    {"en": "Change", "zh": "数量"},
    {"en": "Balance", "zh": "结存"},
    {"en": "Subject", "zh": "受试者"},
    {"en": "Dose", "zh": "剂次"},
    {"en": "Lot", "zh": "批号"},
    {"en": "Recorder", "zh": "记录人"},
)
LABELS: tuple[Said, ...] = (
    {"en": "Labels", "zh": "标签"},
    {"en": "Number", "zh": "数量"},
)


@click.group()
def account() -> None:
    """Show the accountability log and balances."""


@account.command()
@click.option("--type", "kit_type", help="One kit type; otherwise every one.")
@click.option(
    "--to",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Print it as a PDF into this folder instead.",
)
@at_desk
def log(desk: CommandDesk, kit_type: str | None, to: Path | None) -> None:
    """Show every movement of a kit type and the balance after it. UNBLINDED."""
    known = [kind.code for kind in desk.pharmacy.trial.kit_types]
    if kit_type is not None and kit_type not in known:
        raise click.UsageError(SAID["type"][desk.language].format(kit_type=kit_type))
    for code in known if kit_type is None else [KitTypeCode(kit_type)]:
        if to is None:
            _tell(desk, code)
            continue
        paper = papers.accountability_log(desk.pharmacy, code)
        printer = papers.folder_printer(to)
        outcome = papers.print_paper(desk.pharmacy, paper, f"{paper.document}/{code}", printer)
        desk.say(SAID["wrote"], file=outcome.job)


def _tell(desk: CommandDesk, code: KitTypeCode) -> None:
    lines = accountability.movements(desk.pharmacy.reader, code)
    desk.table(
        HEADS,
        [
            (
                line.at,
                line.kit_number,
                f"movement.{line.kind}",
                f"{line.quantity:+d}",
                line.balance,
                line.subject_id,
                line.dose_id,
                line.lot,
                line.actor_name,
            )
            for line in lines
        ],
    )
    balance = lines[-1].balance if lines else 0
    shelf = accountability.on_shelf(desk.pharmacy.reader, code)
    desk.say(SAID["balance"], kit_type=code, balance=balance, shelf=shelf)


@account.command()
@at_desk
def labels(desk: CommandDesk) -> None:
    """Show how many copies of labels are in each state."""
    tally = dose_queries.label_tally(desk.pharmacy.reader)
    desk.table(LABELS, [(f"label_state.{state}", tally.get(state, 0)) for state in LabelState])
