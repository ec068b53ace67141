"""Blinding states, and what a code break means for further doses."""

from datetime import UTC, datetime

import msgspec
import pytest

from pharmacy_app.domain.ids import StageCode, SubjectId
from pharmacy_app.domain.trial import CodeBreak, FurtherDosing
from pharmacy_app.domain.unblinding import Blinding, Unblinding, blinding, dosing_stopped
from tests.small_trials import small_trial

SUBJECT = SubjectId("01-001")
S1, S2 = StageCode("S1"), StageCode("S2")
AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def told(kind: Blinding, stage: StageCode = S1) -> Unblinding:
    return Unblinding(SUBJECT, stage, kind, "", AT)


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((), Blinding.BLIND),
        ((Blinding.PLANNED,), Blinding.PLANNED),
        ((Blinding.ACCIDENTAL, Blinding.PLANNED), Blinding.ACCIDENTAL),
        ((Blinding.EMERGENCY, Blinding.ACCIDENTAL), Blinding.EMERGENCY),
    ],
)
def test_the_graver_unblinding_is_the_state(kinds: tuple[Blinding, ...], state: Blinding) -> None:
    assert blinding([told(kind) for kind in kinds], S1) is state
    assert blinding([told(kind) for kind in kinds], S2) is Blinding.BLIND


def test_a_broken_code_stops_dosing_only_where_the_trial_says_so() -> None:
    trial = small_trial()
    found = dosing_stopped(trial, SUBJECT, [told(Blinding.EMERGENCY)])
    assert found is not None
    assert (found.rule, found.fact("at")) == ("subject.code_broken", AT)
    assert dosing_stopped(trial, SUBJECT, [told(Blinding.PLANNED)]) is None
    lenient = msgspec.structs.replace(
        trial, code_break=CodeBreak(further_dosing=FurtherDosing.GO_ON)
    )
    assert dosing_stopped(lenient, SUBJECT, [told(Blinding.EMERGENCY)]) is None
