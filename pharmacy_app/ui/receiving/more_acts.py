"""What the rare acts of Receive do: an advice of its own, an earlier time, papers, a late file's verdict."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.events.stock import LoggerRead
from pharmacy_app.domain.ids import ShipmentId
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.exchange.receipts import SUFFIX
from pharmacy_app.system.files import write_replacing
from pharmacy_app.ui.files import read_chosen
from pharmacy_app.ui.papers import document_name, show_paper
from pharmacy_app.ui.receiving.advice_dialog import AdviceDialog
from pharmacy_app.ui.receiving.earlier import EarlierDialog, EarlierStrip
from pharmacy_app.ui.receiving.more_button import MoreButton
from pharmacy_app.ui.receiving.outcomes_said import counted
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import advising, receipts, receiving
from pharmacy_app.workflows.receiving import Earlier, Receipt


class MoreActs(QObject):
    """Owns the button and the strip; ``done`` gives what was recorded, ``problem`` what stood in the way."""

    done = Signal(object)
    problem = Signal(object)

    def __init__(self, workplace: Workplace, window: QWidget) -> None:
        super().__init__(window)
        self._workplace = workplace
        self._window = window
        self._receipt: Receipt | None = None
        self.button = MoreButton()
        self.strip = EarlierStrip()
        self.strip.tell(None)
        self.button.advice.triggered.connect(self.ask_advice)
        self.button.earlier.triggered.connect(self.ask_earlier)
        self.button.paper.triggered.connect(self.show_receipt_paper)
        self.button.sealed.triggered.connect(self.save_sealed)
        self.strip.ended.connect(lambda: self._record_for(None))

    @property
    def earlier(self) -> Earlier | None:
        """For which time acts are recorded; None for now."""
        return self.strip.earlier

    def follow(self, receipt: Receipt | None) -> None:
        """Offer what a shipment allows; another one, or a signed one, is recorded for now again."""
        state = "" if receipt is None else receipt.shipment.state
        before = None if self._receipt is None else self._receipt.shipment.shipment_id
        now = None if receipt is None else receipt.shipment.shipment_id
        if now != before or state == "received":
            self._record_for(None)
        self._receipt = receipt
        self.button.offer(open_=state in {"advised", "open"}, signed=state == "received")

    # An advice of its own

    @Slot()
    def ask_advice(self) -> None:
        """Ask for the file, show what it says."""
        kinds = self.tr("Advice (*.csv *.xlsx);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self._window, self.tr("Advice"), "", kinds)
        if chosen:
            path = Path(chosen)
            self._tried(lambda: self.offer_advice(read_chosen(path), path.name))

    def offer_advice(self, raw: bytes, name: str) -> None:
        """Show what an advice says. Raises Refused with every mistake of the file."""
        pharmacy = self._workplace.pharmacy
        dialog = AdviceDialog(advising.advice_offered(pharmacy, raw, name), self._window)
        op_id = pharmacy.new_op()

        def record(reference: str) -> None:
            self._tried(
                lambda: self.done.emit(
                    advising.import_advice(pharmacy, raw, name, reference, op_id=op_id)
                )
            )

        dialog.wanted.connect(record)
        dialog.open()

    # An earlier time

    @Slot()
    def ask_earlier(self) -> None:
        """Ask for which time acts shall be recorded; on again, it is ended."""
        self.button.earlier.setChecked(self.earlier is not None)
        if self.earlier is not None:
            self._record_for(None)
            return
        today = f"{self._workplace.pharmacy.today():%Y-%m-%d}"
        dialog = EarlierDialog(today, self._window)
        dialog.told.connect(self._record_for)
        dialog.open()

    def _record_for(self, earlier: Earlier | None) -> None:
        self.strip.tell(earlier)
        self.button.earlier.setChecked(earlier is not None)

    # Papers

    @property
    def _shipment(self) -> ShipmentId | None:
        return None if self._receipt is None else self._receipt.shipment.shipment_id

    @Slot()
    def show_receipt_paper(self) -> None:
        """Show the signed receipt's paper, to print or to save."""
        shipment, pharmacy = self._shipment, self._workplace.pharmacy
        if shipment is not None:
            show_paper(
                pharmacy,
                lambda: receipts.receipt_paper(pharmacy, shipment),
                document_name("shipment-receipt"),
                f"shipment/{shipment}",
                self.problem.emit,
                self._window,
            )

    @Slot()
    def save_sealed(self) -> None:
        """Ask where the receipt sealed for the sponsor goes, and write it."""
        shipment = self._shipment
        if shipment is None:
            return
        name = f"{shipment}{SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Sealed receipt for the sponsor"), name
        )
        if chosen:
            self._tried(lambda: self.write_sealed(shipment, Path(chosen)))

    def write_sealed(self, shipment: ShipmentId, path: Path) -> None:
        """Write the sealed receipt. Raises Refused ``shipment.not_received``, EnvironmentProblem."""
        station = self._workplace.vault.station_key
        sealed = receipts.sealed_receipt(self._workplace.pharmacy, shipment, station)
        write_replacing(path, sealed)

    # A file that came late

    @Slot()
    def judge_late(self) -> None:
        """Ask for the signature to what a late file makes of the kits that waited for it."""
        receipt = self._receipt
        if receipt is None or (logger := receipt.logger) is None:
            return
        self._tried(lambda: self._sign_late(receipt.shipment.shipment_id, logger))

    def _sign_late(self, shipment: ShipmentId, logger: LoggerRead) -> None:
        """Ask for the signature. Raises Refused first where nothing may be judged."""
        pharmacy = self._workplace.pharmacy
        statement = self.tr(
            "The logger's file of {shipment} came after the receipt: {readings} readings, warmest"
            " {max} °C. The kits that waited for it become: {kits}."
        ).format(
            shipment=shipment,
            readings=logger.readings,
            max=logger.max_c,
            kits=counted(receiving.late_outcomes(pharmacy, shipment)),
        )
        me = pharmacy.person.person_id
        sign_and(
            self._workplace,
            statement,
            [self._workplace.asked(Meaning.RECEIVED, Task.SIGN_RECEIPT, chosen=me)],
            lambda signers: receiving.judge_late_logger(pharmacy, shipment, signers[0]),
            self.done.emit,
            self._window,
        )

    def _tried(self, act: Callable[[], None]) -> None:
        try:
            act()
        except (Refused, EnvironmentProblem) as problem:
            self.problem.emit(problem)
