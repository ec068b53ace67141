"""``main.py sponsor``: make keys, check the trial's files, build the sites' packages."""

from pathlib import Path

import click

from pharmacy_app.cli.desk_file import desk_cards, desk_list
from pharmacy_app.cli.exits import in_words
from pharmacy_app.cli.main import language_of
from pharmacy_app.cli.notices import authorise_disposal, decide_kits, notice
from pharmacy_app.cli.randomise import randomise_list, reproduce_list
from pharmacy_app.cli.receipts import receipt
from pharmacy_app.cli.unlocking import keys_password
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.exchange.bundle import fingerprint
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
from pharmacy_app.sponsor.sources import check_folder, read_sources
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SystemClock
from pharmacy_app.wording import Language

Folder = click.Path(file_okay=False, path_type=Path)
ExistingFolder = click.Path(exists=True, file_okay=False, path_type=Path)

SAID = {
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
sponsor.add_command(notice)
sponsor.add_command(authorise_disposal)
sponsor.add_command(decide_kits)
sponsor.add_command(receipt)


@sponsor.command()
@click.option("--out", type=Folder, required=True, help="A folder that has no keys yet.")
@click.pass_context
def keys(ctx: click.Context, out: Path) -> None:
    """Make the sponsor's signing and recovery keys, under a password."""
    language = language_of(ctx)
    made = new_keys(SystemChance())
    save_keys(made, out, keys_password(language, confirm=True), SystemChance())
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
    opened: SponsorKeys = load_keys(key_folder, keys_password(language, confirm=False))
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


def _say(what: str, language: Language, **facts: object) -> None:
    print(SAID[what][language].format(**facts))
