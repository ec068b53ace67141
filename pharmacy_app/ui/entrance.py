"""The frame of what comes before a site is open: sign-in and first run, as a card in the middle."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.widgets.surfaces import Card, words

if TYPE_CHECKING:
    from pharmacy_app.ui.application import Application

WIDTH = 440


class Entrance(Spoken, QWidget):
    """A card with the program's name; fill ``body``. Language and theme can be changed here."""

    def __init__(self, application: "Application", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entrance")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.application = application
        self._name = words("", "step")
        self._promise = words("", "muted", wrap=True)
        self._language = QPushButton()
        self._theme = QPushButton()
        corner = QHBoxLayout()
        corner.addStretch(1)
        for button, asked in (
            (self._language, application.change_language),
            (self._theme, application.change_theme),
        ):
            button.setProperty("flat", True)
            button.setAutoDefault(False)
            button.clicked.connect(asked)
            corner.addWidget(button)
        self.card = Card()
        self.card.setFixedWidth(WIDTH)
        self.card.set_margins(32, 24, 32, 32)
        self.card.body.setSpacing(12)
        self.card.body.addWidget(self._name)
        self.card.body.addWidget(self._promise)
        self.card.body.addSpacing(8)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.card.body.addLayout(self.body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 8, 16, 16)
        outer.addLayout(corner)
        outer.addWidget(self._in_the_middle(), 1)
        self._say()

    def _in_the_middle(self) -> QScrollArea:
        """Return the card between stretches; where it is higher than the window it scrolls.

        Not aligned: an aligned card would be measured as wide as the window, its wrapped texts cut.
        """
        inside = QWidget()
        inside.setObjectName("body")
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.card)
        middle.addStretch(1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 40)
        column.addStretch(1)
        column.addLayout(middle)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def retranslate(self) -> None:
        """Set every text again."""
        self._say()

    def _say(self) -> None:
        self._name.setText(self.tr("Site Pharmacy"))
        self._promise.setText(
            self.tr("The unblinded pharmacist's workplace. Everything stays on this machine.")
        )
        self._language.setText(self.tr("中文", "the other language, in its own script"))
        self._language.setAccessibleName(self.tr("Language"))
        self._theme.setText(self.tr("Light / dark"))
