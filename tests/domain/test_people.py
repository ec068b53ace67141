"""Roles, tasks and signatures, exactly as specified."""

import pytest

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.people import (
    RIGHTS,
    SIGNATURES,
    Person,
    Role,
    Task,
    may,
    missing_right,
    same_person,
)

# One row a task: pharmacist, checker, monitor, administrator.
MATRIX = """
read                yes yes yes yes
receive             yes no  no  no
sign_receipt        yes no  no  no
stow                yes yes no  no
move_kits           yes yes no  no
check_storage       yes yes no  no
count               yes yes no  no
close_count         yes yes no  no
resolve_count       yes no  no  no
sign_off_count      yes no  no  no
find_kit            yes yes no  no
decide_quarantine   yes no  no  no
recall_lot          yes no  no  no
extend_expiry       yes no  no  no
apply_overlabels    yes yes no  no
promise_readiness   yes no  no  no
enrol               yes no  no  no
open_allocation     yes no  no  no
end_subject         yes no  no  no
reinstate_subject   yes no  no  no
unblind             yes no  no  no
break_code          yes yes no  no
break_code_witnessed yes yes no  no
note_unblinding     yes yes no  no
prepare             yes no  no  no
check               yes yes no  no
verify_later        yes yes no  no
label               yes no  no  no
reprint             yes no  no  no
hand_over           yes no  no  no
report_infusion     yes yes no  no
report_wrong_kit    yes no  no  no
raise_deviation     yes yes no  no
close_deviation     yes no  no  no
waste_kit           yes yes no  no
waste_kit_witnessed yes yes no  no
keep_reserve        yes no  no  no
list_kits           yes no  no  no
authorise_disposal  yes no  no  no
destroy_kits        yes yes no  no
send_kits           yes no  no  no
close_account       yes no  no  no
add_person          no  no  no  yes
import_package      no  no  no  yes
amend_protocol      no  no  no  yes
add_storage         no  no  no  yes
back_up             yes no  no  yes
note_clock          yes no  no  yes
"""
ROLES = (Role.PHARMACIST, Role.CHECKER, Role.MONITOR, Role.ADMINISTRATOR)


def cells() -> list[tuple[Task, Role, bool]]:
    rows = [line.split() for line in MATRIX.split("\n") if line]
    return [
        (Task(task), role, answer == "yes")
        for task, *answers in rows
        for role, answer in zip(ROLES, answers, strict=True)
    ]


def person(*roles: Role) -> Person:
    return Person(PersonId("li"), "Li Wei", frozenset(roles), bytes(32))


def test_the_matrix_covers_every_role_and_task() -> None:
    assert {(task, role) for task, role, _ in cells()} == {(t, r) for t in Task for r in Role}
    assert set(RIGHTS) == set(Task)


@pytest.mark.parametrize(("task", "role", "allowed"), cells())
def test_each_role_may_do_what_the_matrix_says(task: Task, role: Role, allowed: bool) -> None:
    assert may(person(role), task) is allowed
    assert (missing_right(person(role), task) is None) is allowed


def test_a_person_with_two_roles_has_the_rights_of_both() -> None:
    both = person(Role.CHECKER, Role.ADMINISTRATOR)
    assert may(both, Task.CHECK)
    assert may(both, Task.ADD_PERSON)
    assert not may(both, Task.PREPARE)


def test_a_missing_right_names_the_task_the_roles_and_who_may() -> None:
    found = missing_right(person(Role.MONITOR), Task.CHECK)
    assert found is not None
    assert (found.rule, found.record) == ("people.no_right", "Li Wei")
    assert found.fact("task") == "task.check"
    assert found.fact("roles") == "role.monitor"
    assert found.fact("allowed") == "role.checker, role.pharmacist"


def test_only_reading_is_left_to_a_monitor() -> None:
    assert {task for task in Task if may(person(Role.MONITOR), task)} == {Task.READ}


def test_the_acts_that_change_a_subjects_fate_are_signed() -> None:
    assert SIGNATURES[Task.CHECK] == (Meaning.PREPARED, Meaning.VERIFIED)
    assert SIGNATURES[Task.HAND_OVER] == (Meaning.RELEASED,)
    assert SIGNATURES[Task.OPEN_ALLOCATION] == (Meaning.AUTHORISED,)
    assert SIGNATURES[Task.SIGN_RECEIPT] == (Meaning.RECEIVED,)
    assert SIGNATURES[Task.VERIFY_LATER] == (Meaning.VERIFIED,)
    assert Task.READ not in SIGNATURES


def test_nobody_checks_their_own_work() -> None:
    found = same_person(PersonId("li"), PersonId("li"), "Li Wei")
    assert found is not None
    assert (found.rule, found.record) == ("people.same_person", "Li Wei")
    assert same_person(PersonId("li"), PersonId("wang"), "Li Wei") is None
