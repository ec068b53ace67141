"""``main.py unblind``: planned unblinding, the emergency code break, accidents."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from pharmacy_app.cli.desk import CommandDesk, Moment, Said, at_desk, in_utc
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.domain.ids import StageCode
from pharmacy_app.domain.unblinding import Category
from pharmacy_app.workflows import code_break, papers, unblinding
from pharmacy_app.workflows.code_break import Request

Folder = click.Path(exists=True, file_okay=False, path_type=Path)
NoticeFile = click.Path(exists=True, dir_okay=False, path_type=Path)

SAID: dict[str, Said] = {
    "code": {"en": "Unblinding code", "zh": "揭盲码"},
    "unblinded": {
        "en": "Stage {stage} of {subject} unblinded as planned.",
        "zh": "受试者 {subject} 的阶段 {stage} 已按计划揭盲。",
    },
    "broken": {
        "en": "Code of {subject} broken. The letter is for {who} alone: seal it.",
        "zh": "受试者 {subject} 已紧急揭盲。揭盲函仅交 {who}，请密封。",
    },
    "rehearsed": {
        "en": "Rehearsed for {subject}; nothing was told.",
        "zh": "已为受试者 {subject} 演练；未透露任何组别。",
    },
    "wrote": {"en": "Wrote {path}", "zh": "已写出 {path}"},
    "noted": {
        "en": "Accidental unblinding of {subject} recorded.",
        "zh": "已登记受试者 {subject} 的意外揭盲。",
    },
}


@click.group()
def unblind() -> None:
    """Unblind a subject: as planned, in an emergency, or by accident."""


@unblind.command()
@click.argument("number")
@click.argument("stage")
@click.option("--notice", type=NoticeFile, help="The sponsor's signed notice, in place of a code.")
@click.option("--early", default="", help="Why before the protocol's day: a deviation.")
@at_desk
def planned(desk: CommandDesk, *, number: str, stage: str, notice: Path | None, early: str) -> None:
    """Unblind one stage of one subject on the desk's code or the sponsor's notice; signed."""
    asked, own = StageCode(stage), desk.own()
    if notice is None:
        code = desk.prompter.ask(SAID["code"][desk.language])
        unblinding.unblind_by_code(desk.pharmacy, number, asked, code, own, early=early)
    else:
        told = notice.read_bytes()
        unblinding.unblind_by_notice(desk.pharmacy, number, asked, told, own, early=early)
    desk.say(SAID["unblinded"], subject=number, stage=stage)


def request_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add what a request for a code break consists of, and where its papers go."""
    for option in (
        click.option("--to", type=Folder, required=True, help="Folder for the papers."),
        click.option("--reason", required=True, help="Why, in words."),
        click.option(
            "--category",
            type=click.Choice([one.value for one in Category]),
            required=True,
        ),
        click.option("--role", required=True, help="What the requester is."),
        click.option("--requester", required=True, help="Who asks: name."),
        click.argument("number"),
    ):
        command = option(command)
    return command


@unblind.command()
@click.option("--again", is_flag=True, help="Somebody else asks after an earlier code break.")
@click.option("--witness", help="A second person, who signs too.")
@request_options
@at_desk
def emergency(
    desk: CommandDesk, *, number: str, to: Path, witness: str | None, again: bool, **asked: str
) -> None:
    """Break the code of one subject; the treatment stands in the letter alone."""
    signers = [desk.own(), *([desk.credential(witness)] if witness else [])]
    request = replace(_request(**asked), again=again)
    broken = code_break.break_code(desk.pharmacy, number, request, signers)
    _write(desk, number, to, broken.letter, broken.notice)
    desk.say(SAID["broken"], subject=number, who=asked["requester"])


@unblind.command()
@request_options
@at_desk
def rehearse(desk: CommandDesk, *, number: str, to: Path, **asked: str) -> None:
    """Walk the way to a code break for practice: nothing is told or changed."""
    _write(desk, number, to, code_break.rehearse(desk.pharmacy, number, _request(**asked)))
    desk.say(SAID["rehearsed"], subject=number)


def _request(*, requester: str, role: str, category: str, reason: str) -> Request:
    return Request(requester, role, Category(category), reason)


@unblind.command()
@click.argument("number")
@click.option("--to", type=Folder, required=True, help="Folder for the letters.")
@at_desk
def letter(desk: CommandDesk, number: str, to: Path) -> None:
    """Write every letter of a code break again, exactly as it was made."""
    kept = code_break.kept_papers(desk.pharmacy, number)
    _write(desk, number, to, *(broken.letter for broken in kept))


@unblind.command()
@click.argument("number")
@click.argument("stage")
@click.option("--who", required=True, help="Who learnt it, or may have.")
@click.option("--how", required=True, help="What happened; never the arm.")
@click.option("--noticed", type=Moment(), help="Otherwise now.")
@at_desk
def accident(
    desk: CommandDesk, *, number: str, stage: str, who: str, how: str, noticed: datetime | None
) -> None:
    """Record that somebody who should be blind learnt, or may have learnt, an arm."""
    pharmacy = desk.pharmacy
    at = pharmacy.now() if noticed is None else in_utc(noticed, pharmacy.zone)
    unblinding.note_accident(pharmacy, number, StageCode(stage), who=who, how=how, noticed_at=at)
    desk.say(SAID["noted"], subject=number)


def _write(desk: CommandDesk, number: str, folder: Path, *made: Paper) -> None:
    printer = papers.folder_printer(folder)
    for paper in made:
        outcome = papers.print_paper(desk.pharmacy, paper, f"subject/{number}", printer)
        desk.say(SAID["wrote"], path=outcome.job)
