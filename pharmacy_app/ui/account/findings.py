"""Deviations, later verifications and near misses."""

from collections.abc import Hashable, Sequence
from decimal import Decimal

from pharmacy_app.domain.dose import Reading
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.domain.people import Task, missing_right
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import doses as queries
from pharmacy_app.records.queries.unblinded.doses import Deviation, NearMiss
from pharmacy_app.ui import wording
from pharmacy_app.ui.account.verifying import VerifyDialog
from pharmacy_app.ui.account.view import View, name_of
from pharmacy_app.ui.bench.aside import briefly
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.models.paged import Column
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.workflows import deviations, dosing, releasing

MOST = 1000


class Deviations(View[Deviation]):
    """Every deviation, open ones first; each is closed here, with what was done about it."""

    def columns(self) -> list[Column[Deviation]]:
        """Return the columns."""
        return [
            Column(lambda: self.tr("Number"), lambda d: d.deviation_id, width=110),
            Column(lambda: self.tr("Record"), lambda d: name_of(d.record), width=130),
            Column(lambda: self.tr("What"), lambda d: wording.term(d.rule), width=330),
            Column(lambda: self.tr("Raised"), lambda d: wording.moment(d.raised_at), width=150),
            Column(
                lambda: self.tr("Mend before"),
                lambda d: wording.moment(d.due_at) if d.due_at else "—",
                self._lateness,
                width=160,
            ),
            Column(lambda: self.tr("State"), self._word, self._state),
        ]

    def _lateness(self, row: Deviation) -> State | None:
        if row.due_at is None or row.closed_at is not None:
            return None
        return State.STOP if row.due_at <= self.pharmacy.now() else None

    def _word(self, row: Deviation) -> str:
        if row.closed_at is None:
            return self.tr("open")
        return self.tr("closed {when}").format(when=wording.moment(row.closed_at))

    @staticmethod
    def _state(row: Deviation) -> State:
        return State.WARN if row.closed_at is None else State.OK

    def key(self, row: Deviation) -> Hashable:
        """Return the deviation's number."""
        return row.deviation_id

    def read(self) -> Sequence[Deviation]:
        """Return every deviation, open ones first."""
        every = queries.deviations(self.pharmacy.reader, only_open=False)
        return sorted(every, key=lambda d: (d.closed_at is not None, d.raised_at))

    def retranslate(self) -> None:
        """Set every text again."""
        count = sum(1 for row in self._rows if row.closed_at is None)
        told = self.tr("{count} open").format(count=count)
        self.sum.set_state(State.WARN if count else State.OK, told)
        self.table.setAccessibleName(self.tr("Deviations"))
        self._tell_selected()

    def _tell_selected(self) -> None:
        """Say what happened at the selected deviation, and what was done about it."""
        row = self.table.selected()
        if row is None:
            self.note.setText("")
            return
        told = deviations.told(self.pharmacy, row)
        because, done = told.because, told.closed_how
        self.note.setText(f"{because} → {done}" if done else because)

    @property
    def act(self) -> str:
        """What is to be done about the selected deviation."""
        row = self.table.selected()
        later = row is not None and row.rule == deviations.LATER_CHECK
        return self.tr("Verify now…") if later else self.tr("Close it…")

    def why_not(self) -> str:
        """Return why nothing is to be done at the selected deviation."""
        self._tell_selected()
        row = self.table.selected()
        if row is None or row.closed_at is not None:
            return self.tr("Select an open deviation.")
        task = Task.VERIFY_LATER if row.rule == deviations.LATER_CHECK else Task.CLOSE_DEVIATION
        missing = missing_right(self.pharmacy.person, task)
        return "" if missing is None else wording.violation_in_words(missing).expected

    def do(self) -> None:
        """Let the second person read the counts again and sign; or ask what was done, and sign."""
        row = self.table.selected()
        if row is None:
            return
        if row.rule != deviations.LATER_CHECK:
            self._ask_how(row)
            return
        dose = dosing.dose(self.pharmacy, DoseId(name_of(row.record)))
        dialog = VerifyDialog(dose, self)
        dialog.read.connect(lambda readings, weight: self._sign(dose.dose_id, readings, weight))
        dialog.open()

    def _ask_how(self, row: Deviation) -> None:
        dialog = QuestionsDialog(
            self.tr("Close deviation {number}").format(number=row.deviation_id),
            f"{wording.term(row.rule)}. {deviations.told(self.pharmacy, row).because}",
            [self.tr("What was done about it")],
            self.tr("Go on to the signature"),
            self,
        )
        dialog.answered.connect(lambda answers: self.close_deviation(row, answers[0]))
        dialog.open()

    def close_deviation(self, row: Deviation, how: str) -> None:
        """Close a deviation with what was done about it, signed."""
        op_id, me = self.pharmacy.new_op(), self.pharmacy.person.person_id
        statement = self.tr("Deviation {number} of {record} is closed: {how}")
        sign_and(
            self.workplace,
            statement.format(number=row.deviation_id, record=name_of(row.record), how=how),
            [self.workplace.asked(Meaning.AUTHORISED, Task.CLOSE_DEVIATION, chosen=me)],
            lambda signers: deviations.close(
                self.pharmacy, row.deviation_id, how, signers[0], op_id=op_id
            ),
            self._on_verified,
            self,
        )

    def _sign(
        self, dose_id: DoseId, readings: Sequence[Reading], weight_kg: Decimal | None
    ) -> None:
        counted = dosing.dose(self.pharmacy, dose_id)
        but = {counted.counted_by} if counted.counted_by else set()
        op_id = self.pharmacy.new_op()
        statement = self.tr("I read the raw counts of dose {dose} again, after it had left.")
        sign_and(
            self.workplace,
            statement.format(dose=dose_id),
            [self.workplace.asked(Meaning.VERIFIED, Task.VERIFY_LATER, but=but)],
            lambda signers: releasing.verify_later(
                *(self.pharmacy, dose_id, readings, signers[0]), weight_kg=weight_kg, op_id=op_id
            ),
            self._on_verified,
            self,
        )

    def _on_verified(self, appended: Appended) -> None:
        self.changed.emit(appended.changed)


class NearMisses(View[NearMiss]):
    """Every refusal that may have saved somebody, newest first."""

    def columns(self) -> list[Column[NearMiss]]:
        """Return the columns."""
        return [
            Column(lambda: self.tr("When"), lambda n: wording.moment(n.at), width=150),
            Column(lambda: self.tr("Record"), lambda n: name_of(n.record), width=170),
            Column(
                lambda: self.tr("Refused because"),
                lambda n: "; ".join(briefly(rule) for rule in n.rules),
            ),
        ]

    def key(self, row: NearMiss) -> Hashable:
        """Return the event's number."""
        return row.seq

    def read(self) -> Sequence[NearMiss]:
        """Return the newest near misses."""
        return queries.near_misses(self.pharmacy.reader, limit=MOST)

    def retranslate(self) -> None:
        """Set every text again."""
        told = self.tr("{count} near misses").format(count=len(self._rows))
        self.sum.set_state(State.INFO, told)
        self.note.setText(self.tr("Each was stopped before it could harm."))
        self.table.setAccessibleName(self.tr("Near misses"))
