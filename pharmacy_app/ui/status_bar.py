"""The bar at the bottom: who is signed in, clock trust, last backup and exchange, alarms."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from pharmacy_app.ui import icons, theme, wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import colour, words

HEIGHT = 28


@dataclass(frozen=True, slots=True)
class Standing:
    """What the status bar tells. Times are aware; None means never."""

    person: str = ""
    clock_trusted: bool = True
    backup_at: datetime | None = None
    exchange_at: datetime | None = None
    alarms: int = 0


class StatusBar(Spoken, QFrame):
    """Tells the standing of the site; a press on the alarms asks for them."""

    alarms_asked = Signal()
    sign_out_asked = Signal()
    backup_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusbar")
        self.setFixedHeight(HEIGHT)
        self._standing = Standing()
        self._icon = QLabel()
        self._person, self._clock, self._backup, self._exchange = (words() for _ in range(4))
        self._alarms = self._flat(self.alarms_asked)
        self._sign_out = self._flat(self.sign_out_asked)
        self._back_up = self._flat(self.backup_asked)
        self._back_up.setShortcut("Ctrl+B")
        self._sign_out.setShortcut("Ctrl+Q")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._icon)
        for label in (self._person, self._clock, self._backup, self._exchange):
            label.setFont(theme.font("small"))
            label.setStyleSheet("font-size: 12px;")
            row.addWidget(label)
            if label is self._person:
                row.addWidget(self._sign_out)
            if label is self._backup:
                row.addWidget(self._back_up)
            row.addSpacing(16)
        row.addStretch(1)
        row.addWidget(self._alarms)
        self.retranslate()

    def _flat(self, asked: SignalInstance) -> ReasonedButton:
        button = ReasonedButton()
        button.setProperty("flat", True)
        button.setAutoDefault(False)
        button.setStyleSheet("min-height: 20px; font-size: 12px;")
        button.clicked.connect(asked)
        return button

    def show_standing(self, standing: Standing) -> None:
        """Tell another standing."""
        self._standing = standing
        self.retranslate()

    def retranslate(self) -> None:
        """Say the standing again in the current language."""
        now = self._standing
        self._icon.setPixmap(icons.pixmap("person", theme.current().text_soft, 16))
        self._person.setText(now.person or self.tr("Nobody is signed in"))
        self._sign_out.setText(self.tr("Sign out"))
        self._sign_out.setToolTip(self.tr("Sign out: the work is kept (Ctrl+Q)"))
        self._sign_out.setVisible(bool(now.person))
        trusted = now.clock_trusted
        self._clock.setText(self.tr("Clock trusted") if trusted else self.tr("Clock not trusted"))
        colour(self._clock, State.OK if trusted else State.STOP)
        backup = wording.moment(now.backup_at) if now.backup_at else self.tr("never")
        self._backup.setText(self.tr("Backup {when}").format(when=backup))
        colour(self._backup, State.QUIET if now.backup_at else State.WARN)
        self._back_up.setText(self.tr("Back up…"))
        self._back_up.setToolTip(self.tr("Copy the vault to another disk and prove it (Ctrl+B)"))
        self._back_up.setVisible(bool(now.person))
        exchange = wording.moment(now.exchange_at) if now.exchange_at else self.tr("never")
        self._exchange.setText(self.tr("Exchange {when}").format(when=exchange))
        colour(self._exchange, State.QUIET)
        self._alarms.setVisible(now.alarms > 0)
        self._alarms.setText(self.tr("Alarms: {count}").format(count=now.alarms))
        self._alarms.setIcon(icons.icon("alarm", theme.current().warn, 14))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw the icons again in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.retranslate()
