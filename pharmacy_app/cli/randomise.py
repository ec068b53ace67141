"""``main.py sponsor randomise`` and ``reproduce``: make a list, and prove how it was made."""

import hashlib
import sys
import tomllib
from pathlib import Path

import click

from pharmacy_app.cli.exits import Exit
from pharmacy_app.cli.main import language_of
from pharmacy_app.domain.ids import SiteCode, StageCode
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, violation
from pharmacy_app.domain.trial import Stage, Trial
from pharmacy_app.sponsor.randomisation import (
    SEED_BYTES,
    Plan,
    certificate_of,
    randomise,
    read_certificate,
    table_of,
)
from pharmacy_app.sponsor.sources import read_trial
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SystemClock
from pharmacy_app.system.files import write_replacing

ExistingFolder = click.Path(exists=True, file_okay=False, path_type=Path)
ExistingFile = click.Path(exists=True, dir_okay=False, path_type=Path)

SAID = {
    "made": {
        "en": "{entries} entries for {stage} in {path}; certificate {certificate}.",
        "zh": "{stage} 的 {entries} 条分配已写入 {path}；证书 {certificate}。",
    },
    "same": {"en": "The list is the certified one.", "zh": "列表与证书一致。"},
    "differs": {
        "en": "The list is NOT the certified one.",
        "zh": "列表与证书不一致。",
    },
    "not_made": {
        "en": "The certificate does not make the list it names: it was changed.",
        "zh": "证书无法重现其所载列表：证书已被更改。",
    },
}


class Entries(click.ParamType[tuple[tuple[SiteCode, int], ...]]):
    """How many entries for each site: 01=42,02=36."""

    name = "site=count,…"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[tuple[SiteCode, int], ...]:
        """Return the sites with their counts, in the order given."""
        try:
            pairs = [part.split("=") for part in str(value).split(",")]
            return tuple((SiteCode(site.strip()), int(count)) for site, count in pairs)
        except ValueError:
            self.fail(f"{value!r}: 01=42,02=36", param, ctx)


@click.command("randomise")
@click.argument("folder", type=ExistingFolder)
@click.option("--stage", required=True, help="A stage of trial.toml.")
@click.option("--entries", type=Entries(), required=True, help="For every stratum of each site.")
@click.option(
    "--blocks", help="Block sizes, such as 3,6. Otherwise the ratio's sum and its double."
)
@click.option("--strata", default="", help="Names of the strata, such as young,old.")
@click.option("--seed", help="64 hexadecimal digits; otherwise drawn from the operating system.")
@click.pass_context
def randomise_list(
    ctx: click.Context,
    *,
    folder: Path,
    stage: str,
    entries: tuple[tuple[SiteCode, int], ...],
    blocks: str | None,
    strata: str,
    seed: str | None,
) -> None:
    """Make allocations-STAGE.csv beside trial.toml, with its certificate."""
    trial = read_trial(folder)
    wanted = _stage(trial, stage)
    unit = sum(arm.ratio for arm in wanted.arms)
    plan = Plan(
        trial=trial,
        stage=wanted,
        entries=entries,
        block_sizes=_sizes(blocks) if blocks else (unit, 2 * unit),
        strata=tuple(name.strip() for name in strata.split(",")),
    )
    drawn = SystemChance().token_bytes(SEED_BYTES) if seed is None else _bytes_of(seed)
    _refuse_used(folder, drawn)
    made = randomise(plan, drawn)
    paths = _paths(folder, stage)
    for path in paths:
        if path.exists():
            raise EnvironmentProblem("sponsor.output_exists", str(path))
    table, certificate = paths
    write_replacing(table, table_of(made))
    told = certificate_of(plan, drawn, made, SystemClock().now())
    write_replacing(certificate, told.encode())
    _say(ctx, "made", entries=len(made), stage=stage, path=table, certificate=certificate)


@click.command("reproduce")
@click.argument("certificate", type=ExistingFile)
@click.argument("folder", type=ExistingFolder)
@click.pass_context
def reproduce_list(ctx: click.Context, certificate: Path, folder: Path) -> None:
    """Make a certified list again and compare it with the file (exit 3 if they differ)."""
    told = read_certificate(certificate.read_text(encoding="utf-8"), read_trial(folder))
    made = table_of(randomise(told.plan, told.seed))
    if hashlib.sha256(made).hexdigest() != told.sha256:
        _say(ctx, "not_made")
        sys.exit(Exit.ALTERED)
    table, _ = _paths(folder, told.plan.stage.code)
    same = table.is_file() and table.read_bytes() == made
    _say(ctx, "same" if same else "differs")
    if not same:
        sys.exit(Exit.ALTERED)


def _stage(trial: Trial, code: str) -> Stage:
    try:
        return trial.stage(StageCode(code))
    except LookupError as error:
        known = ", ".join(stage.code for stage in trial.stages)
        raise Refused([violation("randomise.stage", code, known=known)]) from error


def _sizes(blocks: str) -> tuple[int, ...]:
    try:
        return tuple(int(size) for size in blocks.split(","))
    except ValueError as error:
        raise click.UsageError(f"--blocks {blocks!r}: 3,6") from error


def _bytes_of(seed: str) -> bytes:
    try:
        return bytes.fromhex(seed)
    except ValueError:
        return b""  # refused as too short, in words


def _refuse_used(folder: Path, seed: bytes) -> None:
    for path in sorted(folder.glob("randomisation-*.toml")):
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            continue  # not one of ours
        if told.get("seed") == seed.hex():
            raise Refused([violation("randomise.seed_used", path.name)])


def _paths(folder: Path, stage: str) -> tuple[Path, Path]:
    return folder / f"allocations-{stage}.csv", folder / f"randomisation-{stage}.toml"


def _say(ctx: click.Context, what: str, **facts: object) -> None:
    print(SAID[what][language_of(ctx)].format(**facts))
