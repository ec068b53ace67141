"""A look-back told in full: the doses and subjects, the kits, the paper, the notice for the ward."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.reports.look_back import to_do
from pharmacy_app.domain.look_back import (
    LookBack,
    OfCase,
    OfLot,
    OfPlace,
    OfShipment,
    Source,
    TouchedDose,
    TouchedKit,
)
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.models.listed import page_of
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.papers import show_paper
from pharmacy_app.ui.storage.kits_said import STATES, place
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import Badge, Card, words
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.workplace import Workplace, said
from pharmacy_app.workflows import look_back as looking

WIDE, HIGH = 920, 190


class LookBackDialog(Dialog):
    """Everybody that a doubt touched. Its papers are made here; nothing is recorded by looking."""

    def __init__(
        self, workplace: Workplace, found: LookBack, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=WIDE)
        self._workplace = workplace
        self._found = found
        self._badge = Badge()
        self.refusals = RefusalsPanel()
        self._note = words("", "muted", wrap=True)
        self.doses: KeyedTable[TouchedDose] = KeyedTable(self._dose_model())
        self.kits: KeyedTable[TouchedKit] = KeyedTable(self._kit_model())
        head = QHBoxLayout()
        head.addWidget(self._badge)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self.refusals)
        for table in (self.doses, self.kits):
            card = Card()
            card.set_margins(1, 1, 1, 1)
            card.body.addWidget(table)
            table.setMinimumHeight(HIGH)
            self.body.addWidget(card)
        self.body.addWidget(self._note)
        self.close_it, self.ward = ReasonedButton(hint="Esc"), ReasonedButton()
        self.paper = PrimaryButton()
        for button in (self.close_it, self.ward, self.paper):
            self.add_button(button)
        self.share_escape(self.refusals, self.close_it)
        self.close_it.clicked.connect(self.reject)
        self.ward.clicked.connect(self.ask_notice)
        self.paper.clicked.connect(self.show_report)
        self.doses.refresh()
        self.kits.refresh()
        self.retranslate()

    @classmethod
    def show_for(
        cls,
        workplace: Workplace,
        source: Source,
        met: Callable[[Any], None],
        parent: QWidget,
    ) -> "LookBackDialog | None":
        """Look back and show what was found; a refusal goes to ``met``."""
        try:
            found = looking.look_back(workplace.pharmacy, source)
        except (Refused, EnvironmentProblem) as problem:
            met(problem)
            return None
        dialog = cls(workplace, found, parent)
        dialog.open()
        return dialog

    def _dose_model(self) -> PagedModel[TouchedDose]:
        return PagedModel(
            [
                Column(lambda: self.tr("Subject"), lambda d: d.subject_id, width=110),
                Column(lambda: self.tr("Visit"), lambda d: d.visit, width=70),
                Column(lambda: self.tr("Dose"), lambda d: d.dose_id, width=120),
                Column(lambda: self.tr("Kit"), lambda d: d.kit_number, width=110),
                Column(
                    lambda: self.tr("Handed over"),
                    lambda d: "–" if d.handed_over_at is None else wording.moment(d.handed_over_at),
                    width=150,
                ),
                Column(lambda: self.tr("Reached the subject"), self._reached, self._exposure),
            ],
            lambda after, limit: page_of(self._found.doses, _dose_key, after, limit),
            _dose_key,
        )

    def _kit_model(self) -> PagedModel[TouchedKit]:
        return PagedModel(
            [
                Column(lambda: self.tr("Kit"), lambda k: k.kit_number, width=110),
                Column(lambda: self.tr("Lot"), lambda k: k.lot, width=110),
                Column(lambda: self.tr("Shipment"), lambda k: k.shipment_id, width=110),
                Column(lambda: self.tr("Place"), lambda k: place(k.position), width=150),
                Column(
                    lambda: self.tr("Now"),
                    lambda k: wording.term(f"kit_state.{k.state}"),
                    lambda k: STATES.get(k.state, State.QUIET),
                    width=150,
                ),
                Column(lambda: self.tr("What to do"), lambda k: said(to_do(k)), width=180),
            ],
            lambda after, limit: page_of(self._found.kits, _kit_key, after, limit),
            _kit_key,
        )

    def _reached(self, dose: TouchedDose) -> str:
        return self.tr("yes") if dose.left_the_pharmacy else self.tr("no")

    @staticmethod
    def _exposure(dose: TouchedDose) -> State:
        return State.STOP if dose.left_the_pharmacy else State.QUIET

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Look-back from {source}").format(source=self._source()))
        told = self.tr("Kits: {kits} · doses: {doses} · subjects exposed: {subjects}")
        exposed = len(self._found.exposed)
        self._badge.set_state(
            State.STOP if exposed else State.OK,
            told.format(kits=len(self._found.kits), doses=len(self._found.doses), subjects=exposed),
        )
        self._note.setText(
            self.tr(
                "The ward's notice names everybody who was given any, whatever was found here:"
                " a list of those touched could tell the groups apart."
            )
        )
        self.doses.set_name(self.tr("Doses touched"))
        self.kits.set_name(self.tr("Kits touched"))
        self.close_it.setText(self.tr("Close"))
        self.ward.setText(self.tr("Notice for the ward…"))
        self.paper.setText(self.tr("Report"))

    def _source(self) -> str:
        match self._found.source:
            case OfLot(name) | OfShipment(name) | OfCase(name):
                return str(name)
            case OfPlace(where, began, ended):
                return f"{where} {wording.moment(began)} – {wording.moment(ended)}"
            case other:
                return f"{wording.moment(other.began)} – {wording.moment(other.ended)}"

    @Slot()
    def show_report(self) -> None:
        """Show the pharmacy's paper."""
        pharmacy = self._workplace.pharmacy
        self._show(lambda: looking.report(pharmacy, self._found), self.tr("Look-back report"))

    @Slot()
    def ask_notice(self) -> None:
        """Ask for the sponsor's words, and show the ward's notice."""
        dialog = QuestionsDialog(
            self.tr("Notice for the ward"),
            self.tr("In the sponsor's words; no kit, no lot, nothing of what is in a kit."),
            [self.tr("What is in doubt"), self.tr("What to watch for")],
            self.tr("Show the notice"),
            self,
        )
        dialog.answered.connect(lambda given: self.show_notice(*given))
        dialog.open()

    def show_notice(self, concern: str, advice: str) -> None:
        """Show the ward's notice."""
        pharmacy = self._workplace.pharmacy
        self._show(
            lambda: looking.safety_notice(pharmacy, concern, advice),
            self.tr("Safety notice for the ward"),
        )

    def _show(self, make: Callable[[], Paper], title: str) -> None:
        show_paper(self._workplace.pharmacy, make, title, "site", self.refusals.show_problem, self)


def _dose_key(dose: TouchedDose) -> tuple[str, str]:
    return dose.dose_id, dose.kit_number


def _kit_key(kit: TouchedKit) -> str:
    return kit.kit_number
