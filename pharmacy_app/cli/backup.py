"""Back a vault up from the command line: the copy is proven, and that it was made is recorded."""

from pathlib import Path

import click

from pharmacy_app.cli.desk import CommandDesk, Said, at_desk
from pharmacy_app.workflows import site

DONE: Said = {
    "en": "{folder}: {seq} events, head {head}, SHA-256 of the database {sha256}.",
    "zh": "{folder}：{seq} 个事件，链首 {head}，数据库 SHA-256 {sha256}。",
}


@click.command()
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the backup's own folder is made, best on another disk.",
)
@at_desk
def backup(desk: CommandDesk, target: Path) -> None:
    """Copy the vault, prove the copy by opening it, and record that it was made."""
    made = site.back_up(desk.pharmacy, desk.vault, target)
    said = DONE[desk.language].format(
        folder=made.folder, seq=made.seq, head=made.head.hex(), sha256=made.sha256
    )
    print(said)
