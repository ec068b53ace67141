"""The frame of what comes before a site is open: sign-in and first run, as a card in the middle."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

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
        outer.setContentsMargins(16, 8, 16, 56)
        outer.addLayout(corner)
        outer.addStretch(1)
        # Between stretches, not aligned: an aligned card would be measured as wide as the window,
        # and its wrapped texts cut off.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.card)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(1)
        self._say()

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
