"""The acts of Receive that are rare, behind one button."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.widgets.buttons import ReasonedButton

Act = Callable[[], None]


class MoreButton(Spoken, ReasonedButton):
    """Opens a menu; acts that the shipment does not allow now are not in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.menu_of_acts = QMenu(self)
        self.setMenu(self.menu_of_acts)
        self.package, self.advice, self.earlier = (QAction(self) for _ in range(3))
        self.paper, self.sealed = QAction(self), QAction(self)
        for action in (self.package, self.advice, self.earlier, self.paper, self.sealed):
            self.menu_of_acts.addAction(action)
        self.package.setShortcut("Ctrl+I")  # the key of a hidden button would be dead
        self.earlier.setCheckable(True)
        self.retranslate()

    def offer(self, *, open_: bool, signed: bool) -> None:
        """Offer what a shipment allows: one still to be signed, or one that was."""
        self.earlier.setVisible(open_)
        for action in (self.paper, self.sealed):
            action.setVisible(signed)

    def retranslate(self) -> None:
        """Set every text again."""
        self.setText(self.tr("More"))
        self.package.setText(self.tr("Import a package…"))
        self.advice.setText(self.tr("Import an advice…"))
        self.earlier.setText(self.tr("It was done earlier…"))
        self.paper.setText(self.tr("The receipt's paper…"))
        self.sealed.setText(self.tr("Sealed receipt for the sponsor…"))
