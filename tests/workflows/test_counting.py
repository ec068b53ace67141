"""A stock count from the first box to the signature: blind, recounted, every difference resolved."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pharmacy_app.demo.proof import prove
from pharmacy_app.domain.counting import OUTSIDE, CountState
from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.events.counting import DifferenceKind, Outcome, RootCause
from pharmacy_app.domain.ids import DoseId, KitNumber
from pharmacy_app.domain.kits import KitState
from pharmacy_app.records.queries.unblinded import accountability
from pharmacy_app.records.queries.unblinded import counts as queries
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.workflows import counting, dosing, stock, storing, today
from pharmacy_app.workflows.count_differences import Resolution, resolve
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies
from tests.desks import refused
from tests.pharmacies import CREDENTIALS, LI, WANG, MadeSite
from tests.shifts import Shift, shift_at
from tests.small_trials import CELLS

BOX, OTHER_BOX = "T1-R1-B01", "T1-R1-B02"
HERE = Resolution(Outcome.PLACED, RootCause.MISFILED, minutes_out=2)


@pytest.fixture
def shift(shelf: MadeSite, tmp_path: Path) -> Iterator[Shift]:
    with shift_at(pharmacies.copied(shelf, tmp_path / "site", tmp_path.name)) as opened:
        yield opened


def begun(shift: Shift) -> tuple[DoseId, KitNumber]:
    subject = pharmacies.enrolled(shift.made, shift.pharmacy, "01-001", "A")
    dose_id = dosing.open_dose(shift.pharmacy, subject, "W0")
    return dose_id, dosing.assign(shift.pharmacy, dose_id).kit.kit_number


def test_a_count_without_a_difference_is_done_in_one_step(shift: Shift) -> None:
    pharmacy = shift.pharmacy
    count = counting.open_count(pharmacy, BOX)
    shift.count(count.count_id, BOX, shift.in_box(BOX))
    closed = counting.close(pharmacy, count.count_id, CREDENTIALS[WANG])
    assert (closed.differences, closed.recount) == ((), ())
    done = counting.known(pharmacy, count.count_id)
    assert done.state is CountState.DONE
    assert done.closed_at == pharmacy.now()


def test_acts_recorded_while_a_box_is_open_are_no_differences(shift: Shift) -> None:
    pharmacy = shift.pharmacy
    dose_id, taken = begun(shift)
    numbers = [number for number in shift.in_box(BOX) if number != taken]
    moved_before, moved_after = numbers[0], numbers[1]
    count = counting.open_count(pharmacy, "T1-R1")
    counting.begin_box(pharmacy, count.count_id, BOX)
    dosing.scan_kit(pharmacy, dose_id, Scanned(taken))
    dosing.take_out(pharmacy, dose_id)
    storing.stow(pharmacy, Scanned(moved_before), f"{OTHER_BOX}-A1")
    for number in numbers[1:]:
        counting.scan(pharmacy, count.count_id, Scanned(number))
    storing.stow(pharmacy, Scanned(moved_after), f"{OTHER_BOX}-A2")
    shift.count(count.count_id, OTHER_BOX, [moved_before, moved_after])
    closed = counting.close(pharmacy, count.count_id, CREDENTIALS[WANG])
    assert closed.differences == ()


def test_the_same_person_does_not_count_a_box_again(shift: Shift) -> None:
    pharmacy = shift.pharmacy
    count = counting.open_count(pharmacy, BOX)
    shift.count(count.count_id, BOX, shift.in_box(BOX)[1:])
    closed = counting.close(pharmacy, count.count_id, CREDENTIALS[WANG])
    assert [one.kind for one in closed.differences] == [DifferenceKind.MISSING]
    assert closed.recount == (BOX,)
    with refused("count.same_person"):
        counting.begin_box(pharmacy, count.count_id, BOX)
    with refused("count.not_resolving"):
        resolve(
            pharmacy,
            count.count_id,
            closed.differences[0].kit_number,
            Resolution(Outcome.LOST, RootCause.OTHER, "gone"),
            CREDENTIALS[WANG],
        )


def test_what_the_second_person_finds_is_no_difference_and_what_is_new_is_counted_again(
    shift: Shift,
) -> None:
    numbers = shift.in_box(BOX)
    count_id = counting.open_count(shift.pharmacy, BOX).count_id
    shift.count(count_id, BOX, numbers[1:])
    counting.close(shift.pharmacy, count_id, CREDENTIALS[WANG])
    shift.change(LI)
    shift.count(count_id, BOX, numbers[:-1])
    counting.close(shift.pharmacy, count_id, CREDENTIALS[LI])
    standing = counting.known(shift.pharmacy, count_id)
    assert (standing.state, standing.round) == (CountState.RECOUNT, 3)
    with refused("count.same_person"):
        counting.begin_box(shift.pharmacy, count_id, BOX)
    shift.change(WANG)
    shift.count(count_id, BOX, numbers)
    closed = counting.close(shift.pharmacy, count_id, CREDENTIALS[WANG])
    assert closed.differences == ()
    assert counting.known(shift.pharmacy, count_id).state is CountState.DONE


def test_a_missing_kit_of_a_dose_is_lost_its_dose_stopped_and_a_deviation_raised(
    shift: Shift,
) -> None:
    dose_id, number = begun(shift)
    lying = {BOX: [one for one in shift.in_box(BOX) if one != number]}
    count_id = shift.counted(lying, BOX)
    pharmacy = shift.pharmacy
    resolve(
        pharmacy,
        count_id,
        number,
        Resolution(Outcome.LOST, RootCause.TAKEN_WITHOUT_RECORD, "asked on every ward"),
        CREDENTIALS[WANG],
    )
    assert (shift.kit(number).state, shift.kit(number).dose_id) == (KitState.LOST, None)
    assert dosing.dose(pharmacy, dose_id).step is Step.STOPPED
    raised = [one.rule for one in dose_queries.deviations(pharmacy.reader)]
    assert raised == ["count.kit_lost"]
    assert accountability.movements(pharmacy.reader, CELLS)[-1].kind == "lost"
    assert shift.off_balance() == {}
    counting.sign_off(pharmacy, count_id, CREDENTIALS[WANG])
    assert counting.known(pharmacy, count_id).state is CountState.DONE


def test_a_count_is_not_signed_off_with_a_difference_open(shift: Shift) -> None:
    number = shift.in_box(BOX)[0]
    count_id = shift.counted({BOX: shift.in_box(BOX)[1:]}, BOX)
    with refused("count.unresolved"):
        counting.sign_off(shift.pharmacy, count_id, CREDENTIALS[WANG])
    with refused("count.other_outcome"):
        resolve(
            shift.pharmacy,
            count_id,
            number,
            Resolution(Outcome.FOUND, RootCause.MISFILED),
            CREDENTIALS[WANG],
        )
    with refused("count.not_explained"):
        resolve(
            shift.pharmacy,
            count_id,
            number,
            Resolution(Outcome.EXPLAINED, RootCause.NOT_BOOKED),
            CREDENTIALS[WANG],
        )
    with refused("count.position_needed"):
        resolve(shift.pharmacy, count_id, number, HERE, CREDENTIALS[WANG])
    storing.stow(shift.pharmacy, Scanned(number), f"{OTHER_BOX}-C3")
    explained = Resolution(Outcome.EXPLAINED, RootCause.NOT_BOOKED)
    resolve(shift.pharmacy, count_id, number, explained, CREDENTIALS[WANG])
    counting.sign_off(shift.pharmacy, count_id, CREDENTIALS[WANG])
    assert counting.known(shift.pharmacy, count_id).state is CountState.DONE


def test_two_kits_in_each_others_place_change_places_in_one_act(shift: Shift) -> None:
    pharmacy = shift.pharmacy
    first, second = shift.in_box(BOX)[:2]
    places = {first: shift.kit(first).position, second: shift.kit(second).position}
    count = counting.open_count(pharmacy, BOX)
    for person in (WANG, LI):
        pharmacy = shift.change(person)
        counting.begin_box(pharmacy, count.count_id, BOX)
        for number in shift.in_box(BOX):
            other = {first: second, second: first}.get(number, number)
            where = str(shift.kit(other).position)
            counting.scan(pharmacy, count.count_id, Scanned(number), where)
        counting.finish_box(pharmacy, count.count_id)
        closed = counting.close(pharmacy, count.count_id, CREDENTIALS[person])
    pharmacy = shift.change(WANG)
    assert [one.kind for one in closed.differences] == [DifferenceKind.SWAPPED] * 2
    resolve(pharmacy, count.count_id, second, HERE, CREDENTIALS[WANG])
    assert shift.kit(first).position == places[second]
    assert shift.kit(second).position == places[first]
    assert shift.kit(first).seconds_out == 120
    with refused("count.resolved_before"):
        resolve(pharmacy, count.count_id, first, HERE, CREDENTIALS[WANG])
    counting.sign_off(pharmacy, count.count_id, CREDENTIALS[WANG])


def test_a_place_that_holds_another_kit_is_refused_until_that_one_is_resolved(shift: Shift) -> None:
    gone, moved = shift.in_box(BOX)[:2]
    place = str(shift.kit(gone).position)
    count_id = shift.counted({BOX: shift.in_box(BOX)[2:], OTHER_BOX: [moved]}, "T1-R1")
    pharmacy = shift.pharmacy
    with refused("position.taken"):
        resolve(
            pharmacy,
            count_id,
            moved,
            Resolution(Outcome.PLACED, RootCause.MISFILED, position=place, minutes_out=0),
            CREDENTIALS[WANG],
        )
    lost = Resolution(Outcome.LOST, RootCause.OTHER, "looked for everywhere")
    resolve(pharmacy, count_id, gone, lost, CREDENTIALS[WANG])
    with refused("count.time_out_unsaid"):
        resolve(
            pharmacy,
            count_id,
            moved,
            Resolution(Outcome.PLACED, RootCause.MISFILED, position=place),
            CREDENTIALS[WANG],
        )
    put = Resolution(Outcome.PLACED, RootCause.MISFILED, position=place, minutes_out=1)
    resolve(pharmacy, count_id, moved, put, CREDENTIALS[WANG])
    assert shift.kit(moved).position == place
    counting.sign_off(pharmacy, count_id, CREDENTIALS[WANG])
    assert shift.off_balance() == {}


def test_scans_survive_the_program_and_are_taken_back_in_their_box(shift: Shift) -> None:
    count = counting.open_count(shift.pharmacy, BOX)
    numbers = shift.in_box(BOX)
    counting.begin_box(shift.pharmacy, count.count_id, BOX)
    counting.scan(shift.pharmacy, count.count_id, Scanned(numbers[0]))
    counting.scan(shift.pharmacy, count.count_id, Scanned("KXXXXXXX"))
    pharmacy = shift.change(WANG)
    line = counting.begun_box(pharmacy, counting.known(pharmacy, count.count_id))
    assert line is not None
    assert line.box == BOX
    seen = queries.scans(pharmacy.reader, count.count_id, 1, BOX)
    assert [one.kit_number for one in seen] == [numbers[0], "KXXXXXXX"]
    counting.withdraw(pharmacy, count.count_id, Scanned("KXXXXXXX"))
    with refused("count.not_scanned"):
        counting.withdraw(pharmacy, count.count_id, Scanned("KXXXXXXX"))
    seen = queries.scans(pharmacy.reader, count.count_id, 1, BOX)
    assert [one.kit_number for one in seen] == [numbers[0]]


def test_a_box_begun_by_another_person_is_counted_from_the_start(shift: Shift) -> None:
    count = counting.open_count(shift.pharmacy, BOX)
    numbers = shift.in_box(BOX)
    counting.begin_box(shift.pharmacy, count.count_id, BOX)
    counting.scan(shift.pharmacy, count.count_id, Scanned(numbers[0]))
    counting.begin_box(shift.pharmacy, count.count_id, BOX)
    assert len(queries.scans(shift.pharmacy.reader, count.count_id, 1, BOX)) == 1
    shift.change(LI)
    with refused("count.no_box"):
        counting.scan(shift.pharmacy, count.count_id, Scanned(numbers[1]))
    counting.begin_box(shift.pharmacy, count.count_id, BOX)
    assert queries.scans(shift.pharmacy.reader, count.count_id, 1, BOX) == []


def test_each_answer_says_what_the_kit_is_and_never_where_it_is_expected(shift: Shift) -> None:
    pharmacy = shift.pharmacy
    numbers = shift.in_box(BOX)
    count = counting.open_count(pharmacy, "T1")
    counting.begin_box(pharmacy, count.count_id, OTHER_BOX)
    first = counting.scan(pharmacy, count.count_id, Scanned(numbers[0]))
    assert (first.said, first.box) == ("recorded", "")
    assert counting.scan(pharmacy, count.count_id, Scanned(numbers[0])).said == counting.AGAIN
    assert counting.scan(pharmacy, count.count_id, Scanned("KXXXXXXX")).said == "unknown"
    counting.begin_box(pharmacy, count.count_id, BOX)
    again = counting.scan(pharmacy, count.count_id, Scanned(numbers[0]))
    assert (again.said, again.box) == (counting.ELSEWHERE, OTHER_BOX)
    with refused("count.position_elsewhere"):
        counting.scan(pharmacy, count.count_id, Scanned(numbers[1]), f"{OTHER_BOX}-A1")
    with refused("count.boxes_left"):
        counting.close(pharmacy, count.count_id, CREDENTIALS[WANG])


def test_one_count_at_a_time_and_a_way_out_of_each(shift: Shift) -> None:
    pharmacy = shift.pharmacy
    with refused("count.no_scope"):
        counting.open_count(pharmacy, "T9")
    count = counting.open_count(pharmacy)
    assert OUTSIDE in [line.box for line in queries.boxes(pharmacy.reader, count.count_id, 1)]
    with refused("count.open_before"):
        counting.open_count(pharmacy, BOX)
    with refused("count.other_box"):
        counting.begin_box(pharmacy, count.count_id, "T1-R9-B01")
    with refused("count.abandon_reason"):
        counting.abandon(pharmacy, count.count_id, " ", CREDENTIALS[WANG])
    counting.abandon(pharmacy, count.count_id, "the tank alarm went off", CREDENTIALS[WANG])
    with refused("count.not_counting"):
        counting.begin_box(pharmacy, count.count_id, BOX)
    with refused("count.unknown"):
        counting.known(pharmacy, "C-NONE")
    assert queries.open_count(pharmacy.reader) is None


# Kits that turn up


def test_a_lost_kit_that_turns_up_is_found_and_not_merely_quarantined(shift: Shift) -> None:
    number = shift.in_box(BOX)[0]
    with refused("count.not_gone"):
        counting.found(shift.pharmacy, Scanned(number), "desk", "left there", CREDENTIALS[WANG])
    count_id = shift.counted({BOX: shift.in_box(BOX)[1:]}, BOX)
    pharmacy = shift.pharmacy
    lost = Resolution(Outcome.LOST, RootCause.OTHER, "looked for everywhere")
    resolve(pharmacy, count_id, number, lost, CREDENTIALS[WANG])
    with refused("count.find_first"):
        stock.quarantine(pharmacy, Scanned(number), "it is here again")
    with refused("count.found_where", "count.found_why"):
        counting.found(pharmacy, Scanned(number), "", " ", CREDENTIALS[WANG])
    counting.found(pharmacy, Scanned(number), "T1-R2-B02-A1", "fell behind", CREDENTIALS[WANG])
    found = shift.kit(number)
    assert (found.state, found.position) == (KitState.QUARANTINED, "T1-R2-B02-A1")
    assert shift.off_balance() == {}


def test_a_kit_of_a_dose_under_way_is_told_of_at_the_bench_first(shift: Shift) -> None:
    dose_id, number = begun(shift)
    pharmacy = shift.pharmacy
    dosing.scan_kit(pharmacy, dose_id, Scanned(number))
    dosing.take_out(pharmacy, dose_id)
    with refused("count.dose_open"):
        counting.found(pharmacy, Scanned(number), "the tank", "was put back", CREDENTIALS[WANG])
    dosing.stop(pharmacy, dose_id, "the kit was put back")
    counting.found(pharmacy, Scanned(number), "the tank", "was put back", CREDENTIALS[WANG])
    assert shift.kit(number).state is KitState.QUARANTINED
    raised = [one.rule for one in dose_queries.deviations(pharmacy.reader)]
    assert raised == ["count.used_kit_found"]
    assert shift.off_balance() == {}
    authorised = "QA-9"
    stock.decide_quarantine(
        pharmacy,
        [number],
        usable=True,
        authorisation=authorised,
        credential=CREDENTIALS[WANG],
    )
    assert shift.kit(number).state is KitState.AVAILABLE


def test_a_thawed_kit_that_turns_up_is_never_given_again(shift: Shift) -> None:
    pharmacy = shift.pharmacy
    subject = pharmacies.enrolled(shift.made, pharmacy, "01-001", "A")
    dose_id = pharmacies.thawed(shift.made, pharmacy, subject)
    number = str(dosing.dose(pharmacy, dose_id).kit)
    dosing.stop(pharmacy, dose_id, "too few alive")
    for where in ("the bench", "T1-R2-B02-A1"):
        counting.found(pharmacy, Scanned(number), where, "was left there", CREDENTIALS[WANG])
        assert shift.kit(number).state is KitState.REJECTED
        with refused("kit.no_way", "kit.not_in_quarantine"):
            stock.decide_quarantine(
                pharmacy, [number], usable=True, authorisation="QA", credential=CREDENTIALS[WANG]
            )
        gone = shift.counted({BOX: shift.in_box(BOX), "T1-R2-B02": []})
        lost = Resolution(Outcome.LOST, RootCause.OTHER, "looked for everywhere")
        resolve(pharmacy := shift.pharmacy, gone, number, lost, CREDENTIALS[WANG])
        counting.sign_off(pharmacy, gone, CREDENTIALS[WANG])
    assert shift.off_balance() == {}


# The nag


def test_a_count_too_old_is_told_on_today_until_every_box_with_kits_was_counted(
    shift: Shift, tmp_path: Path
) -> None:
    pharmacy = shift.pharmacy
    storing.stow(pharmacy, Scanned(shift.in_box(BOX)[0]), f"{OTHER_BOX}-A1")
    assert counting.overdue(pharmacy) is None
    shift.made.clock.advance(timedelta(days=30))
    late = counting.overdue(pharmacy)
    assert late is not None
    assert late.boxes == 2
    alarms = [alarm.kind for alarm in today.alarms(pharmacy, tmp_path)]
    assert today.AlarmKind.COUNT in alarms
    count = counting.open_count(pharmacy, BOX)
    shift.count(count.count_id, BOX, shift.in_box(BOX))
    counting.close(pharmacy, count.count_id, CREDENTIALS[WANG])
    late = counting.overdue(pharmacy)
    assert late is not None
    assert late.boxes == 1
    count = counting.open_count(pharmacy, OTHER_BOX)
    shift.count(count.count_id, OTHER_BOX, shift.in_box(OTHER_BOX))
    counting.close(pharmacy, count.count_id, CREDENTIALS[WANG])
    assert counting.overdue(pharmacy) is None


def test_the_record_of_counts_is_proven_by_replay(shift: Shift) -> None:
    number = shift.in_box(BOX)[0]
    count_id = shift.counted({BOX: shift.in_box(BOX)[1:], OTHER_BOX: [number]}, "T1-R1")
    put = Resolution(Outcome.PLACED, RootCause.MISFILED, position=f"{OTHER_BOX}-B2", minutes_out=3)
    resolve(shift.pharmacy, count_id, number, put, CREDENTIALS[WANG])
    counting.sign_off(shift.pharmacy, count_id, CREDENTIALS[WANG])
    shift.close()
    assert prove(shift.made.machine, shift.made.folder, CREDENTIALS[WANG]).intact


@pytest.mark.parametrize("box", [BOX, OUTSIDE])
def test_a_box_to_count_is_named_in_small_letters_too(shift: Shift, box: str) -> None:
    count = counting.open_count(shift.pharmacy)
    counting.begin_box(shift.pharmacy, count.count_id, box.lower())
    line = counting.begun_box(shift.pharmacy, counting.known(shift.pharmacy, count.count_id))
    assert line is not None
    assert line.box == box
