"""The figures of a logger's file in words: the same for a shipment and a storage unit."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from pharmacy_app.domain.events.excursion import UnitLoggerRead
from pharmacy_app.domain.events.stock import LoggerRead
from pharmacy_app.domain.temperature import TimeOutside, minutes
from pharmacy_app.domain.unit_logs import Judged
from pharmacy_app.ui import wording

translate = QCoreApplication.translate


def figures_said(told: LoggerRead | UnitLoggerRead, judged: Judged | None) -> Sequence[str]:
    """Return the figures, line by line; what was too cold only where the readings are at hand."""
    span = translate(
        "LoggerFigures", "{count} readings, {begins} to {ends}, logger {serial}"
    ).format(
        count=told.readings,
        begins=wording.moment(told.first_at),
        ends=wording.moment(told.last_at),
        serial=told.serial or "–",
    )
    range_ = translate("LoggerFigures", "Coldest {low} °C, warmest {high} °C").format(
        low=_degrees(told.min_c), high=_degrees(told.max_c)
    )
    above = translate(
        "LoggerFigures",
        "Above the upper limit of {limit} °C: {minutes} min in all, {longest} at a stretch",
    )
    upper = above.format(
        limit=_degrees(told.limit_c),
        minutes=minutes(timedelta(seconds=told.seconds_above)),
        longest=minutes(timedelta(seconds=told.longest_above)),
    )
    lower = [] if judged is None else [_too_cold(judged.below)]
    cut = translate("LoggerFigures", "The file breaks off: it is not the whole journey.")
    broken = [cut] if isinstance(told, LoggerRead) and told.cut else []
    return [span, range_, upper, *lower, _missing(told), *broken]


def _too_cold(below: TimeOutside | None) -> str:
    if below is None:
        return translate("LoggerFigures", "No lower limit is set")
    said = translate(
        "LoggerFigures",
        "Below the lower limit of {limit} °C: {minutes} min in all, {longest} at a stretch",
    )
    return said.format(
        limit=_degrees(below.limit_c),
        minutes=minutes(below.total),
        longest=minutes(below.longest),
    )


def _missing(told: LoggerRead | UnitLoggerRead) -> str:
    said = translate(
        "LoggerFigures", "Times without readings: {gaps}; readings that are codes: {codes}"
    )
    return said.format(gaps=told.gaps, codes=told.without_number)


def _degrees(value: object) -> str:
    return "–" if value is None else f"{value}".replace("-", "−")
