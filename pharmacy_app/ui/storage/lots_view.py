"""Lots: every lot with its kits, its papers told, and what is done with a whole lot."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.events.lots import ExpiryExtended
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import last_minute
from pharmacy_app.domain.look_back import OfLot
from pharmacy_app.domain.people import Task
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import lots as queries
from pharmacy_app.records.queries.unblinded.lots import LotLine, LotPaper
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.files import read_chosen
from pharmacy_app.ui.models.listed import page_of
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.storage.lot_dialogs import ExpiryDialog, OverlabelDialog, ResultDialog
from pharmacy_app.ui.storage.records_view import RecordsView, filled
from pharmacy_app.ui.widgets.detail import Detail, DetailPane, StoryLine
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import lots

SIDE = 316


class LotsView(RecordsView):
    """Lots at the left, the selected one told in full beside them."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self._lots: Sequence[LotLine] = ()
        self.table: KeyedTable[LotLine] = KeyedTable(self._model())
        self.detail = DetailPane()
        self.detail.setFixedWidth(SIDE)
        self.file = self.act(self.ask_certificate)
        self.result = self.act(self.ask_result)
        self.extend = self.act(self.ask_expiry)
        self.overlabel = self.act(self.ask_overlabels)
        self.recall = self.act(self.ask_recall)
        self.look_back = self.act(self.ask_look_back)
        self.lay_out(filled(self.table), self.detail)
        self.table.row_selected.connect(lambda _: self.retranslate())

    def _model(self) -> PagedModel[LotLine]:
        return PagedModel(
            [
                Column(lambda: self.tr("Lot"), lambda line: line.lot, width=130),
                Column(lambda: self.tr("Blinded lot"), lambda line: line.blinded_lot, width=110),
                Column(lambda: self.tr("Type"), lambda line: line.kit_type, width=110),
                Column(lambda: self.tr("Kits"), lambda line: str(line.kits), width=60, right=True),
                Column(
                    lambda: self.tr("On the shelf"),
                    lambda line: str(line.on_shelf),
                    width=100,
                    right=True,
                ),
                Column(
                    lambda: self.tr("Expiry"),
                    lambda line: wording.day(last_minute(line.expiry)),
                    width=100,
                ),
                Column(lambda: self.tr("State"), self._word, self._state, width=90),
            ],
            lambda after, limit: page_of(self._lots, _key, after, limit),
            _key,
        )

    def _word(self, line: LotLine) -> str:
        return wording.term("kit_state.recalled") if line.recalled else self.tr("stands")

    @staticmethod
    def _state(line: LotLine) -> State:
        return State.STOP if line.recalled else State.OK

    def refresh(self) -> None:
        """Read the lots again."""
        self._lots = queries.lots(self._pharmacy.reader)
        self.table.refresh()
        if self._lots and self.table.selected() is None:
            self.table.selectRow(0)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.table.set_name(self.tr("Lots"))
        self.file.setText(self.tr("File a certificate…"))
        self.result.setText(self.tr("Late result…"))
        self.extend.setText(self.tr("Extend the expiry…"))
        self.overlabel.setText(self.tr("Over-labels…"))
        self.look_back.setText(self.tr("Look back…"))
        line = self.table.selected()
        recalled = line is not None and line.recalled
        self.recall.setText(
            self.tr("Withdraw the recall…") if recalled else self.tr("Recall the lot…")
        )
        nothing = "" if line else self.tr("Select a lot first.")
        for button in (self.file, self.result, self.extend, self.recall, self.look_back):
            button.bar(nothing)
        waits = self._extension() is not None
        self.overlabel.bar("" if waits else self.tr("No extension of this lot waits for labels."))
        self._tell(line)

    def _extension(self) -> str | None:
        line = self.table.selected()
        if line is None:
            return None
        known = queries.extensions(self._pharmacy.reader, line.blinded_lot)
        return next((found.extension_id for found in known if found.state == "open"), None)

    def _tell(self, line: LotLine | None) -> None:
        if line is None:
            self.detail.tell(Detail(self.tr("No lot selected")))
            return
        recall = queries.recall(self._pharmacy.reader, line.lot)
        papers = queries.papers(self._pharmacy.reader, line.lot)
        extensions = queries.extensions(self._pharmacy.reader, line.blinded_lot)
        story = [self._paper_line(paper) for paper in papers]
        for found in extensions:
            told = self.tr("expiry {day}, {reference}: {state}").format(
                day=wording.day(last_minute(found.expiry)),
                reference=found.reference,
                state=wording.term(f"extension_state.{found.state}"),
            )
            story.append(StoryLine(wording.moment(found.opened_at)[5:], told))
        if recall is not None:
            told = self.tr("recalled by {reference}").format(reference=recall.reference)
            story.append(StoryLine(wording.moment(recall.recalled_at)[5:], told, State.STOP))
            if recall.withdrawn_at is not None:
                withdrawn = self.tr("the recall was withdrawn")
                story.append(StoryLine(wording.moment(recall.withdrawn_at)[5:], withdrawn))
        because = "" if recall is None or recall.withdrawn_at is not None else recall.because
        self.detail.tell(
            Detail(
                line.lot,
                self._state(line),
                self._word(line),
                because,
                [
                    (self.tr("Blinded lot"), line.blinded_lot),
                    (self.tr("Kits"), str(line.kits)),
                    (self.tr("Papers"), str(len(papers))),
                ],
                sorted(story, key=lambda one: one.when),
            )
        )

    def _paper_line(self, paper: LotPaper) -> StoryLine:
        when = wording.moment(paper.at)[5:]
        if paper.passed is None:
            return StoryLine(when, f"{paper.title} · {paper.reference}")
        word = self.tr("passed") if paper.passed else self.tr("failed")
        state = State.OK if paper.passed else State.STOP
        return StoryLine(when, f"{paper.title}: {word} · {paper.reference}", state)

    # Acts

    @Slot()
    def ask_certificate(self) -> None:
        """Ask for a certificate's file, then for its name and reference."""
        line = self.table.selected()
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Certificate of the lot"))
        if line is None or not name:
            return
        dialog = QuestionsDialog(
            self.tr("File a certificate with lot {lot}").format(lot=line.lot),
            Path(name).name,
            [self.tr("What it is, such as certificate of analysis"), self.tr("Reference")],
            self.tr("File it"),
            self,
        )
        dialog.answered.connect(lambda given: self.file_certificate(line.lot, Path(name), *given))
        dialog.open()

    def file_certificate(self, lot: str, path: Path, title: str, reference: str) -> None:
        """Keep a certificate as it came."""
        self.attempt(
            lambda: lots.file_certificate(self._pharmacy, lot, title, reference, read_chosen(path))
        )

    @Slot()
    def ask_result(self) -> None:
        """Ask how a late test ended."""
        line = self.table.selected()
        if line is None:
            return
        dialog = ResultDialog(line.lot, self)
        dialog.told.connect(lambda *told: self.report_result(line.lot, *told))
        dialog.open()

    def report_result(self, lot: str, test: str, reference: str, passed: bool) -> None:  # noqa: FBT001 - a signal's
        """Record a late result; a failed one leads to the look-back."""
        recorded = self.attempt(
            lambda: lots.report_result(self._pharmacy, lot, test, reference, passed=passed)
        )
        if recorded and not passed:
            self.ask_look_back()

    @Slot()
    def ask_recall(self) -> None:
        """Ask for the sponsor's letter, and have the recall (or its end) signed."""
        line = self.table.selected()
        if line is None:
            return
        labels = [self.tr("Reference of the sponsor's letter")]
        if not line.recalled:
            labels.append(self.tr("Why it is recalled"))
        dialog = QuestionsDialog(
            self.recall.text().rstrip("…"),
            self.tr("Every kit of lot {lot} is taken out of use; doses at the bench are stopped.")
            if not line.recalled
            else self.tr("The kits of lot {lot} will wait in quarantine for a decision."),
            labels,
            self.tr("Go on to the signature"),
            self,
        )
        dialog.answered.connect(lambda given: self._sign_recall(line, *given))
        dialog.open()

    def _sign_recall(self, line: LotLine, reference: str, because: str = "") -> None:
        statement = (
            self.tr("The recall of lot {lot} is withdrawn by {reference}.")
            if line.recalled
            else self.tr("Lot {lot} is recalled by {reference}.")
        )
        self.sign(
            statement.format(lot=line.lot, reference=reference),
            Task.RECALL_LOT,
            lambda signers: (
                lots.withdraw_recall(self._pharmacy, line.lot, reference, signers[0])
                if line.recalled
                else lots.recall(self._pharmacy, line.lot, reference, because, signers[0])
            ),
        )

    @Slot()
    def ask_expiry(self) -> None:
        """Ask for the last day of use that the sponsor gave the blinded lot."""
        line = self.table.selected()
        if line is None:
            return
        dialog = ExpiryDialog(line.blinded_lot, self)
        dialog.told.connect(lambda day, reference: self._sign_expiry(line, day, reference))
        dialog.open()

    def _sign_expiry(self, line: LotLine, last_day: datetime, reference: str) -> None:
        after = datetime.combine(last_day + timedelta(days=1), time(), self._pharmacy.zone)
        statement = self.tr("Blinded lot {lot} may be used to {day}, by {reference}.")
        self.sign(
            statement.format(lot=line.blinded_lot, day=last_day, reference=reference),
            Task.EXTEND_EXPIRY,
            lambda signers: lots.extend_expiry(
                self._pharmacy, line.blinded_lot, after.astimezone(UTC), reference, signers[0]
            ),
            self._on_extended,
        )

    def _on_extended(self, appended: Appended) -> None:
        self.done(appended)
        self._ask_overlabels(appended[0].told(ExpiryExtended).extension_id)

    @Slot()
    def ask_overlabels(self) -> None:
        """Scan the kits of the open extension with their labels on."""
        extension = self._extension()
        if extension is not None:
            self._ask_overlabels(extension)

    def _ask_overlabels(self, extension: str) -> None:
        found, kits = lots.kits_to_overlabel(self._pharmacy, extension)
        dialog = OverlabelDialog(found, kits, self)
        dialog.told.connect(lambda *told: self._sign_overlabels(extension, *told))
        dialog.open()

    def _sign_overlabels(
        self, extension: str, kits: list[KitNumber], printed: int, spoiled: int, remaining: int
    ) -> None:
        pharmacy, me = self._pharmacy, self._pharmacy.person.person_id
        statement = self.tr(
            "{count} kits bear their over-label; I saw kit and lot number uncovered."
        )
        sign_and(
            self._workplace,
            statement.format(count=len(kits)),
            [
                self._workplace.asked(Meaning.PREPARED, Task.APPLY_OVERLABELS, chosen=me),
                self._workplace.asked(Meaning.VERIFIED, Task.APPLY_OVERLABELS, but={me}),
            ],
            lambda signers: lots.apply_overlabels(
                pharmacy,
                extension,
                kits,
                printed=printed,
                spoiled=spoiled,
                remaining=remaining,
                credentials=signers,
            ),
            self.done,
            self,
        )

    @Slot()
    def ask_look_back(self) -> None:
        """Show whom the lot touched."""
        line = self.table.selected()
        if line is not None:
            self.show_look_back(OfLot(line.lot))


def _key(line: LotLine) -> tuple[str, str]:
    return line.lot, line.blinded_lot
