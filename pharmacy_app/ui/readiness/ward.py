"""For the ward: the promise that holds whichever arm a subject is in, and the paper that tells of it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pharmacy_app.domain import promise as rules
from pharmacy_app.domain.blinding import BlindedReadiness
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.events.readiness import PRINTED, Cover
from pharmacy_app.domain.people import Task
from pharmacy_app.records.ledger import Appended
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.papers import document_name, show_paper
from pharmacy_app.ui.readiness.names import Names
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField
from pharmacy_app.ui.widgets.surfaces import Badge, Card, words
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import promise

SIDE = 360
Signed = Callable[[Credential], Appended]


class WardView(Spoken, QWidget):
    """At the left the promise, for the pharmacy's eyes; at the right what the ward is told."""

    problem = Signal(object)
    changed = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._pharmacy = workplace.pharmacy
        self._names = Names(workplace)
        self._told: BlindedReadiness | None = None
        self.standing, self.covers = Badge(), words("", "muted", wrap=True)
        self.until = ChoiceField()
        self._pools: dict[str, ChoiceField] = {}
        self._fields = QVBoxLayout()
        self.advice = words("", "muted", wrap=True)
        self.promise, self.withdraw = PrimaryButton(), ReasonedButton()
        self.paper = ReasonedButton()
        self.one_more = Badge()
        self._rule = words("", "muted", wrap=True)
        self._days = QGridLayout()
        self._lay_out()
        self.until.chosen.connect(lambda _: self._offer())
        self.promise.clicked.connect(self.ask_promise)
        self.withdraw.clicked.connect(self.ask_withdrawal)
        self.paper.clicked.connect(self.show_ward_paper)

    def _lay_out(self) -> None:
        self._card, self._ward_card = Card(), Card()
        self._card.setFixedWidth(SIDE)
        for part in (self.standing, self.covers, self.until):
            self._card.body.addWidget(part)
        self._card.body.addLayout(self._fields)
        for below in (self.promise, self.withdraw, self.advice):
            self._card.body.addWidget(below)
        self._card.body.addStretch(1)
        above = QHBoxLayout()
        above.addWidget(self.one_more, 1)
        above.addWidget(self.paper)
        self._ward_card.body.addLayout(above)
        inside = QWidget()
        inside.setObjectName("body")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        self._days.setHorizontalSpacing(24)
        self._days.setVerticalSpacing(6)
        self._days.setColumnStretch(2, 1)
        column.addLayout(self._days)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(inside)
        self._ward_card.body.addWidget(area, 1)
        self._ward_card.body.addWidget(self._rule)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._card)
        row.addWidget(self._ward_card, 1)

    def refresh(self) -> None:
        """Read promise and visits again."""
        self._told = promise.blinded(self._pharmacy)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._card.set_title(self.tr("Promise to the ward"), self.tr("UNBLINDED"))
        self._ward_card.set_title(self.tr("What the ward is told"), self.tr("BLINDED"))
        self.until.set_label(self.tr("Promise doses up to the end of"))
        ends = promise.week_ends(self._pharmacy)
        first = self.until.value is None
        self.until.set_choices([(day, day.isoformat()) for day in ends])
        if first:
            self.until.set_value(ends[1])
        self.promise.setText(self.tr("Promise and sign…"))
        self.withdraw.setText(self.tr("Withdraw…"))
        self.paper.setText(self.tr("Paper for the ward…"))
        self.advice.setText(
            self.tr(
                "Promise at regular times – each Monday, or when a shipment was booked in – never just"
                " after a dose, and do not tell the ward the number."
            )
        )
        self._rule.setText(
            self.tr(
                "Yes: the doses of all visits up to and on that day are there, whichever arm anybody is"
                " in. No: not promised; it says nothing about any subject."
            )
        )
        self._tell_standing()
        self._offer()
        self._tell_days()

    def _tell_standing(self) -> None:
        found = promise.standing(self._pharmacy)
        self.withdraw.bar("" if found else self.tr("No promise is in force."))
        if found is None:
            self.standing.set_state(State.QUIET, self.tr("No promise is in force."))
            self.covers.setText("")
            return
        until = found.promised.until
        said = [
            self.tr("{count} doses, {pool}").format(
                count=one.doses, pool=self._names.pool(one.pool)
            )
            for one in found.promised.covers
        ]
        self.covers.setText("; ".join(said))
        if until < self._pharmacy.today():
            ran_out = self.tr("The promise ran out on {day}.")
            self.standing.set_state(State.QUIET, ran_out.format(day=until.isoformat()))
        elif found.broken:
            self.standing.set_state(
                State.STOP, self.tr("Stock no longer bears it out: restock or withdraw.")
            )
        else:
            kept = self.tr("Promised up to {day}, borne out by stock")
            self.standing.set_state(State.OK, kept.format(day=until.isoformat()))

    def _offer(self) -> None:
        """Offer, for each pool, the numbers that stock bears up to the day chosen."""
        while (item := self._fields.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        until = self.until.value
        fewest = promise.fewest(self._pharmacy, until) if isinstance(until, date) else {}
        self._pools = {}
        for pool, kits in sorted(fewest.items()):
            most = rules.promisable(kits)
            field = ChoiceField()
            field.set_label(
                self.tr("Doses, {pool}").format(pool=self._names.pool(pool)),
                "",
                self.tr("usable up to that day of the scarcest kind: {count}").format(count=kits),
            )
            bearable = [number for number in reversed(rules.COARSE) if number <= most]
            field.set_choices([(number, str(number)) for number in (*bearable, 0)])
            self._fields.addWidget(field)
            self._pools[pool] = field
        some = any(rules.promisable(kits) for kits in fewest.values())
        self.promise.bar("" if some else self.tr("Of one kind of kit there are too few."))

    def _tell_days(self) -> None:
        while (item := self._days.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        told = self._told
        if told is None:
            return
        answer = self.tr("Ready for one more subject") if told.one_more else ""
        self.one_more.set_state(
            State.OK if told.one_more else State.QUIET,
            answer or self.tr("Not promised for one more subject"),
        )
        if not told.days:
            none = self.tr("No visit is planned in the next four weeks.")
            self._days.addWidget(words(none, "muted"), 0, 0)
            return
        heads = (self.tr("Day"), self.tr("Visits"), self.tr("Ready for all of them"))
        for column, head in enumerate(heads):
            self._days.addWidget(words(head, "small"), 0, column)
        for row, one in enumerate(told.days, start=1):
            ready = Badge(
                State.OK if one.ready else State.QUIET,
                self.tr("yes") if one.ready else self.tr("no"),
            )
            self._days.addWidget(words(one.day.isoformat(), "strong"), row, 0)
            self._days.addWidget(words(str(one.visits)), row, 1)
            self._days.addWidget(ready, row, 2)

    # Acts

    def chosen(self) -> list[Cover]:
        """Return what is to be promised, pools with nothing left out."""
        found = {pool: field.value for pool, field in self._pools.items()}
        return [
            Cover(pool=pool, doses=doses)
            for pool, doses in found.items()
            if isinstance(doses, int) and doses
        ]

    @Slot()
    def ask_promise(self) -> None:
        """Ask for the signature under what is chosen."""
        until, covers = self.until.value, self.chosen()
        if not isinstance(until, date):
            return
        said = "; ".join(
            self.tr("{count} doses, {pool}").format(
                count=one.doses, pool=self._names.pool(one.pool)
            )
            for one in covers
        )
        statement = self.tr(
            "Up to {day} these doses are there whichever arm a subject is in: {said}."
        )
        self._sign(
            statement.format(day=until.isoformat(), said=said or "–"),
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
