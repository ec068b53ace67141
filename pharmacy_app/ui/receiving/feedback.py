"""What the last scan said, large enough to be read from the table with the tank behind it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from pharmacy_app.ui import icons
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.surfaces import Card, colour, words


class Feedback(Card):
    """A shape, a code and a sentence in the state's colour; beneath, how far the work is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._state = State.QUIET
        self._shape = QLabel()
        self._shape.setFixedWidth(40)
        self._head = words("", "step")
        self._said = words("", "", wrap=True)
        self._bar = QProgressBar(textVisible=False)
        self._count = words("", "muted")
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self._head)
        told.addWidget(self._said)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._shape)
        row.addLayout(told, 1)
        row.addWidget(self._count)
        self.body.addLayout(row)
        self.body.addWidget(self._bar)

    def tell(self, state: State, head: str, said: str) -> None:
        """Tell what the last scan was."""
        self._state = state
        self._head.setText(head)
        self._said.setText(said)
        colour(self._head, None if state is State.QUIET else state)
        self._shape.setPixmap(icons.state_pixmap(state, 32))
        self.setAccessibleName(f"{head} {said}")

    def count(self, done: int, of: int, said: str) -> None:
        """Tell how far the work is."""
        self._bar.setRange(0, max(1, of))
        self._bar.setValue(done)
        self._count.setText(said)
