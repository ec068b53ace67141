"""Documents: every paper that can be made of the record, with its class always in sight."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import DocumentClass
from pharmacy_app.domain.disposal import DisposalList, ListState
from pharmacy_app.domain.events.disposal import Way
from pharmacy_app.domain.ids import DisposalId, DoseId, KitTypeCode
from pharmacy_app.domain.trial import KitType
from pharmacy_app.records.queries.unblinded import disposal as disposal_queries
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded.accountability import Scope
from pharmacy_app.records.queries.unblinded.doses import DoseLine
from pharmacy_app.system import paths
from pharmacy_app.ui import wording
from pharmacy_app.ui.documents.kept_label import KeptLabels
from pharmacy_app.ui.documents.kinds import KINDS, About, Kind, purpose, secrecy_in_words
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.pages.page import Page
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.papers import document_name, show_paper
from pharmacy_app.ui.printing.printers_dialog import PrintersDialog
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.surfaces import Badge, Card, words
from pharmacy_app.ui.widgets.table import ROW_HEIGHT, KeyedTable
from pharmacy_app.ui.workplace import Workplace, said
from pharmacy_app.workflows import dosing, papers
from pharmacy_app.workflows.account_papers import account_log, reconciliation
from pharmacy_app.workflows.list_papers import of_list

BACK = timedelta(days=3650)
MOST = 1000
NO_TABLE = 3
"""The place of the empty page, for papers about the whole site."""


class DocumentsPage(Page):
    """Papers at the left, what they may be about at the right; Enter shows the paper."""

    manual = "documents"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._pharmacy = workplace.pharmacy
        self._tasks = workplace.tasks
        self.show_button, self.printers_button = PrimaryButton(), ReasonedButton()
        self.kinds = {kind.key: kind for kind in KINDS}
        self.list = QListWidget()
        self.list.setFixedWidth(240)
        self.list.setStyleSheet("QListWidget::item { padding-left: 11px; }")
        self._class, self._purpose = Badge(), words("", "muted", wrap=True)
        self.doses = KeyedTable(
            PagedModel(self._dose_columns(), self._doses, lambda line: line.dose_id)
        )
        self.kit_types = KeyedTable(
            PagedModel(self._type_columns(), self._types, lambda kind: kind.code)
        )
        self.lists = KeyedTable(
            PagedModel(self._list_columns(), self._lists, lambda found: found.list_id)
        )
        self.tables: dict[About, KeyedTable[Any]] = {
            About.DOSE: self.doses,
            About.LABEL: self.doses,
            About.KIT_TYPE: self.kit_types,
            About.LIST: self.lists,
        }
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _dose_columns(self) -> list[Column[DoseLine]]:
        return [
            Column(lambda: self.tr("Dose"), lambda line: line.dose_id, width=120),
            Column(lambda: self.tr("Subject"), lambda line: line.subject_id, width=100),
            Column(lambda: self.tr("Visit"), lambda line: line.visit, width=70),
            Column(lambda: self.tr("Kit"), lambda line: line.kit_number or "—", width=120),
            Column(
                lambda: self.tr("State"), lambda line: wording.term(f"step.{line.step}"), width=200
            ),
            Column(lambda: self.tr("Begun"), lambda line: wording.moment(line.opened_at)),
        ]

    def _type_columns(self) -> list[Column[KitType]]:
        return [
            Column(lambda: self.tr("Kit type"), lambda kind: kind.code, width=120),
            Column(lambda: self.tr("Name of the kit type"), lambda kind: said(kind.name)),
        ]

    def _list_columns(self) -> list[Column[DisposalList]]:
        return [
            Column(lambda: self.tr("List"), lambda found: found.list_id, width=120),
            Column(
                lambda: self.tr("How they left"),
                lambda found: wording.term(f"way.{found.way}"),
                width=220,
            ),
            Column(lambda: self.tr("Kits"), lambda found: str(found.kits), width=70, right=True),
            Column(
                lambda: self.tr("When"),
                lambda found: wording.moment(found.closed_at) if found.closed_at else "—",
            ),
        ]

    def _lists(self, after: object, limit: int) -> Sequence[DisposalList]:
        """Return the lists that the chosen paper is made of: destroyed, or sent."""
        del limit
        destroyed = self.kind.key == catalogue.DESTRUCTION_CERTIFICATE.key
        done = [
            found
            for found in disposal_queries.lists(self._pharmacy.reader)
            if found.state is ListState.DONE and (found.way is Way.DESTROYED) is destroyed
        ]
        return [] if after is not None else done

    def _doses(self, after: object, limit: int) -> Sequence[DoseLine]:
        del limit
        if after is not None:
            return []
        return dose_queries.recent(self._pharmacy.reader, self._pharmacy.now() - BACK, MOST)

    def _types(self, after: object, limit: int) -> Sequence[KitType]:
        del limit
        return [] if after is not None else self._pharmacy.trial.kit_types

    def _lay_out(self) -> None:
        self.add_action(self.printers_button)
        self.add_action(self.show_button, primary=True)
        left, right = Card(), Card()
        left.set_margins(1, 1, 1, 1)
        left.body.addWidget(self.list)
        left.setFixedWidth(242)
        for page in (self.doses, self.kit_types, self.lists, QWidget()):
            self._stack.addWidget(page)
        right.set_margins(1, 12, 1, 1)
        about = QVBoxLayout()
        about.setContentsMargins(12, 0, 12, 4)
        about.addWidget(self._class)
        about.addWidget(self._purpose)
        right.body.addLayout(about)
        right.body.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(right, 1)
        self.body.addLayout(row, 1)
        for kind in KINDS:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, kind.key)
            item.setSizeHint(QSize(0, ROW_HEIGHT + 4))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _connect(self) -> None:
        self.show_button.clicked.connect(self.show_paper)
        self.printers_button.clicked.connect(self.show_printers)
        self.list.currentRowChanged.connect(lambda _: self._show_kind())
        for table in (self.doses, self.kit_types, self.lists):
            table.row_opened.connect(lambda _: self.show_button.click())
            table.row_selected.connect(lambda _: self._show_action())

    @property
    def kind(self) -> Kind:
        """The kind of paper chosen."""
        return KINDS[max(0, self.list.currentRow())]

    def choose(self, key: str) -> None:
        """Choose a kind of paper."""
        self.list.setCurrentRow(next(n for n, kind in enumerate(KINDS) if kind.key == key))

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Documents"), self.tr("made from what is recorded, now"))
        self.printers_button.setText(self.tr("Printers…"))
        for number, kind in enumerate(KINDS):
            self.list.item(number).setText(document_name(kind.key))
        self.list.setAccessibleName(self.tr("Kinds of papers"))
        self.doses.setAccessibleName(self.tr("Doses"))
        self.kit_types.setAccessibleName(self.tr("Kit types"))
        self.lists.setAccessibleName(self.tr("Lists of kits that left"))
        self._show_kind()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again what papers may be about."""
        del changed
        for table in (self.doses, self.kit_types, self.lists):
            self._freshen(table)
        self._show_action()

    @staticmethod
    def _freshen(table: KeyedTable[Any]) -> None:
        table.refresh()
        if table.selected() is None and table.model().rowCount():
            table.selectRow(0)

    def open_subject(self, subject: object) -> None:
        """Select a dose, asked for elsewhere."""
        self.doses.select_key(subject)

    @Slot()
    def _show_kind(self) -> None:
        kind = self.kind
        blinded = kind.secrecy is DocumentClass.BLINDED
        self._class.set_state(State.OK if blinded else State.WARN, secrecy_in_words(kind.secrecy))
        self._purpose.setText(purpose(kind.key))
        if kind.about is About.LIST:
            self._freshen(self.lists)
        table = self.tables.get(kind.about)
        self._stack.setCurrentIndex(NO_TABLE if table is None else self._stack.indexOf(table))
        self._show_action()

    @Slot()
    def _show_action(self) -> None:
        self.show_button.setText(self.tr("Show the paper"))
        self.show_button.bar(self._why_not())

    def _why_not(self) -> str:
        nothing = {
            About.KIT_TYPE: self.tr("Select a kit type."),
            About.LIST: self.tr("Select a list that is done."),
        }
        about = self.kind.about
        if about in nothing:
            return "" if self.tables[about].selected() else nothing[about]
        return "" if about is About.SITE else self._why_not_of_a_dose()

    def _why_not_of_a_dose(self) -> str:
        line = self.doses.selected()
        if line is None:
            return self.tr("Select a dose.")
        if self.kind.key in papers.BEFORE_RELEASE:
            missing = self.kind.key == "pick-sheet" and line.kit_number is None
            return self.tr("No kit is assigned to this dose yet.") if missing else ""
        if self.kind.about is About.LABEL:
            labels = dosing.dose(self._pharmacy, line.dose_id).labels
            return "" if labels else self.tr("No label was made for this dose.")
        return "" if line.use_before else self.tr("This dose is not released yet.")

    @Slot()
    def show_printers(self) -> None:
        """Show the printers of this machine."""
        PrintersDialog(self._tasks, paths.printers_file(), self).open()

    @Slot()
    def show_paper(self) -> None:
        """Show the paper chosen, about what is selected."""
        if self.kind.about is About.KIT_TYPE:
            self._show_log(self.kit_types.selected())
            return
        if self.kind.about in {About.LIST, About.SITE}:
            self._show_account_paper(self.lists.selected())
            return
        line = self.doses.selected()
        if line is None:
            return
        if self.kind.about is About.LABEL:
            dose = dosing.dose(self._pharmacy, line.dose_id)
            KeptLabels(self._pharmacy, dose, self).open()
            return
        self._show_of_dose(self.kind.key, line.dose_id)

    def _show_of_dose(self, key: str, dose_id: DoseId) -> None:
        make = papers.DOSE_PAPERS[key]
        show_paper(
            self._pharmacy,
            lambda: make(self._pharmacy, dose_id),
            document_name(key),
            f"dose/{dose_id}",
            self.problem_met.emit,
            self,
        )

    def _show_account_paper(self, found: DisposalList | None) -> None:
        about_site = self.kind.about is About.SITE
        if found is None and not about_site:
            return
        list_id = "" if found is None else found.list_id
        show_paper(
            self._pharmacy,
            lambda: (
                reconciliation(self._pharmacy)
                if about_site
                else of_list(self._pharmacy, DisposalId(list_id))
            ),
            document_name(self.kind.key),
            "site" if about_site else f"disposal/{list_id}",
            self.problem_met.emit,
            self,
        )

    def _show_log(self, kind: KitType | None) -> None:
        if kind is None:
            return
        code = KitTypeCode(kind.code)
        show_paper(
            self._pharmacy,
            lambda: account_log(self._pharmacy, Scope(kit_type=code)),
            document_name(self.kind.key),
            f"kit_type/{code}",
            self.problem_met.emit,
            self,
        )
