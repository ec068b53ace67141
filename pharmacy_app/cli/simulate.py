"""``main.py simulate``: a whole trial through the real workflows, and what must hold of it."""

import tempfile
from pathlib import Path

import click

from pharmacy_app.cli.exits import Exit
from pharmacy_app.cli.main import language_of
from pharmacy_app.simulation.report import Report, in_words
from pharmacy_app.simulation.run import simulate as play
from pharmacy_app.simulation.settings import PER_MILLE, Rates, Settings
from pharmacy_app.wording import Language
from pharmacy_app.workflows.texts import storable

SAID: dict[str, dict[Language, str]] = {
    "seed": {
        "en": "seed {seed}: {doses} doses, {refusals} refusals, {events} events, {holds}",
        "zh": "种子 {seed}：{doses} 个剂次，{refusals} 项拒绝，{events} 个事件，{holds}",
    },
    "holds": {"en": "every invariant holds", "zh": "全部不变量成立"},
    "broken": {"en": "NOT EVERYTHING HOLDS", "zh": "有不变量不成立"},
    "out": {"en": "Name a folder with --out.", "zh": "请用 --out 指定文件夹。"},
}


@click.command()
@click.option(
    "--subjects", default=150, show_default=True, help="Enrolled in all, in whole blocks."
)
@click.option("--sites", default=4, show_default=True, help="Each with a vault of its own.")
@click.option("--seed", default="1", show_default=True, help="The same seed, the same ledgers.")
@click.option(
    "--mortality",
    type=click.IntRange(0, 100),
    default=30,
    show_default=True,
    help="Of the first 28 days, %.",
)
@click.option("--out", type=click.Path(path_type=Path), help="A new folder for vaults and report.")
@click.option(
    "--seeds",
    type=click.IntRange(1, 10_000),
    default=1,
    show_default=True,
    help="So many seeds, SEED, SEED+1 …; nothing kept.",
)
@click.pass_context
def simulate(
    ctx: click.Context,
    *,
    subjects: int,
    sites: int,
    seed: str,
    mortality: int,
    out: Path | None,
    seeds: int,
) -> None:
    """Play a whole trial at simulated sites and report on it. UNBLINDED, training data only.

    Ends with 0 if every invariant holds and every ledger verifies with a replay, else with 2.
    """
    language = language_of(ctx)
    if storable(seed) != seed:
        raise click.UsageError(f"--seed {storable(seed)}")
    rates = Rates(mortality=mortality * PER_MILLE // 100)
    held = True
    if seeds > 1:
        first = int(seed) if seed.isdecimal() else None
        for n in range(seeds):
            name = f"{seed}.{n}" if first is None else str(first + n)
            with tempfile.TemporaryDirectory() as kept:
                report = play(Settings(subjects, sites, name, rates), Path(kept) / "trial")
            _tell_line(report, language)
            held = held and report.holds
    elif out is None:
        raise click.UsageError(SAID["out"][language])
    else:
        report = play(Settings(subjects, sites, seed, rates), out)
        print(in_words(report), end="")
        held = report.holds
    if not held:
        ctx.exit(Exit.REFUSED)


def _tell_line(report: Report, language: Language) -> None:
    holds = SAID["holds" if report.holds else "broken"][language]
    print(
        SAID["seed"][language].format(
            seed=report.seed,
            doses=sum(report.doses.values()),
            refusals=sum(report.refusals.values()),
            events=sum(ledger.events for ledger in report.ledgers),
            holds=holds,
        ),
        flush=True,
    )
    for sentence in report.broken:
        print(f"  {sentence}")
