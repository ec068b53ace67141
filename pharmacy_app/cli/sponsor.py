"""``main.py sponsor``: make keys, check the trial's files, build the sites' packages."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click

from pharmacy_app.cli.desk_file import desk_cards, desk_list
from pharmacy_app.cli.exits import in_words
from pharmacy_app.cli.main import language_of
from pharmacy_app.cli.randomise import randomise_list, reproduce_list
from pharmacy_app.cli.unlocking import typed_line
from pharmacy_app.domain.ids import SiteCode, StageCode, SubjectId
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, Violation, refuse, violation
from pharmacy_app.domain.subjects import unlawful_number
from pharmacy_app.domain.trial import Trial
from pharmacy_app.exchange.bundle import fingerprint
from pharmacy_app.exchange.notices import Sender, UnblindingAuthorised, write_notice
from pharmacy_app.sponsor.build import VALID_DAYS, build_packages
from pharmacy_app.sponsor.desk_file import write_desk_file
from pharmacy_app.sponsor.keys import (
    SponsorKeys,
    load_keys,
    load_register,
    new_keys,
    save_keys,
    save_register,
)
from pharmacy_app.sponsor.output import write_build
from pharmacy_app.sponsor.sources import check_folder, read_sources, read_trial
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SystemClock
from pharmacy_app.system.files import write_replacing
from pharmacy_app.wording import Language
from pharmacy_app.workflows.texts import storable, unfit_text

Folder = click.Path(file_okay=False, path_type=Path)
ExistingFolder = click.Path(exists=True, file_okay=False, path_type=Path)

NOTICE_DAYS = 30
SAID = {
    "password": {"en": "Password of the sponsor's keys", "zh": "申办方密钥的密码"},
    "made": {"en": "Keys made in {folder}. Signing key {key}.", "zh": "密钥已保存到 {folder}。签名密钥 {key}。"},
    "clean": {
        "en": "No mistake found: {sites} sites, {kits} kits, {entries} allocation entries.",
        "zh": "未发现错误：{sites} 个中心、{kits} 个药盒、{entries} 条分配。",
    },
    "mistakes": {"en": "Mistakes: {count}.", "zh": "共 {count} 处错误。"},
    "to_note": {"en": "To note:", "zh": "请注意："},
    "wrote": {"en": "Wrote {path}", "zh": "已写出 {path}"},
}  # fmt: skip


@click.group()
def sponsor() -> None:
    """Check the sponsor's files and build sealed site packages."""


sponsor.add_command(randomise_list)
sponsor.add_command(reproduce_list)
sponsor.add_command(desk_list)
sponsor.add_command(desk_cards)


@sponsor.command()
@click.option("--out", type=Folder, required=True, help="A folder that has no keys yet.")
@click.pass_context
def keys(ctx: click.Context, out: Path) -> None:
    """Make the sponsor's signing and recovery keys, under a password."""
    language = language_of(ctx)
    made = new_keys(SystemChance())
    save_keys(made, out, _password(language, confirm=True), SystemChance())
    _say("made", language, folder=out, key=fingerprint(made.signing_public))


@sponsor.command()
@click.argument("folder", type=ExistingFolder)
@click.pass_context
def check(ctx: click.Context, folder: Path) -> None:
    """Name every mistake in trial.toml, kits.csv, shipments.csv, allocations-*.csv."""
    language = language_of(ctx)
    checked = check_folder(folder, SystemClock().now())
    if checked.warnings:
        _say("to_note", language)
        print(in_words(Refused(checked.warnings), language))
    if checked.sources is None:
        _say("mistakes", language, count=len(checked.mistakes))
        raise Refused(checked.mistakes)
    _say(
        "clean",
        language,
        sites=len(checked.sources.trial.sites),
        kits=len(checked.sources.kits),
        entries=sum(len(entries) for entries in checked.sources.entries.values()),
    )


@sponsor.command()
@click.argument("folder", type=ExistingFolder)
@click.option("--keys", "key_folder", type=ExistingFolder, required=True, help="From sponsor keys.")
@click.option("--out", type=Folder, required=True, help="Where packages, letters and codes go.")
@click.option(
    "--number", type=click.IntRange(1, 1_000_000), help="Otherwise the next of each site."
)
@click.option("--valid-days", type=click.IntRange(1, 3650), default=VALID_DAYS, show_default=True)
@click.pass_context
def build(
    ctx: click.Context,
    *,
    folder: Path,
    key_folder: Path,
    out: Path,
    number: int | None,
    valid_days: int,
) -> None:
    """Build one signed, sealed package per site, with letters and the desk's sealed codes."""
    language = language_of(ctx)
    sources = read_sources(folder, SystemClock().now())
    opened: SponsorKeys = load_keys(key_folder, _password(language, confirm=False))
    built = build_packages(
        sources,
        opened,
        SystemChance(),
        SystemClock(),
        register=load_register(key_folder, opened),
        number=number,
        valid_days=valid_days,
    )
    desk = (
        write_desk_file(built, opened, SystemChance(), SystemClock().now(), valid_days)
        if any(built.release_codes.values())
        else None
    )
    paths = write_build(built, opened.signing_public, out, desk)
    save_register(built.register, key_folder, opened)
    for path in paths:
        _say("wrote", language, path=path)


@sponsor.command()
@click.argument("folder", type=ExistingFolder)
@click.option("--keys", "key_folder", type=ExistingFolder, required=True, help="From sponsor keys.")
@click.option("--site", required=True, help="For which site.")
@click.option("--subject", required=True, help="Whose planned unblinding is authorised.")
@click.option("--stage", required=True, help="In which stage.")
@click.option("--reference", required=True, help="The authorisation's number and date.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.pass_context
def notice(
    ctx: click.Context,
    *,
    folder: Path,
    key_folder: Path,
    site: str,
    subject: str,
    stage: str,
    reference: str,
    out: Path,
) -> None:
    """Write a signed notice that authorises one subject's planned unblinding; it tells no arm.

    It is good for 30 days.
    """
    language = language_of(ctx)
    trial = read_trial(folder)
    known = [found.code for found in trial.stages]
    if stage not in known:
        raise click.UsageError(f"--stage {' | '.join(known)}")
    refuse(*_unfit_notice(trial, site, subject, reference))
    opened: SponsorKeys = load_keys(key_folder, _password(language, confirm=False))
    record = load_register(key_folder, opened).site(trial.code, SiteCode(site))
    if record is None:
        codes = ", ".join(found.code for found in trial.sites)
        raise Refused([violation("sponsor.no_package_yet", site, known=codes)])
    if out.exists():
        raise EnvironmentProblem("sponsor.output_exists", str(out))
    now = SystemClock().now()
    told = UnblindingAuthorised(
        subject_id=SubjectId(subject.strip()),
        stage=StageCode(stage),
        reference=reference.strip(),
    )
    sender = Sender(
        signing_key=opened.signing,
        recipient=record.public_key,
        trial=trial.code,
        site=SiteCode(site),
        number=1 + SystemChance().below(999_999),  # names the notice; nothing counts on its order
    )
    write_replacing(out, write_notice(told, sender, now, now + timedelta(days=NOTICE_DAYS)))
    _say("wrote", language, path=out)


def _unfit_notice(
    trial: Trial, site: str, subject: str, reference: str
) -> Iterator[Violation | None]:
    """Yield why no site could import a notice, or print what it says."""
    number = storable(subject.strip())
    described = next((one for one in trial.sites if one.code == site), None)
    if described is not None:
        yield unlawful_number(number, described)
    if not reference.strip():
        yield violation("notice.no_reference", number)
    yield from unfit_text("reference", reference)


def _password(language: Language, *, confirm: bool) -> str:
    """Ask at the terminal without echo; without a terminal take one line of standard input."""
    if not sys.stdin.isatty():
        return typed_line()
    answer: str = click.prompt(
        SAID["password"][language], hide_input=True, confirmation_prompt=confirm, err=True
    )
    return answer


def _say(what: str, language: Language, **facts: object) -> None:
    print(SAID[what][language].format(**facts))
