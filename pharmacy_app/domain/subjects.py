"""Subjects: their numbers, the ways their part in the trial ends, and where they stand in it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pharmacy_app.domain.ids import StageCode, VisitCode
from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.domain.trial import Site, Stage


class Ending(StrEnum):
    """Why a subject gets no further dose. None of them stops reports, returns or accounting."""

    DEATH = "death"
    TRANSPLANTATION = "transplantation"
    WITHDRAWAL = "withdrawal"
    LOST = "lost"
    SCREEN_FAILURE = "screen_failure"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Ended:
    """How and on which day a subject's part ended."""

    because: Ending
    on: date


class Phase(StrEnum):
    """Where a subject stands; computed from what is recorded, never stored."""

    ENROLLED = "enrolled"
    TREATMENT = "treatment"
    FOLLOW_UP = "follow_up"
    COMPLETE = "complete"
    ENDED = "ended"


def phase(
    stages: Collection[Stage],
    opened: Collection[StageCode],
    settled: Collection[VisitCode],
    ended: Ended | None,
) -> Phase:
    """Return where a subject stands.

    ``opened`` are the stages whose allocation is open, ``settled`` the visits whose dose was handed
    over or that were missed. After the last visit of the newest stage comes the follow-up: until the
    next stage is opened, or the end is recorded.
    """
    if ended is not None:
        return Phase.COMPLETE if ended.because is Ending.COMPLETED else Phase.ENDED
    mine = [stage for stage in stages if stage.list_stage in opened]
    if not mine:
        return Phase.ENROLLED
    due = [visit.code for visit in mine[-1].visits if visit.scheduled]
    waiting = [visit for visit in due if visit not in settled]
    return Phase.TREATMENT if waiting else Phase.FOLLOW_UP


def unlawful_number(number: str, site: Site) -> Violation | None:
    """Return why a number cannot be that of one of the site's subjects, or None."""
    if not number.strip():
        return violation("subject.number_missing", "", site=site.code, pattern=site.subject_pattern)
    if re.fullmatch(site.subject_pattern, number, re.ASCII):
        return None
    return violation("subject.number", number, site=site.code, pattern=site.subject_pattern)


def no_further_dose(subject: str, ended: Ended | None) -> Violation | None:
    """Return why no dose may be begun for a subject whose part has ended."""
    if ended is None:
        return None
    return violation("subject.ended", subject, because=f"ending.{ended.because}", on=ended.on)


def unlawful_ending(
    subject: str, because: Ending, on: date, today: date, *, allocated: bool, ended: Ended | None
) -> tuple[Violation, ...]:
    """Return why an ending may not be recorded: twice, in the future, or as a screen failure late."""
    found = (
        no_further_dose(subject, ended),
        None if on <= today else violation("subject.ends_later", subject, on=on, today=today),
        violation("subject.no_screen_failure", subject)
        if because is Ending.SCREEN_FAILURE and allocated
        else None,
    )
    return tuple(v for v in found if v is not None)
