"""The forms of kits that are wasted or kept as reserve samples."""

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import Kit
from pharmacy_app.ui.account.kits_form import KitsForm
from pharmacy_app.ui.widgets.fields import TextField
from pharmacy_app.workflows.pharmacy import Pharmacy


class WasteForm(KitsForm):
    """Asks which kits on the shelf are spoilt, and why."""

    def __init__(
        self,
        pharmacy: Pharmacy,
        kits: Sequence[Kit],
        ticked: Collection[KitNumber],
        parent: QWidget,
    ) -> None:
        super().__init__(pharmacy, kits, ticked, (), parent)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        self.set_head(self.tr("Waste kits"))
        self.note.setText(
            self.tr("Thawed, dropped, torn: kits on the shelf that will never be given.")
        )
        self.use.setText(self.tr("Go on to the signatures"))

    def act(self) -> frozenset[str] | None:
        """Give the kits and the reason, to be signed."""
        kits, why = self.kits(), self.because.text
        self.accept()
        self.chosen.emit(kits, (why,))
        return None


class ReserveForm(KitsForm):
    """Asks which kits are kept as reserve samples, why, on whose word."""

    def __init__(
        self,
        pharmacy: Pharmacy,
        kits: Sequence[Kit],
        ticked: Collection[KitNumber],
        parent: QWidget,
    ) -> None:
        self.reference = TextField()
        super().__init__(pharmacy, kits, ticked, (self.reference,), parent)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        self.set_head(self.tr("Keep kits as reserve samples"))
        self.note.setText(
            self.tr("They are given to nobody. The way back is quarantine and a decision.")
        )
        self.reference.set_label(self.tr("Reference, such as letter or section, and date"))
        self.use.setText(self.tr("Go on to the signature"))

    def act(self) -> frozenset[str] | None:
        """Give the kits and the texts, to be signed."""
        kits, texts = self.kits(), (self.because.text, self.reference.text)
        self.accept()
        self.chosen.emit(kits, texts)
        return None
