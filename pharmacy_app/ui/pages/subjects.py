"""Subjects: who is enrolled, what was allocated to them, and the doses of their visits."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.people import Task, missing_right
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.records.queries.unblinded.subjects import Subject
from pharmacy_app.ui import wording
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.pages.page import Page
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.subjects.detail import SubjectDetail
from pharmacy_app.ui.subjects.enrol import EnrolDialog
from pharmacy_app.ui.subjects.visits import not_now
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.detail import EmptyState
from pharmacy_app.ui.widgets.surfaces import Card
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.workplace import Workplace

LIST_WIDTH = 360


class SubjectsPage(Page):
    """The list at the left, the selected subject in full at the right."""

    manual = "subjects"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._pharmacy = workplace.pharmacy
        self.enrol, self.start = ReasonedButton(hint="Ctrl N"), PrimaryButton()
        self.table = KeyedTable(
            PagedModel(self._columns(), self._fetch, lambda subject: subject.subject_id)
        )
        self.detail = SubjectDetail(workplace)
        self._empty = EmptyState("subjects")
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _columns(self) -> list[Column[Subject]]:
        return [
            Column(lambda: self.tr("Subject"), lambda s: s.subject_id, width=100),
            Column(lambda: self.tr("Enrolled"), lambda s: wording.day(s.enrolled_at), width=110),
            Column(lambda: self.tr("Requested by"), lambda s: s.requested_by),
        ]

    def _fetch(self, after: SubjectId | None, limit: int) -> Sequence[Subject]:
        return queries.page(self._pharmacy.reader, after, limit)

    def _lay_out(self) -> None:
        self.add_action(self.enrol)
        self.add_action(self.start, primary=True)
        card = Card()
        card.set_margins(1, 1, 1, 1)
        card.setFixedWidth(LIST_WIDTH)
        card.body.addWidget(self.table)
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.detail.setObjectName("body")
        area.setWidget(self.detail)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(card)
        row.addWidget(area, 1)
        self._stack.addWidget(both)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.enrol.setShortcut("Ctrl+N")
        self.enrol.clicked.connect(self.ask_subject)
        self.start.clicked.connect(self.begin_dose)
        self.table.row_selected.connect(self._on_selected)
        self.table.row_opened.connect(lambda _: self.detail.track.setFocus())
        self.detail.visit_chosen.connect(self._show_action)
        self.detail.visit_opened.connect(self.start.click)
        self.detail.changed.connect(self._on_changed)

    def retranslate(self) -> None:
        """Set every text again."""
        self.enrol.setText(self.tr("Enrol a subject…"))
        missing = missing_right(self._pharmacy.person, Task.ENROL)
        self.enrol.bar("" if missing is None else wording.violation_in_words(missing).expected)
        self._empty.say(
            self.tr("Nobody is enrolled yet"),
            self.tr("A subject is enrolled from the investigator's request."),
        )
        self.table.setAccessibleName(self.tr("Subjects"))
        self._tell()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read the list and the selected subject again."""
        del changed
        self.table.refresh()
        if self.table.selected() is None and self._count:
            self.table.selectRow(0)
        self._tell()

    @property
    def _count(self) -> int:
        return self.table.model().rowCount()

    def _tell(self) -> None:
        count = self._count
        self.set_title(
            self.tr("Subjects"), self.tr("{count} enrolled").format(count=count) if count else ""
        )
        self._stack.setCurrentIndex(0 if count else 1)
        self.start.setVisible(bool(count))
        subject = self.table.selected()
        if subject is not None:
            self.detail.tell(subject)
        self._show_action()

    @Slot(object)
    def _on_selected(self, subject: Subject | None) -> None:
        if subject is not None:
            self.detail.tell(subject)
        self._show_action()

    @Slot()
    def _show_action(self) -> None:
        subject, plan = self.table.selected(), self.detail.plan
        if subject is None or plan is None:
            return
        if plan.current is not None:
            self.start.setText(self.tr("Dose {dose}").format(dose=plan.current.dose_id))
            self.start.allow()
            return
        self.start.setText(self.tr("Start the dose of {visit}").format(visit=plan.visit.code))
        reason = not_now(self._pharmacy, subject.subject_id, plan)
        if reason is None:
            self.start.allow()
            return
        said = wording.violation_in_words(reason)
        self.start.bar(f"{said.rule} {said.found}")

    def open_subject(self, subject: object) -> None:
        """Show a subject by number, reading on in the list until it comes."""
        model = self.table.model()
        while not self.table.select_key(subject) and model.canFetchMore(self.table.rootIndex()):
            model.fetchMore(self.table.rootIndex())

    @Slot()
    def ask_subject(self) -> None:
        """Open the form that enrols a subject."""
        dialog = EnrolDialog(self._pharmacy, self)
        dialog.enrolled.connect(self._on_enrolled)
        dialog.open()

    @Slot(object)
    def _on_changed(self, changed: frozenset[str]) -> None:
        """Pass on what changed; the focus, whose button is gone with the old panel, comes here."""
        self.records_changed.emit(changed)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str, object)
    def _on_enrolled(self, number: str, changed: frozenset[str]) -> None:
        self.records_changed.emit(changed)
        self.open_subject(SubjectId(number))

    @Slot()
    def begin_dose(self) -> None:
        """Take the selected visit to the bench, or go on with its dose there."""
        subject, plan = self.table.selected(), self.detail.plan
        if subject is None or plan is None:
            return
        there = plan.current
        wanted = (subject.subject_id, plan.visit.code) if there is None else there.dose_id
        self.place_asked.emit(Place.BENCH, wanted)
