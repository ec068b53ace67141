"""The bar at the top: site, mode, the last scan and its result, find, curtain, language, theme."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from pharmacy_app.ui import icons, language, theme
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.pages.page import ScanAnswer
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.surfaces import colour, key_hint, words

HEIGHT = 48
MARKS = {State.OK: "accepted", State.WARN: "alarm", State.STOP: "refused", State.INFO: "state-info"}
LONGEST_CODE = 200
"""Pixels; a label's whole symbol would leave no room for what came of it."""


class ScanLine(Spoken, QFrame):
    """What was scanned last, and what came of it, as shape, colour and sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scanline")
        self.setFixedHeight(32)
        self._answer: ScanAnswer | None = None
        self._time = ""
        self._said_in = language.current()
        self._icon = QLabel()
        self._mark = QLabel()
        self._code = words("", "strong")
        self._sentence = words()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        for part in (self._icon, self._mark, self._code):
            row.addWidget(part)
        row.addWidget(self._sentence, 1)
        self._sentence.setMinimumWidth(80)
        self.retranslate()

    def show_answer(self, answer: ScanAnswer | None, time: str = "") -> None:
        """Show what came of a scan, with the local time; None makes ready for the next."""
        self._answer, self._time, self._said_in = answer, time, language.current()
        self.retranslate()

    def retranslate(self) -> None:
        """Say again what came of the last scan; in another language only whether it was taken."""
        answer = self._answer
        self._icon.setPixmap(icons.pixmap("scan", theme.current().text_soft, 18))
        self._mark.setVisible(answer is not None)
        self._code.setVisible(answer is not None)
        if answer is None:
            self._sentence.setText(self.tr("Ready to scan"))
            colour(self._sentence, State.QUIET)
        else:
            ink = theme.current().of(answer.state)
            self._mark.setPixmap(icons.pixmap(MARKS.get(answer.state, "state-info"), ink, 14))
            room = Qt.TextElideMode.ElideRight, LONGEST_CODE
            self._code.setText(self._code.fontMetrics().elidedText(answer.code, *room))
            colour(self._code, answer.state)
            sentence = self._sentence_of(answer)
            said = f"{sentence} · {self._time}" if self._time else sentence
            self._sentence.setText(said)
            colour(self._sentence, None)
        self._sentence.setToolTip(self._sentence.text() if answer else "")
        self.setAccessibleName(self.tr("Last scan"))
        code = answer.code if answer else ""
        self._code.setToolTip(code)
        self.setAccessibleDescription(f"{code} {self._sentence.text()}")

    def _sentence_of(self, answer: ScanAnswer) -> str:
        if language.current() == self._said_in:
            return answer.sentence
        taken = {State.OK: self.tr("Accepted"), State.STOP: self.tr("Refused")}
        return taken.get(answer.state, self.tr("Last scan"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw the shapes again in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.retranslate()


class TopBar(Spoken, QFrame):
    """Emits what was asked for; knows nothing of pages."""

    find_asked = Signal()
    curtain_asked = Signal()
    language_asked = Signal()
    theme_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setFixedHeight(HEIGHT)
        self.scan_line = ScanLine()
        self._site = words("", "strong")
        self._site.setFont(theme.font("lead", bold=True))
        self._mode = words("")
        self._mode.setObjectName("mode")
        self._mode.setFixedHeight(24)
        self._find = self._flat(self.find_asked)
        self._curtain = self._flat(self.curtain_asked)
        self._language = self._flat(self.language_asked)
        self._theme = self._flat(self.theme_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(self._site)
        row.addSpacing(12)
        row.addWidget(self._mode)
        row.addSpacing(12)
        row.addWidget(self.scan_line, 1)
        row.addSpacing(8)
        row.addWidget(self._find)
        row.addWidget(key_hint("Ctrl K"))
        row.addSpacing(8)
        row.addWidget(self._curtain)
        row.addWidget(key_hint("F12"))
        row.addSpacing(8)
        row.addWidget(self._language)
        row.addWidget(self._theme)
        self.set_unblinded(shown=False)
        self.retranslate()

    def _flat(self, asked: SignalInstance) -> QPushButton:
        button = QPushButton()
        button.setProperty("flat", True)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIconSize(QSize(18, 18))
        button.clicked.connect(asked)
        return button

    def set_site(self, text: str) -> None:
        """Name the site; never a subject, a kit or an arm."""
        self._site.setText(text)

    def set_unblinded(self, *, shown: bool) -> None:
        """Show or hide the badge that says arms are on the screen."""
        self._mode.setVisible(shown)

    def retranslate(self) -> None:
        """Set every text and icon again."""
        ink = theme.current().text_muted
        self._mode.setText(self.tr("UNBLINDED"))
        for button, name, word in (
            (self._find, "find", self.tr("Find")),
            (self._curtain, "curtain", self.tr("Curtain")),
        ):
            button.setText(word)
            button.setIcon(icons.icon(name, ink, 18))
            button.setAccessibleName(word)
        self._find.setToolTip(self.tr("Find any kit, subject, dose, shipment or place (Ctrl+K)"))
        self._curtain.setToolTip(self.tr("Cover the screen at once; a password lifts it (F12)"))
        self._language.setText(self.tr("中文", "the other language, in its own script"))
        self._language.setAccessibleName(self.tr("Language"))
        self._language.setToolTip(self.tr("Change the language of the window"))
        self._theme.setIcon(icons.icon("theme", ink, 18))
        self._theme.setAccessibleName(self.tr("Light or dark"))
        self._theme.setToolTip(self.tr("Change between light and dark"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw the icons again in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.retranslate()
