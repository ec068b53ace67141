"""The accountability log of a kit type, and what a subject was given: the balance is the shelf."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Slot

from pharmacy_app.domain.ids import KitTypeCode, SubjectId
from pharmacy_app.records.queries.unblinded import accountability
from pharmacy_app.records.queries.unblinded import subjects as subject_queries
from pharmacy_app.records.queries.unblinded.accountability import Movement, Scope
from pharmacy_app.ui import wording
from pharmacy_app.ui.account.view import View
from pharmacy_app.ui.models.paged import Column
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.papers import document_name, show_paper
from pharmacy_app.ui.widgets.fields import ChoiceField
from pharmacy_app.ui.workplace import Workplace, said
from pharmacy_app.workflows.account_papers import account_log

MOST_SUBJECTS = 10_000


class Movements(View[Movement]):
    """What both logs show of a movement."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.chooser = ChoiceField()
        self.chooser.setMinimumWidth(240)
        self.chooser.chosen.connect(self._on_chosen)
        self.choices.insertWidget(0, self.chooser)

    @Slot(object)
    def _on_chosen(self, _: object) -> None:
        self.refresh()
        self.moved.emit()

    def columns(self) -> list[Column[Movement]]:
        """Return the columns of the log, in the order of the paper one."""
        return [
            Column(lambda: self.tr("When"), lambda m: wording.moment(m.at), width=140),
            Column(
                lambda: self.tr("Movement"),
                lambda m: wording.term(f"movement.{m.kind}"),
                width=110,
            ),
            Column(lambda: self.tr("Kit"), lambda m: m.kit_number, width=110),
            Column(lambda: self.tr("Lot"), lambda m: m.lot, width=90),
            Column(lambda: self.tr("Subject"), lambda m: m.subject_id or "—", width=90),
            Column(lambda: self.tr("Dose"), lambda m: m.dose_id or "—", width=110),
            Column(
                lambda: self.tr("Change"),
                lambda m: f"{m.quantity:+d}" if m.quantity else "0",
                width=80,
                right=True,
            ),
            *self.balance(),
            Column(lambda: self.tr("Recorded by"), lambda m: m.actor_name),
        ]

    def balance(self) -> list[Column[Movement]]:
        """Return the column of the balance, where it means something."""
        return []

    def key(self, row: Movement) -> Hashable:
        """Return the event and the kit of a movement."""
        return row.seq, row.kit_number


class KitTypeLog(Movements):
    """One kit type: every movement with the balance after it, and the count of the shelf."""

    def balance(self) -> list[Column[Movement]]:
        """Return the column of the balance."""
        return [Column(lambda: self.tr("Balance"), lambda m: str(m.balance), width=80, right=True)]

    @property
    def kit_type(self) -> KitTypeCode:
        """The kit type chosen."""
        first = self.pharmacy.trial.kit_types[0].code
        return first if self.chooser.value is None else KitTypeCode(str(self.chooser.value))

    def read(self) -> Sequence[Movement]:
        """Return the log of the kit type."""
        return accountability.movements(self.pharmacy.reader, self.kit_type)

    def retranslate(self) -> None:
        """Set every text again."""
        kinds = self.pharmacy.trial.kit_types
        self.chooser.set_choices([(kind.code, said(kind.name)) for kind in kinds])
        shelf = accountability.on_shelf(self.pharmacy.reader, self.kit_type)
        balance = self._rows[-1].balance if self._rows else 0
        agrees, differs = self.tr("Balance {a} = shelf {b}"), self.tr("Balance {a} ≠ shelf {b}")
        state = State.OK if balance == shelf else State.STOP
        words = agrees if balance == shelf else differs
        self.sum.set_state(state, words.format(a=balance, b=shelf))
        self.note.setText(self.tr("{count} movements").format(count=len(self._rows)))
        self.table.setAccessibleName(self.tr("Accountability log"))

    @property
    def act(self) -> str:
        """What printing the log is called."""
        return self.tr("Print the log…")

    def do(self) -> None:
        """Show the log as it prints."""
        kit_type = self.kit_type
        show_paper(
            self.pharmacy,
            lambda: account_log(self.pharmacy, Scope(kit_type=kit_type)),
            document_name("accountability-log"),
            f"kit_type/{kit_type}",
            self.problem.emit,
            self,
        )


class SubjectLog(Movements):
    """One subject: every kit that went out for them and what became of it."""

    @property
    def subject(self) -> SubjectId | None:
        """The subject chosen."""
        value = self.chooser.value
        return None if value is None else SubjectId(str(value))

    def read(self) -> Sequence[Movement]:
        """Return the movements of the subject's kits, oldest first."""
        self._offer()
        found = [
            movement
            for kind in self.pharmacy.trial.kit_types
            for movement in accountability.movements(self.pharmacy.reader, kind.code)
            if movement.subject_id is not None and movement.subject_id == self.subject
        ]
        return sorted(found, key=lambda movement: (movement.seq, movement.kit_number))

    def _offer(self) -> None:
        subjects = subject_queries.page(self.pharmacy.reader, None, MOST_SUBJECTS)
        self.chooser.set_choices([(s.subject_id, s.subject_id) for s in subjects])

    def retranslate(self) -> None:
        """Set every text again."""
        out = sum(1 for movement in self._rows if movement.kind == "dispensed")
        back = sum(1 for movement in self._rows if movement.kind in {"returned", "wasted"})
        told = self.tr("{out} dispensed, {back} returned or wasted")
        self.sum.set_state(State.INFO, told.format(out=out, back=back))
        self.note.setText(self.tr("A returned kit never re-enters the balance."))
        self.table.setAccessibleName(self.tr("Kits of a subject"))
