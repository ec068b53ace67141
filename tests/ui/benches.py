"""The bench of one subject, and the hands of the pharmacist at it."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.dose import HaemocytometerReading, Reading
from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.ui.bench.check import CheckPanel
from pharmacy_app.ui.bench.count import CountPanel, MethodPanel
from pharmacy_app.ui.bench.dilution import CoverPanel, DilutePanel, DrawPanel
from pharmacy_app.ui.bench.label import LabelPanel
from pharmacy_app.ui.bench.page import BenchPage
from pharmacy_app.ui.bench.readings import ReadingsForm
from pharmacy_app.ui.bench.step import StepPanel
from pharmacy_app.ui.bench.thaw import AppearancePanel, ThawPanel
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from tests import pharmacies
from tests.pharmacies import LI, WANG
from tests.ui.workplaces import Desk, in_front, sign

SUBJECT = "01-017"
Panel = TypeVar("Panel", bound=StepPanel)


class Bench:
    """Goes through the steps as a person does: Enter, scans, typed fields."""

    def __init__(self, desk: Desk, arm: str = "A") -> None:
        self.desk, self.made = desk, desk.made
        pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, arm)
        page = desk.show(Place.BENCH, BenchPage)
        assert isinstance(page, BenchPage)
        self.page = page
        page.open_subject((SUBJECT, "W0"))

    @property
    def step(self) -> Step:
        return self.page.bench.at_hand.step

    def waits_for(self, step: Step) -> bool:
        return self.step is step

    @property
    def dose_id(self) -> DoseId:
        return self.page.bench.at_hand.dose_id

    def at(self, kind: type[Panel]) -> Panel:
        assert isinstance(self.page.panel, kind)
        return self.page.panel

    def enter(self) -> None:
        """Press Enter on the page, wherever the focus is."""
        QTest.keyClick(self.page, Qt.Key.Key_Return)

    def refused(self) -> list[str]:
        """Return the rules that the step shows as refused."""
        assert self.page.panel is not None
        problem = self.page.panel.refusals.problem
        return [] if problem is None else [v.rule for v in getattr(problem, "violations", ())]

    def take_out(self) -> None:
        for _ in range(2):
            self.enter()
        self.page.scan(RawScan(str(self.page.bench.at_hand.kit)))
        self.enter()

    def thaw(self) -> None:
        panel = self.at(ThawPanel)
        panel.bath.set_text("WB-1")
        panel.bath_c.set_value(Decimal("37.0"))
        self.enter()
        self.made.clock.advance(timedelta(minutes=3))
        self.enter()
        self.at(AppearancePanel).choose("clear")
        self.enter()

    def begin_count(self) -> None:
        panel = self.at(MethodPanel)
        panel.instrument.set_text("NB-1")
        panel.calibration.set_text("20270101")
        self.enter()

    @property
    def readings(self) -> Sequence[Reading]:
        return pharmacies.readings_for(self.desk.pharmacy, self.dose_id)

    def count(self, readings: Sequence[Reading] | None = None) -> None:
        panel = self.at(CountPanel)
        fill(panel.form, self.readings if readings is None else readings)
        panel.sample.set_value(Decimal("0.5"))
        panel.calculate()
        self.enter()

    def draw_to_cover(self) -> None:
        counted = self.page.bench.at_hand.counted
        assert counted is not None
        panel = self.at(DrawPanel)
        panel.drawn.set_value(counted.result.drawn_ml)
        panel.diluent.set_value(counted.result.diluent_drawn_ml)
        self.enter()
        name, lot, expiry = self.at(DilutePanel).rows[0]
        name.set_text("0.9 % NaCl")
        lot.set_text("N-1")
        expiry.set_text("2027-01-01")
        self.enter()
        self.at(CoverPanel).seal.set_text("SEAL-1")
        self.enter()

    def to_check(self) -> None:
        self.enter()
        self.take_out()
        self.thaw()
        self.begin_count()
        self.count()
        self.draw_to_cover()

    def check(self, qtbot: QtBot) -> None:
        fill(self.at(CheckPanel).form, self.readings)
        self.enter()
        sign(WANG, LI)
        qtbot.waitUntil(lambda: self.step is Step.LABEL, timeout=10_000)

    def label(self) -> None:
        self.made.clock.advance(timedelta(minutes=20))
        self.at(LabelPanel).show_dose()
        self.enter()
        self.enter()
        self.printed()

    def printed(self) -> None:
        """Wait until the printer has taken the label, or has failed and its failure is recorded."""
        tasks = self.desk.workplace.tasks
        spinning = QElapsedTimer()
        spinning.start()
        while tasks.busy:
            assert not spinning.hasExpired(60_000)
            QTest.qWait(5)

    def scan_back(self) -> None:
        copy = self.page.bench.at_hand.current_label()
        assert copy is not None
        self.page.scan(RawScan(copy.symbol))


def fill(form: ReadingsForm, readings: Sequence[Reading]) -> None:
    """Type readings as they are read."""
    for (live, dead), reading in zip(form.pairs, readings, strict=True):
        assert isinstance(reading, HaemocytometerReading)
        live.set_value(Decimal(reading.live))
        dead.set_value(Decimal(reading.dead))
        form.squares.set_value(Decimal(reading.squares))
        for field in (form.dilution, form.dilution_again):
            field.set_value(reading.dilution_factor)


def settled(bench: Bench, button: ReasonedButton, told: str) -> None:
    """Press the button of what became of a label, and tell it."""
    del bench
    button.click()
    dialog = in_front()
    assert isinstance(dialog, QuestionsDialog)
    dialog.fields[0].set_text(told)
    dialog.answer()
