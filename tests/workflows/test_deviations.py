"""Another kit given than the assigned one, and deviations from their raising to their closing."""

from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.ids import DoseId, SubjectId
from pharmacy_app.domain.kits import KitState
from pharmacy_app.records.queries.unblinded import accountability, kits
from pharmacy_app.records.queries.unblinded import doses as queries
from pharmacy_app.workflows import (
    custody,
    deviations,
    dosing,
    enrolment,
    labelling,
    papers,
    subjects,
    today,
)
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies, small_trials
from tests.desks import Desk, other_kit, refused
from tests.pharmacies import CREDENTIALS, WANG
from tests.small_trials import STAGE

MINE = CREDENTIALS[WANG]
FIRST, SECOND = "01-001", "01-002"


def infused(desk: Desk, subject: str, arm: str) -> DoseId:
    pharmacies.enrolled(desk.made, desk.pharmacy, subject, arm)
    dose_id = pharmacies.handed_over(desk.made, desk.pharmacy, subject)
    pharmacies.reported(desk.made, desk.pharmacy, dose_id)
    return dose_id


def kit_of(desk: Desk, dose_id: DoseId) -> str:
    return str(dosing.dose(desk.pharmacy, dose_id).kit)


def wrong(desk: Desk, dose_id: DoseId, given: str, because: str = "taken for one another") -> None:
    deviations.report_wrong_kit(desk.pharmacy, dose_id, Scanned(given), because, MINE)


def state_of(desk: Desk, number: str) -> KitState:
    kit = kits.kit(desk.pharmacy.reader, number)
    assert kit is not None
    return kit.state


def test_a_kit_from_the_shelf_given_in_place_is_accounted_for(desk: Desk) -> None:
    dose_id = infused(desk, FIRST, "A")
    assigned = kit_of(desk, dose_id)
    given = other_kit(desk, small_trials.SHAM, assigned)  # type: ignore[arg-type] # plain str
    before = accountability.on_shelf(desk.pharmacy.reader, small_trials.SHAM)
    wrong(desk, dose_id, given)
    assert state_of(desk, given) is KitState.INFUSED
    assert state_of(desk, assigned) is KitState.WASTED
    for kit_type in (small_trials.CELLS, small_trials.SHAM):
        log = accountability.movements(desk.pharmacy.reader, kit_type)
        assert log[-1].balance == accountability.on_shelf(desk.pharmacy.reader, kit_type)
    assert accountability.on_shelf(desk.pharmacy.reader, small_trials.SHAM) == before - 1
    asked = dosing.dose(desk.pharmacy, dose_id)
    assert asked.kit == assigned
    assert asked.wrong_kit is not None
    assert asked.wrong_kit.given == given
    assert enrolment.arm_of(desk.pharmacy, asked.subject, STAGE).code == "A"
    record = papers.preparation_record(desk.pharmacy, dose_id)
    assert record.file_name.startswith("UNBLINDED")


def test_bags_taken_for_one_another_are_told_at_each_dose_and_move_no_kit(desk: Desk) -> None:
    first, second = infused(desk, FIRST, "A"), infused(desk, SECOND, "B")
    wrong(desk, first, kit_of(desk, second))
    wrong(desk, second, kit_of(desk, first))
    assert state_of(desk, kit_of(desk, first)) is KitState.INFUSED
    assert state_of(desk, kit_of(desk, second)) is KitState.INFUSED
    raised = [d.rule for d in queries.deviations(desk.pharmacy.reader)]
    assert raised == [deviations.WRONG_KIT, deviations.WRONG_KIT]


def test_what_cannot_have_been_given_is_refused(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, FIRST, "A")
    dose_id = pharmacies.handed_over(desk.made, desk.pharmacy, FIRST)
    other = other_kit(desk, small_trials.CELLS, kit_of(desk, dose_id))  # type: ignore[arg-type] # plain str
    with refused("bench.out_of_order"):
        wrong(desk, dose_id, other)
    pharmacies.reported(desk.made, desk.pharmacy, dose_id)
    with refused("deviation.no_cause"):
        wrong(desk, dose_id, other, " ")
    with refused("deviation.same_kit"):
        wrong(desk, dose_id, kit_of(desk, dose_id))
    with refused("kit.unknown"):
        wrong(desk, dose_id, "K2222222")
    next_dose = pharmacies.thawed(
        desk.made, desk.pharmacy, pharmacies.enrolled(desk.made, desk.pharmacy, SECOND, "A")
    )
    with refused("deviation.kit_elsewhere"):
        wrong(desk, dose_id, kit_of(desk, next_dose))
    on_shelf = desk.made.kits[small_trials.SHAM][0]
    wrong(desk, dose_id, on_shelf)
    with refused("deviation.told_before"):
        wrong(desk, dose_id, other)


def test_a_dose_whose_kit_was_given_to_another_subject_is_stopped_and_begun_anew(
    desk: Desk,
) -> None:
    given_to = infused(desk, FIRST, "A")
    pharmacies.enrolled(desk.made, desk.pharmacy, SECOND, "A")
    robbed = dosing.open_dose(desk.pharmacy, SECOND, "W0")
    kit = dosing.assign(desk.pharmacy, robbed).kit.kit_number
    wrong(desk, given_to, kit)
    stopped = dosing.dose(desk.pharmacy, robbed)
    assert stopped.step is Step.STOPPED
    assert stopped.stopped is not None
    assert stopped.stopped.rules == (deviations.WRONG_KIT,)
    with refused("bench.too_late_to_stop"):
        dosing.stop(desk.pharmacy, robbed, "its kit is gone")
    found = kits.kit(desk.pharmacy.reader, kit)
    assert found is not None
    assert (found.state, found.dose_id) == (KitState.INFUSED, given_to)
    again = dosing.open_dose(desk.pharmacy, SECOND, "W0")
    assert dosing.assign(desk.pharmacy, again).kit.kit_number != kit


def test_a_bag_taken_from_the_bench_for_another_is_accounted_for(desk: Desk) -> None:
    given_to = infused(desk, FIRST, "A")
    pharmacies.enrolled(desk.made, desk.pharmacy, SECOND, "B")
    robbed = pharmacies.checked(desk.made, desk.pharmacy, SECOND)
    copy = labelling.reserve(desk.pharmacy, robbed)
    labelling.print_label(desk.pharmacy, copy, robbed, pharmacies.MemoryPrinter())
    bag = kit_of(desk, robbed)
    assert state_of(desk, bag) is KitState.RELEASED
    wrong(desk, given_to, bag)
    assert dosing.dose(desk.pharmacy, robbed).step is Step.STOPPED
    assert state_of(desk, bag) is KitState.INFUSED
    assert state_of(desk, kit_of(desk, given_to)) is KitState.WASTED
    for kit_type in (small_trials.CELLS, small_trials.SHAM):
        log = accountability.movements(desk.pharmacy.reader, kit_type)
        assert log[-1].balance == accountability.on_shelf(desk.pharmacy.reader, kit_type)


def test_a_kit_cannot_have_been_given_at_two_doses(desk: Desk) -> None:
    first, second = infused(desk, FIRST, "A"), infused(desk, SECOND, "B")
    third = infused(desk, "01-003", "A")
    on_shelf = desk.made.kits[small_trials.SHAM][-1]
    wrong(desk, first, on_shelf)
    with refused("deviation.given_elsewhere"):
        wrong(desk, second, on_shelf)
    wrong(desk, second, kit_of(desk, third))
    assert dosing.dose(desk.pharmacy, second).wrong_kit is not None
    fourth = infused(desk, "01-004", "A")
    with refused("deviation.given_elsewhere"):
        wrong(desk, fourth, kit_of(desk, third))


def test_a_bag_that_came_back_was_not_given(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, FIRST, "A")
    dose_id = pharmacies.handed_over(desk.made, desk.pharmacy, FIRST)
    custody.return_bag(desk.pharmacy, dose_id, "Nurse Qian", "no vein")
    with refused("deviation.bag_came_back"):
        wrong(desk, dose_id, other_kit(desk, small_trials.CELLS, kit_of(desk, dose_id)))  # type: ignore[arg-type] # plain str


def test_after_a_bag_that_came_back_the_visit_is_given_again_with_a_reason(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, FIRST, "A")
    first = pharmacies.handed_over(desk.made, desk.pharmacy, subject)
    with refused("visit.dose_there"):
        dosing.open_dose(desk.pharmacy, subject, "W0", outside="again")
    custody.return_bag(desk.pharmacy, first, "Nurse Qian", "no vein")
    assert [work.visit.code for work in today.planned_visits(desk.pharmacy)] == ["W0"]
    plan = dosing.plan(desk.pharmacy, SubjectId(subject))
    assert plan[0].waits
    assert plan[1].window is None
    with refused("visit.repeat_reason"):
        dosing.open_dose(desk.pharmacy, subject, "W0")
    again = dosing.open_dose(desk.pharmacy, subject, "W0", outside="a vein was found")
    opened = desk.pharmacy.ledger.history(f"dose/{again}")[0]
    assert opened.reason == "a vein was found"
    assert dosing.dose(desk.pharmacy, again).opened.replaces is None
    with refused("visit.dose_there"):
        dosing.open_dose(desk.pharmacy, subject, "W0", outside="and again")


def test_a_visit_whose_bag_came_back_may_be_missed_after_all(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, FIRST, "B")
    first = pharmacies.handed_over(desk.made, desk.pharmacy, subject)
    custody.return_bag(desk.pharmacy, first, "Nurse Qian", "no vein")
    subjects.miss_visit(desk.pharmacy, subject, "W0", "no vein at all")
    assert today.planned_visits(desk.pharmacy) == []


def test_a_deviation_is_recorded_and_closed_with_words_and_a_signature(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, FIRST, "A")
    with refused("deviation.no_cause"):
        deviations.raise_deviation(desk.pharmacy, f"subject/{FIRST}", " ")
    with refused("deviation.unknown_record"):
        deviations.raise_deviation(desk.pharmacy, "subject/01-999", "seen in the corridor")
    deviations.raise_deviation(desk.pharmacy, f"subject/{FIRST}", "wrong bracelet")
    (found,) = queries.deviations(desk.pharmacy.reader)
    assert deviations.told(desk.pharmacy, found).because == "wrong bracelet"
    with refused("deviation.no_remedy"):
        deviations.close(desk.pharmacy, found.deviation_id, "", MINE)
    with refused("deviation.unknown"):
        deviations.close(desk.pharmacy, "V-AAAAAA", "told", MINE)
    deviations.close(desk.pharmacy, found.deviation_id, "new bracelet, ward told", MINE)
    (closed,) = queries.deviations(desk.pharmacy.reader, only_open=False)
    told = deviations.told(desk.pharmacy, closed)
    assert (told.closed_how, told.raised_by == told.closed_by) == ("new bracelet, ward told", True)
    with refused("deviation.closed_before"):
        deviations.close(desk.pharmacy, found.deviation_id, "again", MINE)
