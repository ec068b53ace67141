"""Allocations: one a stage, one subject an entry, later stages only where they follow."""

from datetime import UTC, datetime
from itertools import product

import pytest

from pharmacy_app.domain.allocation import Allocation, Standing, already_opened, closed_stage
from pharmacy_app.domain.ids import ArmCode, KitTypeCode, StageCode, SubjectId, VisitCode
from pharmacy_app.domain.trial import Arm, Stage, Text, Visit, Window

SUBJECT = SubjectId("01-001")
A, B = ArmCode("A"), ArmCode("B")
S1, S2 = StageCode("S1"), StageCode("S2")
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


def stage(after: tuple[ArmCode, ...] = (), *, consent: bool = False, unblinded: str = "") -> Stage:
    return Stage(
        code=S2,
        name=Text(en="2", zh="2"),
        arms=(Arm(code=A, name=Text(en="A", zh="A"), kit_type=KitTypeCode("K")),),
        visits=(Visit(code=VisitCode("W4"), name=Text(en="4", zh="4"), window=Window()),),
        after=after,
        consent=consent,
        after_unblinding_of=unblinded,
    )


def standing(*, arm: bool, alive: bool, consented: bool, authorised: bool) -> Standing:
    return Standing(
        SUBJECT,
        frozenset({A if arm else B}),
        not alive,
        frozenset({S2} if consented else ()),
        frozenset({S1} if authorised else ()),
    )


def test_a_stage_without_conditions_is_open_to_everybody_on_the_study() -> None:
    nobody = Standing(SUBJECT, frozenset(), False, frozenset(), frozenset())
    assert closed_stage(stage(), nobody) == ()


@pytest.mark.parametrize("met", list(product([True, False], repeat=4)))
def test_the_gate_names_exactly_the_conditions_that_are_not_met(met: tuple[bool, ...]) -> None:
    arm, alive, consented, authorised = met
    gate = stage((A,), consent=True, unblinded=S1)
    found = closed_stage(
        gate, standing(arm=arm, alive=alive, consented=consented, authorised=authorised)
    )
    rules = ("stage_closed", "subject_ended", "no_consent", "still_blind")
    wanted = [f"allocation.{rule}" for rule, holds in zip(rules, met, strict=True) if not holds]
    assert [v.rule for v in found] == wanted
    assert {v.record for v in found} <= {SUBJECT}
    assert not any(code in str(v.facts) for v in found for code in (f"'{A}'", f"'{B}'"))
