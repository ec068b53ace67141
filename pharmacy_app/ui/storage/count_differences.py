"""What a stock count found otherwise than recorded: each resolved by one act, then signed off."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pharmacy_app.domain.counting import OUTSIDE
from pharmacy_app.domain.events.counting import CountDifference
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.people import Task
from pharmacy_app.records.queries.unblinded import counts as queries
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.records.queries.unblinded.counts import Count, DifferenceLine
from pharmacy_app.ui import wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.papers import document_name, show_paper
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.storage.count_resolve import ResolveDialog
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.detail import Detail, DetailPane
from pharmacy_app.ui.widgets.surfaces import Card
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import counting
from pharmacy_app.workflows.count_differences import Resolution, resolve
from pharmacy_app.workflows.stock_count import stock_count

SIDE = 316


class DifferencesPanel(Spoken, QWidget):
    """The list of differences; the selected one beside it, with what can be done."""

    changed = Signal(object)
    refused = Signal(object, object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._count: Count | None = None
        self._listed = Card()
        self.table: KeyedTable[DifferenceLine] = KeyedTable(self._model())
        self.detail = DetailPane()
        self.detail.setFixedWidth(SIDE)
        self.resolve, self.sign_off = PrimaryButton(), PrimaryButton()
        self.sheet = ReasonedButton()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.sheet)
        foot.addStretch(1)
        foot.addWidget(self.resolve)
        foot.addWidget(self.sign_off)
        self._listed.body.addWidget(self.table, 1)
        self._listed.body.addLayout(foot)
        column = QVBoxLayout()
        column.addWidget(self._listed, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(column, 1)
        row.addWidget(self.detail)
        self.table.row_selected.connect(lambda _: self._tell())
        self.table.row_opened.connect(lambda _: self.ask_resolution())
        self.resolve.clicked.connect(self.ask_resolution)
        self.sign_off.clicked.connect(self.ask_sign_off)
        self.sheet.clicked.connect(self.show_sheet)

    @property
    def primary(self) -> QPushButton:
        """Resolving the selected difference; once none is left, signing the count off."""
        return self.sign_off if self.resolve.isHidden() else self.resolve

    def _model(self) -> PagedModel[DifferenceLine]:
        return PagedModel(
            [
                Column(lambda: self.tr("Kit"), lambda one: one.difference.kit_number, width=96),
                Column(
                    lambda: self.tr("Difference"),
                    lambda one: wording.term(f"difference.{one.difference.kind}"),
                    _state_of,
                    width=228,
                ),
                Column(
                    lambda: self.tr("Recorded"),
                    lambda one: one.difference.recorded or "–",
                    width=120,
                ),
                Column(
                    lambda: self.tr("Found"), lambda one: self._found(one.difference), width=120
                ),
                Column(lambda: self.tr("Resolved as"), self._outcome),
            ],
            self._fetch,
            lambda one: one.difference.kit_number,
        )

    def _found(self, one: CountDifference) -> str:
        outside = self.tr("outside any box")
        return ", ".join(outside if place == OUTSIDE else place for place in one.found) or "–"

    def _outcome(self, one: DifferenceLine) -> str:
        return (
            wording.term(f"count_outcome.{one.outcome}") if one.outcome else self.tr("unresolved")
        )

    def _lines(self) -> list[DifferenceLine]:
        reader = self._workplace.pharmacy.reader
        return [] if self._count is None else queries.differences(reader, self._count.count_id)

    def _fetch(self, after: object, limit: int) -> Sequence[DifferenceLine]:
        lines = self._lines()
        keys = [str(line.difference.kit_number) for line in lines]
        start = 0 if after is None else keys.index(str(after)) + 1
        return lines[start : start + limit]

    def show_count(self, count: Count) -> None:
        """Show the differences of a count that was closed."""
        self._count = count
        self.table.refresh()
        chosen = self.table.selected()
        waiting = [line for line in self._lines() if line.outcome is None]
        if waiting and (chosen is None or chosen.outcome is not None):
            self.table.select_key(waiting[0].difference.kit_number)
        elif chosen is None and self.table.model().rowCount():
            self.table.selectRow(0)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        if self._count is None:
            return
        left = sum(line.outcome is None for line in self._lines())
        self._listed.set_title(
            self.tr("Differences of count {count}").format(count=self._count.count_id),
            self.tr("{count} not resolved").format(count=left),
        )
        self.table.set_name(self.tr("Differences"))
        self.resolve.setText(self.tr("Resolve…"))
        self.sign_off.setText(self.tr("Sign the count off…"))
        self.sheet.setText(self.tr("Print the sheet…"))
        self.resolve.setVisible(left > 0)
        self.sign_off.setVisible(left == 0)
        self._tell()

    def _tell(self) -> None:
        line = self.table.selected()
        done = line is not None and line.outcome is not None
        self.resolve.bar(self.tr("It is resolved.") if done else "")
        if line is None:
            self.detail.tell(Detail(self.tr("No difference selected")))
            return
        one = line.difference
        people = site_queries.people(self._workplace.pharmacy.reader)
        names = {person.person_id: person.printed_name for person in people}
        facts = [
            (self.tr("Recorded"), one.recorded or "–"),
            (self.tr("Found"), self._found(one)),
        ]
        if one.pair:
            facts.append((self.tr("With"), one.pair.replace(" ", ", ")))
        if line.outcome is not None and line.resolved_by is not None:
            facts += [
                (self.tr("Resolved as"), self._outcome(line)),
                (self.tr("Root cause"), wording.term(f"root_cause.{line.cause}")),
                (self.tr("By"), names.get(line.resolved_by, line.resolved_by)),
            ]
        self.detail.tell(
            Detail(
                one.kit_number,
                _state_of(line),
                wording.term(f"difference.{one.kind}"),
                line.remarks,
                facts,
            )
        )

    # Acts

    @Slot()
    def ask_resolution(self) -> None:
        """Ask what is done about the selected difference, and why it was there."""
        line = self.table.selected()
        if line is None or line.outcome is not None:
            return
        dialog = ResolveDialog(line.difference, self)
        dialog.resolved.connect(lambda given: self._resolve(line.difference, given))
        dialog.open()

    def _resolve(self, one: CountDifference, given: Resolution) -> None:
        count, pharmacy = self._count, self._workplace.pharmacy
        if count is None:
            return
        said = self.tr("{kit}, {difference}: {outcome}. Root cause: {cause}.")
        me = pharmacy.person.person_id
        sign_and(
            self._workplace,
            said.format(
                kit=" + ".join((one.kit_number, *one.pair.split())),
                difference=wording.term(f"difference.{one.kind}"),
                outcome=wording.term(f"count_outcome.{given.outcome}"),
                cause=wording.term(f"root_cause.{given.cause}"),
            ),
            [self._workplace.asked(Meaning.AUTHORISED, Task.RESOLVE_COUNT, chosen=me)],
            lambda signers: resolve(pharmacy, count.count_id, one.kit_number, given, signers[0]),
            lambda appended: self.changed.emit(appended.changed | {"kit"}),
            self,
        )

    @Slot()
    def ask_sign_off(self) -> None:
        """Ask for the signature that ends the count."""
        count, pharmacy = self._count, self._workplace.pharmacy
        if count is None:
            return
        said = self.tr("Every difference of count {count} is resolved.")
        me = pharmacy.person.person_id
        sign_and(
            self._workplace,
            said.format(count=count.count_id),
            [self._workplace.asked(Meaning.REVIEWED, Task.SIGN_OFF_COUNT, chosen=me)],
            lambda signers: counting.sign_off(pharmacy, count.count_id, signers[0]),
            lambda appended: self.changed.emit(appended.changed),
            self,
        )

    @Slot()
    def show_sheet(self) -> None:
        """Show the sheet of the count as far as it is, as it prints."""
        count, pharmacy = self._count, self._workplace.pharmacy
        if count is not None:
            show_paper(
                pharmacy,
                lambda: stock_count(pharmacy, count.count_id),
                document_name("stock-count"),
                f"count/{count.count_id}",
                lambda problem: self.refused.emit(None, problem),
                self,
            )


def _state_of(line: DifferenceLine) -> State:
    return State.WARN if line.outcome is None else State.OK
