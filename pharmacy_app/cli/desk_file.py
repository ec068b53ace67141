"""``main.py sponsor desk-list`` and ``desk-cards``: the randomisation desk opens its sealed file."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from pharmacy_app.cli.main import language_of
from pharmacy_app.cli.unlocking import typed_line
from pharmacy_app.documents.cards import RELEASE, UNBLINDING, Card, render
from pharmacy_app.domain.refusal import EnvironmentProblem, refuse, violation
from pharmacy_app.domain.trial import Text, Trial
from pharmacy_app.exchange.tables import write_table
from pharmacy_app.sponsor.desk_file import DeskLine, DeskList, read_desk_file
from pharmacy_app.sponsor.sources import read_trial
from pharmacy_app.system.clock import SystemClock
from pharmacy_app.system.files import write_replacing
from pharmacy_app.wording import Language

ExistingFile = click.Path(exists=True, dir_okay=False, path_type=Path)
ExistingFolder = click.Path(exists=True, file_okay=False, path_type=Path)
NewFile = click.Path(dir_okay=False, path_type=Path)
HEADER = (
    "sequence",
    "site",
    "stratum",
    "entry",
    "release_code",
    "arm",
    "unblinding_code",
    "subject",
    "given_at",
)
SAID: Mapping[str, Mapping[Language, str]] = {
    "code": {"en": "Code of the desk's letter", "zh": "随机化中心函件中的代码"},
    "wrote": {"en": "Wrote {path}. UNBLINDED: keep it at the desk.", "zh": "已写出 {path}。含揭盲信息，请仅存放于随机化中心。"},
    "cards": {"en": "Wrote {path}: {count} cards, none names a group.", "zh": "已写出 {path}：{count} 张卡片，均不含组别。"},
}  # fmt: skip


@click.command("desk-list")
@click.argument("file", type=ExistingFile)
@click.option("--out", type=ExistingFolder, required=True, help="A folder of the desk's own.")
@click.pass_context
def desk_list(ctx: click.Context, file: Path, out: Path) -> None:
    """Open the desk's sealed FILE into release-codes-STAGE.csv. UNBLINDED."""
    opened = _opened(ctx, file)
    stages = dict.fromkeys(line.stage for line in opened.lines)
    paths = {stage: out / f"release-codes-{stage}.csv" for stage in stages}
    _refuse_existing(*paths.values())
    for stage, path in paths.items():
        write_replacing(path, table_of([line for line in opened.lines if line.stage == stage]))
        print(SAID["wrote"][language_of(ctx)].format(path=path))


@click.command("desk-cards")
@click.argument("file", type=ExistingFile)
@click.option("--trial", "folder", type=ExistingFolder, required=True, help="Where trial.toml is.")
@click.option("--out", type=NewFile, required=True, help="A new PDF file.")
@click.pass_context
def desk_cards(ctx: click.Context, file: Path, folder: Path, out: Path) -> None:
    """Print the codes of the desk's sealed FILE as cards to scratch; none names an arm."""
    trial, opened = read_trial(folder), _opened(ctx, file)
    refuse(
        None
        if opened.trial == trial.code
        else violation("bundle.foreign_trial", file.name, expected=trial.code, found=opened.trial)
    )
    _refuse_existing(out)
    cards = list(cards_of(opened, trial))
    write_replacing(out, render(cards))
    print(SAID["cards"][language_of(ctx)].format(path=out, count=len(cards)))


def table_of(lines: list[DeskLine]) -> bytes:
    """Return the list from which the desk reads codes; it names arms: unblinded."""
    return write_table(
        HEADER,
        [
            (
                line.sequence,
                line.site,
                line.stratum or None,
                line.entry_id,
                line.code,
                line.arm,
                line.unblinding_code,
                None,
                None,
            )
            for line in lines
        ],
    )


def cards_of(opened: DeskList, trial: Trial) -> Iterator[Card]:
    """Yield the cards: site by site, release codes before unblinding codes, each in its order."""
    for purpose in (RELEASE, UNBLINDING):
        for line in sorted(opened.lines, key=lambda line: (line.site, line.stage, line.sequence)):
            code = line.code if purpose is RELEASE else line.unblinding_code
            if code:
                yield _card(line, trial, purpose, code)


def _card(line: DeskLine, trial: Trial, purpose: Text, code: str) -> Card:
    return Card(
        trial=trial.code,
        site=line.site,
        site_name=trial.site(line.site).name,
        stage_name=trial.stage(line.stage).name,
        purpose=purpose,
        number=line.sequence,
        stratum=line.stratum,
        entry=line.entry_id,
        code=code,
        training=trial.training,
    )


def _opened(ctx: click.Context, file: Path) -> DeskList:
    if sys.stdin.isatty():
        said = SAID["code"][language_of(ctx)]
        code = str(click.prompt(said, hide_input=True, err=True))
    else:
        code = typed_line()
    return read_desk_file(file.read_bytes(), code, SystemClock().now())


def _refuse_existing(*paths: Path) -> None:
    for path in paths:
        if path.exists():
            raise EnvironmentProblem("sponsor.output_exists", str(path))
