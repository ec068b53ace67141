"""What every command of the pharmacy shares: a site opened for one act, and how it talks.

A password is typed at a hidden prompt or read from a line of standard input, never an argument.
The person at the desk gives it once a call; whoever else signs gives theirs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from functools import update_wrapper
from getpass import getpass
from pathlib import Path
from unicodedata import east_asian_width

import click

from pharmacy_app.cli.main import clock_of, language_of, tell_times_in
from pharmacy_app.cli.unlocking import person_option, typed_line, vault_option
from pharmacy_app.domain.dose import CounterReading, HaemocytometerReading, Reading
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.refusal import Fact
from pharmacy_app.exchange.tables import decimal as plain_decimal
from pharmacy_app.exchange.tables import iso_date, whole
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SystemClock
from pharmacy_app.vault.derivation import FLOOR, calibrate
from pharmacy_app.vault.session import OpenVault
from pharmacy_app.vault.signing import Credential
from pharmacy_app.wording import Language, fact_in_words
from pharmacy_app.workflows import sessions
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.sessions import Machine
from pharmacy_app.workflows.texts import storable

Said = Mapping[Language, str]

HAEMOCYTOMETER_PARTS = 4
YEARS = range(1900, 2200)
"""What a typed time may say: beyond, the shift to UTC leaves the calendar."""

stdin_option = click.option(
    "--password-stdin",
    "from_stdin",
    is_flag=True,
    help="Read passwords and codes from stdin, one a line, in the order they are asked for.",
)
clock_option = click.option(
    "--clock-reason",
    default="",
    help="Why the machine's clock stands behind the last act; recorded with the sign-in.",
)
typed_option = click.option("--typed", is_flag=True, help="CODE was typed by hand, not scanned.")


@dataclass(slots=True)
class Prompter:
    """Asks for secrets: at a hidden prompt, or line by line from standard input."""

    from_stdin: bool

    def ask(self, what: str) -> str:
        """Return one secret."""
        if self.from_stdin:
            return typed_line()
        return getpass(f"{what}: ")


@dataclass(slots=True)
class CommandDesk:
    """A site that is open for one act, and the language it is told in."""

    pharmacy: Pharmacy
    vault: OpenVault
    language: Language
    prompter: Prompter
    _given: dict[PersonId, Credential] = field(default_factory=dict)

    def credential(self, person: str) -> Credential:
        """Return somebody's password; who gave it in this call is not asked again."""
        known = PersonId(person)
        if known not in self._given:
            self._given[known] = Credential(known, self.prompter.ask(person))
        return self._given[known]

    def own(self) -> Credential:
        """Return the password of the person at the desk."""
        return self.credential(self.pharmacy.person.person_id)

    def say(self, words: Said, **facts: Fact | None) -> None:
        """Print a sentence in the language asked for; moments on the site's clock."""
        print(words[self.language].format(**{k: self.told(v) for k, v in facts.items()}))

    def told(self, value: Fact | None) -> str:
        """Return a value as a person reads it, a dash for none."""
        if value is None or value == "":
            return "–"
        return fact_in_words(value, self.language, self.pharmacy.zone)

    def table(self, heads: Sequence[Said], rows: Iterable[Sequence[Fact | None]]) -> None:
        """Print rows under their heads, columns as wide as they need."""
        lines = [[head[self.language] for head in heads]]
        lines += [[self.told(value) for value in row] for row in rows]
        print_columns(lines)


def print_columns(lines: Sequence[Sequence[str]]) -> None:
    """Print lines of equally many texts, each column as wide as its widest one."""
    widths = [max(_wide(line[n]) for line in lines) for n in range(len(lines[0]))]
    for line in lines:
        cells = (text + " " * (w - _wide(text)) for text, w in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())


def at_desk(act: Callable[..., None]) -> Callable[..., None]:
    """Open the site named by --vault for the person named by --person, do one act, close it."""
    return _at_desk(act, new_passwords=False)


def at_desk_with_new_password(act: Callable[..., None]) -> Callable[..., None]:
    """Do the same for an act that makes a password: what it costs to try is measured first."""
    return _at_desk(act, new_passwords=True)


def _at_desk(act: Callable[..., None], *, new_passwords: bool) -> Callable[..., None]:

    @click.pass_context
    def run(
        ctx: click.Context,
        /,
        *,
        folder: Path,
        person: str | None,
        from_stdin: bool,
        clock_reason: str,
        **given: object,
    ) -> None:
        _refuse_half_characters(ctx, person=person, clock_reason=clock_reason, **given)
        made = machine(ctx, new_passwords=new_passwords)
        with _opened(ctx, made, folder, person, Prompter(from_stdin), clock_reason) as desk:
            act(desk, **given)

    told: Callable[..., None] = update_wrapper(run, act)
    for option in (clock_option, stdin_option, person_option, vault_option):
        told = option(told)
    return told


def _refuse_half_characters(ctx: click.Context, **given: object) -> None:
    """Raise click.BadParameter for bytes that are no text: the ledger could neither ask nor keep them."""
    for name, value in given.items():
        texts = value if isinstance(value, tuple) else (value,)
        if any(isinstance(text, str) and storable(text) != text for text in texts):
            raise click.BadParameter(ascii(value), ctx, param_hint=name)


@contextmanager
def _opened(
    ctx: click.Context,
    made: Machine,
    folder: Path,
    person: str | None,
    prompter: Prompter,
    clock_reason: str,
) -> Iterator[CommandDesk]:
    listed = [one.person_id for one in made.vault(folder).people()]
    if person is None and len(listed) != 1:
        raise click.UsageError(f"--person {' | '.join(listed)}")
    chosen = listed[0] if person is None else PersonId(person)
    credential = Credential(chosen, prompter.ask(chosen))
    with sessions.sign_in(
        made, folder, chosen, credential.password, clock_reason=clock_reason
    ) as opened:
        if opened.pharmacy.packages:  # a site may work before its first package came
            tell_times_in(ctx, opened.pharmacy.zone)
        yield CommandDesk(
            opened.pharmacy, opened.vault, language_of(ctx), prompter, {chosen: credential}
        )


def machine(ctx: click.Context, *, new_passwords: bool = False) -> Machine:
    """Return the machine; what a new password costs is measured only where one is made."""
    cost = calibrate(SystemClock().monotonic) if new_passwords else FLOOR
    return Machine(clock_of(ctx), SystemChance(), cost)


class Number(click.ParamType[Decimal]):
    """An exact decimal."""

    name = "number"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """Return the decimal; a comma is refused, not guessed at."""
        try:
            return _plain_number(str(value))
        except ValueError:
            self.fail(f"{value!r} is no number", param, ctx)


class Day(click.ParamType[date]):
    """A date, YYYY-MM-DD."""

    name = "yyyy-mm-dd"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the date; week dates and other forms are refused."""
        try:
            return iso_date(str(value))
        except ValueError:
            self.fail(f"{value!r} is no date", param, ctx)


class Moment(click.ParamType[datetime]):
    """A time on the site's clock, YYYY-MM-DDTHH:MM, or one with its own offset."""

    name = "yyyy-mm-ddThh:mm"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the time as typed; `in_utc` gives it the site's zone."""
        try:
            when = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no time", param, ctx)
        if when.year not in YEARS or not str(value).isascii():
            self.fail(f"{value!r} is no time", param, ctx)
        return when


def in_utc(when: datetime, zone: tzinfo) -> datetime:
    """Return a typed time in UTC; one without an offset is on the site's clock."""
    return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(UTC)


class Counts(click.ParamType[Reading]):
    """One count: LIVE,DEAD,SQUARES,DILUTION of a chamber, or TOTAL_PER_ML,VIABILITY of a counter."""

    name = "live,dead,squares,dilution | total,viability"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Reading:
        """Return the reading."""
        if isinstance(value, HaemocytometerReading | CounterReading):
            return value
        try:
            return _count(str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is no count", param, ctx)


def _count(parts: Sequence[str]) -> Reading:
    if len(parts) == HAEMOCYTOMETER_PARTS:
        live, dead, squares = (int(_whole(part)) for part in parts[:3])
        factor = _plain_number(parts[3])
        return HaemocytometerReading(live=live, dead=dead, squares=squares, dilution_factor=factor)
    total, viability = (_plain_number(part) for part in parts)
    return CounterReading(total_per_ml=total, viability_pct=viability)


def _plain_number(text: str) -> Decimal:
    """Return a number in ASCII digits with a decimal point, no exponent: ``0E-99999`` fits no paper."""
    return plain_decimal(text.strip())


_whole = whole(0, 10**9)


def count_in_words(reading: Reading) -> str:
    """Return a reading as it is typed after --reading."""
    if isinstance(reading, HaemocytometerReading):
        return f"{reading.live},{reading.dead},{reading.squares},{reading.dilution_factor:f}"
    return f"{reading.total_per_ml:f},{reading.viability_pct:f}"


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "FW" else 1 for letter in text)
