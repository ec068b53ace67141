from fractions import Fraction

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.courses import Course, Path, Take, course, schedule
from pharmacy_app.domain.ids import VisitCode
from pharmacy_app.domain.readiness import Line, Source, lines_of
from pharmacy_app.domain.trial import Trial
from tests.small_trials import CELLS, SHAM, STAGE, STAGE_2, two_stage_trial

TRIAL = two_stage_trial(pool="LATE")
LINES: dict[tuple[str, str], Line] = {(line.stage, line.arm): line for line in lines_of(TRIAL)}
EARLY = {CELLS: (Take(0, Source(CELLS)), Take(7, Source(CELLS)))}
EARLY[SHAM] = (Take(0, Source(SHAM)), Take(7, Source(SHAM)))


def ways(
    *drawn: Line,
    trial: Trial = TRIAL,
    entering: Fraction = Fraction(1),
    consent: bool | None = None,
    days: dict[VisitCode, int] | None = None,
) -> Course:
    return course(
        trial,
        schedule(trial) if days is None else days,
        drawn={line.stage: line for line in drawn},
        entering=entering,
        consents={} if consent is None else {STAGE_2: consent},
    )


def test_visit_is_scheduled_from_the_visit_it_is_anchored_to() -> None:
    assert schedule(TRIAL) == {"W0": 0, "W1": 7, "W4": 28}


def test_visit_that_is_not_scheduled_is_in_no_forecast() -> None:
    stage = TRIAL.stages[0]
    first, second = stage.visits
    loose = msgspec.structs.replace(
        stage, visits=(first, msgspec.structs.replace(second, scheduled=False))
    )
    assert schedule(msgspec.structs.replace(TRIAL, stages=(loose,))) == {"W0": 0}


def test_newcomer_goes_by_the_ratio_and_only_who_was_in_the_arm_before_comes_to_the_next_stage() -> (
    None
):
    late = {code: (Take(28, Source(code, "LATE")),) for code in (CELLS, SHAM)}
    assert set(ways()) == {
        Path(Fraction(1, 3), EARLY[CELLS] + late[CELLS]),
        Path(Fraction(1, 3), EARLY[CELLS] + late[SHAM]),
        Path(Fraction(1, 3), EARLY[SHAM]),
    }


def test_arm_that_is_drawn_is_certain_and_a_placebo_subject_takes_no_later_kit() -> None:
    assert ways(LINES[STAGE, "B"]) == (Path(Fraction(1), EARLY[SHAM]),)


def test_share_that_consents_decides_who_comes_to_a_stage_that_asks() -> None:
    found = ways(LINES[STAGE, "A"], entering=Fraction(1, 2))
    assert {len(path.takes): path.share for path in found[:1]} == {2: Fraction(1, 2)}
    assert [path.share for path in found[1:]] == [Fraction(1, 4), Fraction(1, 4)]


def test_consent_on_record_overrules_the_share() -> None:
    given = ways(LINES[STAGE, "A"], entering=Fraction(0), consent=True)
    refused = ways(LINES[STAGE, "A"], entering=Fraction(1), consent=False)
    assert [path.share for path in given] == [Fraction(1, 2), Fraction(1, 2)]
    assert refused == (Path(Fraction(1), EARLY[CELLS]),)


def test_stage_allocated_in_an_earlier_one_keeps_the_arm() -> None:
    first = TRIAL.stages[0]
    again = msgspec.structs.replace(
        TRIAL.stages[1],
        arms=tuple(
            msgspec.structs.replace(arm, kit_type=SHAM if arm.kit_type == CELLS else CELLS)
            for arm in first.arms
        ),
        after=(),
        consent=False,
        allocated_in=STAGE,
    )
    crossed = msgspec.structs.replace(TRIAL, stages=(first, again))
    (path,) = ways(LINES[STAGE, "A"], trial=crossed)
    assert path.takes[-1] == Take(28, Source(SHAM, "LATE"))


def test_only_visits_to_come_take_a_kit() -> None:
    (path,) = ways(LINES[STAGE, "B"], days={VisitCode("W1"): 2})
    assert path.takes == (Take(2, Source(SHAM)),)


@given(st.fractions(0, 1), st.integers(1, 9), st.integers(1, 9))
def test_shares_of_all_ways_add_up_to_one(entering: Fraction, one: int, other: int) -> None:
    stage = TRIAL.stages[0]
    arms = tuple(
        msgspec.structs.replace(arm, ratio=ratio)
        for arm, ratio in zip(stage.arms, (one, other), strict=True)
    )
    trial = msgspec.structs.replace(
        TRIAL, stages=(msgspec.structs.replace(stage, arms=arms), TRIAL.stages[1])
    )
    found = ways(trial=trial, entering=entering)
    assert sum(path.share for path in found) == 1
    assert sum(p.share for p in found if p.takes[0].source.kit_type == CELLS) == Fraction(
        one, one + other
    )
