"""A logger's file at the command line: read, asked about, shown before it is recorded."""

import sys
from collections.abc import Callable, Mapping

import click

from pharmacy_app.cli.desk import CommandDesk, Said
from pharmacy_app.domain.readings import Sample
from pharmacy_app.exchange.loggers import LoggerFile, NeedsAnswers, read_logger
from pharmacy_app.wording import worded
from pharmacy_app.workflows import logger_profiles

SHOWN = 3
"""Readings from each end."""
SAID: Mapping[str, Said] = {
    "asked": {
        "en": "The file leaves a question open: {name} ({example}). Give --answer {name}={choices}",
        "zh": "文件有未明之处：{name}（{example}）。请给出 --answer {name}={choices}",
    },
    "before": {
        "en": "For such a file it was {answer} last time.",
        "zh": "此类文件上次的回答为 {answer}。",
    },
    "understood": {
        "en": "{readings} readings, {begins} to {ends}, every {step} s, logger {serial}.",
        "zh": "共 {readings} 个读数，{begins} 至 {ends}，间隔 {step} 秒，记录仪 {serial}。",
    },
    "given": {"en": "Answered: {name}={answer}", "zh": "已回答：{name}={answer}"},
    "recalled": {
        "en": "Known of this logger: {name}={answer}",
        "zh": "沿用该记录仪的设置：{name}={answer}",
    },
}
READINGS: tuple[Said, ...] = ({"en": "Time", "zh": "时间"}, {"en": "°C", "zh": "℃"})


def read_file(desk: CommandDesk, raw: bytes, answers: Mapping[str, str]) -> LoggerFile:
    """Return a file that was read; say what it leaves open and end where it cannot be."""
    pharmacy = desk.pharmacy
    kept = logger_profiles.kept(pharmacy)
    read = read_logger(raw, answers, pharmacy.zone, kept=kept, step=_counting())
    if isinstance(read, LoggerFile):
        return read
    tell_open(desk, read)
    raise click.UsageError("--answer")


def tell_open(desk: CommandDesk, asked: NeedsAnswers) -> None:
    """Say every question that a file leaves open, with what was answered last time."""
    for question in asked.questions:
        choices = "|".join(question.choices)
        desk.say(SAID["asked"], name=question.name, example=question.example, choices=choices)
        if question.default and question.name != "zone":
            desk.say(SAID["before"], answer=question.default)


def _counting() -> Callable[[int, int], None]:
    """Return what shows on a terminal how far a large file is; nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda _done, _of: None

    def show(done: int, of: int) -> None:
        click.echo(f"\r{done:,} / {of:,}", nl=done == of, err=True)

    return show


def show_preview(desk: CommandDesk, read: LoggerFile) -> None:
    """Show the first and last readings in the site's time, what was answered, and the notes."""
    readings = read.readings
    desk.say(
        SAID["understood"],
        readings=len(readings),
        begins=readings[0].at,
        ends=readings[-1].at,
        step=f"{read.interval.total_seconds():g}",
        serial=read.serial or "–",
    )
    for said, answers in (("given", read.given), ("recalled", read.recalled)):
        for name, answer in answers.items():
            desk.say(SAID[said], name=name, answer=answer)
    shown = [*readings[:SHOWN], *readings[max(SHOWN, len(readings) - SHOWN) :]]
    desk.table(READINGS, [(sample.at, _shown(sample)) for sample in shown])
    for note in read.notes:
        click.echo(worded(note, desk.language, desk.pharmacy.zone).found)


def _shown(sample: Sample) -> str:
    return sample.code if sample.celsius is None else f"{sample.celsius:f}"
