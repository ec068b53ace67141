"""A subject's life at the window: consent, missed visit, end, planned unblinding, code break."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.subjects import Ending, Phase
from pharmacy_app.domain.trial import EarliestDay, Outside
from pharmacy_app.domain.unblinding import Blinding, Category
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.ui.application import Application
from pharmacy_app.ui.dialogs.preview import DocumentPreview
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.pages.subjects import SubjectsPage
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.subjects.acts import ConsentDialog, EndDialog, MissedDialog
from pharmacy_app.ui.subjects.code_break import CodeBreakDialog, LetterDialog
from pharmacy_app.ui.subjects.desk_codes import UnblindingDialog
from pharmacy_app.workflows import code_break, subjects, unblinding
from pharmacy_app.workflows.code_break import Request
from tests import pharmacies, small_trials
from tests.pharmacies import LI, WANG, MadeSite
from tests.small_trials import STAGE, STAGE_2
from tests.ui import workplaces
from tests.ui.workplaces import Desk, in_front, sign

SUBJECT = SubjectId("01-001")

ASKED = Request("Dr Sun", "intensive care", Category.SAFETY, "anaphylaxis")
MINE = (pharmacies.CREDENTIALS[WANG],)


@pytest.fixture(scope="module")
def two_stages(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    folder = tmp_path_factory.mktemp("two") / "site"
    return pharmacies.stocked_site(folder, small_trials.two_stage_trial())


@pytest.fixture
def desk_of_two(two_stages: MadeSite, tmp_path: Path, desk: Application) -> Iterator[Desk]:
    made = pharmacies.copied(two_stages, tmp_path / "site", tmp_path.name)
    with workplaces.opened_desk(made, desk) as opened:
        pharmacies.enrolled(made, opened.pharmacy, SUBJECT, "A")
        yield opened


@pytest.fixture
def page(desk_of_two: Desk) -> SubjectsPage:
    made = desk_of_two.show(Place.SUBJECTS, SubjectsPage)
    assert isinstance(made, SubjectsPage)
    return made


def texts(page: SubjectsPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if not label.isHidden())


def closed(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=10_000)


def test_a_consent_is_recorded_and_shown(
    desk_of_two: Desk, page: SubjectsPage, qtbot: QtBot
) -> None:
    page.detail.standing.consent.click()
    dialog = in_front()
    assert isinstance(dialog, ConsentDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert [v.rule for v in getattr(dialog.refusals.problem, "violations", ())] == [
        "consent.no_reference"
    ]
    dialog.reference.set_text("ICF 2.0")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    (consent,) = queries.consents(desk_of_two.pharmacy.reader, SUBJECT)
    assert (consent.stage, consent.given) == (STAGE_2, True)
    qtbot.waitUntil(lambda: "ICF 2.0" in texts(page))


def test_a_missed_visit_is_told_on_the_track(
    desk_of_two: Desk, page: SubjectsPage, qtbot: QtBot
) -> None:
    page.detail.standing.missed.click()
    dialog = in_front()
    assert isinstance(dialog, MissedDialog)
    dialog.because.set_text("fever")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    page.detail.track.select(0)
    qtbot.waitUntil(lambda: "fever" in texts(page))
    assert page.detail.standing.missed.reason
    assert queries.missed_visits(desk_of_two.pharmacy.reader, SUBJECT) == {"W0": "fever"}


def test_the_end_bars_every_dose_and_is_taken_back_with_a_signature(
    desk_of_two: Desk, page: SubjectsPage, qtbot: QtBot
) -> None:
    standing = page.detail.standing
    standing.end.click()
    dialog = in_front()
    assert isinstance(dialog, EndDialog)
    dialog.do()
    assert dialog.because.error
    dialog.because.set_value(Ending.LOST)
    dialog.on.set_text("2026-11")
    dialog.do()
    assert dialog.on.error
    dialog.on.set_text(desk_of_two.pharmacy.today().isoformat())
    dialog.reported_by.set_text("Dr Zhao")
    dialog.do()
    assert subjects.phase(desk_of_two.pharmacy, SUBJECT) is Phase.ENDED
    assert "lost to follow-up" in texts(page)
    assert "ended" in page.start.reason
    standing.end.click()
    asked = in_front()
    assert isinstance(asked, QuestionsDialog)
    for field, answer in zip(asked.fields, ("Dr Zhao", "wrong subject"), strict=True):
        field.set_text(answer)
    asked.answer()
    sign(WANG)
    closed(qtbot)
    assert subjects.phase(desk_of_two.pharmacy, SUBJECT) is Phase.TREATMENT
    assert page.start.reason == ""


def test_a_stage_is_unblinded_with_the_desks_code_and_opens_the_gate(
    desk_of_two: Desk, page: SubjectsPage, qtbot: QtBot
) -> None:
    first, second = page.detail.panels
    assert second.unblind.isHidden()
    assert "unblinding" in second.open.reason
    first.unblind.click()
    dialog = in_front()
    assert isinstance(dialog, UnblindingDialog)
    found = queries.allocation(desk_of_two.pharmacy.reader, SUBJECT, STAGE)
    assert found is not None
    dialog.code.set_text(desk_of_two.made.unblinding_codes[found.entry_id])
    dialog.give()
    sign(WANG)
    closed(qtbot)
    assert unblinding.state(desk_of_two.pharmacy, SUBJECT, STAGE) is Blinding.PLANNED
    first, second = page.detail.panels
    assert first.unblind.isHidden()
    assert "unblinding" not in second.open.reason
    assert "unblinded as planned" in texts(page)


@pytest.mark.parametrize("outside", list(Outside))
def test_an_unblinding_before_its_day_is_barred_or_asked_about(
    tmp_path: Path, desk: Application, outside: Outside
) -> None:
    trial = small_trials.two_stage_trial()
    day_25 = EarliestDay(anchor="W0", day=25, outside=outside)
    stages = (msgspec.structs.replace(trial.stages[0], unblinded_from=day_25), trial.stages[1])
    made = pharmacies.stocked_site(tmp_path / "site", msgspec.structs.replace(trial, stages=stages))
    with workplaces.opened_desk(made, desk) as opened:
        pharmacies.enrolled(made, opened.pharmacy, SUBJECT, "A")
        page = opened.show(Place.SUBJECTS, SubjectsPage)
        assert isinstance(page, SubjectsPage)
        first = str(opened.pharmacy.today() + timedelta(days=25))
        unblind = page.detail.panels[0].unblind
        if outside is Outside.REFUSE:
            assert first in unblind.reason
            return
        assert unblind.reason == ""
        unblind.click()
        dialog = in_front()
        assert isinstance(dialog, UnblindingDialog)
        assert not dialog.early.isHidden()
        assert first in dialog.early.editor.accessibleName()
        dialog.reject()


def asked_break(page: SubjectsPage) -> CodeBreakDialog:
    page.detail.standing.broken.click()
    dialog = in_front()
    assert isinstance(dialog, CodeBreakDialog)
    dialog.do()
    assert dialog.category.value is None
    assert dialog.refusals.problem is None
    dialog.category.set_value(Category.SAFETY)
    dialog.do()
    assert len(getattr(dialog.refusals.problem, "violations", ())) == 3
    dialog.requester.set_text("Dr Sun")
    dialog.role.set_text("intensive care")
    dialog.because.set_text("anaphylaxis")
    return dialog


def test_a_code_break_is_signed_by_two_and_shows_the_group_only_when_asked_twice(
    desk_of_two: Desk, page: SubjectsPage, qtbot: QtBot
) -> None:
    dialog = asked_break(page)
    dialog.witness.set_value(LI)
    dialog.do()
    sign(WANG, LI)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), LetterDialog))
    letter = in_front()
    assert isinstance(letter, LetterDialog)
    said = "\n".join(label.text() for label in letter.findChildren(QLabel))
    assert "Dr Sun" in said
    assert not any(word in said for word in ("Cells", "Albumin"))
    assert "no printer" in letter.print_it.reason
    letter.show_it.click()
    assert in_front() is letter
    assert "sure" in letter.show_it.text()
    letter.show_it.click()
    shown = in_front()
    assert isinstance(shown, DocumentPreview)
    shown.reject()
    letter.accept()
    qtbot.waitUntil(lambda: not page.detail.standing.letter.isHidden())
    page.detail.standing.letter.click()
    again = in_front()
    assert isinstance(again, LetterDialog)
    assert "sure" not in again.show_it.text()
    again.accept()
    assert unblinding.state(desk_of_two.pharmacy, SUBJECT, STAGE) is Blinding.EMERGENCY
    assert "code was broken" in page.start.reason


def test_a_second_code_break_is_asked_about_and_both_letters_stay(
    desk_of_two: Desk, page: SubjectsPage, qtbot: QtBot
) -> None:
    first = code_break.break_code(desk_of_two.pharmacy, SUBJECT, ASKED, MINE)
    page.detail.standing.broken.click()
    dialog = in_front()
    assert isinstance(dialog, CodeBreakDialog)
    dialog.requester.set_text("Dr Ma")
    dialog.role.set_text("surgery")
    dialog.because.set_text("a bleeding")
    dialog.category.set_value(Category.TREATMENT_CHOICE)
    dialog.do()
    assert [v.rule for v in getattr(dialog.refusals.problem, "violations", ())] == [
        "unblinding.broken_before"
    ]
    dialog.real.set_value(False)
    assert dialog.request().again  # a rehearsal tells nothing, and is not asked about
    dialog.real.set_value(True)
    dialog.again.set_value(True)
    request = dialog.request()
    dialog.reject()
    second = code_break.break_code(desk_of_two.pharmacy, SUBJECT, request, MINE)
    printer = pharmacies.MemoryPrinter()
    kept = code_break.kept_papers(desk_of_two.pharmacy, SUBJECT)
    letter = LetterDialog(desk_of_two.workplace, SUBJECT, kept, page.window(), [(printer, "P 1")])
    letter.open()
    assert not letter.which.isHidden()
    with qtbot.waitSignal(letter.printed):
        letter.print_it.click()
    letter.show_it.click()
    letter.which.set_value(0)
    letter.which.chosen.emit(0)
    assert "sure" not in letter.show_it.text()
    with qtbot.waitSignal(letter.printed):
        letter.print_it.click()
    assert [pdf for _, pdf in printer.printed] == [second.letter.pdf, first.letter.pdf]
    letter.accept()


def test_the_letter_goes_to_the_printer_unseen_and_an_absent_one_is_told(
    desk_of_two: Desk, page: SubjectsPage, qtbot: QtBot
) -> None:
    broken = code_break.break_code(desk_of_two.pharmacy, SUBJECT, ASKED, MINE)
    printer = pharmacies.MemoryPrinter(absent=True)
    workplace, window = desk_of_two.workplace, page.window()
    letter = LetterDialog(workplace, SUBJECT, [broken], window, [(printer, "P 1")])
    letter.open()
    QTest.keyClick(letter, Qt.Key.Key_Return)
    assert "on its way" in letter.print_it.reason
    qtbot.waitUntil(lambda: letter.refusals.problem is not None)
    printer.absent = False
    with qtbot.waitSignal(letter.printed):
        letter.print_it.click()
    assert [pdf for _, pdf in printer.printed] == [broken.letter.pdf]
    letter.accept()


def test_a_rehearsal_shows_a_letter_without_a_group_and_changes_nothing(
    desk_of_two: Desk, page: SubjectsPage
) -> None:
    dialog = asked_break(page)
    dialog.real.set_value(False)
    dialog.do()
    shown = in_front()
    assert isinstance(shown, DocumentPreview)
    shown.reject()
    assert unblinding.state(desk_of_two.pharmacy, SUBJECT, STAGE) is Blinding.BLIND
