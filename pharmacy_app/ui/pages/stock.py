"""Stock: every kit in a list by expiry, its box as a map, its whole story, and what can be done."""

from enum import IntEnum

from PySide6.QtCore import Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import Kit, KitState, last_minute
from pharmacy_app.domain.locations import read_position
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import kits as queries
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.codes import ConfirmScanDialog
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.pages.page import Page, ScanAnswer
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.places import Asked, Place
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.storage import kits_said
from pharmacy_app.ui.storage.cases_view import CasesView
from pharmacy_app.ui.storage.counting import CountView
from pharmacy_app.ui.storage.decide import WAITING, ask_decision
from pharmacy_app.ui.storage.filters import Filters
from pharmacy_app.ui.storage.found import ask_found, may_turn_up
from pharmacy_app.ui.storage.glances import taken_in
from pharmacy_app.ui.storage.kits_table import KitsTable
from pharmacy_app.ui.storage.lots_view import LotsView
from pharmacy_app.ui.storage.map_view import StorageView
from pharmacy_app.ui.storage.put_away import PutAway
from pharmacy_app.ui.storage.time_out import tell_time_out
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.detail import Detail, DetailPane
from pharmacy_app.ui.widgets.position_map import PositionMap
from pharmacy_app.ui.widgets.segments import Segments
from pharmacy_app.ui.widgets.surfaces import Card
from pharmacy_app.ui.widgets.time_out import TimeOutCard
from pharmacy_app.ui.workplace import Workplace, said, scanned
from pharmacy_app.workflows import stock, storing
from pharmacy_app.workflows.kit_story import kit_story
from pharmacy_app.workflows.today import Alarm, AlarmKind, Expiring

SIDE = 316
MAP_HEIGHT = 224


class View(IntEnum):
    """The views of the page, as they stand in its row of names."""

    KITS = 0
    MAP = 1
    CASES = 2
    LOTS = 3
    COUNT = 4


VIEW_OF: dict[AlarmKind | None, View] = {
    AlarmKind.UNIT_CHECK: View.MAP,
    AlarmKind.EXCURSION: View.CASES,
    AlarmKind.OVERLABEL: View.LOTS,
    AlarmKind.COUNT: View.COUNT,
}
"""Where an alarm is looked into; any other one among the kits."""


class StockPage(Page):
    """A scan selects its kit; F6 puts it away or moves it; F7 shows storage as a map, F8 counts it."""

    manual = "stock"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._box = ""
        self.filters = Filters()
        self.table = KitsTable(workplace)
        self.map = PositionMap()
        self.map.setMaximumHeight(MAP_HEIGHT)
        self._map_card = Card()
        self._map_card.body.addWidget(self.map)
        self.detail = DetailPane()
        self.time_out = TimeOutCard()
        self.storage = StorageView(workplace)
        self.cases, self.lots = CasesView(workplace), LotsView(workplace)
        self.counting = CountView(workplace)
        self._listed = QWidget()
        self.views = Segments(len(View))
        self.readiness = ReasonedButton()
        self.put_away = PutAway(workplace)
        self.put_away.hide()
        self.relocate, self.hold = ReasonedButton(hint="F6"), ReasonedButton()
        self.decide = ReasonedButton()
        for button in (self.relocate, self.hold, self.decide):
            self.add_action(button)
        self.relocate.setShortcut("F6")
        QShortcut("F7", self, self.toggle_map)
        QShortcut("F8", self, lambda: self.views.choose(View.COUNT))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        table = Card()
        table.set_margins(1, 1, 1, 1)
        table.body.addWidget(self.table, 1)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.put_away)
        left.addWidget(table, 1)
        right = QVBoxLayout()
        right.setSpacing(12)
        for card, stretch in ((self._map_card, 0), (self.time_out, 0), (self.detail, 1)):
            card.setFixedWidth(SIDE)
            right.addWidget(card, stretch)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addLayout(right)
        listed = QVBoxLayout(self._listed)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(12)
        above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(self.filters, 1)
        above.addWidget(self.readiness)
        listed.addLayout(above)
        listed.addLayout(row, 1)
        self.body.addWidget(self.views)
        for view in self._parts():
            self.body.addWidget(view, 1)
        self.views.choose(View.KITS)
        self._show_view(View.KITS)

    def _parts(self) -> tuple[QWidget, ...]:
        return (self._listed, self.storage, self.cases, self.lots, self.counting)

    def _connect(self) -> None:
        self.filters.changed.connect(self._on_filter)
        self.table.row_selected.connect(self._on_selected)
        self.map.position_selected.connect(self._on_position)
        self.relocate.clicked.connect(self.start_move)
        self.hold.clicked.connect(self.ask_quarantine)
        self.decide.clicked.connect(self.ask_decision)
        self.put_away.answered.connect(self.scan_answered)
        self.put_away.stowed.connect(self._on_stowed)
        self.put_away.drop.clicked.connect(self.put_away.hide)
        self.put_away.refused.connect(self._on_refused)
        self.views.chosen.connect(self._show_view)
        for view in (self.cases, self.lots):
            view.changed.connect(self.records_changed)
            view.problem.connect(self.problem_met)
        self.readiness.clicked.connect(lambda: self.place_asked.emit(Place.TODAY, Asked.READINESS))
        self.storage.answered.connect(self.scan_answered)
        self.storage.changed.connect(self.records_changed)
        self.storage.refused.connect(self._on_refused)
        self.storage.kit_chosen.connect(self._on_kit_of_map)
        self.counting.answered.connect(self.scan_answered)
        self.counting.changed.connect(self.records_changed)
        self.counting.refused.connect(self._on_refused)
        self.counting.staged.connect(self._set_primary)

    # What is shown

    def _type(self, kit: Kit) -> str:
        return said(self._workplace.pharmacy.trial.kit_type(kit.kit_type).name)

    def retranslate(self) -> None:
        """Set every text again."""
        self.relocate.setText(self.tr("Put away, move"))
        self.readiness.setText(self.tr("Readiness"))
        self.decide.setText(self.tr("Decide on quarantine…"))
        self.views.set_names(
            [
                self.tr("Kits"),
                self.tr("Map (F7)"),
                self.tr("Excursions"),
                self.tr("Lots"),
                self.tr("Count (F8)"),
            ]
        )
        if self._counts:
            # No figure of what the record expects, not even how many kits there are.
            self.set_title(self.tr("Stock count"))
            return
        told = self.tr("{all} kits · showing {shown}")
        counted = told.format(all=self.table.all, shown=self.table.shown)
        self.set_title(self.tr("Stock"), counted if self.views.current == View.KITS else "")
        self._tell(self.table.selected())

    def refresh(self, changed: frozenset[str]) -> None:
        """Read the kits again."""
        if self._counts and "count" in changed:
            self.counting.refresh()
        if changed and not changed & {"kit", "shipment", "dose", "package", "storage"}:
            return
        pharmacy = self._workplace.pharmacy
        self.table.now = pharmacy.now()
        self.table.units = storing.units(pharmacy)
        types = [(kit_type.code, said(kit_type.name)) for kit_type in pharmacy.trial.kit_types]
        self.filters.offer(types, queries.lots(pharmacy.reader))
        self.table.narrow(self.filters.wanted(self.table.now))
        self._refresh_view()
        self.retranslate()

    def open_subject(self, subject: object) -> None:
        """Show a kit, the kits of an alarm, a unit nobody checked, or a lot that expires."""
        kind = subject.kind if isinstance(subject, Alarm) else None
        blind = self.counting.blind() if self._counts else None
        if blind is not None and kind is not AlarmKind.COUNT:
            self.problem_met.emit(Refused([blind]))
            return
        self.views.choose(VIEW_OF.get(kind, View.KITS))
        if isinstance(subject, Alarm) and kind is AlarmKind.UNIT_CHECK:
            self.storage.show_unit(subject.record)
        elif isinstance(subject, Alarm) and kind is AlarmKind.EXCURSION:
            self.cases.cases.select_key(subject.record)
        elif kind is AlarmKind.QUARANTINE:
            self.filters.narrow(state=self._waiting_state())
        elif isinstance(subject, Expiring):
            self.filters.narrow(lot=subject.lot)
        elif kind is None:
            self._show_kit(KitNumber(str(subject)))

    def _waiting_state(self) -> KitState:
        states = queries.states(self._workplace.pharmacy.reader)
        return next((state for state in WAITING if states.get(state)), KitState.QUARANTINED)

    def _show_kit(self, number: KitNumber) -> bool:
        kit = queries.kit(self._workplace.pharmacy.reader, number)
        if kit is None:
            return False
        if not self.table.select_kit(kit):
            self.filters.narrow(text=number)
            self.table.select_kit(kit)
        return True

    @Slot()
    def _on_filter(self) -> None:
        self.table.narrow(self.filters.wanted(self.table.now))
        self.retranslate()

    @Slot(object)
    def _on_selected(self, kit: Kit | None) -> None:
        self._tell(kit)

    def _tell(self, kit: Kit | None) -> None:
        self._tell_acts(kit)
        self._show_box(kit)
        self.time_out.setVisible(kit is not None)
        if kit is None:
            self.detail.tell(Detail(self.tr("No kit selected")))
            return
        pharmacy = self._workplace.pharmacy
        names = {
            person.person_id: person.printed_name for person in site_queries.people(pharmacy.reader)
        }
        story = kit_story(pharmacy, kit.kit_number)
        tell_time_out(self.time_out, pharmacy, kit, story)
        lines = (kits_said.story_line(one, names) for one in story)
        self.detail.tell(
            Detail(
                kit.kit_number,
                self.table.state_of(kit),
                self.table.word_of(kit),
                kits_said.because(kit),
                [
                    (self.tr("Type"), self._type(kit)),
                    (self.tr("Lot"), f"{kit.lot} · {kit.blinded_lot}"),
                    (self.tr("Expiry"), wording.moment(last_minute(kit.expiry))),
                    *([(self.tr("Dose"), kit.dose_id)] if kit.dose_id else []),
                ],
                [line for line in lines if line is not None],
            )
        )

    def _tell_acts(self, kit: Kit | None) -> None:
        nothing = "" if kit else self.tr("Select a kit first.")
        found, doubt = self.tr("It turned up…"), self.tr("Quarantine…")
        self.hold.setText(found if may_turn_up(kit) else doubt)
        self.hold.bar(nothing)
        states = queries.states(self._workplace.pharmacy.reader)
        waiting = any(states.get(state) for state in WAITING)
        self.decide.bar("" if waiting else self.tr("No kit is in quarantine."))

    def _show_box(self, kit: Kit | None) -> None:
        position = None if kit is None or kit.position is None else read_position(kit.position)
        if position is not None:
            self._box = position.box_id
        unit = self.table.units.get(self._box.partition("-")[0])
        self._map_card.setVisible(unit is not None)
        if unit is None:
            return
        taken = taken_in(self._workplace.pharmacy, self._box)
        self.map.show_box(
            unit.capacity.rows,
            unit.capacity.columns,
            taken,
            lambda name: unit.place_label(read_position(f"{self._box}-{name}")),
        )
        self.map.select("" if position is None else f"{position.row}{position.column}")
        free = unit.capacity.places_a_box - len(taken)
        first = position or read_position(f"{self._box}-A1")
        self._map_card.set_title(
            kits_said.place(unit.box_address(first.rack, first.box)),
            self.tr("{count} free").format(count=free),
        )

    @Slot(str)
    def _on_position(self, name: str) -> None:
        for kit in queries.in_box(self._workplace.pharmacy.reader, self._box):
            if str(kit.position) == f"{self._box}-{name}":
                self._show_kit(kit.kit_number)
                return
        if self.put_away.kit is not None:
            self.put_away.position.set_text(f"{self._box}-{name}")
            self.put_away.retranslate()

    # Acts

    def scan(self, scan: RawScan) -> bool:
        """Select the kit that was scanned; while putting away or counting, take kit and place."""
        if self._counts:
            return self.counting.scan(scan)
        if self._on_map and self.storage.scan(scan):
            return True
        if self.put_away.isVisible():
            self.put_away.take(scan)
            return True
        try:
            kit = stock.known_kit(self._workplace.pharmacy, scanned(scan))
        except Refused as refused:
            self._on_refused(scan, refused)
            return True
        self._show_kit(kit.kit_number)
        if self._on_map:
            self.storage.show_kit_place(kit.kit_number)
        self.scan_answered.emit(
            ScanAnswer(kit.kit_number, self.table.state_of(kit), self.table.word_of(kit))
        )
        return True

    @property
    def _on_map(self) -> bool:
        return self.views.current == View.MAP

    @property
    def _counts(self) -> bool:
        return self.views.current == View.COUNT

    @Slot()
    def toggle_map(self) -> None:
        """Show storage as a map, or the kits as a list again."""
        self.views.choose(View.KITS if self._on_map else View.MAP)

    @Slot(int)
    def _show_view(self, number: int) -> None:
        for at, view in enumerate(self._parts()):
            view.setVisible(at == number)
        for button in (self.relocate, self.hold, self.decide):
            button.setVisible(number in {View.KITS, View.MAP})
        self._refresh_view()
        self._set_primary()
        kit = self.table.selected()
        if number == View.MAP and kit is not None:
            self.storage.show_kit_place(kit.kit_number)
        self.retranslate()

    def _refresh_view(self) -> None:
        refreshing = {
            View.MAP: self.storage.refresh,
            View.CASES: self.cases.refresh,
            View.LOTS: self.lots.refresh,
            View.COUNT: self.counting.refresh,
        }
        refreshing.get(View(self.views.current), lambda: None)()

    @Slot()
    def _set_primary(self) -> None:
        put = None if self.put_away.isHidden() else self.put_away.put
        self.primary = self.counting.primary if self._counts else put

    @Slot(str)
    def _on_kit_of_map(self, number: str) -> None:
        self.views.choose(View.KITS)
        self._show_kit(KitNumber(number))

    @Slot()
    def start_move(self) -> None:
        """Begin to put away or move: the selected kit first, or the next one scanned."""
        self.views.choose(View.KITS)
        self.put_away.show()
        kit = self.table.selected()
        if kit is not None:
            self.put_away.hold(RawScan(kit.kit_number, typed=True))
        self.primary = self.put_away.put

    @Slot(object)
    def _on_stowed(self, changed: frozenset[str]) -> None:
        self.put_away.hide()
        self.primary = None
        self.records_changed.emit(changed)

    @Slot(object, object)
    def _on_refused(self, scan: RawScan | None, problem: Refused | EnvironmentProblem) -> None:
        if scan is None or scan.typed or isinstance(problem, EnvironmentProblem):
            self.problem_met.emit(problem)
            return
        told = wording.violation_in_words(problem.violations[0])
        self.scan_answered.emit(ScanAnswer(scan.raw, State.STOP, told.found))
        ConfirmScanDialog(scan, problem, self).open()

    @Slot()
    def ask_quarantine(self) -> None:
        """Ask why the selected kit may not be used, and take it out of use."""
        kit = self.table.selected()
        if kit is None:
            return
        if may_turn_up(kit):
            ask_found(self._workplace, kit, self._on_acted, self)
            return
        number = kit.kit_number
        dialog = QuestionsDialog(
            self.tr("Quarantine kit {kit}").format(kit=number),
            self.tr("It may not be used until the sponsor has decided."),
            [self.tr("Reason")],
            self.tr("Quarantine it"),
            self,
        )
        dialog.answered.connect(lambda given: self.quarantine(number, given[0]))
        dialog.open()

    def quarantine(self, number: KitNumber, because: str) -> None:
        """Take a kit out of use."""
        scan = RawScan(number, typed=True)
        try:
            appended = stock.quarantine(self._workplace.pharmacy, scanned(scan), because)
        except (Refused, EnvironmentProblem) as problem:
            self.problem_met.emit(problem)
            return
        self.records_changed.emit(appended.changed)

    @Slot()
    def ask_decision(self) -> None:
        """Ask which kits the sponsor decided on, and what."""
        ask_decision(self._workplace, self.table.selected(), self._on_acted, self)

    def _on_acted(self, appended: Appended) -> None:
        self.records_changed.emit(appended.changed)
