"""Amendments: which version of a protocol is in force for whom, and what it changes.

A later package may bring another version. It says from which day it holds, and whether for every
subject or for those enrolled from then on; what was begun before stays under the version it was
begun under.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.domain.trial import Applies, Trial

LONGEST_SAID = 180


@dataclass(frozen=True, slots=True)
class Change:
    """One setting that an amendment changes, by its path; None where it was not there, or is no more."""

    path: str
    before: str | None
    after: str | None

    @property
    def said(self) -> str:
        """The change in one line, the same in every language: path, before, after, long ones cut."""
        return f"{self.path}: {_cut(self.before)} → {_cut(self.after)}"


def _cut(value: str | None) -> str:
    """Return a value at a length that the record bears; the package itself keeps the whole."""
    said = value or "—"
    return said if len(said) <= LONGEST_SAID else said[: LONGEST_SAID - 1] + "…"


def in_force(trial: Trial, today: date, enrolled_on: date | None = None) -> bool:
    """Return whether a version holds today: at the site, or for a subject enrolled on a day there."""
    amendment = trial.amendment
    if amendment is None:
        return True
    if today < amendment.effective:
        return False
    for_all = amendment.applies is Applies.ALL_SUBJECTS
    return for_all or enrolled_on is None or enrolled_on >= amendment.effective


def changes(before: Trial, after: Trial) -> tuple[Change, ...]:
    """Return every setting in which two versions differ, in the order of the protocol.

    Parts with a code (stages, visits, arms, sites …) are compared with the part of the same code, so
    that a visit put in between changes no other.
    """
    return tuple(_changes(_plain(before), _plain(after), ""))


def _plain(trial: Trial) -> Mapping[str, object]:
    plain: Mapping[str, object] = msgspec.to_builtins(trial)
    return plain


def _changes(before: object, after: object, path: str) -> Iterator[Change]:
    if before == after:
        return
    mine, theirs = _parts(before), _parts(after)
    if mine is None and theirs is None:
        yield Change(path, _said(before), _said(after))
        return
    mine, theirs = mine or {}, theirs or {}
    for name in [*mine, *(name for name in theirs if name not in mine)]:
        inner = name if not path or name.startswith("[") else f".{name}"
        yield from _changes(mine.get(name), theirs.get(name), f"{path}{inner}")


def _parts(value: object) -> Mapping[str, object] | None:
    """Return a table by its keys, a list by the codes of its parts or their places; else None."""
    if isinstance(value, dict):
        return value
    if isinstance(value, (list, tuple)):
        return {f"[{_code_of(part) or n}]": part for n, part in enumerate(value, start=1)}
    return None


def _code_of(part: object) -> str:
    return str(part["code"]) if isinstance(part, dict) and "code" in part else ""


def _said(value: object) -> str | None:
    """Return a plain value as it stands in the protocol."""
    return None if value is None else str(value)


def unlawful(before: Trial, after: Trial) -> tuple[Violation, ...]:
    """Return why one version may not follow another.

    A changed protocol carries a higher version, and what doses were given under stays: no stage,
    visit, arm, kit type or site is taken away, or a recorded dose would have no protocol to be read by.
    Entries that were sealed stay where and as they are concealed, and training data stays training data.
    """
    if not changes(before, after):
        return ()
    found = []
    if after.version <= before.version:
        found.append(
            violation("package.version_not_raised", "", last=before.version, found=after.version)
        )
    gone = sorted(_codes(before) - _codes(after))
    found += [violation("package.taken_away", "", found=code) for code in gone]
    if before.training != after.training:
        found.append(violation("package.training_changed", ""))
    found += [
        violation("package.list_changed", "", stage=code) for code in _other_lists(before, after)
    ]
    return tuple(found)


def _other_lists(before: Trial, after: Trial) -> list[str]:
    """Return the stages whose entries were sealed for another concealment, or lie at another stage."""
    lists = {stage.code: (stage.concealment, stage.list_stage) for stage in after.stages}
    return [
        stage.code
        for stage in before.stages
        if lists.get(stage.code, (stage.concealment, stage.list_stage))
        != (stage.concealment, stage.list_stage)
    ]


def _codes(trial: Trial) -> set[str]:
    stages = {stage.code: stage for stage in trial.stages}
    arms = {f"{code}/{arm.code}" for code, stage in stages.items() for arm in stage.arms}
    visits = {f"{code}/{visit.code}" for code, stage in stages.items() for visit in stage.visits}
    sites = {f"site/{site.code}" for site in trial.sites}
    return {*stages, *arms, *visits, *sites, *(kit_type.code for kit_type in trial.kit_types)}
