"""Kits leave the site at the window: what came back, waste, lists to their papers, the closing."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.disposal import ListState
from pharmacy_app.domain.events.disposal import Remains, Way
from pharmacy_app.domain.ids import DisposalId
from pharmacy_app.domain.kits import Disposal, Kit, KitState
from pharmacy_app.exchange.advice import read_advice
from pharmacy_app.exchange.notices import DisposalAuthorised, Sender, write_notice
from pharmacy_app.records.queries.unblinded import disposal as queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.ui.account.closing import Closing
from pharmacy_app.ui.account.leaving import ToDispose
from pharmacy_app.ui.account.list_form import ListForm
from pharmacy_app.ui.account.lists import Lists
from pharmacy_app.ui.account.movements import AccountLog
from pharmacy_app.ui.account.remains_form import RemainsForm
from pharmacy_app.ui.account.set_aside_forms import ReserveForm, WasteForm
from pharmacy_app.ui.dialogs.preview import DocumentPreview
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.pages.account import AccountPage
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.workflows import accountability, custody, disposal
from tests import pharmacies
from tests.pharmacies import CREDENTIALS, LI, WANG
from tests.small_trials import CELLS, SHAM, SITE
from tests.ui.workplaces import Desk, in_front, sign

LOG, BACK, TO_DISPOSE, LISTS, CLOSING = range(5)


@pytest.fixture
def page(at_desk: Desk) -> AccountPage:
    made = at_desk.show(Place.ACCOUNT, AccountPage)
    assert isinstance(made, AccountPage)
    return made


def shown(page: AccountPage, view: int) -> str:
    """Show a view, read again; return its sum in words."""
    page.views.choose(view)
    page.refresh(frozenset())
    return page.view.sum.accessibleName()


def kit(at_desk: Desk, number: str) -> Kit:
    found = kit_queries.kit(at_desk.pharmacy.reader, number)
    assert found is not None
    return found


def answered(*answers: str) -> None:
    """Answer the questions in front."""
    dialog = in_front()
    assert isinstance(dialog, QuestionsDialog)
    for field, answer in zip(dialog.fields, answers, strict=True):
        field.set_text(answer)
    dialog.answer()


def given(at_desk: Desk) -> None:
    pharmacies.enrolled(at_desk.made, at_desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.handed_over(at_desk.made, at_desk.pharmacy, "01-001")
    pharmacies.reported(at_desk.made, at_desk.pharmacy, dose_id)


def listed(at_desk: Desk, way: Way, kits: Sequence[str], to_site: str = "") -> DisposalId:
    return disposal.open_list(at_desk.pharmacy, way, kits, "end of trial", to_site=to_site)


def state(at_desk: Desk, list_id: DisposalId) -> ListState:
    return disposal.one_list(at_desk.pharmacy, list_id).state


def test_what_came_back_is_recorded_or_refused_inside_the_form(
    at_desk: Desk, page: AccountPage
) -> None:
    given(at_desk)
    assert shown(page, BACK) == "1 not accounted for"
    page.act.click()
    form = in_front()
    assert isinstance(form, RemainsForm)
    form.use.click()
    assert form.remains.error
    form.remains.set_value("partly_used")
    form.use.click()
    assert form.refusals.problem is not None
    form.refusals.dismiss()
    form.left.set_value(Decimal(5))
    form.brought_by.set_text("Nurse Qian")
    form.use.click()
    assert shown(page, BACK) == "0 not accounted for"
    assert page.act.reason
    assert shown(page, TO_DISPOSE) == "1 wait to be listed"


def test_a_box_that_fell_is_wasted_before_a_witness(
    at_desk: Desk, page: AccountPage, qtbot: QtBot
) -> None:
    first, second = at_desk.made.kits[CELLS][:2]
    shown(page, TO_DISPOSE)
    view = page.view
    assert isinstance(view, ToDispose)
    view.waste.click()
    form = in_front()
    assert isinstance(form, WasteForm)
    assert form.scan(RawScan("?"))
    assert form.refusals.problem is not None
    form.refusals.dismiss()
    form.scan(RawScan(first))
    form.code.set_text(second)
    form.add_typed()
    assert form.kits() == [first, second]
    form.because.set_text("box fell")
    form.use.click()
    sign(WANG, LI)
    qtbot.waitUntil(lambda: kit(at_desk, second).state is KitState.WASTED, timeout=10_000)
    assert kit(at_desk, first).disposal is Disposal.HELD
    assert shown(page, TO_DISPOSE) == "2 wait to be listed"


def test_a_reserve_sample_is_kept_with_its_reference(
    at_desk: Desk, page: AccountPage, qtbot: QtBot
) -> None:
    number = at_desk.made.kits[CELLS][0]
    shown(page, TO_DISPOSE)
    view = page.view
    assert isinstance(view, ToDispose)
    view.reserve.click()
    form = in_front()
    assert isinstance(form, ReserveForm)
    form.scan(RawScan(number))
    form.because.set_text("retain")
    form.reference.set_text("P-9")
    form.use.click()
    sign(WANG)
    qtbot.waitUntil(lambda: kit(at_desk, number).state is KitState.RESERVE, timeout=10_000)
    assert shown(page, TO_DISPOSE) == "1 wait to be listed"
    page.act.click()
    offered = in_front()
    assert isinstance(offered, ListForm)
    assert (offered.list.count(), offered.kits()) == (1, [])


def test_a_list_goes_from_the_scan_to_its_certificate(
    at_desk: Desk, page: AccountPage, qtbot: QtBot
) -> None:
    number, other = at_desk.made.kits[CELLS][:2]
    disposal.waste(at_desk.pharmacy, [number], "fell", (CREDENTIALS[WANG], CREDENTIALS[LI]))
    shown(page, TO_DISPOSE)
    assert page.scan(RawScan(number))
    form = in_front()
    assert isinstance(form, ListForm)
    form.scan(RawScan(other))
    form.because.set_text("end of trial")
    form.use.click()
    assert form.refusals.problem is not None
    form.list.item(form.list.count() - 1).setCheckState(form.list.item(0).checkState().Unchecked)
    form.use.click()
    (found,) = queries.lists(at_desk.pharmacy.reader)
    assert (found.way, found.kits) == (Way.DESTROYED, 1)
    assert shown(page, LISTS) == "1 waiting"
    page.act.click()
    answered("S-1")
    sign(WANG)
    qtbot.waitUntil(lambda: state(at_desk, found.list_id) is ListState.AUTHORISED, timeout=10_000)
    shown(page, LISTS)
    page.act.click()
    answered("burnt", "plant")
    sign(WANG, LI)
    qtbot.waitUntil(lambda: state(at_desk, found.list_id) is ListState.DONE, timeout=10_000)
    preview = in_front()
    assert isinstance(preview, DocumentPreview)
    assert preview.paper.file_name.startswith("UNBLINDED_destruction_")
    preview.reject()
    assert shown(page, LISTS) == "0 waiting"
    page.act.click()
    assert isinstance(in_front(), DocumentPreview)


def test_kits_are_sent_to_another_site_and_the_parcel_has_its_list(
    at_desk: Desk,
    page: AccountPage,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    list_id = listed(at_desk, Way.TRANSFERRED, at_desk.made.kits[SHAM][:2], "02")
    told = DisposalAuthorised(
        kits=tuple(sorted(at_desk.made.kits[SHAM][:2])),
        way=Way.TRANSFERRED,
        to_site=disposal.one_list(at_desk.pharmacy, list_id).to_site,
        reference="N-1",
    )
    made, now = at_desk.made, at_desk.made.clock.now()
    sender = Sender(made.sponsor_key, made.site_public_key, "TEST-1", SITE, 7)
    shown(page, LISTS)
    view = page.view
    assert isinstance(view, Lists)
    row = view.table.selected()
    assert row is not None
    view.authorise_by_notice(row, write_notice(told, sender, now, now + timedelta(days=1)))
    sign(WANG)
    qtbot.waitUntil(lambda: state(at_desk, list_id) is ListState.AUTHORISED, timeout=10_000)
    shown(page, LISTS)
    assert view.notice.reason
    page.act.click()
    answered("SF", "LN2-7")
    sign(WANG)
    qtbot.waitUntil(lambda: state(at_desk, list_id) is ListState.DONE, timeout=10_000)
    preview = in_front()
    assert isinstance(preview, DocumentPreview)
    assert preview.paper.file_name.startswith("UNBLINDED_sent_")
    preview.reject()
    shown(page, LISTS)
    assert not view.advice.reason
    file = tmp_path / "advice.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    view.advice.click()
    assert read_advice(file.read_bytes(), file.name).kits == told.kits


def test_a_kit_is_struck_and_the_list_dropped(at_desk: Desk, page: AccountPage) -> None:
    first, second = at_desk.made.kits[CELLS][:2]
    list_id = listed(at_desk, Way.SENT_BACK, [first, second])
    shown(page, LISTS)
    view = page.view
    assert isinstance(view, Lists)
    assert view.note.text() == ", ".join(sorted((first, second)))
    view.strike.click()
    answered(first, "needed")
    assert kit(at_desk, first).disposal is Disposal.NONE
    shown(page, LISTS)
    problems: list[object] = []
    page.problem_met.connect(problems.append)
    view.strike.click()
    answered(second, "needed")
    assert len(problems) == 1
    view.drop.click()
    answered("not asked for")
    assert state(at_desk, list_id) is ListState.DROPPED
    shown(page, LISTS)
    assert view.strike.reason
    assert page.act.reason


def test_the_log_is_told_as_of_a_past_moment_and_by_lot(at_desk: Desk, page: AccountPage) -> None:
    shown(page, LOG)
    log = page.view
    assert isinstance(log, AccountLog)
    log.as_of.set_text("2020-01-01 00:00")
    log.as_of.editor.editingFinished.emit()
    assert log.sum.accessibleName() == "Balance 0 as of 2020-01-01 00:00"
    log.as_of.set_text("2199-01-01 00:00")
    log.as_of.editor.editingFinished.emit()
    assert log.as_of.error
    log.as_of.set_text("soon")
    log.as_of.editor.editingFinished.emit()
    assert log.as_of.error == "YYYY-MM-DD HH:MM"
    log.as_of.set_text("")
    log.as_of.editor.editingFinished.emit()
    for of in ("lot", "site"):
        log.of.set_value(of)
        log.of.chosen.emit(of)
        assert "= shelf" in log.sum.accessibleName()
    log.layout_of.set_value("china")
    page.act.click()
    preview = in_front()
    assert isinstance(preview, DocumentPreview)
    assert preview.paper.file_name.endswith("_site.pdf")


def test_the_account_is_closed_once_every_kit_is_explained(
    at_desk: Desk, page: AccountPage, qtbot: QtBot
) -> None:
    given(at_desk)
    assert shown(page, CLOSING) == "12 unexplained"
    assert page.act.reason
    view = page.view
    assert isinstance(view, Closing)
    assert view.explain.reason
    assert view.equation.text() == "received 12 = 1 given + 11 on the shelf"
    pharmacy, made = at_desk.pharmacy, at_desk.made
    dose_id = queries.given(pharmacy.reader)[0].dose_id
    gone = Remains.DESTROYED_ON_WARD
    custody.take_back(pharmacy, dose_id, gone, left_ml=Decimal(0), brought_by="Qian")
    shelf = [n for kits in made.kits.values() for n in kits if kit(at_desk, n).position]
    list_id = listed(at_desk, Way.SENT_BACK, shelf)
    disposal.authorise(pharmacy, list_id, "S-1", CREDENTIALS[WANG])
    disposal.send(pharmacy, list_id, "SF", "LN2-7", CREDENTIALS[WANG])
    assert shown(page, CLOSING) == "0 unexplained"
    page.act.click()
    answered("the site is closed")
    sign(WANG)
    qtbot.waitUntil(lambda: len(accountability.closings(pharmacy)) == 1, timeout=10_000)
    shown(page, CLOSING)
    assert view.closed.text().startswith("Closed at ")
    view.print.click()
    preview = in_front()
    assert isinstance(preview, DocumentPreview)
    assert preview.paper.file_name.startswith("UNBLINDED_reconciliation_")
