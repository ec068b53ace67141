"""How the shipper came: seals, tilt, weight, remarks."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.records.queries.unblinded.shipments import Shipment
from pharmacy_app.ui import wording
from pharmacy_app.ui.bench.dates import MomentField
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.buttons import PrimaryButton
from pharmacy_app.ui.widgets.fields import ChoiceField, NumberField, TextField, fields_in_row
from pharmacy_app.ui.widgets.surfaces import Card, colour, words
from pharmacy_app.workflows.receiving import Checklist


class ShipperForm(Spoken, Card):
    """Emits ``asked`` once both findings were chosen; what was found stands in its fields."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._shipment: Shipment | None = None
        self._facts = words("", "muted", wrap=True)
        self.seals, self.tilt = ChoiceField(), ChoiceField()
        self.weight, self.sent = NumberField(decimals=2), NumberField(decimals=2)
        self.shipper, self.seal_numbers = TextField(), TextField()
        self.arrived, self.remarks = MomentField(), TextField()
        self._warning = words("", "strong", wrap=True)
        self.open = PrimaryButton()
        form = QWidget()
        form.setMaximumWidth(640)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._facts)
        column.addLayout(fields_in_row(self.seals, self.tilt))
        column.addLayout(fields_in_row(self.shipper, self.seal_numbers))
        column.addLayout(fields_in_row(self.weight, self.sent))
        column.addLayout(fields_in_row(self.arrived, self.remarks))
        column.addWidget(self._warning)
        foot = QHBoxLayout()
        foot.addWidget(self.open)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        self.body.addWidget(form, 1)
        self.open.clicked.connect(self.ask)
        for field in (self.seals, self.tilt):
            field.chosen.connect(self._on_chosen)
        self.retranslate()

    def show_shipment(self, shipment: Shipment) -> None:
        """Ask about a shipment; what was entered for another is gone."""
        if self._shipment is None or self._shipment.shipment_id != shipment.shipment_id:
            for field in (self.seals, self.tilt):
                field.set_value(None)
            for number in (self.weight, self.sent):
                number.set_value(None)
            for text in (self.shipper, self.seal_numbers, self.arrived, self.remarks):
                text.set_text("")
        self._shipment = shipment
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Open the shipper"))
        ask = self.tr("Choose")
        self.seals.set_label(self.tr("Seals"))
        self.seals.set_choices(
            [(True, self.tr("intact")), (False, self.tr("broken or missing"))], ask=ask
        )
        self.tilt.set_label(self.tr("Tilt indicator"))
        self.tilt.set_choices(
            [(True, self.tr("upright")), (False, self.tr("has tripped"))], ask=ask
        )
        self.shipper.set_label(self.tr("Shipper number (if any)"))
        self.seal_numbers.set_label(self.tr("Seal numbers (if any)"))
        self.weight.set_label(self.tr("Weight, if weighed"), "kg")
        self.sent.set_label(self.tr("Weight at despatch, if told"), "kg")
        self.arrived.set_label(self.tr("Came to the site at, if known"))
        self.remarks.set_label(self.tr("Remarks (if any)"))
        self.open.setText(self.tr("Open the receipt"))
        if self._shipment is not None:
            logger = self._shipment.logger_serial or "–"
            told = self.tr("{count} kits · despatched {when} · logger {logger}")
            self._facts.setText(
                told.format(
                    count=self._shipment.kits,
                    when=wording.moment(self._shipment.despatched_at),
                    logger=logger,
                )
            )
        self._warn()

    @Slot(object)
    def _on_chosen(self, _: object) -> None:
        self._warn()

    def _warn(self) -> None:
        doubtful = self.seals.value is False or self.tilt.value is False
        self._warning.setVisible(doubtful)
        self._warning.setText(
            self.tr("Every kit of this shipper will wait in quarantine for the sponsor's decision.")
        )
        colour(self._warning, State.WARN)

    @property
    def checklist(self) -> Checklist:
        """What was noted besides seals and tilt."""
        return Checklist(
            shipper_id=self.shipper.text,
            seal_numbers=self.seal_numbers.text,
            weight_kg=self.weight.value,
            despatch_weight_kg=self.sent.value,
            arrived_at=self.arrived.value,
        )

    @Slot()
    def ask(self) -> None:
        """Ask for the act, if both findings were chosen."""
        for field in (self.seals, self.tilt):
            missing = field.value is None
            field.set_error(self.tr("Say what you found.") if missing else "")
        if self.seals.value is None:
            self.seals.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.tilt.value is None:
            self.tilt.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.arrived.text and self.arrived.value is None:
            self.arrived.set_error(self.tr("Day and time, such as 2026-11-30 09:15."))
            self.arrived.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.arrived.set_error("")
            self.asked.emit()
