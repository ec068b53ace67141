"""From screening to the end: what an ending stops, and what it leaves to be done."""

from datetime import timedelta
from decimal import Decimal

import pytest

from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.ids import DoseId, SubjectId
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.domain.subjects import Ending, Phase
from pharmacy_app.records.queries.unblinded import kits
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.workflows import custody, dosing, enrolment, subjects, today
from tests import pharmacies
from tests.desks import Desk, refused
from tests.pharmacies import CREDENTIALS, WANG
from tests.small_trials import STAGE

SUBJECT = SubjectId("01-001")


def end(desk: Desk, because: Ending = Ending.WITHDRAWAL) -> None:
    subjects.end(desk.pharmacy, SUBJECT, because, desk.pharmacy.today(), "Dr Zhao")


def kit_state(desk: Desk, dose_id: DoseId) -> KitState:
    return dosing.current_kit(desk.pharmacy, dosing.dose(desk.pharmacy, dose_id)).state


def test_a_screened_subject_is_enrolled_or_fails(desk: Desk) -> None:
    enrolment.screen(desk.pharmacy, SUBJECT, "Dr Zhao", "SCR-1")
    with refused("subject.screened_before"):
        enrolment.screen(desk.pharmacy, SUBJECT, "Dr Zhao", "SCR-1")
    end(desk, Ending.SCREEN_FAILURE)
    with refused("subject.screening_failed"):
        enrolment.enrol(desk.pharmacy, SUBJECT, "Dr Zhao", "REQ-1")
    with refused("subject.screening_failed"):
        end(desk, Ending.SCREEN_FAILURE)
    enrolment.screen(desk.pharmacy, "01-002", "Dr Zhao", "SCR-2")
    enrolment.enrol(desk.pharmacy, "01-002", "Dr Zhao", "REQ-2")
    assert subjects.phase(desk.pharmacy, "01-002") is Phase.ENROLLED


def test_the_phase_goes_on_with_the_visits(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    assert subjects.phase(desk.pharmacy, SUBJECT) is Phase.TREATMENT
    pharmacies.handed_over(desk.made, desk.pharmacy, SUBJECT)
    subjects.miss_visit(desk.pharmacy, SUBJECT, "W1", "in intensive care")
    assert subjects.phase(desk.pharmacy, SUBJECT) is Phase.FOLLOW_UP
    end(desk, Ending.COMPLETED)
    assert subjects.phase(desk.pharmacy, SUBJECT) is Phase.COMPLETE


@pytest.mark.parametrize("because", [e for e in Ending if e is not Ending.SCREEN_FAILURE])
def test_no_dose_is_begun_after_the_end(desk: Desk, because: Ending) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    end(desk, because)
    with refused("subject.ended"):
        dosing.open_dose(desk.pharmacy, SUBJECT, "W0")
    with refused("subject.ended"):
        end(desk, because)


def test_an_assigned_kit_is_free_again_and_a_thawed_one_wasted(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    waiting = dosing.open_dose(desk.pharmacy, SUBJECT, "W0")
    number = dosing.assign(desk.pharmacy, waiting).kit.kit_number
    end(desk)
    assert dosing.dose(desk.pharmacy, waiting).step is Step.STOPPED
    free = [kit for kit in _kits(desk) if kit.kit_number == number]
    assert [(kit.state, kit.dose_id) for kit in free] == [(KitState.AVAILABLE, None)]
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-002", "A")
    thawed = pharmacies.thawed(desk.made, desk.pharmacy, "01-002")
    subjects.end(desk.pharmacy, "01-002", Ending.DEATH, desk.pharmacy.today(), "Dr Zhao")
    assert kit_state(desk, thawed) is KitState.WASTED


def _kits(desk: Desk) -> list[Kit]:
    return kits.page(desk.pharmacy.reader, kits.KitFilter(), None, 100)


def test_a_dose_on_the_ward_is_still_reported_after_the_end(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "B")
    dose_id = pharmacies.handed_over(desk.made, desk.pharmacy, SUBJECT)
    handed = desk.pharmacy.now()
    desk.made.clock.advance(timedelta(minutes=40))
    end(desk, Ending.DEATH)
    custody.report_infusion(
        desk.pharmacy,
        dose_id,
        started_at=handed + timedelta(minutes=5),
        ended_at=handed + timedelta(minutes=20),
        not_infused_ml=Decimal(60),
        reported_by="Nurse Qian",
    )
    assert kit_state(desk, dose_id) is KitState.PARTLY_INFUSED


def test_an_end_recorded_in_error_is_taken_back_with_reason_and_signature(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    mine = CREDENTIALS[WANG]
    with refused("subject.not_ended", "subject.no_reporter", "subject.reinstate_reason"):
        subjects.reinstate(desk.pharmacy, SUBJECT, " ", " ", mine)
    end(desk, Ending.LOST)
    subjects.reinstate(desk.pharmacy, SUBJECT, "Dr Zhao", "came back", mine)
    subject = queries.subject(desk.pharmacy.reader, SUBJECT)
    assert subject is not None
    assert subject.ended is None
    pharmacies.handed_over(desk.made, desk.pharmacy, SUBJECT)


def test_an_ended_subject_gets_no_allocation(desk: Desk) -> None:
    enrolment.enrol(desk.pharmacy, SUBJECT, "Dr Zhao", "REQ-1")
    end(desk, Ending.SCREEN_FAILURE)
    with refused("allocation.subject_ended"):
        enrolment.open_allocation(
            desk.pharmacy, SUBJECT, STAGE, desk.made.code_for("A"), CREDENTIALS[WANG]
        )


def test_a_missed_visit_is_mended_by_a_dose_that_is_lawful_after_all(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    with refused("visit.missed_reason"):
        subjects.miss_visit(desk.pharmacy, SUBJECT, "W0", " ")
    with refused("visit.unknown"):
        subjects.miss_visit(desk.pharmacy, SUBJECT, "W9", "never")
    subjects.miss_visit(desk.pharmacy, SUBJECT, "W0", "fever")
    with refused("visit.missed_before"):
        subjects.miss_visit(desk.pharmacy, SUBJECT, "W0", "fever")
    assert dosing.plan(desk.pharmacy, SUBJECT)[0].missed == "fever"
    pharmacies.handed_over(desk.made, desk.pharmacy, SUBJECT)
    assert queries.missed_visits(desk.pharmacy.reader, SUBJECT) == {}
    with refused("visit.dose_there"):
        subjects.miss_visit(desk.pharmacy, SUBJECT, "W0", "fever")


def test_nothing_waits_on_today_of_a_missed_visit_or_a_subject_whose_part_ended(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-002", "B")
    assert [work.subject_id for work in today.planned_visits(desk.pharmacy)] == [SUBJECT, "01-002"]
    subjects.miss_visit(desk.pharmacy, SUBJECT, "W0", "fever")
    assert [work.subject_id for work in today.planned_visits(desk.pharmacy)] == ["01-002"]
    subjects.end(desk.pharmacy, "01-002", Ending.DEATH, desk.pharmacy.today(), "Dr Zhao")
    assert today.planned_visits(desk.pharmacy) == []
