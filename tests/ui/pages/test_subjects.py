"""Subjects at the window: enrolled, allocated, their visits as a track."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.ui.pages.subjects import SubjectsPage
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.subjects.desk_codes import ReleaseCodeDialog
from pharmacy_app.ui.subjects.enrol import EnrolDialog
from pharmacy_app.workflows import enrolment
from tests import pharmacies
from tests.pharmacies import WANG
from tests.small_trials import STAGE
from tests.ui.workplaces import Desk, in_front, sign

SUBJECT = SubjectId("01-017")


@pytest.fixture
def page(at_desk: Desk) -> SubjectsPage:
    made = at_desk.show(Place.SUBJECTS, SubjectsPage)
    assert isinstance(made, SubjectsPage)
    return made


def enrol(at_desk: Desk, page: SubjectsPage, subject: str = SUBJECT) -> None:
    enrolment.enrol(at_desk.pharmacy, subject, "Dr Zhao", "REQ-1")
    page.refresh(frozenset())


def test_a_subject_is_enrolled_from_the_form_and_shown(at_desk: Desk, page: SubjectsPage) -> None:
    page.enrol.click()
    dialog = in_front()
    assert isinstance(dialog, EnrolDialog)
    dialog.number.set_text(SUBJECT)
    dialog.requested_by.set_text("Dr Zhao")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    selected = page.table.selected()
    assert selected is not None
    assert selected.subject_id == SUBJECT


def test_a_wrong_number_is_refused_inside_the_form_with_every_reason(page: SubjectsPage) -> None:
    page.enrol.click()
    dialog = in_front()
    assert isinstance(dialog, EnrolDialog)
    dialog.number.set_text("99-1")
    dialog.enrol()
    assert dialog.isVisible()
    problem = dialog._refusals.problem
    assert [v.rule for v in getattr(problem, "violations", ())] == [
        "subject.number",
        "subject.no_request",
    ]


def test_an_allocation_opens_with_its_code_and_a_signature(
    at_desk: Desk, page: SubjectsPage, qtbot: QtBot
) -> None:
    enrol(at_desk, page)
    assert page.detail.panels[0]._arm.isHidden()
    page.detail.panels[0].ask_code()
    dialog = in_front()
    assert isinstance(dialog, ReleaseCodeDialog)
    dialog.code.set_text(at_desk.made.code_for("B").lower())
    dialog.give()
    sign(WANG)
    qtbot.waitUntil(lambda: not page.detail.panels[0]._arm.isHidden(), timeout=10_000)
    assert page.detail.panels[0]._arm.text() == "B"
    assert page.detail.panels[0].property("revealed")


def test_enter_starts_the_dose_right_after_its_allocation_was_opened(
    at_desk: Desk, page: SubjectsPage, qtbot: QtBot
) -> None:
    enrol(at_desk, page)
    page.detail.panels[0].open.setFocus()
    page.detail.panels[0].open.click()
    dialog = in_front()
    assert isinstance(dialog, ReleaseCodeDialog)
    dialog.code.set_text(at_desk.made.code_for("A"))
    dialog.give()
    sign(WANG)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=10_000)
    focused = page.window().focusWidget()
    assert focused is page
    asked = QSignalSpy(page.place_asked)
    at_desk.window.register(Place.BENCH, lambda: SubjectsPage(at_desk.workplace))
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert asked.at(0) == [Place.BENCH, (SUBJECT, "W0")]


def test_a_mistyped_code_is_told_before_any_password(at_desk: Desk, page: SubjectsPage) -> None:
    enrol(at_desk, page)
    page.detail.panels[0].ask_code()
    dialog = in_front()
    assert isinstance(dialog, ReleaseCodeDialog)
    dialog.code.set_text("AAAA-BBBB-CCCC-DDDD")
    dialog.give()
    assert dialog.isVisible()
    assert dialog.code.error


def test_no_arm_is_in_any_text_before_the_allocation_is_open(
    at_desk: Desk, page: SubjectsPage
) -> None:
    enrol(at_desk, page)
    panel = page.detail.panels[0]
    assert panel._arm.text() == ""
    assert not panel.property("revealed")


def test_a_dose_without_an_open_allocation_is_barred_with_the_reason(
    at_desk: Desk, page: SubjectsPage
) -> None:
    enrol(at_desk, page)
    assert "allocation" in page.start.reason
    asked = QSignalSpy(page.place_asked)
    page.start.click()
    assert asked.count() == 0


def test_the_visit_that_is_due_is_taken_to_the_bench_with_enter(
    at_desk: Desk, page: SubjectsPage
) -> None:
    pharmacies.enrolled(at_desk.made, at_desk.pharmacy, SUBJECT, "A")
    page.refresh(frozenset())
    asked = QSignalSpy(page.place_asked)
    at_desk.window.register(Place.BENCH, lambda: SubjectsPage(at_desk.workplace))
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert asked.at(0) == [Place.BENCH, (SUBJECT, "W0")]


def test_a_later_visit_says_what_it_waits_for(at_desk: Desk, page: SubjectsPage) -> None:
    pharmacies.enrolled(at_desk.made, at_desk.pharmacy, SUBJECT, "A")
    page.refresh(frozenset())
    QTest.keyClick(page.detail.track, Qt.Key.Key_Right)
    plan = page.detail.plan
    assert plan is not None
    assert plan.visit.code == "W1"
    assert page.start.reason
    assert page.detail.track.accessibleName() == "W1 Week 1: after W0"


def test_a_visit_goes_from_due_to_in_progress_to_handed_over(
    at_desk: Desk, page: SubjectsPage
) -> None:
    pharmacies.enrolled(at_desk.made, at_desk.pharmacy, SUBJECT, "A")
    page.refresh(frozenset())
    words = [page.detail._stations()[0].word]
    pharmacies.handed_over(at_desk.made, at_desk.pharmacy, SUBJECT)
    page.refresh(frozenset())
    words.append(page.detail._stations()[0].word)
    assert words == ["due", "handed over"]


def test_a_missed_window_is_shown_as_closed(at_desk: Desk, page: SubjectsPage) -> None:
    enrol(at_desk, page)
    at_desk.made.clock.advance(timedelta(days=3))
    page.refresh(frozenset())
    assert page.detail._stations()[0].word == "window closed"


def test_a_subject_asked_for_elsewhere_is_selected(at_desk: Desk, page: SubjectsPage) -> None:
    for subject in ("01-001", "01-002", "01-003"):
        enrol(at_desk, page, subject)
    page.open_subject("01-003")
    selected = page.table.selected()
    assert selected is not None
    assert selected.subject_id == "01-003"
    assert queries.allocation(at_desk.pharmacy.reader, SubjectId("01-003"), STAGE) is None
