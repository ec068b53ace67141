"""The reserved frames: one colour for unblinded content, hatching for a site without real subjects."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_app.ui import theme
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.widgets.surfaces import words

UNBLINDED_WIDTH = 4
TRAINING_WIDTH = 6
RIBBON_HEIGHT = 22


class ReservedFrame(Spoken, QWidget):
    """Draws the frames around ``inner``; both at once where both hold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unblinded = False
        self._training = False
        self._ribbon = words()
        self._ribbon.setObjectName("ribbon")
        self._ribbon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._ribbon.setFixedHeight(RIBBON_HEIGHT)
        self.inner = QVBoxLayout()
        self.inner.setSpacing(0)
        outer = QVBoxLayout(self)
        outer.setSpacing(0)
        outer.addWidget(self._ribbon)
        outer.addLayout(self.inner, 1)
        self._fit()

    @property
    def unblinded(self) -> bool:
        """Whether the frame for unblinded content is drawn."""
        return self._unblinded

    @property
    def training(self) -> bool:
        """Whether the training frame is drawn."""
        return self._training

    def set_unblinded(self, *, shown: bool) -> None:
        """Draw or take away the frame that says arms are on the screen."""
        self._unblinded = shown
        self._fit()

    def set_training(self, *, on: bool) -> None:
        """Draw or take away the frame and ribbon of a training site."""
        self._training = on
        self._fit()

    def retranslate(self) -> None:
        """Set the words of the ribbon again."""
        self._ribbon.setText(self.tr("TRAINING — no real subject, no real product"))

    def _fit(self) -> None:
        self.retranslate()
        self._ribbon.setVisible(self._training)
        outside = TRAINING_WIDTH if self._training else 0
        inside = UNBLINDED_WIDTH if self._unblinded else 0
        layout = self.layout()
        if layout is not None:
            top = 0 if self._training else inside
            layout.setContentsMargins(outside + inside, top, outside + inside, outside + inside)
        self.inner.setContentsMargins(0, inside if self._training else 0, 0, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw the frames."""
        super().paintEvent(event)
        palette = theme.current()
        painter = QPainter(self)
        room = self.rect()
        if self._training:
            painter.fillRect(room, QColor(palette.training))
            hatch = QColor(palette.on_training)
            hatch.setAlphaF(0.35)
            painter.fillRect(room, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
            words_at = QRect(room.center().x() - 220, 0, 440, RIBBON_HEIGHT)
            painter.fillRect(words_at, QColor(palette.training))
            edge = TRAINING_WIDTH
            room = room.adjusted(edge, RIBBON_HEIGHT, -edge, -edge)
        if self._unblinded:
            painter.fillRect(room, QColor(palette.unblinded))
            edge = UNBLINDED_WIDTH
            room = room.adjusted(edge, edge, -edge, -edge)
        painter.fillRect(room, QColor(palette.window))
