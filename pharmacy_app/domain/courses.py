"""Courses: which kits a subject may still take, on which day, and how likely each way is.

Made from the protocol alone: stages, ratios, admission, schedule. Every share is an exact fraction.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pharmacy_app.domain.ids import StageCode, VisitCode
from pharmacy_app.domain.readiness import Line, Source, line_of
from pharmacy_app.domain.trial import Stage, Trial


@dataclass(frozen=True, slots=True, order=True)
class Take:
    """A kit taken from a source, so many days after the first."""

    day: int
    source: Source


@dataclass(frozen=True, slots=True)
class Path:
    """One way through the stages, how likely it is, and the kits it takes by day."""

    share: Fraction
    takes: tuple[Take, ...]


Course = tuple[Path, ...]
"""Every way a subject may still go; their shares add up to 1."""


def schedule(trial: Trial) -> dict[VisitCode, int]:
    """Return the day of every scheduled visit after the enrolment, each held on its planned day."""
    days: dict[str, int] = {"enrolment": 0}
    for stage in trial.stages:
        for visit in stage.visits:
            if visit.window.anchor in days:
                days[visit.code] = days[visit.window.anchor] + visit.window.day
    scheduled = {visit.code for stage in trial.stages for visit in stage.visits if visit.scheduled}
    return {VisitCode(code): day for code, day in days.items() if code in scheduled}


def course(
    trial: Trial,
    days: Mapping[VisitCode, int],
    *,
    drawn: Mapping[StageCode, Line],
    entering: Fraction,
    consents: Mapping[StageCode, bool],
) -> Course:
    """Return every way on from where a subject stands.

    ``days`` are the visits to come, ``drawn`` the lines of the stages whose arm is known. Where a stage
    asks for a consent of its own, ``entering`` is the share that gives it; ``consents`` are those on
    record.
    """
    merged: dict[tuple[Take, ...], Fraction] = {}
    for share, lines in _ways(trial.stages, {}, drawn, entering, consents):
        takes = tuple(
            sorted(
                Take(days[visit.code], lines[stage.code].source)
                for stage in trial.stages
                if stage.code in lines
                for visit in stage.visits
                if visit.code in days
            )
        )
        merged[takes] = merged.get(takes, Fraction(0)) + share
    return tuple(Path(share, takes) for takes, share in merged.items() if share)


def _ways(
    stages: tuple[Stage, ...],
    lines: Mapping[StageCode, Line],
    drawn: Mapping[StageCode, Line],
    entering: Fraction,
    consents: Mapping[StageCode, bool],
) -> Iterator[tuple[Fraction, Mapping[StageCode, Line]]]:
    """Yield each way through the stages that are left, with its share."""
    if not stages:
        yield Fraction(1), lines
        return
    stage, rest = stages[0], stages[1:]
    for share, line in _next(stage, lines, drawn, entering, consents):
        further = lines if line is None else {**lines, stage.code: line}
        for later, whole in _ways(rest, further, drawn, entering, consents):
            yield share * later, whole


def _next(
    stage: Stage,
    lines: Mapping[StageCode, Line],
    drawn: Mapping[StageCode, Line],
    entering: Fraction,
    consents: Mapping[StageCode, bool],
) -> list[tuple[Fraction, Line | None]]:
    """Return the arms of a stage that a subject may come to, None for not coming to it."""
    if stage.code in drawn:
        return [(Fraction(1), drawn[stage.code])]
    before = {line.arm for line in lines.values()}
    if stage.allocated_in:
        there = lines.get(StageCode(stage.allocated_in))
        known = [arm for arm in stage.arms if there is not None and arm.code == there.arm]
        arms = [(Fraction(1), line_of(stage, arm)) for arm in known]
    else:
        ratios = sum(arm.ratio for arm in stage.arms)
        arms = [(Fraction(arm.ratio, ratios), line_of(stage, arm)) for arm in stage.arms]
    if not arms or (stage.after and before.isdisjoint(stage.after)):
        return [(Fraction(1), None)]
    share = _consenting(stage, entering, consents)
    return [(Fraction(1) - share, None), *((share * part, line) for part, line in arms)]


def _consenting(stage: Stage, entering: Fraction, consents: Mapping[StageCode, bool]) -> Fraction:
    if not stage.consent:
        return Fraction(1)
    return Fraction(consents.get(stage.code, entering))
