"""The longest lawful content of a trial's labels: the widest text of each pattern, every site, any visit."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from re import _constants as codes  # type: ignore[attr-defined] # typeshed knows no parser of patterns
from re import _parser as parser  # type: ignore[attr-defined] # the same
from typing import Any

from pharmacy_app.documents.fonts import BOLD, width
from pharmacy_app.domain.blinding import BlindedDose, BlindedLabel
from pharmacy_app.domain.ids import DoseId, KitNumber, LabelId, SubjectId
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.trial import Site, Trial

MOST_REPEATS = 20
"""How often a pattern without an upper bound is taken to repeat; no code in a symbol is longer."""
OF_A_DOSE = (LabelKind.BAG, LabelKind.OUTER, LabelKind.SMALL)
_ANY = "".join(map(chr, range(0x21, 0x7F)))
_CLASSES: dict[Any, str] = {
    codes.CATEGORY_DIGIT: "0123456789",
    codes.CATEGORY_WORD: "".join(c for c in _ANY if c.isalnum()) + "_",
    codes.CATEGORY_SPACE: " ",
}
_WIDEST_DOSE = DoseId("D-MMMMMMM")
_SOME_DAY = datetime(2030, 12, 28, 20, 58, tzinfo=UTC)


def longest_labels(
    trial: Trial, sites: Sequence[Site], lots: Iterable[str]
) -> Iterator[BlindedLabel]:
    """Yield, for every kind of label that the trial has and every site, the one hardest to fit."""
    visits = [visit for stage in trial.stages for visit in stage.visits]
    visit = max(visits, key=lambda one: _wide(one.code))
    lot = max(lots, key=_wide, default="")
    for site in sites:
        dose = BlindedDose(
            dose_id=_WIDEST_DOSE,
            trial_code=trial.code,
            protocol=trial.protocol,
            site=site.code,
            site_name=site.name,
            investigator=site.investigator,
            zone=site.zone,
            subject=SubjectId(widest(site.subject_pattern)),
            visit=visit.code,
            visit_name=visit.name,
            kit=KitNumber(widest(trial.kit_numbers.pattern)),
            blinded_lot=lot,
            final_volume_ml=trial.dose.final_volume_ml,
            use_before=_SOME_DAY,
            training=trial.training,
        )
        for kind in OF_A_DOSE:
            if trial.labelling.template(kind):
                yield BlindedLabel(
                    label_id=LabelId(f"{dose.dose_id}/99"),
                    copy=99,
                    dose=dose,
                    sponsor=trial.sponsor,
                    texts=trial.label,
                    kind=kind,
                    labelling=trial.labelling,
                )


@lru_cache(maxsize=64)
def widest(pattern: str) -> str:
    """Return the widest text, in bold type, that a regular expression matches.

    Raises re.error for what is none.
    """
    return _widest(parser.parse(pattern, re.ASCII))


def _widest(parsed: Iterable[tuple[Any, Any]]) -> str:
    return "".join(_step(kind, value) for kind, value in parsed)


def _step(kind: Any, value: Any) -> str:
    if kind is codes.LITERAL:
        return chr(value)
    if kind is codes.SUBPATTERN:
        return _widest(value[-1])
    if kind is codes.BRANCH:
        return max((_widest(way) for way in value[1]), key=_wide)
    if kind in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        least, most, repeated = value
        times = max(least, MOST_REPEATS) if most is codes.MAXREPEAT else most
        return _widest(repeated) * int(times)
    return max(_choices(kind, value), key=_wide, default="")


def _choices(kind: Any, value: Any) -> str:
    """Return the characters of which one is matched; none where a step matches no character."""
    if kind is codes.IN:
        chosen = {
            choice for one in value if one[0] is not codes.NEGATE for choice in _choices(*one)
        }
        negated = value[0][0] is codes.NEGATE
        return "".join(set(_ANY) - chosen) if negated else "".join(chosen)
    if kind is codes.RANGE:
        return "".join(map(chr, range(value[0], value[1] + 1)))
    if kind is codes.LITERAL:
        return chr(value)
    if kind is codes.CATEGORY:
        return _CLASSES.get(value, _ANY)
    return _ANY if kind in {codes.ANY, codes.NOT_LITERAL} else ""


def _wide(text: str) -> float:
    return width(text, BOLD, 1)
