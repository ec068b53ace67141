"""The form of what is left of a bag that was given."""

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.events.disposal import Remains
from pharmacy_app.records.queries.unblinded.disposal import GivenKit
from pharmacy_app.ui import wording
from pharmacy_app.ui.account.form import Form
from pharmacy_app.ui.widgets.fields import ChoiceField, NumberField, TextField, side_by_side
from pharmacy_app.workflows import custody
from pharmacy_app.workflows.pharmacy import Pharmacy


class RemainsForm(Form):
    """Records what is left of a bag that was given, as the ward brought or told it."""

    def __init__(self, pharmacy: Pharmacy, given: GivenKit, parent: QWidget) -> None:
        self.given = given
        self.remains, self.left = ChoiceField(), NumberField(decimals=1)
        self.brought_by, self.remarks = TextField(), TextField()
        fields = (side_by_side(self.remains, self.left), self.brought_by, self.remarks)
        super().__init__(pharmacy, fields, parent)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        head = self.tr("What is left of dose {dose}")
        self.set_head(head.format(dose=self.given.dose_id))
        told = self.tr("Subject {subject}, visit {visit}. It never returns to stock.")
        self.note.setText(told.format(subject=self.given.subject, visit=self.given.visit))
        self.remains.set_label(self.tr("What came back"))
        self.remains.set_choices(
            [(one.value, wording.term(f"remains.{one}")) for one in Remains], ask=self.tr("Choose")
        )
        self.left.set_label(self.tr("Left in it, estimated"), "mL", self.tr("Partly used bag only"))
        self.brought_by.set_label(self.tr("Who brought or told it"))
        self.remarks.set_label(self.tr("Remarks, if any"))

    def act(self) -> frozenset[str] | None:
        """Record it."""
        if self.remains.value is None:
            self.remains.set_error(self.tr("Choose what came back."))
            return None
        appended = custody.take_back(
            *(self.pharmacy, self.given.dose_id, Remains(str(self.remains.value))),
            left_ml=self.left.value or Decimal(0),
            brought_by=self.brought_by.text,
            remarks=self.remarks.text,
            op_id=self.op_id,
        )
        return appended.changed
