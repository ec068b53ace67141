"""What ward and coordinator are told: days, yes or no, and nothing of a subject."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pharmacy_app.domain.blinding import BlindedReadiness
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import Badge, Card, words


class ToldCard(Spoken, Card):
    """The same that the blinded paper says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._told: BlindedReadiness | None = None
        self.one_more, self.paper = Badge(), ReasonedButton()
        self._rule = words("", "muted", wrap=True)
        self._days = QGridLayout()
        self._days.setHorizontalSpacing(24)
        self._days.setVerticalSpacing(6)
        self._days.setColumnStretch(2, 1)
        above = QHBoxLayout()
        above.addWidget(self.one_more, 1)
        above.addWidget(self.paper)
        inside = QWidget()
        inside.setObjectName("body")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._days)
        column.addStretch(1)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setWidget(inside)
        self.body.addLayout(above)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self._rule)

    def tell(self, told: BlindedReadiness) -> None:
        """Show what is told now."""
        self._told = told
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("What the ward is told"), self.tr("BLINDED"))
        self._area.setAccessibleName(self.tr("What the ward is told"))
        self.paper.setText(self.tr("Paper for the ward…"))
        self._rule.setText(
            self.tr(
                "Yes: the doses of all visits up to and on that day are there, whichever arm anybody is"
                " in. No: not promised; it says nothing about any subject."
            )
        )
        self._tell_days()

    def _tell_days(self) -> None:
        while (item := self._days.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        told = self._told
        if told is None:
            return
        answer = self.tr("Ready for one more subject") if told.one_more else ""
        self.one_more.set_state(
            State.OK if told.one_more else State.QUIET,
            answer or self.tr("Not promised for one more subject"),
        )
        if not told.days:
            none = self.tr("No visit is planned in the next four weeks.")
            self._days.addWidget(words(none, "muted"), 0, 0)
            return
        heads = (self.tr("Day"), self.tr("Visits"), self.tr("Ready for all of them"))
        for column, head in enumerate(heads):
            self._days.addWidget(words(head, "small"), 0, column)
        for row, one in enumerate(told.days, start=1):
            ready = Badge(
                State.OK if one.ready else State.QUIET,
                self.tr("yes") if one.ready else self.tr("no"),
            )
            self._days.addWidget(words(one.day.isoformat(), "strong"), row, 0)
            self._days.addWidget(words(str(one.visits)), row, 1)
            self._days.addWidget(ready, row, 2)
