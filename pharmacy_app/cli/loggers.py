"""``main.py receive loggers`` and ``forget-logger``: what was answered about the files of temperature loggers."""

import click

from pharmacy_app.cli.desk import CommandDesk, Said, at_desk
from pharmacy_app.workflows import logger_profiles

FORGOTTEN: Said = {"en": "Nothing is kept of {logger} any more.", "zh": "已清除 {logger} 的设置。"}
PROFILES: tuple[Said, ...] = (
    {"en": "Logger", "zh": "记录仪"},
    {"en": "Layout", "zh": "版式"},
    {"en": "Answers", "zh": "回答"},
    {"en": "Kept", "zh": "保存时间"},
)


@click.command()
@at_desk
def loggers(desk: CommandDesk) -> None:
    """List what was answered about the files of temperature loggers."""
    desk.table(
        PROFILES,
        [
            (
                profile.serial or None,
                profile.fingerprint,
                ", ".join(f"{name}={answer}" for name, answer in profile.answers.items()),
                profile.kept_at,
            )
            for profile in logger_profiles.profiles(desk.pharmacy)
        ],
    )


@click.command("forget-logger")
@click.option("--serial", default="", help="The logger's serial number, if its files name one.")
@click.option("--layout", required=True, help="The layout, as listed.")
@at_desk
def forget_logger(desk: CommandDesk, serial: str, layout: str) -> None:
    """Forget what is kept of a logger: its next file is asked about again."""
    logger_profiles.forget(desk.pharmacy, serial, layout)
    desk.say(FORGOTTEN, logger=serial or layout)
