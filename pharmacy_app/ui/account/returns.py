"""Bags that went to the ward, and what is left of them."""

from collections.abc import Hashable, Sequence

from pharmacy_app.domain.people import Task, missing_right
from pharmacy_app.records.queries.unblinded import disposal as queries
from pharmacy_app.records.queries.unblinded.disposal import GivenKit
from pharmacy_app.ui import wording
from pharmacy_app.ui.account.remains_form import RemainsForm
from pharmacy_app.ui.account.view import View
from pharmacy_app.ui.models.paged import Column
from pharmacy_app.ui.palettes import State


class Returns(View[GivenKit]):
    """Bags that were given, and of which nobody has told what is left."""

    def columns(self) -> list[Column[GivenKit]]:
        """Return the columns."""
        return [
            Column(lambda: self.tr("Dose"), lambda g: g.dose_id, width=130),
            Column(lambda: self.tr("Subject"), lambda g: g.subject, width=110),
            Column(lambda: self.tr("Visit"), lambda g: g.visit, width=90),
            Column(lambda: self.tr("Kit"), lambda g: g.kit.kit_number, width=130),
            Column(
                lambda: self.tr("State"),
                lambda g: wording.term(f"kit_state.{g.kit.state}"),
                width=150,
            ),
            Column(
                lambda: self.tr("Handed over"),
                lambda g: wording.moment(g.handed_over_at) if g.handed_over_at else "—",
            ),
        ]

    def key(self, row: GivenKit) -> Hashable:
        """Return the dose."""
        return row.dose_id

    def read(self) -> Sequence[GivenKit]:
        """Return every such bag, the longest out first."""
        return queries.given(self.pharmacy.reader)

    def retranslate(self) -> None:
        """Set every text again."""
        count = len(self._rows)
        told = self.tr("{count} not accounted for").format(count=count)
        self.sum.set_state(State.WARN if count else State.OK, told)
        self.note.setText(self.tr("What is left of a bag is told once; it never returns to stock."))
        self.table.set_name(self.tr("Bags on the ward"))

    @property
    def act(self) -> str:
        """What recording is called."""
        return self.tr("Record what came back…")

    def why_not(self) -> str:
        """Return why nothing can be recorded."""
        if self.table.selected() is None:
            return self.tr("Select a bag first.")
        missing = missing_right(self.pharmacy.person, Task.REPORT_INFUSION)
        return "" if missing is None else wording.violation_in_words(missing).expected

    def do(self) -> None:
        """Ask what came back."""
        row = self.table.selected()
        if row is not None:
            form = RemainsForm(self.pharmacy, row, self)
            form.recorded.connect(self.changed)
            form.open()
