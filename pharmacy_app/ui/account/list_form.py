"""The form of a list of kits that shall leave."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.events.disposal import Way
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import Kit
from pharmacy_app.ui import wording
from pharmacy_app.ui.account.form import CHANGED
from pharmacy_app.ui.account.kits_form import KitsForm
from pharmacy_app.ui.widgets.fields import ChoiceField, TextField, side_by_side
from pharmacy_app.workflows import disposal
from pharmacy_app.workflows.pharmacy import Pharmacy


class ListForm(KitsForm):
    """Draws up a list of kits that shall leave the site by one way."""

    def __init__(
        self,
        pharmacy: Pharmacy,
        kits: Sequence[Kit],
        ticked: Collection[KitNumber],
        parent: QWidget,
    ) -> None:
        self.way, self.to_site = ChoiceField(), TextField(codes=True)
        self.way.chosen.connect(self._on_way)
        super().__init__(pharmacy, kits, ticked, (side_by_side(self.way, self.to_site),), parent)
        self._on_way(None)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        self.set_head(self.tr("Draw up a list of kits that leave"))
        self.note.setText(
            self.tr(
                "From here on none of them may be used. The sponsor's authorisation comes next."
            )
        )
        self.way.set_label(self.tr("How they leave"))
        self.way.set_choices([(way.value, wording.term(f"way.{way}")) for way in Way])
        self.to_site.set_label(self.tr("To which site"))
        self.use.setText(self.tr("Draw it up"))

    @Slot(object)
    def _on_way(self, _: object) -> None:
        self.to_site.setVisible(self.way.value == Way.TRANSFERRED.value)

    def act(self) -> frozenset[str] | None:
        """Draw it up."""
        way = Way(str(self.way.value))
        disposal.open_list(
            *(self.pharmacy, way, self.kits(), self.because.text),
            to_site=self.to_site.text if way is Way.TRANSFERRED else "",
            op_id=self.op_id,
        )
        return CHANGED
