"""A receipt under way or signed: scan feedback, the kits, the logger; and its acts."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.kits import KitState
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.receiving.feedback import Feedback
from pharmacy_app.ui.receiving.kits_table import KitsTable, ShippedKit
from pharmacy_app.ui.receiving.logger_card import LoggerCard
from pharmacy_app.ui.receiving.logger_reading import Seen
from pharmacy_app.ui.storage.put_away import PutAway
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows.receiving import Receipt

SIDE = 308


class ReceiptView(Spoken, QWidget):
    """Shows a `Receipt`; emits what was asked for. It waits for scans of kits, or for places.

    The buttons of its acts stand at the head of the page.
    """

    damage_asked = Signal()
    missing_asked = Signal()
    sign_asked = Signal()
    code_asked = Signal()
    late_asked = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._receipt: Receipt | None = None
        self._lines: Sequence[ShippedKit] = ()
        self.feedback = Feedback()
        self.kits = KitsTable()
        self.logger = LoggerCard()
        self.logger.setFixedWidth(SIDE)
        self.put_away = PutAway(workplace)
        self.damaged, self.missing = ReasonedButton(hint="F8"), ReasonedButton(hint="F9")
        self.type_code = ReasonedButton(hint="F6")
        self.late = ReasonedButton()
        self.sign = PrimaryButton()
        self._lay_out()
        for button, asked, keys in (
            (self.damaged, self.damage_asked, "F8"),
            (self.missing, self.missing_asked, "F9"),
            (self.type_code, self.code_asked, "F6"),
            (self.late, self.late_asked, ""),
            (self.sign, self.sign_asked, ""),
        ):
            button.clicked.connect(asked)
            if keys:
                button.setShortcut(keys)
        self.kits.table.row_selected.connect(lambda _: self._tell_acts())
        self.retranslate()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.feedback)
        left.addWidget(self.put_away)
        left.addWidget(self.kits, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self.logger)

    @property
    def acts(self) -> tuple[ReasonedButton, ...]:
        """The buttons, the main one last."""
        return (self.type_code, self.damaged, self.missing, self.late, self.sign)

    def hide_acts(self) -> None:
        """Hide every button: another view is shown."""
        for button in self.acts:
            button.hide()

    @property
    def waits_for_places(self) -> bool:
        """Whether the receipt is signed and kits are to be put away."""
        return self._receipt is not None and self._receipt.shipment.state == "received"

    def show_receipt(
        self, receipt: Receipt, lines: Sequence[ShippedKit], seen: Seen | None
    ) -> None:
        """Show a receipt as it stands."""
        fresh = (
            self._receipt is None
            or self._receipt.shipment.shipment_id != receipt.shipment.shipment_id
            or self._receipt.shipment.state != receipt.shipment.state
        )
        self._receipt, self._lines = receipt, lines
        open_ = receipt.shipment.state == "open"
        self.kits.show_kits(lines, places=not open_)
        self.show_temperatures(receipt, seen)
        # A file that comes late may still be read while kits wait for it, and is then judged.
        waiting = any(line.outcome is KitState.PRE_QUARANTINED for line in lines) and not open_
        self.logger.let_read(open_=open_ or waiting)
        self.late.setVisible(waiting)
        self.late.bar("" if receipt.logger else self.tr("Read the logger's file first."))
        for part in (self.feedback, self.damaged, self.missing, self.sign, self.type_code):
            part.setVisible(open_)
        homeless = [line for line in lines if line.kit and line.condition and not line.kit.position]
        self.type_code.setVisible(open_ or bool(homeless))
        self.put_away.setVisible(not open_)
        if fresh:
            self.put_away.forget()
            self.tell_waiting()
        self._count()
        self._tell_acts()

    def show_temperatures(self, receipt: Receipt, seen: Seen | None) -> None:
        """Show what the logger saw; without its readings at hand, the figures alone."""
        notes = () if seen is None else seen.file.notes
        self.logger.show_file(receipt.logger, None if seen is None else seen.judged, notes)

    def tell_waiting(self) -> None:
        """Say that the next kit is waited for."""
        self.feedback.tell(
            State.QUIET,
            self.tr("Scan the next kit"),
            self.tr("A kit that is damaged: scan it, then F8."),
        )

    def _count(self) -> None:
        receipt = self._receipt
        if receipt is None:
            return
        found = [number for number in receipt.advised if number in receipt.examined]
        count = self.tr("{done} of {all} kits")
        if receipt.unexpected:
            count = self.tr("{done} of {all} kits, {unexpected} not on the advice")
        self.feedback.count(
            len(found),
            len(receipt.advised),
            count.format(
                done=len(found), all=len(receipt.advised), unexpected=len(receipt.unexpected)
            ),
        )

    def _tell_acts(self) -> None:
        receipt = self._receipt
        if receipt is None:
            return
        left = len([number for number in receipt.advised if number not in receipt.examined])
        chosen = self.kits.table.selected()
        found = chosen is not None and chosen.condition in {Condition.INTACT, Condition.DAMAGED}
        self.damaged.bar("" if found else self.tr("Scan or select the damaged kit first."))
        self.missing.bar("" if left else self.tr("Every kit of the advice was looked for."))
        waiting = self.tr("Kits not looked for yet: {count}. Scan them, or mark the rest missing.")
        self.sign.bar(waiting.format(count=left) if left else "")

    def retranslate(self) -> None:
        """Set every text again."""
        self.type_code.setText(self.tr("Type a code…"))
        self.damaged.setText(self.tr("Damaged…"))
        self.missing.setText(self.tr("Rest missing…"))
        self.late.setText(self.tr("Judge the late file…"))
        self.sign.setText(self.tr("Sign the receipt…"))
        self.tell_waiting()
        self._count()
        self._tell_acts()
