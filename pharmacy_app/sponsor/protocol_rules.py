"""What must agree within a protocol whose shape is right; every disagreement with its place."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from pharmacy_app.domain.check_characters import is_valid
from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.domain.trial import Amount, Contents, KitType, LabelTexts, Stage, Text, Trial
from pharmacy_app.sponsor.toml_places import Path

ENROLMENT = "enrolment"
PLACEBO = {"en": "placebo", "zh": "安慰剂"}
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")

Disagreement = tuple[Path, Violation]
Number = Decimal | int


def disagreements(trial: Trial) -> Iterator[Disagreement]:
    """Yield everything in the protocol that contradicts itself, with the path of its key.

    The record of each violation is still empty: whoever knows the file fills in the place.
    """
    yield from _codes(trial)
    yield from _arms(trial)
    yield from _anchors(trial)
    yield from _followed(trial)
    yield from _sequences(trial)
    yield from _amounts(trial)
    yield from _patterns(trial)
    yield from _zones(trial)
    yield from _ranges(trial)
    yield from _cold_chain(trial)
    yield from _release(trial)
    yield from _label(trial)


def _wrong(rule: str, path: Path, expected: str, found: object) -> Disagreement:
    return path, violation(f"protocol.{rule}", "", expected=expected, found=str(found))


def _codes(trial: Trial) -> Iterator[Disagreement]:
    """Codes name files, labels and columns: plain ASCII, each once among its kind."""
    yield from _each_once([(("code",), trial.code)])
    yield from _each_once([(("sites", n, "code"), s.code) for n, s in enumerate(trial.sites)])
    yield from _each_once(
        [(("kit_types", n, "code"), k.code) for n, k in enumerate(trial.kit_types)]
    )
    yield from _each_once([(("stages", n, "code"), s.code) for n, s in enumerate(trial.stages)])
    for number, stage in enumerate(trial.stages):
        yield from _each_once(
            [(("stages", number, "arms", n, "code"), arm.code) for n, arm in enumerate(stage.arms)]
        )
    yield from _each_once(
        [
            (("stages", number, "visits", n, "code"), visit.code)
            for number, stage in enumerate(trial.stages)
            for n, visit in enumerate(stage.visits)
        ]
    )


def _each_once(codes: Iterable[tuple[Path, str]]) -> Iterator[Disagreement]:
    seen: set[str] = set()
    for path, code in codes:
        if _CODE.fullmatch(code) is None:
            yield _wrong("value_wrong_here", path, _CODE.pattern, code)
        if code in seen:
            yield path, violation("protocol.code_repeated", "", found=code)
        seen.add(code)


def _arms(trial: Trial) -> Iterator[Disagreement]:
    types = [kit_type.code for kit_type in trial.kit_types]
    for number, stage in enumerate(trial.stages):
        for n, arm in enumerate(stage.arms):
            if arm.kit_type not in types:
                path = ("stages", number, "arms", n, "kit_type")
                yield _wrong("unknown_code", path, ", ".join(types), arm.kit_type)


def _anchors(trial: Trial) -> Iterator[Disagreement]:
    earlier = [ENROLMENT]
    for number, stage in enumerate(trial.stages):
        for n, visit in enumerate(stage.visits):
            if visit.window.anchor not in earlier:
                path = ("stages", number, "visits", n, "window", "anchor")
                yield _wrong("unknown_code", path, ", ".join(earlier), visit.window.anchor)
            earlier.append(visit.code)
        if stage.unblinded_from and stage.unblinded_from.anchor not in earlier:
            at: Path = ("stages", number, "unblinded_from", "anchor")
            yield _wrong("unknown_code", at, ", ".join(earlier), stage.unblinded_from.anchor)


def _followed(trial: Trial) -> Iterator[Disagreement]:
    earlier: list[str] = []
    stages: list[str] = []
    for number, stage in enumerate(trial.stages):
        if stage.after_unblinding_of and stage.after_unblinding_of not in stages:
            place: Path = ("stages", number, "after_unblinding_of")
            expected = ", ".join(stages) or "—"
            yield _wrong("unknown_code", place, expected, stage.after_unblinding_of)
        stages.append(stage.code)
        for n, code in enumerate(stage.after):
            if code not in earlier:
                path = ("stages", number, "after", n)
                yield _wrong("unknown_code", path, ", ".join(earlier) or "—", code)
        earlier += _arm_codes(stage)


def _sequences(trial: Trial) -> Iterator[Disagreement]:
    """A stage without a list of its own has the arms of the earlier stage that has one."""
    earlier: dict[str, Stage] = {}
    for number, stage in enumerate(trial.stages):
        listed = earlier.get(stage.allocated_in)
        if stage.allocated_in and (listed is None or listed.allocated_in):
            path: Path = ("stages", number, "allocated_in")
            known = ", ".join(code for code, one in earlier.items() if not one.allocated_in)
            yield _wrong("unknown_code", path, known or "—", stage.allocated_in)
        elif listed is not None and set(_arm_codes(stage)) != set(_arm_codes(listed)):
            expected, found = ", ".join(_arm_codes(listed)), ", ".join(_arm_codes(stage))
            yield _wrong("value_wrong_here", ("stages", number, "arms"), expected, found)
        earlier[stage.code] = stage


def _amounts(trial: Trial) -> Iterator[Disagreement]:
    """A dose is so many cells, or so many for each kg, never both; a cap belongs to the second."""
    amounts: list[tuple[Path, Amount]] = [(("dose",), trial.dose)]
    amounts += [
        (("stages", number, "arms", n, "dose"), arm.dose)
        for number, stage in enumerate(trial.stages)
        for n, arm in enumerate(stage.arms)
        if arm.dose is not None
    ]
    for path, amount in amounts:
        if (amount.target_cells is None) == (amount.cells_per_kg is None):
            yield (path, violation("protocol.amount", "", found=_named(amount)))
        elif amount.cap_cells is not None and amount.cells_per_kg is None:
            yield ((*path, "cap_cells"), violation("protocol.amount", "", found=_named(amount)))
        for name, value in msgspec.structs.asdict(amount).items():
            if name in AMOUNT and value is not None and value <= 0:
                yield _wrong("value_wrong_here", (*path, name), "> 0", value)


AMOUNT = ("target_cells", "cells_per_kg", "cap_cells")


def _named(amount: Amount) -> str:
    return ", ".join(name for name in AMOUNT if getattr(amount, name) is not None) or "—"


def _arm_codes(stage: Stage) -> list[str]:
    return [arm.code for arm in stage.arms]


def _patterns(trial: Trial) -> Iterator[Disagreement]:
    patterns: list[tuple[Path, str]] = [(("kit_numbers", "pattern"), trial.kit_numbers.pattern)]
    patterns += [
        (("sites", n, "subject_pattern"), site.subject_pattern)
        for n, site in enumerate(trial.sites)
    ]
    for path, pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as problem:
            yield path, violation("protocol.pattern", "", found=pattern, cause=str(problem))


def _zones(trial: Trial) -> Iterator[Disagreement]:
    for number, site in enumerate(trial.sites):
        try:
            ZoneInfo(site.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            yield _wrong(
                "value_wrong_here", ("sites", number, "zone"), "Asia/Shanghai …", site.zone
            )


def _ranges(trial: Trial) -> Iterator[Disagreement]:
    """Physical sense of every quantity; limits are inclusive unless a strict sign says else."""
    dose, release, hold = trial.dose, trial.release, trial.hold
    checks: list[tuple[Path, Number, str, Callable[[Number], bool]]] = [
        (("dose", "final_volume_ml"), dose.final_volume_ml, "> 0", lambda v: v > 0),
        (
            ("dose", "residual_ml"),
            dose.residual_ml,
            f"0 ≤ … < {dose.final_volume_ml}",
            lambda v: 0 <= v < dose.final_volume_ml,
        ),
        (("dose", "graduation_ml"), dose.graduation_ml, "> 0", lambda v: v > 0),
        (("dose", "tolerance_pct"), dose.tolerance_pct, "0 … 100", _is_percentage),
        (
            ("release", "min_viability_pct"),
            release.min_viability_pct,
            "0 … 100",
            _is_percentage,
        ),
        (
            ("release", "max_replicate_difference_pct"),
            release.max_replicate_difference_pct,
            "0 … 100",
            _is_percentage,
        ),
        (
            ("release", "min_cells_counted"),
            release.min_cells_counted,
            f"1 … {release.max_cells_counted}",
            lambda v: 1 <= v <= release.max_cells_counted,
        ),
    ]
    route = trial.preparation
    checks += [
        (("hold", "after_thaw_minutes"), hold.after_thaw_minutes, *_clock(runs=route.thaw)),
        (
            ("hold", "after_dilution_minutes"),
            hold.after_dilution_minutes,
            *_clock(runs=route.count),
        ),
    ]
    coldest = route.bath_min_c
    checks.append(
        (
            ("preparation", "bath_max_c"),
            route.bath_max_c,
            f"≥ {coldest}",
            lambda highest: highest >= coldest,
        )
    )
    checks += [
        (("kit_types", n, "suspension_ml"), kit_type.suspension_ml, "> 0", lambda v: v > 0)
        for n, kit_type in enumerate(trial.kit_types)
    ]
    for path, value, expected, holds in checks:
        if not holds(value):
            yield _wrong("value_wrong_here", path, expected, value)


def _cold_chain(trial: Trial) -> Iterator[Disagreement]:
    """A shipper that is never cold enough, or never warm enough, would hold every shipment back."""
    lower, upper = trial.cold_chain.shipper_lower_c, trial.cold_chain.shipper_limit_c
    if lower is not None and lower >= upper:
        yield _wrong("value_wrong_here", ("cold_chain", "shipper_lower_c"), f"< {upper}", lower)


def _clock(*, runs: bool) -> tuple[str, Callable[[Number], bool]]:
    """A clock belongs to a step that is taken: some minutes where it is, none where it is not."""
    return ("> 0", lambda v: v > 0) if runs else ("0", lambda v: v == 0)


def _is_percentage(value: Number) -> bool:
    return 0 <= value <= 100


def _release(trial: Trial) -> Iterator[Disagreement]:
    if not any(appearance.acceptable for appearance in trial.release.appearances):
        yield ("release", "appearances"), violation("protocol.nothing_acceptable", "")
    longest = trial.hold.after_thaw_minutes or trial.hold.out_of_storage_minutes
    if trial.release.min_bench_minutes >= longest > 0:
        path = ("release", "min_bench_minutes")
        yield _wrong("value_wrong_here", path, f"< {longest}", trial.release.min_bench_minutes)


def _label(trial: Trial) -> Iterator[Disagreement]:
    """A label that names one kit type names them all: "X or placebo" on every bag."""
    if trial.label.gtin and not is_valid("gs1", trial.label.gtin):
        yield _wrong("value_wrong_here", ("label", "gtin"), "GTIN-14", trial.label.gtin)
    used = {arm.kit_type for stage in trial.stages for arm in stage.arms}
    types = [kit_type for kit_type in trial.kit_types if kit_type.code in used]
    for path, text in _texts(trial.label):
        for language in ("en", "zh"):
            words = getattr(text, language).casefold()
            named = {t.code for t in types if any(w in words for w in _words_for(t, language))}
            if named and len(named) < len(types):
                yield (
                    (*path, language),
                    violation("protocol.label_names_one_type", "", found=", ".join(sorted(named))),
                )


def _words_for(kit_type: KitType, language: str) -> tuple[str, ...]:
    name: str = getattr(kit_type.name, language)
    placebo = (PLACEBO[language],) if kit_type.contents is Contents.SHAM else ()
    return (name.casefold(), *placebo)


def _texts(label: LabelTexts) -> Iterator[tuple[Path, Text]]:
    fields: Mapping[str, object] = msgspec.structs.asdict(label)
    for name, value in fields.items():
        if isinstance(value, Text):
            yield ("label", name), value
    for number, statement in enumerate(label.statements):
        yield ("label", "statements", number), statement
