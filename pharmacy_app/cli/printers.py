"""``main.py printers``: the printers of this machine, tried out and asked how they are.

They belong to the machine, so no site is opened and nobody signs in.
"""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from pharmacy_app.cli.desk import Number, print_columns
from pharmacy_app.cli.main import language_of
from pharmacy_app.documents.printers.port import Printer
from pharmacy_app.documents.printers.profile import PrinterProfile, Way
from pharmacy_app.system import paths
from pharmacy_app.wording import Language, fact_in_words, term
from pharmacy_app.workflows import printers as machine
from pharmacy_app.workflows.papers import folder_printer

SAID: Mapping[str, Mapping[Language, str]] = {
    "kept": {"en": "Kept: {name}.", "zh": "已保存：{name}。"},
    "removed": {"en": "Removed: {name}.", "zh": "已移除：{name}。"},
    "none": {"en": "No printer was added yet.", "zh": "尚未添加打印机。"},
    "sent": {
        "en": "{name} took the test page. See whether it came out and its frame is 1 mm from every edge.",
        "zh": "{name} 已接收测试页。请确认已打印，且外框距各边 1 mm。",
    },
}
HEADS: Mapping[Language, tuple[str, ...]] = {
    "en": ("Name", "Way", "Address", "dpi", "Paper", "Right mm", "Down mm", "Scale", "Darkness"),
    "zh": ("名称", "方式", "地址", "dpi", "纸张", "右移 mm", "下移 mm", "缩放", "浓度"),
}


@click.group()
def printers() -> None:
    """Printers of this machine: label printers, printers of the system, folders."""


def profile_options(command: Any) -> Any:
    """Give a command every setting of a profile; what is left out keeps its usual value."""
    options = (
        click.option("--way", type=click.Choice([way.value for way in Way]), required=True),
        click.option("--address", required=True, help="host[:port], a queue's name, or a folder."),
        click.option("--dpi", type=int, default=203, show_default=True, help="203, 300 or 600."),
        click.option("--paper", default="", help="WIDTHxHEIGHT in mm, such as 100x50."),
        click.option("--right", type=Number(), default="0", help="Offset to the right, in mm."),
        click.option("--down", type=Number(), default="0", help="Offset downwards, in mm."),
        click.option("--scale", type=Number(), default="1", help="0.95 to 1.05."),
        click.option("--darkness", type=int, help="0 to 30; the printer's own if left out."),
        click.option("--silent", is_flag=True, help="The printer tells nothing of its state."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _profile(name: str, told: Mapping[str, Any]) -> PrinterProfile:
    zero = Decimal(0)
    return PrinterProfile(
        name=name,
        way=Way(told["way"]),
        address=told["address"],
        dpi=told["dpi"],
        paper=told["paper"],
        offset_x_mm=told["right"] or zero,
        offset_y_mm=told["down"] or zero,
        scale=told["scale"],
        darkness=told["darkness"],
        asks=not told["silent"],
    )


@printers.command("list")
@click.pass_context
def list_(ctx: click.Context) -> None:
    """List the printers with their settings."""
    language = language_of(ctx)
    known = machine.listed(paths.printers_file())
    if not known:
        _say(ctx, "none")
        return
    lines = [HEADS[language]]
    for one in known:
        way = term(f"printer_way.{one.way}", language)
        moved = (f"{number:f}" for number in (one.offset_x_mm, one.offset_y_mm, one.scale))
        dark = "–" if one.darkness is None else str(one.darkness)
        lines.append((one.name, way, one.address, str(one.dpi), one.paper or "–", *moved, dark))
    print_columns(lines)


@printers.command()
@click.argument("name")
@profile_options
@click.pass_context
def add(ctx: click.Context, /, name: str, **told: Any) -> None:
    """Add a printer under a NAME that is recorded with every print on it."""
    machine.add(paths.printers_file(), _profile(name, told))
    _say(ctx, "kept", name=name)


@printers.command()
@click.argument("name")
@profile_options
@click.pass_context
def change(ctx: click.Context, /, name: str, **told: Any) -> None:
    """Replace every setting of the printer NAME."""
    machine.change(paths.printers_file(), name, _profile(name, told))
    _say(ctx, "kept", name=name)


@printers.command()
@click.argument("name")
@click.pass_context
def remove(ctx: click.Context, name: str) -> None:
    """Forget the printer NAME."""
    machine.remove(paths.printers_file(), name)
    _say(ctx, "removed", name=name)


@printers.command()
@click.argument("name")
@click.pass_context
def test(ctx: click.Context, name: str) -> None:
    """Print the test page: rulers, crosses, a symbol, a frame 1 mm inside every edge."""
    machine.try_out(machine.named(paths.printers_file(), name))
    _say(ctx, "sent", name=name)


@printers.command()
@click.argument("name")
@click.pass_context
def status(ctx: click.Context, name: str) -> None:
    """Tell what the printer says of itself."""
    told = machine.state(machine.named(paths.printers_file(), name))
    print(f"{name}: {fact_in_words(', '.join(told), language_of(ctx), None)}")


def chosen_printer(folder: Path | None, name: str) -> Printer:
    """Return a folder or a printer of this machine, whichever was named.

    Raises click.UsageError unless it is exactly one, Refused ``printer.unknown``.
    """
    if (folder is None) is (name == ""):
        raise click.UsageError("--to FOLDER | --printer NAME")
    if folder is not None:
        return folder_printer(folder)
    return machine.opened(machine.named(paths.printers_file(), name))


def _say(ctx: click.Context, what: str, **facts: str) -> None:
    print(SAID[what][language_of(ctx)].format(**facts))
