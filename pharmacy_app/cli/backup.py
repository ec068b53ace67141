"""Back a vault up from the command line, and prove the copy."""

from pathlib import Path

import click

from pharmacy_app.cli.exits import Exit
from pharmacy_app.cli.main import language_of
from pharmacy_app.cli.unlocking import opened_vault, person_option, stdin_option, vault_option
from pharmacy_app.records.backup import back_up
from pharmacy_app.records.driver import open_database
from pharmacy_app.system.clock import SystemClock

DONE = {
    "en": "{folder}: {seq} events, head {head}, SHA-256 of the database {sha256}.",
    "zh": "{folder}：{seq} 个事件，链首 {head}，数据库 SHA-256 {sha256}。",
}


@click.command()
@vault_option
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the backup's own folder is made, best on another disk.",
)
@person_option
@stdin_option
@click.pass_context
def backup(
    ctx: click.Context, folder: Path, target: Path, *, person: str | None, password_stdin: bool
) -> int:
    """Copy the vault and verify the copy; the program may be open meanwhile."""
    with opened_vault(folder, person, from_stdin=password_stdin) as vault:
        key = vault.database_key
        database = open_database(vault.database_path, key, read_only=True)
        try:
            made = back_up(database, folder, target, key, SystemClock().now())
        finally:
            database.conn.close()
    print(
        DONE[language_of(ctx)].format(
            folder=made.folder, seq=made.seq, head=made.head.hex(), sha256=made.sha256
        )
    )
    return Exit.DONE
