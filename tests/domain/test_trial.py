"""The protocol as data: found by code, carried unchanged, nothing unknown accepted."""

import msgspec
import pytest

from pharmacy_app.domain.ids import ArmCode, KitTypeCode, SiteCode, StageCode, VisitCode
from pharmacy_app.domain.trial import Trial
from tests.small_trials import small_trial

TRIAL = small_trial()


def test_parts_of_a_trial_are_found_by_their_codes() -> None:
    stage, visit = TRIAL.visit(VisitCode("W1"))
    assert (stage.code, visit.code) == ("S1", "W1")
    assert TRIAL.stage(StageCode("S1")) is stage
    assert TRIAL.arm(StageCode("S1"), ArmCode("B")).kit_type == "PLA"
    assert TRIAL.kit_type(KitTypeCode("PLA")).code == "PLA"
    assert TRIAL.site(SiteCode("01")).zone == "Asia/Shanghai"


def test_a_code_the_trial_does_not_have_is_a_lookup_error() -> None:
    with pytest.raises(LookupError):
        TRIAL.visit(VisitCode("W9"))
    with pytest.raises(LookupError):
        TRIAL.stage(StageCode("S9"))
    with pytest.raises(LookupError):
        TRIAL.arm(StageCode("S1"), ArmCode("C"))
    with pytest.raises(LookupError):
        TRIAL.kit_type(KitTypeCode("NONE"))
    with pytest.raises(LookupError):
        TRIAL.site(SiteCode("99"))


def test_a_trial_is_carried_unchanged() -> None:
    assert msgspec.json.decode(msgspec.json.encode(TRIAL), type=Trial) == TRIAL


def test_a_key_the_program_does_not_know_is_refused() -> None:
    plain = msgspec.to_builtins(TRIAL) | {"surprise": 1}
    with pytest.raises(msgspec.ValidationError, match="surprise"):
        msgspec.convert(plain, Trial)


@pytest.mark.parametrize(
    ("key", "value"), [("version", 0), ("code", ""), ("protocol", "tp 01"), ("stages", [])]
)
def test_a_value_out_of_its_range_is_refused(key: str, value: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(msgspec.to_builtins(TRIAL) | {key: value}, Trial)


def test_a_gtin_has_fourteen_digits_or_is_left_out() -> None:
    label = msgspec.to_builtins(TRIAL.label)
    for good in ("", "06901234567892"):
        assert msgspec.convert(label | {"gtin": good}, type(TRIAL.label)).gtin == good
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(label | {"gtin": "123"}, type(TRIAL.label))
