"""For the ward: the promise that holds whichever arm a subject is in, and the paper that tells of it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.events.readiness import PRINTED
from pharmacy_app.domain.people import Task
from pharmacy_app.records.ledger import Appended
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.papers import document_name, show_paper
from pharmacy_app.ui.readiness.names import Names
from pharmacy_app.ui.readiness.promise import PromiseCard
from pharmacy_app.ui.readiness.told import ToldCard
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import promise

Signed = Callable[[Credential], Appended]


class WardView(QWidget):
    """At the left the promise, for the pharmacy's eyes; at the right what the ward is told."""

    problem = Signal(object)
    changed = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._pharmacy = workplace.pharmacy
        self._names = Names(workplace)
        self.card, self.told = PromiseCard(self._pharmacy, self._names), ToldCard()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.card)
        row.addWidget(self.told, 1)
        self.card.promise.clicked.connect(self.ask_promise)
        self.card.withdraw.clicked.connect(self.ask_withdrawal)
        self.told.paper.clicked.connect(self.show_ward_paper)

    def refresh(self) -> None:
        """Read promise and visits again."""
        self.card.retranslate()
        self.told.tell(promise.blinded(self._pharmacy))

    @Slot()
    def ask_promise(self) -> None:
        """Ask for the signature under what is chosen."""
        until, covers = self.card.until.value, self.card.chosen()
        if not isinstance(until, date):
            return
        statement = self.tr(
            "Up to {day} these doses are there whichever arm a subject is in: {said}."
        )
        self._sign(
            statement.format(day=until.isoformat(), said=self._names.covers(covers) or "–"),
            lambda credential: promise.make(self._pharmacy, until, covers, credential),
        )

    @Slot()
    def ask_withdrawal(self) -> None:
        """Ask why the promise is withdrawn, and for the signature."""
        dialog = QuestionsDialog(
            self.tr("Withdraw the promise"),
            self.tr(
                "The ward's paper will say no for every day. The reason stays in the pharmacy."
            ),
            [self.tr("Reason")],
            self.tr("Go on to the signature"),
            self,
        )
        dialog.answered.connect(lambda given: self._withdraw(given[0]))
        dialog.open()

    def _withdraw(self, because: str) -> None:
        self._sign(
            self.tr("The promise to the ward is withdrawn: {reason}").format(reason=because),
            lambda credential: promise.withdraw(self._pharmacy, because, credential),
        )

    def _sign(self, statement: str, act: Signed) -> None:
        asked = self._workplace.asked(
            Meaning.AUTHORISED,
            Task.PROMISE_READINESS,
            chosen=self._pharmacy.person.person_id,
        )
        sign_and(
            self._workplace,
            statement,
            [asked],
            lambda credentials: act(credentials[0]),
            self._on_signed,
            self,
        )

    def _on_signed(self, appended: Appended) -> None:
        self.refresh()
        self.changed.emit(appended.changed)

    @Slot()
    def show_ward_paper(self) -> None:
        """Show the paper that ward and coordinator are given."""
        show_paper(
            self._pharmacy,
            lambda: promise.paper(self._pharmacy),
            document_name("blinded-readiness"),
            PRINTED,
            self.problem.emit,
            self,
        )
