"""The technical log: what the program did, never to whom or with which arm.

Only codes and plain technical facts can be written. Whatever a library logs is cut down to the
library's name and level, because its message might quote data.
"""

import logging
import re
import time
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


class _TechnicalOnly(logging.Filter):
    """Lets our own lines pass and empties everyone else's."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace a foreign message by its origin."""
        if record.name != NAME:
            record.msg, record.args = f"library.{record.levelname.lower()}", None
            record.exc_info = record.exc_text = record.stack_info = None
        return True


def start(folder: Path) -> logging.Handler:
    """Log into ``folder`` from now on: five files of 1 MB, the oldest thrown away.

    Return the handler; give it to `stop`.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = RotatingFileHandler(
        folder / FILE_NAME, maxBytes=FILE_BYTES, backupCount=FILES_KEPT - 1, encoding="utf-8"
    )
    layout = logging.Formatter("%(asctime)s.%(msecs)03dZ %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    layout.converter = time.gmtime
    handler.setFormatter(layout)
    handler.addFilter(_TechnicalOnly())
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
