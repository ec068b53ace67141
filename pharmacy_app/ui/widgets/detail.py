"""The selected record told in full: its name and state, its facts, its story; or that there is none."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from pharmacy_app.ui import icons, theme
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import Badge, Card, colour, words


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that happened: when, what, and the colour of its state."""

    when: str
    what: str
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """What a pane tells, in words of the current language."""

    title: str
    state: State = State.QUIET
    state_word: str = ""
    text: str = ""
    facts: Sequence[tuple[str, str]] = ()
    story: Sequence[StoryLine] = ()


def _emptied(layout: QVBoxLayout | QGridLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


class DetailPane(Card):
    """Tells one record; scrolls when there is much to tell. Text can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._name = words("", "head")
        self._badge = Badge()
        self._text = words("", "muted", wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self._story = QFrame()
        self._story.setObjectName("story")
        self._lines = QVBoxLayout(self._story)
        self._lines.setContentsMargins(10, 0, 0, 0)
        self._lines.setSpacing(6)
        inside = QWidget()
        inside.setObjectName("body")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._name, self._badge, self._text):
            column.addWidget(part)
        column.addLayout(self._facts)
        column.addWidget(self._story)
        column.addStretch(1)
        self._area = area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.body.addWidget(area, 1)

    def tell(self, detail: Detail) -> None:
        """Tell a record."""
        self._name.setText(detail.title)
        self._badge.setVisible(bool(detail.state_word))
        self._badge.set_state(detail.state, detail.state_word)
        self._text.setText(detail.text)
        self._text.setVisible(bool(detail.text))
        _emptied(self._facts)
        for row, (name, value) in enumerate(detail.facts):
            self._facts.addWidget(words(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            said = words(value, wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(said, row, 1)
        _emptied(self._lines)
        self._story.setVisible(bool(detail.story))
        for line in detail.story:
            said = words(f"{line.when}  {line.what}", "strong" if line.state else "", wrap=True)
            colour(said, line.state)
            self._lines.addWidget(said)
        for named in (self, self._area):
            named.setAccessibleName(f"{detail.title} {detail.state_word}")


class EmptyState(QWidget):
    """Says why there is nothing to show, and offers what to do about it."""

    def __init__(self, icon: str = "box", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = words("", "head")
        self._text = words("", "muted", wrap=True)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        for part in (self._picture, self._title, self._text):
            column.addWidget(part)
        self._foot = QVBoxLayout()
        column.addLayout(self._foot)
        column.addStretch(1)
        self._draw()

    def say(self, title: str, text: str = "") -> None:
        """Say what is missing and why."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def offer(self, button: ReasonedButton) -> None:
        """Offer what can be done about it."""
        self._foot.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _draw(self) -> None:
        self._picture.setPixmap(icons.pixmap(self._icon, theme.current().border_strong, 40))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw the picture again in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
