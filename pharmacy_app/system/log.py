"""The technical log: what the program did, never to whom or with which arm.

Only codes and plain technical facts can be written. Whatever a library logs is cut down to the
library's name and level, because its message might quote data.
"""

import logging
import re
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

NAME = "pharmacy_app.technical"
FILE_NAME = "program.log"
FILE_BYTES = 1_000_000
FILES_KEPT = 5
FACTS = frozenset(
    {"code", "command", "count", "exit_code", "language", "milliseconds", "page", "pid", "version"}
)
"""The only facts a line may carry: none of them can name a subject, a kit or an arm."""

_WORD = re.compile(r"[a-z0-9][a-z0-9_.+-]{0,39}")
_log = logging.getLogger(NAME)


class _TechnicalOnly(logging.Formatter):
    """Lays out our own lines and empties everyone else's."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record; of a foreign one only its origin and level."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        if record.name != NAME:
            return f"{when} {record.name} library.{record.levelname.lower()}"
        return f"{when} {NAME} {record.getMessage()}"


def start(folder: Path, file_bytes: int = FILE_BYTES) -> logging.Handler:
    """Log into ``folder`` from now on: five files of ``file_bytes``, the oldest thrown away.

    Return the handler; give it to `stop`.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = RotatingFileHandler(
        folder / FILE_NAME, maxBytes=file_bytes, backupCount=FILES_KEPT - 1, encoding="utf-8"
    )
    handler.setFormatter(_TechnicalOnly())
    logging.getLogger().addHandler(handler)
    _log.setLevel(logging.INFO)
    return handler


def stop(handler: logging.Handler) -> None:
    """End a log begun by `start` and close its file."""
    logging.getLogger().removeHandler(handler)
    handler.close()


def note(event: str, **facts: str | int) -> None:
    """Write one line: an event code and facts named in `FACTS`.

    Raises ValueError for any other fact and for text that is no short lower-case word: such text
    might be somebody's data.
    """
    foreign = sorted(facts.keys() - FACTS)
    if foreign:
        raise ValueError(f"facts the log must not carry: {', '.join(foreign)}")
    texts = [event, *(value for value in facts.values() if isinstance(value, str))]
    if not all(_WORD.fullmatch(text) for text in texts):
        raise ValueError("the log takes codes, not sentences")
    _log.info("%s", " ".join([event, *(f"{name}={value}" for name, value in facts.items())]))
