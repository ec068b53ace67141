"""The copies of a dose's label, each exactly as it was fixed."""

from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.doses import Dose
from pharmacy_app.ui import wording
from pharmacy_app.ui.bench.label import LabelPicture
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.widgets.buttons import PrimaryButton
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.workflows.pharmacy import Pharmacy

WIDE = 560


class KeptLabels(Dialog):
    """Shows the pictures; a further copy is made at the bench, with a reason and a signature."""

    def __init__(self, pharmacy: Pharmacy, dose: Dose, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=WIDE + 48)
        self._dose = dose
        self._close = PrimaryButton()
        self._close.clicked.connect(self.accept)
        self._captions = []
        for copy in dose.labels:
            picture, caption = LabelPicture(WIDE), words("", "strong")
            picture.show_copy(pharmacy, copy)
            self._captions.append((caption, copy))
            self.body.addWidget(caption)
            self.body.addWidget(picture)
        self._note = words("", "muted", wrap=True)
        self.body.addWidget(self._note)
        self.add_button(self._close)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Labels of dose {dose}").format(dose=self._dose.dose_id))
        for caption, copy in self._captions:
            state = wording.term(f"label_state.{copy.state}")
            caption.setText(self.tr("Copy {number}: {state}").format(number=copy.copy, state=state))
        self._note.setText(
            self.tr("A further copy is made at the bench, with a reason and a second person.")
        )
        self._close.setText(self.tr("Close"))
