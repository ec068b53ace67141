"""The accountability log: of a kit type, a lot, a subject or the site, now or as of a past moment."""

from collections.abc import Hashable, Sequence
from enum import StrEnum

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from pharmacy_app.documents.reports.accountability_log import Layout
from pharmacy_app.domain.ids import KitTypeCode, SubjectId
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.records.queries.unblinded import accountability
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import subjects as subject_queries
from pharmacy_app.records.queries.unblinded.accountability import Movement, Scope
from pharmacy_app.ui import wording
from pharmacy_app.ui.account.view import View
from pharmacy_app.ui.bench.dates import MomentField
from pharmacy_app.ui.models.paged import Column
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.papers import document_name, show_paper
from pharmacy_app.ui.widgets.fields import ChoiceField
from pharmacy_app.ui.workplace import Workplace, said
from pharmacy_app.workflows import account_papers

MOST_SUBJECTS = 10_000


class Of(StrEnum):
    """What a log is of."""

    KIT_TYPE = "kit_type"
    LOT = "lot"
    SUBJECT = "subject"
    SITE = "site"


class AccountLog(View[Movement]):
    """Every movement with the balance after it, and the count of the shelf."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.of, self.chooser, self.layout_of = ChoiceField(), ChoiceField(), ChoiceField()
        self.as_of = MomentField()
        fields: tuple[tuple[QWidget, int], ...] = (
            *((self.of, 130), (self.chooser, 200)),
            *((self.as_of, 170), (self.layout_of, 170)),
        )
        for place, (field, width) in enumerate(fields):
            field.setFixedWidth(width)
            self.choices.insertWidget(place, field)
        for choice in (self.of, self.chooser):
            choice.chosen.connect(self._on_chosen)
        self.as_of.editor.editingFinished.connect(self._on_moment)

    @Slot(object)
    def _on_chosen(self, _: object) -> None:
        self.refresh()
        self.moved.emit()

    @Slot()
    def _on_moment(self) -> None:
        wrong = bool(self.as_of.text) and self.as_of.value is None
        self.as_of.set_error(self.tr("YYYY-MM-DD HH:MM") if wrong else "")
        if not wrong:
            self._on_chosen(None)

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
            Column(lambda: self.tr("Type"), lambda m: m.kit_type, width=100),
            Column(lambda: self.tr("Lot"), lambda m: m.lot, width=100),
            Column(lambda: self.tr("Subject"), lambda m: m.subject_id or "—", width=90),
            Column(lambda: self.tr("Dose"), lambda m: m.dose_id or "—", width=110),
            Column(
                lambda: self.tr("Change"),
                lambda m: f"{m.quantity:+d}" if m.quantity else "0",
                width=80,
                right=True,
            ),
            Column(lambda: self.tr("Balance"), self._balance, width=80, right=True),
            Column(lambda: self.tr("Recorded by"), lambda m: m.actor_name),
        ]

    def _balance(self, row: Movement) -> str:
        return "—" if self.scope.subject is not None else str(row.balance)

    def key(self, row: Movement) -> Hashable:
        """Return the event and the kit of a movement."""
        return row.seq, row.kit_number

    @property
    def scope(self) -> Scope:
        """What the log is of, and as of when."""
        which = None if self.chooser.value is None else str(self.chooser.value)
        of, until = self.of.value, self.as_of.value
        if which is None or of == Of.SITE.value:
            return Scope(until=until)
        if of == Of.LOT.value:
            return Scope(lot=which, until=until)
        if of == Of.SUBJECT.value:
            return Scope(subject=SubjectId(which), until=until)
        return Scope(kit_type=KitTypeCode(which), until=until)

    def read(self) -> Sequence[Movement]:
        """Return the log; nothing as of a time to come, which is said."""
        self._offer()
        try:
            return account_papers.movements(self.pharmacy, self.scope)
        except Refused as refused:
            self.as_of.set_error(wording.violation_in_words(refused.violations[0]).rule)
            return []

    def _offer(self) -> None:
        """Offer what the chosen kind of log can be of."""
        names = {
            Of.KIT_TYPE: self.tr("By kit type"),
            Of.LOT: self.tr("By lot"),
            Of.SUBJECT: self.tr("By subject"),
            Of.SITE: self.tr("Whole site"),
        }
        self.of.set_choices([(of.value, names[of]) for of in Of])
        reader = self.pharmacy.reader
        if self.of.value == Of.LOT.value:
            self.chooser.set_choices([(lot, lot) for lot in kit_queries.lots(reader)])
        elif self.of.value == Of.SUBJECT.value:
            subjects = subject_queries.page(reader, None, MOST_SUBJECTS)
            self.chooser.set_choices([(s.subject_id, s.subject_id) for s in subjects])
        elif self.of.value == Of.SITE.value:
            self.chooser.set_choices([(Of.SITE.value, self.tr("all kits"))])
        else:
            kinds = self.pharmacy.trial.kit_types
            self.chooser.set_choices([(kind.code, said(kind.name)) for kind in kinds])

    def retranslate(self) -> None:
        """Set every text again."""
        self._offer()
        self.as_of.editor.setPlaceholderText(self.tr("as of: now"))
        self.as_of.editor.setAccessibleName(self.tr("As of"))
        self.layout_of.set_choices(
            [
                (Layout.DARF.value, self.tr("NCI DARF layout")),
                (Layout.CHINA.value, self.tr("Chinese layout")),
            ]
        )
        self.layout_of.editor.setAccessibleName(self.tr("Layout of the paper"))
        self.of.editor.setAccessibleName(self.tr("What the log is of"))
        self.chooser.editor.setAccessibleName(self.tr("Which one"))
        self._tell_sum()
        self.note.setText(self.tr("{count} movements").format(count=len(self._rows)))
        self.table.set_name(self.tr("Accountability log"))

    def _tell_sum(self) -> None:
        scope = self.scope
        if scope.subject is not None:
            out = sum(1 for movement in self._rows if movement.kind == "dispensed")
            back = sum(1 for movement in self._rows if movement.kind in {"returned", "wasted"})
            told = self.tr("{out} dispensed, {back} returned or wasted")
            self.sum.set_state(State.INFO, told.format(out=out, back=back))
            return
        balance = accountability.balance(self.pharmacy.reader, scope)
        if scope.until is not None:
            then = self.tr("Balance {a} as of {when}")
            when = wording.moment(scope.until)
            self.sum.set_state(State.INFO, then.format(a=balance, when=when))
            return
        shelf = accountability.shelf_of(self.pharmacy.reader, scope)
        agrees, differs = self.tr("Balance {a} = shelf {b}"), self.tr("Balance {a} ≠ shelf {b}")
        state = State.OK if balance == shelf else State.STOP
        words = agrees if balance == shelf else differs
        self.sum.set_state(state, words.format(a=balance, b=shelf))

    @property
    def act(self) -> str:
        """What printing the log is called."""
        return self.tr("Print the log…")

    def do(self) -> None:
        """Show the log as it prints."""
        scope, layout = self.scope, Layout(str(self.layout_of.value))
        show_paper(
            self.pharmacy,
            lambda: account_papers.account_log(self.pharmacy, scope, layout),
            document_name("accountability-log"),
            _record(scope),
            self.problem.emit,
            self,
        )


def _record(scope: Scope) -> str:
    """Return what a printed log is about, as the record of its printing names it."""
    named = (("kit_type", scope.kit_type), ("lot", scope.lot), ("subject", scope.subject))
    return next((f"{kind}/{value}" for kind, value in named if value is not None), "site")
