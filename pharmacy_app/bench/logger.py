"""Reading a logger's file of a hundred thousand lines, beside a bare loop over its cells."""

import csv
import io
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from pharmacy_app.bench.figure import Figure, Seconds, compared, milliseconds
from pharmacy_app.exchange.loggers import read_logger

LINES = 100_000
GOAL = 1.0
REPEATS = 7
ZONE = ZoneInfo("Asia/Shanghai")
_FORMAT = "%Y-%m-%d %H:%M:%S"


def measured(seconds: Seconds, repeats: int) -> Figure:
    """Return the figure: everything that reading a file asks and notes, against bare conversion."""
    text = written(LINES)
    raw = text.encode()
    return compared(
        "logger_file",
        lambda: milliseconds(seconds, lambda: read_logger(raw, {}, ZONE)),
        lambda: milliseconds(seconds, lambda: bare(text)),
        goal=GOAL,
        repeats=repeats,
    )


def written(lines: int) -> str:
    """Return a file with a reading a minute, the temperature going up and down by hundredths."""
    at, minute = datetime(2026, 1, 1), timedelta(minutes=1)  # noqa: DTZ001 - as a logger writes it
    body = (
        f"{n + 1},{at + n * minute:%Y-%m-%d %H:%M:%S},{-190 + n * 37 % 1000 / 100:.2f}\n"
        for n in range(lines)
    )
    return "No.,Time (UTC+08:00),Temp °C\n" + "".join(body)


def bare(text: str) -> list[tuple[datetime, Decimal]]:
    """Return time and temperature of every line, with nothing asked and nothing checked."""
    rows = csv.reader(io.StringIO(text))
    next(rows)
    return [
        (datetime.strptime(at, _FORMAT).replace(tzinfo=ZONE), Decimal(value))
        for _, at, value in rows
    ]
