"""The rail at the left: the places that have a page, one of them open."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from pharmacy_app.ui import icons, theme
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.places import Place, name_of

WIDTH = 176


class Rail(Spoken, QFrame):
    """One button a place, in the order of `Place`; a place without a page is not shown."""

    place_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        self._buttons: dict[Place, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(0)
        self._column.addStretch(1)

    def add(self, place: Place) -> None:
        """Show a place, at its position in the order."""
        button = QPushButton()
        button.setObjectName("place")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setIconSize(QSize(20, 20))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.place_chosen.emit(place))
        before = sum(
            1 for other in self._buttons if list(Place).index(other) < list(Place).index(place)
        )
        self._column.insertWidget(before, button)
        self._group.addButton(button)
        self._buttons[place] = button
        self._dress(place)

    def choose(self, place: Place) -> None:
        """Mark a place as the open one."""
        self._buttons[place].setChecked(True)
        self._dress_all()

    def retranslate(self) -> None:
        """Name the places in the current language."""
        self._dress_all()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw the icons again in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress_all()

    def _dress_all(self) -> None:
        for place in self._buttons:
            self._dress(place)

    def _dress(self, place: Place) -> None:
        palette = theme.current()
        button = self._buttons[place]
        number = list(Place).index(place) + 1
        button.setText(f"  {name_of(place)}")
        button.setAccessibleName(name_of(place))
        button.setToolTip(
            self.tr("{place} (Alt+{number})").format(place=name_of(place), number=number)
        )
        ink = palette.accent if button.isChecked() else palette.text_soft
        button.setIcon(QIcon(icons.pixmap(place.value, QColor(ink).name())))
