"""The labels of a dose at the command line: printed, failed or spoiled, scanned back."""

from pathlib import Path

import click

from pharmacy_app.cli.desk import CommandDesk, Said, at_desk, typed_option
from pharmacy_app.cli.printers import chosen_printer
from pharmacy_app.domain.doses import LabelState
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.workflows import dosing, labelling
from pharmacy_app.workflows.labelling import Reprint
from pharmacy_app.workflows.pharmacy import Scanned

SAID: dict[str, Said] = {
    "waits": {"en": "Dose {dose} waits for: {step}.", "zh": "剂次 {dose} 待办：{step}。"},
    "printed": {
        "en": "Label {label} printed: {file}. Scan it on the bag.",
        "zh": "标签 {label} 已打印：{file}。请在袋上回读。",
    },
}
Folder = click.Path(exists=True, file_okay=False, path_type=Path)
dose_argument = click.argument("dose_id", metavar="DOSE")
kind_option = click.option(
    "--kind",
    type=click.Choice([LabelKind.BAG, LabelKind.OUTER, LabelKind.SMALL]),
    default=LabelKind.BAG,
    show_default=True,
    help="Which of the dose's labels.",
)


def tell_step(desk: CommandDesk, dose_id: str) -> None:
    """Say what a dose waits for."""
    step = dosing.dose(desk.pharmacy, DoseId(dose_id)).step
    desk.say(SAID["waits"], dose=dose_id, step=f"step.{step}")


@click.command()
@dose_argument
@click.option("--to", type=Folder, help="The folder that takes the PDF; or use --printer.")
@click.option("--printer", "name", default="", help="One of `printers list`.")
@click.option("--reason", default="", help="Why another copy is printed.")
@click.option("--by", "second", default="", help="Who agrees to another copy.")
@kind_option
@at_desk
def label(
    desk: CommandDesk,
    dose_id: str,
    *,
    to: Path | None,
    name: str,
    reason: str,
    second: str,
    kind: LabelKind,
) -> None:
    """Print the label, or one beside the bag's; another copy needs a reason and a second person."""
    printer = chosen_printer(to, name)
    asked, bag = dosing.dose(desk.pharmacy, DoseId(dose_id)), kind is LabelKind.BAG
    current = asked.current_label() if bag else asked.extra_label(kind)
    if current is None or current.state is not LabelState.RESERVED:
        again = Reprint(reason, desk.credential(second)) if second else None
        current = (
            labelling.reserve(desk.pharmacy, DoseId(dose_id), again)
            if bag
            else labelling.reserve_extra(desk.pharmacy, DoseId(dose_id), kind, again)
        )
    labelling.print_label(desk.pharmacy, current, DoseId(dose_id), printer)
    desk.say(SAID["printed"], label=current.label_id, file=name or str(to))
    tell_step(desk, dose_id)


@click.command()
@dose_argument
@click.option("--because", required=True, help="What happened.")
@click.option("--spoiled", is_flag=True, help="A label came out, but cannot be used.")
@kind_option
@at_desk
def label_failed(
    desk: CommandDesk, dose_id: str, *, because: str, spoiled: bool, kind: LabelKind
) -> None:
    """Record that no label came out of the printer, or a spoiled one, which is destroyed."""
    act = labelling.spoil if spoiled else labelling.no_label_came
    copy = (
        None
        if kind is LabelKind.BAG
        else dosing.dose(desk.pharmacy, DoseId(dose_id)).extra_label(kind)
    )
    act(desk.pharmacy, DoseId(dose_id), because, None if copy is None else copy.label_id)
    tell_step(desk, dose_id)


@click.command()
@dose_argument
@click.argument("code")
@typed_option
@kind_option
@at_desk
def scan_back(desk: CommandDesk, dose_id: str, code: str, *, typed: bool, kind: LabelKind) -> None:
    """Scan the label on the bag: it must be the copy printed last.

    Where no scanner reads it, the dose's code and the copy are typed: D-4KX9MT3/1 --typed.
    """
    scanned = Scanned(code, typed)
    if kind is LabelKind.BAG:
        labelling.scan_back(desk.pharmacy, DoseId(dose_id), scanned)
    else:
        labelling.scan_extra(desk.pharmacy, DoseId(dose_id), kind, scanned)
    tell_step(desk, dose_id)
