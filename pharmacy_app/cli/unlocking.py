"""Opening a vault from the command line: the password is asked for, never an argument."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path

import click

from pharmacy_app.domain.ids import PersonId
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SystemClock
from pharmacy_app.vault.derivation import FLOOR
from pharmacy_app.vault.session import OpenVault, Vault
from pharmacy_app.wording import Language

KEYS_PASSWORD: dict[Language, str] = {
    "en": "Password of the sponsor's keys",
    "zh": "申办方密钥的密码",
}
vault_option = click.option(
    "--vault",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The vault's folder.",
)
person_option = click.option("--person", help="Who signs in; needed if there are several.")
stdin_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of stdin."
)


def password_of(person: str, *, from_stdin: bool) -> str:
    """Return the password, from a hidden prompt or the first line of stdin."""
    return typed_line() if from_stdin else getpass(f"{person}: ")


def keys_password(language: Language, *, confirm: bool = False) -> str:
    """Return the password of the sponsor's keys: typed without echo, or one line of standard input."""
    if not sys.stdin.isatty():
        return typed_line()
    answer: str = click.prompt(
        KEYS_PASSWORD[language], hide_input=True, confirmation_prompt=confirm, err=True
    )
    return answer


def typed_line() -> str:
    """Return one line of standard input. Raises click.UsageError for bytes that are no text."""
    try:
        line = sys.stdin.readline().rstrip("\r\n")
        line.encode()
    except UnicodeError as problem:
        raise click.UsageError("stdin: UTF-8") from problem
    return line


@contextmanager
def opened_vault(folder: Path, person: str | None, *, from_stdin: bool) -> Iterator[OpenVault]:
    """Open a vault and wipe its keys afterwards; nothing is recorded.

    Raises click.UsageError if it is not clear who signs in; else as `Vault.open`.
    """
    # The cost only matters for new passwords; none is made here.
    vault = Vault(folder, SystemClock(), SystemChance(), FLOOR)
    listed = [one.person_id for one in vault.people()]
    if person is None and len(listed) > 1:
        raise click.UsageError(f"--person {' | '.join(listed)}")
    chosen = PersonId(person) if person is not None else listed[0]
    opened = vault.open(chosen, password_of(chosen, from_stdin=from_stdin))
    try:
        yield opened
    finally:
        opened.close()
