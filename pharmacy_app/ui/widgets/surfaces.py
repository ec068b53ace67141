"""Cards, words with a look, and the state of things as icon and word."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pharmacy_app.ui.palettes import State


def words(text: str = "", look: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label in one of the looks of the style sheet; its text is never markup."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if look:
        label.setProperty("look", look)
    return label


def colour(widget: QWidget, state: State | None, name: str = "state") -> None:
    """Give a widget the colour of a state, or take it away."""
    value = state.value if state else None
    if widget.property(name) == value:
        return  # polishing again is dear, above all before the first window stands
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Card(QFrame):
    """A framed part of a page with a head; fill ``body``."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = words(title, "head")
        self._note = words("", "muted")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._note, 1)
        self.head = head
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(8)
        self._outer.addLayout(head)
        self._outer.addLayout(self.body, 1)
        self.set_margins(12, 12, 12, 12)
        self.set_title(title)

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """Set the room between the frame and what is in it."""
        self._outer.setContentsMargins(left, top, right, bottom)

    def set_title(self, title: str, note: str = "") -> None:
        """Set the head; without one the card has none."""
        self._title.setText(title)
        self._note.setText(note)
        self._title.setVisible(bool(title))
        self._note.setVisible(bool(note))
        self.setAccessibleName(title)


class Badge(QWidget):
    """A state as shape, colour and word."""

    def __init__(
        self, state: State = State.QUIET, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._shape = QLabel()
        self._word = words(text, "strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._shape)
        row.addWidget(self._word, 1)
        self.set_state(state, text)

    def set_state(self, state: State, text: str) -> None:
        """Show a state in a word."""
        self._state = state
        self._word.setText(text)
        self.setAccessibleName(text)
        self._draw()
        colour(self._word, state)

    def _draw(self) -> None:
        if not self._word.text():
            return  # nothing is said yet: a shape alone says nothing
        from pharmacy_app.ui import icons  # noqa: PLC0415 - the sign-in window draws no icon

        self._shape.setPixmap(icons.state_pixmap(self._state))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw the shape again in the colours of another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)


def key_hint(text: str) -> QLabel:
    """Return a key in a small frame."""
    label = words(text)
    label.setObjectName("key")
    label.setFixedHeight(20)
    return label


def rule() -> QFrame:
    """Return a thin line."""
    line = QFrame()
    line.setObjectName("rule")
    return line
