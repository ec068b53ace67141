"""What the last scan of a stock count was told, large; and how an answer looks."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pharmacy_app.domain.counting import RECORDED
from pharmacy_app.ui import icons, wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.surfaces import Card, colour, words
from pharmacy_app.workflows.counting import AGAIN, Answer


class ToldCard(Spoken, Card):
    """A shape, a number and a sentence; before a scan, what to scan. It knows nothing else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._count, self._box = "", ""
        self._last: Answer | None = None
        self._shape = QLabel()
        self._shape.setFixedWidth(40)
        self._head, self._said = words("", "step", wrap=True), words("", "", wrap=True)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self._head)
        said.addWidget(self._said)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._shape)
        row.addLayout(said, 1)
        self.body.addLayout(row)

    @property
    def sentence(self) -> str:
        """What is told now."""
        return self._said.text()

    def tell(self, count: str, box: str, last: Answer | None) -> None:
        """Tell the last scan in a box (empty: none is open) of a count."""
        self._count, self._box, self._last = count, box, last
        self.retranslate()

    def retranslate(self) -> None:
        """Tell it again."""
        box, last = self._box, self._last
        beside = self.tr("box {box}").format(box=box) if box else ""
        self.set_title(self.tr("Count {count}").format(count=self._count), beside)
        if last is None:
            self._head.setText(self.tr("Scan a kit") if box else self.tr("Scan a box"))
            self._said.setText(self.tr("Nothing of what is expected is shown."))
        else:
            self._head.setText(last.kit_number)
            self._said.setText(wording.term(f"count_answer.{last.said}"))
        state = State.QUIET if last is None else state_for(last.said)
        colour(self._head, None if last is None else state)
        self._shape.setPixmap(icons.state_pixmap(state, 32))


def in_a_word(said: str) -> str:
    """Return an answer as the list has room for it."""
    return wording.term(f"count_answer.{said}" if said == RECORDED else f"difference.{said}")


def state_for(said: str) -> State:
    """Return the state of an answer: what is to be kept apart is never green."""
    if said == RECORDED:
        return State.OK
    return State.INFO if said == AGAIN else State.WARN
