"""What people answered about a logger's files: kept with the reading, used for the next file."""

from collections.abc import Callable, Mapping
from datetime import tzinfo

from pharmacy_app.domain.events.excursion import UnitLoggerRead
from pharmacy_app.domain.events.loggers import KeptAnswer, ProfileForgotten, ProfileKept
from pharmacy_app.domain.events.stock import LoggerRead
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import refuse, violation
from pharmacy_app.domain.temperature import summarise
from pharmacy_app.exchange.loggers import Kept, LoggerFile, NeedsAnswers, Step, read_logger
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import loggers as queries
from pharmacy_app.records.queries.unblinded.loggers import Profile
from pharmacy_app.workflows.pharmacy import Pharmacy

OF_ONE_FILE = frozenset({"sensor_code"})
"""What is asked about the numbers of one file, and says nothing of the next."""


def profiles(pharmacy: Pharmacy) -> list[Profile]:
    """Return what is kept, by serial number and layout."""
    return queries.profiles(pharmacy.reader)


def kept(pharmacy: Pharmacy) -> Kept:
    """Return a function that knows what is kept of a logger, for `read_logger` on any thread."""
    known = {(p.serial, p.fingerprint): p.answers for p in profiles(pharmacy)}

    def answers(serial: str, fingerprint: str) -> Mapping[str, str]:
        return known.get((serial, fingerprint), {})

    return answers


def to_keep(pharmacy: Pharmacy, read: LoggerFile) -> list[ProfileKept]:
    """Return what is to be recorded beside a reading: nothing, or answers given for the first time."""
    lasting = {n: a for n, a in {**read.recalled, **read.given}.items() if n not in OF_ONE_FILE}
    known = kept(pharmacy)(read.serial, read.fingerprint)
    answers = {**known, **lasting}
    if answers == known:
        return []
    pairs = sorted(answers.items())
    return [
        ProfileKept(
            serial=read.serial,
            fingerprint=read.fingerprint,
            answers=tuple(KeptAnswer(name=name, answer=answer) for name, answer in pairs),
        )
    ]


def reading_again(
    logger: LoggerRead | UnitLoggerRead, raw: bytes, zone: tzinfo, known: Kept
) -> Callable[[Step], LoggerFile | None]:
    """Return a function that reads an original again, on any thread: for its curve and its report.

    It returns None where the answers that were given are not kept, or give other figures.
    """

    def read(step: Step, code: str) -> LoggerFile | None:
        answers: dict[str, str] = {}
        found = read_logger(raw, answers, zone, kept=known, step=step)
        while isinstance(found, NeedsAnswers):
            kept_now = {**known(found.serial, found.fingerprint), "sensor_code": code}
            more = {q.name: kept_now[q.name] for q in found.questions if q.name in kept_now}
            if not more:
                return None
            answers |= more
            found = read_logger(raw, answers, zone, kept=known, step=step)
        return found if _agrees(found, logger) else None

    def either(step: Step) -> LoggerFile | None:
        return read(step, "code") or read(step, "reading")

    return either


def _agrees(read: LoggerFile, logger: LoggerRead | UnitLoggerRead) -> bool:
    summary = summarise(read.readings, read.interval)
    found = (summary.begins, summary.ends, summary.readings, summary.coded, summary.max_c)
    told = (logger.first_at, logger.last_at, logger.readings, logger.without_number, logger.max_c)
    return found == told


def forget(pharmacy: Pharmacy, serial: str, fingerprint: str, *, op_id: str = "") -> Appended:
    """Forget what was kept of a logger: its next file is asked about again.

    Raises Refused ``logger.no_profile``.
    """
    known = {(p.serial, p.fingerprint) for p in profiles(pharmacy)}
    record = serial or fingerprint
    refuse(None if (serial, fingerprint) in known else violation("logger.no_profile", record))
    event = ProfileForgotten(serial=serial, fingerprint=fingerprint)
    return pharmacy.record(Task.RECEIVE, event, op_id=op_id)
