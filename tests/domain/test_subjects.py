"""Where a subject stands, and which endings may be recorded."""

from datetime import date

import pytest

from pharmacy_app.domain.ids import ArmCode, KitTypeCode, StageCode, VisitCode
from pharmacy_app.domain.subjects import Ended, Ending, Phase, phase, unlawful_ending
from pharmacy_app.domain.trial import Arm, Stage, Text, Visit, Window

S1, S2 = StageCode("S1"), StageCode("S2")
W0, W1, W4 = VisitCode("W0"), VisitCode("W1"), VisitCode("W4")
DAY = date(2026, 11, 22)


def stage(code: StageCode, *visits: VisitCode) -> Stage:
    words = Text(en=code, zh=code)
    return Stage(
        code=code,
        name=words,
        arms=(Arm(code=ArmCode(f"{code}-A"), name=words, kit_type=KitTypeCode("K")),),
        visits=tuple(Visit(code=visit, name=words, window=Window()) for visit in visits),
    )


STAGES = (stage(S1, W0, W1), stage(S2, W4))


@pytest.mark.parametrize(
    ("opened", "settled", "ended", "wanted"),
    [
        ((), (), None, Phase.ENROLLED),
        ((S1,), (), None, Phase.TREATMENT),
        ((S1,), (W0,), None, Phase.TREATMENT),
        ((S1,), (W0, W1), None, Phase.FOLLOW_UP),
        ((S1, S2), (W0, W1), None, Phase.TREATMENT),
        ((S1, S2), (W0, W1, W4), None, Phase.FOLLOW_UP),
        ((S1, S2), (W0, W1, W4), Ending.COMPLETED, Phase.COMPLETE),
        ((S1,), (W0,), Ending.DEATH, Phase.ENDED),
        ((), (), Ending.SCREEN_FAILURE, Phase.ENDED),
    ],
)
def test_the_phase_follows_from_what_is_recorded(
    opened: tuple[StageCode, ...],
    settled: tuple[VisitCode, ...],
    ended: Ending | None,
    wanted: Phase,
) -> None:
    end = None if ended is None else Ended(ended, DAY)
    assert phase(STAGES, opened, settled, end) is wanted


def rules(because: Ending, on: date, *, allocated: bool, ended: Ended | None = None) -> list[str]:
    found = unlawful_ending("01-001", because, on, DAY, allocated=allocated, ended=ended)
    return [v.rule for v in found]


@pytest.mark.parametrize("because", list(Ending))
def test_every_ending_may_be_recorded_up_to_today(because: Ending) -> None:
    assert rules(because, DAY, allocated=because is not Ending.SCREEN_FAILURE) == []
    assert rules(because, date(2026, 11, 23), allocated=False) == ["subject.ends_later"]


def test_a_screening_cannot_fail_once_the_allocation_is_open() -> None:
    assert rules(Ending.SCREEN_FAILURE, DAY, allocated=True) == ["subject.no_screen_failure"]


def test_an_end_is_recorded_once() -> None:
    before = Ended(Ending.LOST, DAY)
    assert rules(Ending.DEATH, DAY, allocated=True, ended=before) == ["subject.ended"]
