"""What a logger's file says of a storage unit, or of the journey that a case was opened for."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.events.excursion import UnitLoggerRead
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.receiving.curve_card import CurveCard

PLOT_HEIGHT, FIGURES = 190, 216


class UnitLogCard(CurveCard):
    """The curve with its figures beside it, so that the kits below keep their room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot.setFixedHeight(PLOT_HEIGHT)
        self.retranslate()

    def lay_out(self) -> None:
        """Put the figures beside the curve, verdict above and notes below."""
        self.statement.setFixedWidth(FIGURES)
        self._beside = QVBoxLayout()
        self._beside.addWidget(self.statement)
        self._beside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.plot, 1)
        row.addLayout(self._beside)
        self.body.addWidget(self.badge)
        self.body.addLayout(row)
        self.body.addWidget(self.notes)

    def offer_report(self) -> None:
        """Offer the paper below the figures."""
        self._beside.addWidget(self.report)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        told = self.told
        if told is None:
            return
        record = told.unit if isinstance(told, UnitLoggerRead) else told.shipment_id
        said = (
            self.tr("{record}: outside the limits, or not measured")
            if told.excursion
            else self.tr("{record}: within the limits all the time")
        )
        state = State.STOP if told.excursion else State.OK
        self.badge.set_state(state, said.format(record=record))
