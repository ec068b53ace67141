"""Prove from the command line that a vault's records are intact."""

from pathlib import Path

import click

from pharmacy_app.cli.exits import HEADINGS, Exit
from pharmacy_app.cli.main import language_of
from pharmacy_app.cli.unlocking import opened_vault, person_option, stdin_option, vault_option
from pharmacy_app.domain.events.catalogue import EVENT_TYPES
from pharmacy_app.records.driver import open_database
from pharmacy_app.records.projection import everything
from pharmacy_app.records.verify import Trust, finding_as_violation
from pharmacy_app.records.verify import verify as verified
from pharmacy_app.wording import Language, Worded, worded

INTACT = {
    "en": "Intact: {events} events, head {head}.",
    "zh": "记录完好：{events} 个事件，链首 {head}。",
}


@click.command()
@vault_option
@click.option(
    "--replay", is_flag=True, help="Compute the state again from the events, and compare."
)
@person_option
@stdin_option
@click.pass_context
def verify(
    ctx: click.Context, folder: Path, *, replay: bool, person: str | None, password_stdin: bool
) -> int:
    """Prove that the record is intact (exit 0), or name the first altered place (exit 3)."""
    with opened_vault(folder, person, from_stdin=password_stdin) as vault:
        database = open_database(vault.database_path, vault.database_key, read_only=True)
        try:
            report = verified(
                database,
                Trust(
                    vault.origin, vault.station_key.public_key, vault.mark_path, vault.public_keys
                ),
                EVENT_TYPES,
                replay=everything.apply if replay else None,
            )
        finally:
            database.conn.close()
    language = language_of(ctx)
    if report.first_bad is None:
        print(INTACT[language].format(events=report.events, head=report.head.hex()))
        return Exit.DONE
    _tell(worded(finding_as_violation(report.first_bad), language), language)
    return Exit.ALTERED


def _tell(reason: Worded, language: Language) -> None:
    print(f"[{reason.code}] {reason.record}")
    parts = (reason.rule, reason.expected, reason.found, reason.remedy)
    for heading, text in zip(HEADINGS[language], parts, strict=True):
        print(f"  {heading}: {text}")
