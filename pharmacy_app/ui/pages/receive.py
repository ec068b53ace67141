"""Receive: the shipments, the shipper opened, kit by kit, the logger, the receipt, putting away."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.ids import KitNumber, ShipmentId
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.people import Task, missing_right
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import shipments as queries
from pharmacy_app.records.queries.unblinded.shipments import Shipment
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.codes import ConfirmScanDialog, TypedCodeDialog
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.files import read_chosen
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.pages.page import Page, ScanAnswer
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.papers import document_name, show_paper
from pharmacy_app.ui.receiving.kits_table import ShippedKit
from pharmacy_app.ui.receiving.logger_reading import Chosen, LoggerReading
from pharmacy_app.ui.receiving.more_acts import MoreActs
from pharmacy_app.ui.receiving.outcomes_said import counted
from pharmacy_app.ui.receiving.package_dialog import PackageDialog, in_one_line
from pharmacy_app.ui.receiving.receipt_view import ReceiptView
from pharmacy_app.ui.receiving.shipper_form import ShipperForm
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.detail import EmptyState
from pharmacy_app.ui.widgets.surfaces import Card
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.workplace import Workplace, scanned
from pharmacy_app.workflows import receiving, site, temperature_papers
from pharmacy_app.workflows.receiving import Receipt
from pharmacy_app.workflows.site import OfferedPackage

LIST = 226
SHIPMENT_STATES = {"advised": State.WARN, "open": State.INFO, "received": State.OK}


class ReceivePage(Page):
    """The list of shipments at the left; the one selected as it stands beside it."""

    manual = "receive"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._shipment: ShipmentId | None = None
        self.reading = LoggerReading(workplace, self)
        model = PagedModel(
            [
                Column(lambda: self.tr("Shipment"), lambda s: s.shipment_id, width=100),
                Column(
                    lambda: self.tr("State"),
                    lambda s: wording.term(f"shipment_state.{s.state}"),
                    lambda s: SHIPMENT_STATES[s.state],
                ),
            ],
            self._fetch,
            lambda s: s.shipment_id,
        )
        self.shipments: KeyedTable[Shipment] = KeyedTable(model)
        listed = Card()
        listed.set_margins(1, 1, 1, 1)
        listed.setFixedWidth(LIST)
        listed.body.addWidget(self.shipments, 1)
        self.form = ShipperForm()
        self.view = ReceiptView(workplace)
        self.none = EmptyState("receive")
        self._stack = QStackedWidget()
        for part in (self.none, self.form, self.view):
            self._stack.addWidget(part)
        self.more = MoreActs(workplace, self)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(listed)
        row.addWidget(self._stack, 1)
        self.body.addWidget(self.more.strip)
        self.body.addLayout(row, 1)
        self.package = ReasonedButton(hint="Ctrl I")
        self.add_action(self.package)
        self.add_action(self.more.button)
        for button in self.view.acts:
            self.add_action(button)
        self.view.hide_acts()
        self._connect()

    def _connect(self) -> None:
        self.package.clicked.connect(self._on_package_asked)
        self.more.button.package.triggered.connect(self.package.click)
        self.more.done.connect(self._act)
        self.more.problem.connect(self.problem_met)
        self.view.late_asked.connect(self.more.judge_late)
        self.shipments.row_selected.connect(self._on_selected)
        self.form.asked.connect(self.open_receipt)
        self.view.damage_asked.connect(self.ask_damage)
        self.view.missing_asked.connect(self.mark_missing)
        self.view.sign_asked.connect(self.sign)
        self.view.code_asked.connect(self._on_code_asked)
        self.view.logger.file_asked.connect(self._on_file_asked)
        self.view.logger.report_asked.connect(self._on_report_asked)
        self.reading.recorded.connect(self._act)
        self.reading.seen.connect(self._on_curve)
        self.reading.problem_met.connect(self.problem_met)
        self.view.put_away.answered.connect(self.scan_answered)
        self.view.put_away.stowed.connect(self.records_changed)
        self.view.put_away.refused.connect(self._on_refused)

    def retranslate(self) -> None:
        """Set every text again."""
        self.none.say(
            self.tr("No shipment is advised"),
            self.tr("Shipments come with the sponsor's package."),
        )
        told = ""
        if (receipt := self._receipt()) is not None:
            told = receipt.shipment.shipment_id
            if receipt.shipment.state == "received":  # else the acts need the room
                despatched = wording.moment(receipt.shipment.despatched_at)
                told = self.tr("{shipment} · despatched {when}").format(
                    shipment=told, when=despatched
                )
        self.set_title(self.tr("Receive"), told)
        self.package.setText(self.tr("Import a package…"))
        missing = missing_right(self._workplace.pharmacy.person, Task.IMPORT_PACKAGE)
        self.package.bar("" if missing is None else wording.violation_in_words(missing).expected)

    def refresh(self, changed: frozenset[str]) -> None:
        """Read the shipments and the one that is open again."""
        if changed and not changed & {"shipment", "kit", "package"}:
            return
        self.shipments.refresh()
        if self.shipments.selected() is None and self.shipments.model().rowCount():
            self.shipments.selectRow(0)
        self._show()

    def open_subject(self, subject: object) -> None:
        """Show a shipment."""
        self.shipments.select_key(ShipmentId(str(subject)))

    def _fetch(self, after: object, limit: int) -> Sequence[Shipment]:
        every = queries.shipments(self._workplace.pharmacy.reader)
        keys = [shipment.shipment_id for shipment in every]
        start = 0 if after is None else keys.index(ShipmentId(str(after))) + 1
        return every[start : start + limit]

    @Slot(object)
    def _on_selected(self, shipment: Shipment | None) -> None:
        if shipment is not None and shipment.shipment_id != self._shipment:
            self._shipment = shipment.shipment_id
            self._show()

    def _receipt(self) -> Receipt | None:
        if self._shipment is None:
            return None
        return receiving.receipt(self._workplace.pharmacy, self._shipment)

    def _show(self) -> None:
        receipt = self._receipt()
        self.retranslate()
        self.view.hide_acts()
        self.more.follow(receipt)
        if receipt is None:
            self._stack.setCurrentWidget(self.none)
            self.primary = None
        elif receipt.shipment.state == "advised":
            self.form.show_shipment(receipt.shipment)
            self._stack.setCurrentWidget(self.form)
            self.primary = self.form.open
        else:
            self.view.show_receipt(receipt, self._lines(receipt), self.reading.of(receipt))
            self._stack.setCurrentWidget(self.view)
            signed = receipt.shipment.state == "received"
            self.primary = self.view.put_away.put if signed else self.view.sign
            # Beside the acts of an open receipt there is room in the menu alone.
            self.package.setVisible(signed)
            return
        self.package.show()

    def _lines(self, receipt: Receipt) -> list[ShippedKit]:
        reader = self._workplace.pharmacy.reader
        signed = receipt.shipment.state == "received"
        kits = {k.kit_number: k for k in kit_queries.of_shipment(reader, self._id(receipt))}
        becomes = {outcome.kit_number: outcome for outcome in receipt.outcomes}
        lines = []
        for number in (*receipt.advised, *receipt.unexpected):
            kit = kits.get(number)
            outcome = becomes.get(number)
            state = outcome.state if outcome else None
            rule = outcome.rule if outcome else ""
            if signed and kit is not None and kit.state is not KitState.EXPECTED:
                state, rule = kit.state, ""
            lines.append(ShippedKit(number, kit, receipt.examined.get(number), state, rule))
        return lines

    @staticmethod
    def _id(receipt: Receipt) -> ShipmentId:
        return receipt.shipment.shipment_id

    @Slot()
    def _on_curve(self) -> None:
        receipt = self._receipt()
        if receipt is not None and receipt.shipper is not None:
            self.view.show_temperatures(receipt, self.reading.of(receipt))

    # Acts

    def _act(self, appended: Appended) -> None:
        self.records_changed.emit(appended.changed)

    @Slot()
    def open_receipt(self) -> None:
        """Record how the shipper came."""
        if self._shipment is None:
            return
        form = self.form
        try:
            appended = receiving.open_receipt(
                self._workplace.pharmacy,
                self._shipment,
                seals_intact=bool(form.seals.value),
                tilt_ok=bool(form.tilt.value),
                checklist=form.checklist,
                remarks=form.remarks.text,
                earlier=self.more.earlier,
            )
        except (Refused, EnvironmentProblem) as problem:
            self.problem_met.emit(problem)
            return
        self._act(appended)

    def scan(self, scan: RawScan) -> bool:
        """Take a kit of the open receipt, or a kit or a place while putting away."""
        if self._stack.currentWidget() is not self.view:
            return False
        if self.view.waits_for_places:
            self.view.put_away.take(scan)
        else:
            self.examine(scan, Condition.INTACT)
        return True

    def examine(self, scan: RawScan, condition: Condition, remarks: str = "") -> None:
        """Record what a kit looks like."""
        if self._shipment is None:
            return
        try:
            appended = receiving.examine(
                self._workplace.pharmacy,
                self._shipment,
                scanned(scan),
                condition,
                remarks,
                earlier=self.more.earlier,
            )
        except Refused as refused:
            self._on_refused(scan, refused)
            return
        except EnvironmentProblem as problem:
            self.problem_met.emit(problem)
            return
        self._act(appended)
        event = appended[0].event
        number = getattr(event, "kit_number", scan.raw)
        self._tell(KitNumber(number), Condition(getattr(event, "condition", condition)))

    def _tell(self, number: KitNumber, condition: Condition) -> None:
        told = {
            Condition.INTACT: (State.OK, self.tr("on the advice, taken as intact")),
            Condition.DAMAGED: (State.STOP, self.tr("damaged: it will never be given")),
            Condition.UNEXPECTED: (
                State.WARN,
                self.tr("not on the advice: put it aside and tell the sponsor"),
            ),
            Condition.MISSING: (State.STOP, self.tr("missing")),
        }
        state, said = told[condition]
        if (earlier := self.more.earlier) is not None:  # eyes are here, not on the strip
            as_done = self.tr("{said} · as done {when}")
            said = as_done.format(said=said, when=wording.moment(earlier.at))
        self.view.feedback.tell(state, number, said)
        self.scan_answered.emit(ScanAnswer(number, state, said))
        self.view.kits.table.select_key(number)

    @Slot(object, object)
    def _on_refused(self, scan: RawScan | None, problem: Refused | EnvironmentProblem) -> None:
        if scan is None or isinstance(problem, EnvironmentProblem):
            self.problem_met.emit(problem)
            return
        said = wording.violation_in_words(problem.violations[0])
        self.scan_answered.emit(ScanAnswer(scan.raw, State.STOP, said.found))
        self.view.feedback.tell(State.STOP, scan.raw[:40], said.found)
        ConfirmScanDialog(scan, problem, self).open()

    @Slot()
    def _on_code_asked(self) -> None:
        dialog = TypedCodeDialog(self)
        dialog.code_given.connect(self.scan)
        dialog.open()

    @Slot()
    def ask_damage(self) -> None:
        """Ask what is wrong with the selected kit, and record it as damaged."""
        chosen = self.view.kits.table.selected()
        if chosen is None:
            return
        number = chosen.number
        dialog = QuestionsDialog(
            self.tr("Kit {kit} is damaged").format(kit=number),
            self.tr("It will never be given. Describe what you see; keep it for the sponsor."),
            [self.tr("Damage")],
            self.tr("Record the damage"),
            self,
        )
        dialog.answered.connect(
            lambda given: self.examine(RawScan(number, typed=True), Condition.DAMAGED, given[0])
        )
        dialog.open()

    @Slot()
    def mark_missing(self) -> None:
        """Record every kit that was not found as missing."""
        if self._shipment is None:
            return
        try:
            appended = receiving.mark_missing(self._workplace.pharmacy, self._shipment)
        except (Refused, EnvironmentProblem) as problem:
            self.problem_met.emit(problem)
            return
        self._act(appended)

    # The sponsor's packages

    @Slot()
    def _on_package_asked(self) -> None:
        kinds = self.tr("Trial packages (*.package);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Trial package"), "", kinds)
        if not chosen:
            return
        try:
            self.offer_package(read_chosen(Path(chosen)))
        except (Refused, EnvironmentProblem) as problem:
            self.problem_met.emit(problem)

    def offer_package(self, raw: bytes) -> None:
        """Show what a package brings and changes. Raises Refused for one that may not be imported."""
        pharmacy = self._workplace.pharmacy
        offered = site.read_package_offered(pharmacy, raw)
        dialog = PackageDialog(pharmacy, offered, self)
        dialog.wanted.connect(lambda: self._import_package(raw, offered))
        dialog.open()

    def _import_package(self, raw: bytes, offered: OfferedPackage) -> None:
        pharmacy = self._workplace.pharmacy
        op_id = pharmacy.new_op()
        if offered.changes:
            me = pharmacy.person.person_id
            statement = self.tr("I read the changes of the protocol and put them in force: {what}")
            sign_and(
                self._workplace,
                statement.format(what=in_one_line(offered)),
                [self._workplace.asked(Meaning.AUTHORISED, Task.AMEND_PROTOCOL, chosen=me)],
                lambda signers: site.import_package(pharmacy, raw, signers[0], op_id=op_id),
                self._act,
                self,
            )
            return
        try:
            self._act(site.import_package(pharmacy, raw, op_id=op_id))
        except (Refused, EnvironmentProblem) as problem:
            self.problem_met.emit(problem)

    # The logger's file

    @Slot()
    def _on_file_asked(self) -> None:
        kinds = self.tr("Logger files (*.csv *.txt *.tsv *.xlsx);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Logger file"), "", kinds)
        if chosen:
            try:
                raw = read_chosen(Path(chosen))
            except EnvironmentProblem as problem:
                self.problem_met.emit(problem)
                return
            self.read_logger(raw, {})

    def read_logger(self, raw: bytes, answers: dict[str, str]) -> None:
        """Read the logger's file; what it leaves open is asked, and what was understood is shown."""
        receipt = self._receipt()
        if receipt is not None:
            self.reading.start(Chosen(receipt, raw, answers))

    @Slot()
    def _on_report_asked(self) -> None:
        receipt = self._receipt()
        if receipt is None:
            return
        pharmacy, shipment = self._workplace.pharmacy, self._id(receipt)
        seen = self.reading.of(receipt)
        file = None if seen is None else seen.file
        show_paper(
            pharmacy,
            lambda: temperature_papers.of_shipment(pharmacy, shipment, file),
            document_name("temperature-report"),
            f"shipment/{shipment}",
            self.problem_met.emit,
            self,
        )

    # The signature

    @Slot()
    def sign(self) -> None:
        """Sign the receipt: what becomes of every kit stands in the table."""
        receipt = self._receipt()
        if receipt is None:
            return
        pharmacy = self._workplace.pharmacy
        shipment = receipt.shipment.shipment_id
        sign_and(
            self._workplace,
            self.tr("I received shipment {shipment} and looked at every kit: {kits}.").format(
                shipment=shipment, kits=counted(receipt.outcomes)
            ),
            [
                self._workplace.asked(
                    Meaning.RECEIVED, Task.SIGN_RECEIPT, chosen=pharmacy.person.person_id
                )
            ],
            lambda credentials: receiving.sign_receipt(pharmacy, shipment, credentials[0]),
            self._act,
            self,
        )
