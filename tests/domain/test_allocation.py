"""Allocations: one a stage, one subject an entry, later stages only where they follow."""

from datetime import UTC, datetime

from pharmacy_app.domain.allocation import Allocation, already_opened, closed_stage
from pharmacy_app.domain.ids import ArmCode, StageCode, SubjectId

SUBJECT = SubjectId("01-001")
A, B = ArmCode("A"), ArmCode("B")
OPENED_AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
MINE = Allocation(SUBJECT, StageCode("S1"), "E-17", A, OPENED_AT)


def test_a_subject_has_one_allocation_a_stage() -> None:
    found = already_opened(MINE, None)
    assert found is not None
    assert (found.rule, found.record) == ("allocation.opened_before", SUBJECT)
    assert found.fact("opened") == OPENED_AT


def test_an_entry_belongs_to_one_subject_and_the_refusal_does_not_say_to_whom() -> None:
    found = already_opened(None, MINE)
    assert found is not None
    assert (found.rule, found.record, found.facts) == ("allocation.code_used", "E-17", ())


def test_a_fresh_entry_for_a_fresh_subject_may_be_opened() -> None:
    assert already_opened(None, None) is None


def test_a_first_stage_is_open_to_everybody() -> None:
    assert closed_stage(SUBJECT, (), ()) is None


def test_a_later_stage_is_open_after_one_of_its_arms_alone() -> None:
    assert closed_stage(SUBJECT, (A,), (A,)) is None
    for earlier in ((), (B,)):
        found = closed_stage(SUBJECT, (A,), earlier)
        assert found is not None
        assert (found.rule, found.record, found.facts) == ("allocation.stage_closed", SUBJECT, ())
