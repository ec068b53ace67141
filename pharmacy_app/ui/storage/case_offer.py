"""Offered with a check outside the limits: an excursion case for the kits of the unit, in one act."""

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_app.ui import wording
from pharmacy_app.ui.bench.dates import MomentField
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.fields import ChoiceField, fields_in_row
from pharmacy_app.ui.widgets.surfaces import colour, words
from pharmacy_app.workflows.unit_checks import Concern


class CaseOffer(Spoken, QWidget):
    """Hidden as long as nothing is outside the limits; a case is proposed unless one is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._concern: Concern | None = None
        self._note = words("", "strong", wrap=True)
        self.open_case, self.since = ChoiceField(), MomentField()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._note)
        column.addLayout(fields_in_row(self.open_case, self.since))
        self.retranslate()
        self.hide()

    def offer(self, concern: Concern | None) -> None:
        """Offer a case for what a reading concerns; what was chosen stays as long as it is the same."""
        if concern == self._concern:
            return
        self._concern = concern
        self.retranslate()
        if concern is not None:
            self.since.set_text(wording.moment(concern.since))
            self.open_case.set_value(bool(concern.kits) and not concern.case)
        self.setVisible(concern is not None)

    def retranslate(self) -> None:
        """Set every text again."""
        self.open_case.set_label(self.tr("Excursion case"))
        self.open_case.set_choices(
            [(True, self.tr("Open one with the check")), (False, self.tr("Open none"))]
        )
        self.since.set_label(self.tr("Kits that lay there since"))
        self._note.setText(self._said())
        colour(self._note, State.STOP)
        there = self._concern is not None and self._concern.kits > 0
        for field in (self.open_case, self.since):
            field.setVisible(there)

    def _said(self) -> str:
        concern = self._concern
        if concern is None:
            return ""
        if not concern.kits:
            return self.tr(
                "Outside the limits. No kit lay there since the unit was last found good."
            )
        told = self.tr(
            "Outside the limits. {count} kits lay there since the unit was last found good."
        )
        told = told.format(count=concern.kits)
        again = self.tr("Case {case} of this unit is open.").format(case=concern.case)
        return f"{told}\n{again}" if concern.case else told

    @property
    def complete(self) -> bool:
        """Whether nothing is missing; a missing time is marked."""
        missing = self._wanted and self.since.value is None
        self.since.set_error(self.tr("This is recorded: fill it in.") if missing else "")
        return not missing

    @property
    def case_since(self) -> datetime | None:
        """From when (UTC) the case is about the unit's kits; None for no case."""
        return self.since.value if self._wanted else None

    @property
    def _wanted(self) -> bool:
        concern = self._concern
        return concern is not None and concern.kits > 0 and bool(self.open_case.value)
