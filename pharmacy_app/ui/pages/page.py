"""What every page of the window is: a title, its reaction to scans and changes, one main action."""

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.scans import RawScan


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """What came of a scan, for the line at the top: the code, a state, one sentence."""

    code: str
    state: State
    sentence: str


class Page(Spoken, QWidget):
    """A page of the window. It holds widgets and asks for acts; it contains no rule.

    A page sets ``title`` and ``subtitle`` in `retranslate`, fills ``body``, reads its data in
    `refresh`, answers scans in `scan`. Enter anywhere on it presses its primary action.
    """

    unblinded: ClassVar[bool] = True
    """Whether the page shows arms; the window draws its reserved frame while it is open."""
    manual: ClassVar[str] = "index"
    """The place of the manual that F1 opens here."""

    scan_answered = Signal(object)
    """A `ScanAnswer`."""
    records_changed = Signal(object)
    """The kinds of rows an act has changed, as a ``frozenset[str]``."""
    place_asked = Signal(object, object)
    """Go to a `Place`, with a subject for it (an id) or None."""
    problem_met = Signal(object)
    """A refusal or an environment problem that the window shall show over the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = QLabel()
        self._title.setProperty("look", "title")
        self._subtitle = QLabel()
        self._subtitle.setProperty("look", "muted")
        self._subtitle.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(12)
        above = QWidget()
        above.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        head = QHBoxLayout(above)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._subtitle, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(self._actions)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        outer.addWidget(above)
        outer.addLayout(self.body, 1)
        outer.addStretch(0)
        self.primary: QPushButton | None = None

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Set what stands at the head of the page."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self.setAccessibleName(title)

    @property
    def title(self) -> str:
        """What stands at the head of the page."""
        return self._title.text()

    def add_action(self, button: QPushButton, *, primary: bool = False) -> None:
        """Put a button at the right of the head; the primary one answers to Enter."""
        self._actions.addWidget(button)
        if primary:
            self.primary = button

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again what is shown, if any of the kinds of rows it shows has changed.

        An empty set means everything: the page is shown for the first time or again.
        """

    def scan(self, scan: RawScan) -> bool:
        """Take a scan; return False if this page waits for none."""
        del scan
        return False

    def open_subject(self, subject: object) -> None:
        """Show one record of this place (a kit, a subject, a dose), asked for elsewhere."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Press the primary action on Enter, if it may be pressed."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and self.primary is not None and self.primary.isEnabled():
            self.primary.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:  # noqa: N802 - Qt's name
        """Keep input methods off the page itself, so that scans arrive as keys."""
        if query is Qt.InputMethodQuery.ImEnabled:
            return False
        return super().inputMethodQuery(query)

    def event(self, event: QEvent) -> bool:
        """Take the focus back from a field when the empty page is clicked."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        return super().event(event)
