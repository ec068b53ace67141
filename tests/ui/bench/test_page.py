"""The bench at the window: every step by its one primary button, scans, refusals, resuming."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.dose import HaemocytometerReading
from pharmacy_app.domain.doses import Step
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.ui import language
from pharmacy_app.ui.bench.check import CheckPanel
from pharmacy_app.ui.bench.count import CountPanel
from pharmacy_app.ui.bench.dates import MomentField
from pharmacy_app.ui.bench.dilution import DilutePanel, DrawPanel
from pharmacy_app.ui.bench.handing import HandOverPanel, OverPanel, ReportPanel
from pharmacy_app.ui.bench.label import LabelPanel, ScanBackPanel
from pharmacy_app.ui.bench.step import StepPanel
from pharmacy_app.ui.bench.thaw import AppearancePanel, ThawPanel
from pharmacy_app.ui.bench.visit import VisitPanel
from pharmacy_app.ui.dialogs.codes import ConfirmScanDialog
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.widgets.fields import fields_in_row
from pharmacy_app.workflows import dosing
from tests import pharmacies
from tests.pharmacies import LI, WANG
from tests.small_trials import CELLS, SHAM
from tests.ui.benches import SUBJECT, Bench, fill, settled
from tests.ui.strays import StrayWindows
from tests.ui.workplaces import Desk, in_front, sign


@pytest.fixture
def bench(at_desk: Desk) -> Bench:
    return Bench(at_desk)


@pytest.mark.parametrize("arm", ["A", "B"])
def test_a_dose_goes_from_its_window_to_the_wards_report_with_enter_and_the_scanner(
    at_desk: Desk, strays: StrayWindows, qtbot: QtBot, arm: str
) -> None:
    bench = Bench(at_desk, arm)
    bench.to_check()
    bench.check(qtbot)
    bench.label()
    assert bench.waits_for(Step.SCAN_BACK)
    bench.scan_back()
    panel = bench.at(HandOverPanel)
    panel.receiver.set_text("Nurse Qian")
    bench.enter()
    sign(WANG)
    qtbot.waitUntil(lambda: bench.step is Step.REPORT, timeout=10_000)
    begun = bench.made.clock.now() + timedelta(minutes=10)
    bench.made.clock.advance(timedelta(hours=1))
    report = bench.at(ReportPanel)
    local = begun.astimezone(language.zone())
    report.started.set_text(f"{local:%Y-%m-%d %H:%M}")
    report.ended.set_text(f"{local + timedelta(minutes=20):%Y-%m-%d %H:%M}")
    report.left.set_value(Decimal(0))
    report.reporter.set_text("Nurse Qian")
    bench.enter()
    assert bench.waits_for(Step.CLOSED)
    bench.at(OverPanel)
    assert strays.seen == []


@pytest.mark.parametrize("arm", ["A", "B"])
def test_both_arms_have_the_same_steps_and_the_same_buttons(at_desk: Desk, arm: str) -> None:
    bench = Bench(at_desk, arm)
    bench.enter()
    bench.take_out()
    bench.thaw()
    bench.begin_count()
    panel = bench.at(CountPanel)
    assert panel.head.text() == "Count live and dead cells"
    assert panel.primary.text() == "Confirm the count"
    assert panel._card.isHidden() is (arm == "A")


def test_a_wrong_kit_stops_the_work_until_it_is_put_aside_and_stays_as_a_near_miss(
    bench: Bench,
) -> None:
    for _ in range(2 + 1):
        bench.enter()
    assert bench.step is Step.IDENTIFY
    in_front().reject()
    mine = bench.page.bench.at_hand.kit
    other = next(k for k in bench.made.kits[CELLS] + bench.made.kits[SHAM] if k != mine)
    bench.page.scan(RawScan(other))
    dialog = in_front()
    assert isinstance(dialog, ConfirmScanDialog)
    dialog.reject()
    assert dialog.isVisible()
    dialog._confirm.click()
    assert not dialog.isVisible()
    assert bench.step is Step.IDENTIFY
    reader = bench.desk.pharmacy.reader
    noted = dose_queries.near_misses(reader, f"dose/{bench.dose_id}")
    assert "kit.not_the_assigned" in noted[0].rules


def test_leaving_and_coming_back_resumes_at_the_same_step(bench: Bench) -> None:
    bench.enter()
    bench.take_out()
    dose_id = bench.dose_id
    bench.page.leave.click()
    assert bench.page.bench.dose is None
    assert bench.page.waiting.count == 1
    bench.page.open_subject(dose_id)
    assert bench.step is Step.THAW
    bench.at(ThawPanel)


def test_what_was_typed_stays_when_other_records_change(bench: Bench) -> None:
    bench.enter()
    bench.take_out()
    bench.at(ThawPanel).bath.set_text("WB-9")
    bench.desk.window.tell_changed(frozenset({"kit"}))
    assert bench.at(ThawPanel).bath.text == "WB-9"


def test_a_held_enter_presses_nothing(bench: Bench) -> None:
    bench.enter()
    assert bench.step is Step.ASSIGN
    held = QKeyEvent(
        QEvent.Type.KeyPress,
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.NoModifier,
        "\r",
        autorep=True,
    )
    bench.page.keyPressEvent(held)
    assert bench.step is Step.ASSIGN


def test_an_unacceptable_appearance_is_refused_and_leads_to_the_stop(bench: Bench) -> None:
    bench.enter()
    bench.take_out()
    panel = bench.at(ThawPanel)
    panel.bath.set_text("WB-1")
    panel.bath_c.set_value(Decimal(37))
    bench.enter()
    bench.enter()
    bench.at(AppearancePanel).choose("clumps")
    bench.enter()
    assert bench.refused() == ["bench.appearance"]
    bench.page.stop.click()
    dialog = in_front()
    assert isinstance(dialog, QuestionsDialog)
    assert dialog.fields[0].text == "appearance not acceptable"
    dialog.answer()
    stopped = bench.page.bench.at_hand.stopped
    assert stopped is not None
    assert stopped.rules == ("bench.appearance",)


def test_a_count_that_fails_is_kept_and_refused_with_every_reason(bench: Bench) -> None:
    bench.enter()
    bench.take_out()
    bench.thaw()
    bench.begin_count()
    poor = [
        HaemocytometerReading(live=100, dead=dead, squares=4, dilution_factor=Decimal(20))
        for dead in (80, 110)
    ]
    bench.count(poor)
    assert bench.step is Step.COUNT
    assert {"dose.viability_below_limit", "dose.not_enough_cells"} <= set(bench.refused())
    assert bench.at(CountPanel).form.readings() == tuple(poor)


def test_a_dilution_typed_differently_the_second_time_is_no_count(bench: Bench) -> None:
    bench.enter()
    bench.take_out()
    bench.thaw()
    bench.begin_count()
    form = bench.at(CountPanel).form
    fill(form, pharmacies.TWO_COUNTS)
    form.dilution_again.set_value(Decimal(2))
    bench.enter()
    assert bench.step is Step.COUNT
    assert form.dilution_again.error == "not the same"


def test_a_count_is_corrected_with_a_reason_before_the_bag_is_made(
    bench: Bench, strays: StrayWindows
) -> None:
    bench.enter()
    bench.take_out()
    bench.thaw()
    bench.begin_count()
    bench.count()
    bench.page.bench.correct(on=True)
    bench.count()
    assert bench.refused() == ["bench.recount_reason"]
    bench.at(CountPanel).reason.set_text("second chamber misread")
    bench.enter()
    assert bench.step is Step.DRAW
    assert not bench.page.bench.correcting
    assert strays.seen == []


def test_a_volume_that_differs_from_the_calculated_one_is_refused(bench: Bench) -> None:
    bench.enter()
    bench.take_out()
    bench.thaw()
    bench.begin_count()
    bench.count()
    panel = bench.at(DrawPanel)
    panel.drawn.set_value(Decimal(1))
    panel.diluent.set_value(Decimal(99))
    bench.enter()
    assert bench.refused() == ["bench.volume_differs", "bench.volume_differs"]


def test_the_second_person_never_sees_the_first_counts(bench: Bench) -> None:
    bench.to_check()
    panel = bench.at(CheckPanel)
    assert [field.text for field in panel.form.fields] == [""] * len(panel.form.fields)
    assert panel._card.isHidden()


def test_a_lone_pharmacist_goes_on_with_a_reason_and_a_deviation_is_raised(bench: Bench) -> None:
    bench.to_check()
    bench.at(CheckPanel).later.click()
    dialog = in_front()
    assert isinstance(dialog, QuestionsDialog)
    dialog.answer()
    assert dialog.fields[0].error
    dialog.fields[0].set_text("alone at night")
    dialog.answer()
    assert bench.step is Step.LABEL
    open_ones = dose_queries.deviations(bench.desk.pharmacy.reader)
    assert [d.rule for d in open_ones] == ["check.deferred"]


def test_the_label_waits_for_the_least_bench_time_and_says_until_when(bench: Bench) -> None:
    bench.to_check()
    bench.at(CheckPanel).defer("alone at night")
    panel = bench.at(LabelPanel)
    assert "Unlocks at" in panel.primary.reason
    bench.enter()
    assert bench.step is Step.LABEL
    assert not bench.page.bench.at_hand.labels


def test_a_label_that_did_not_come_out_gives_way_to_a_copy_with_a_new_number(
    bench: Bench, own_home: Path
) -> None:
    bench.to_check()
    bench.at(CheckPanel).defer("alone at night")
    bench.label()
    assert len(list((own_home / "labels").iterdir())) == 1
    settled(bench, bench.at(ScanBackPanel).none_came, "paper jam")
    bench.label()
    assert [copy.copy for copy in bench.page.bench.at_hand.labels] == [1, 2]
    assert len(list((own_home / "labels").iterdir())) == 2


def test_a_spoiled_label_is_recorded_and_the_next_asks_for_a_second_person(
    bench: Bench, own_home: Path, qtbot: QtBot
) -> None:
    del own_home
    bench.to_check()
    bench.at(CheckPanel).defer("alone at night")
    bench.label()
    settled(bench, bench.at(ScanBackPanel).spoiled, "smeared")
    panel = bench.at(LabelPanel)
    assert panel.primary.text() == "Another copy…"
    bench.enter()
    in_front().reject()
    assert [copy.copy for copy in bench.page.bench.at_hand.labels] == [1]
    panel.another.sign_for("smeared")
    sign(LI)
    qtbot.waitUntil(lambda: [c.copy for c in bench.page.bench.at_hand.labels] == [1, 2])


def test_tab_goes_through_the_fields_of_a_step_and_then_to_its_buttons(bench: Bench) -> None:
    bench.enter()
    bench.take_out()
    assert tab_stops(bench.at(ThawPanel)) == [
        "Bath",
        "Temperature read at the bath (°C)",
        "Start the thaw",
    ]
    bench.thaw()
    bench.begin_count()
    bench.at(CountPanel).form.add_replicate()
    replicates = [f"#{number} {kind}" for number in (1, 2, 3) for kind in ("live", "dead")]
    shared = ["Squares", "Dilution", "Dilution again", "Suspension (mL)", "Sample (mL)"]
    assert tab_stops(bench.at(CountPanel)) == [
        *replicates,
        *shared,
        "Confirm the count",
        "Add a replicate",
    ]


def test_tab_leaves_the_day_of_a_report_standing_before_the_time(qtbot: QtBot) -> None:
    fields = MomentField("began"), MomentField("ended")
    form = QWidget()
    qtbot.addWidget(form)
    form.setLayout(fields_in_row(*fields))
    for field in fields:
        field.begin_with("2026-11-22")
    with qtbot.waitExposed(form):
        form.show()
    for field in fields:
        field.editor.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        QTest.keyClicks(field.editor, "17:34")
        assert field.text == "2026-11-22 17:34"
    assert fields[0].value is not None


def test_tab_comes_to_a_material_that_was_added_before_the_buttons(bench: Bench) -> None:
    bench.enter()
    bench.take_out()
    bench.thaw()
    bench.begin_count()
    bench.count()
    counted = bench.page.bench.at_hand.counted
    assert counted is not None
    draw = bench.at(DrawPanel)
    draw.drawn.set_value(counted.result.drawn_ml)
    draw.diluent.set_value(counted.result.diluent_drawn_ml)
    bench.enter()
    bench.at(DilutePanel).add_row()
    assert tab_stops(bench.at(DilutePanel)) == [
        *["Material", "Lot", "Expiry"] * 2,
        "The dose is in its bag",
        "Add a material",
    ]


def tab_stops(panel: StepPanel) -> list[str]:
    """Return what Tab comes to within a step, in order."""
    QApplication.processEvents()  # what was added is shown
    stops: list[str] = []
    one = panel.nextInFocusChain()
    while one is not None and one is not panel:
        may = panel.isAncestorOf(one) and one.isVisible()
        if may and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append(one.text() if isinstance(one, QPushButton) else one.accessibleName())
        one = one.nextInFocusChain()
    return stops


def test_a_stopped_dose_is_replaced_for_the_same_visit(bench: Bench) -> None:
    bench.enter()
    bench.enter()
    stopped = bench.dose_id
    bench.page.stop_dose("ward called off")
    assert bench.step is Step.STOPPED
    bench.enter()
    bench.at(VisitPanel)
    bench.enter()
    assert bench.dose_id != stopped
    assert bench.page.bench.at_hand.opened.replaces == stopped


def test_a_dose_outside_its_window_asks_for_a_reason(at_desk: Desk) -> None:
    at_desk.made.clock.advance(timedelta(hours=1))
    bench = Bench(at_desk)
    at_desk.made.clock.advance(timedelta(hours=60))
    bench.page.refresh(frozenset())
    panel = bench.at(VisitPanel)
    assert not panel.reason.isHidden()
    bench.enter()
    assert bench.refused() == ["visit.needs_reason"]
    panel.reason.set_text("ward had no bed")
    bench.enter()
    assert bench.page.bench.at_hand.opened.outside == "ward had no bed"


def test_the_clock_of_one_dose_is_never_shown_at_another(bench: Bench) -> None:
    bench.enter()
    bench.take_out()
    bench.thaw()
    first = bench.page._aside.clock
    bench.page.leave.click()
    pharmacies.enrolled(bench.made, bench.desk.pharmacy, "01-018", "B")
    bench.page.open_subject(("01-018", "W0"))
    bench.enter()
    assert bench.page._aside.clock is not first
    assert bench.page._aside.clock._digits.text() == "--:--:--"


def test_a_visit_whose_dose_is_under_way_goes_on_with_it(bench: Bench) -> None:
    bench.enter()
    begun = bench.dose_id
    bench.page.leave.click()
    bench.page.open_subject((SUBJECT, "W0"))
    assert bench.dose_id == begun
    plans = dosing.plan(bench.desk.pharmacy, bench.page.bench.at_hand.subject)
    assert len(plans[0].doses) == 1


def test_every_step_speaks_chinese_after_the_change_of_language(bench: Bench, qtbot: QtBot) -> None:
    bench.enter()
    language.apply("zh")
    qtbot.waitUntil(lambda: bench.page.title == f"受试者 {SUBJECT} · W0")
    assert bench.page.panel is not None
    assert bench.page.panel.head.text() == "选药"
