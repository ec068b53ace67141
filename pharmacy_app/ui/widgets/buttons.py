"""Buttons that show their key and, when they may not be pressed, say why."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolTip,
    QWidget,
)

from pharmacy_app.ui import theme

HINT_GAP = 12
HINT_PAD = 6
PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


class ReasonedButton(QPushButton):
    """A button that can be barred with a reason.

    Barred, it cannot be pressed in any way but keeps the focus, and tells its reason on hover, on
    focus and to a screen reader. ``hint`` names the key that presses it and stands in its face.
    """

    def __init__(self, text: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._reason = ""
        self._hint = hint
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def reason(self) -> str:
        """Why the button may not be pressed; empty if it may."""
        return self._reason

    def bar(self, reason: str) -> None:
        """Forbid pressing, for a reason in words; an empty reason allows it again."""
        if reason == self._reason:
            return
        self._reason = reason
        self.setProperty("barred", bool(reason))
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)
        self.setCursor(
            Qt.CursorShape.ForbiddenCursor if reason else Qt.CursorShape.PointingHandCursor
        )
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()

    def allow(self) -> None:
        """Allow pressing."""
        self.bar("")

    def set_hint(self, hint: str) -> None:
        """Name the key that presses this button."""
        self._hint = hint
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:  # noqa: N802 - Qt calls it by this name
        """Change the words and keep the key, which Qt would take away with the old words."""
        keys = self.shortcut()
        super().setText(text)
        if not keys.isEmpty():
            self.setShortcut(keys)

    def click(self) -> None:
        """Press the button, unless it is barred."""
        if self._reason:
            self._tell()
            return
        super().click()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt calls it by this name
        """Let the pointer hit nothing while barred."""
        return not self._reason and super().hitButton(pos)

    def event(self, event: QEvent) -> bool:
        """Answer a mnemonic or shortcut with the reason while barred."""
        if event.type() == QEvent.Type.Shortcut and self._reason:
            self._tell()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Press on Space and Enter; tell the reason instead while barred."""
        if event.key() in PRESSING and not event.isAutoRepeat():
            if self._reason:
                self._tell()
            elif event.key() == Qt.Key.Key_Space:
                super().keyPressEvent(event)
            else:
                self.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Tell the reason when a barred button is pressed."""
        if self._reason:
            self._tell()
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Tell the reason when a barred button is reached by keyboard."""
        super().focusInEvent(event)
        by_keyboard = event.reason() in {
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        }
        if self._reason and by_keyboard:
            self._tell()

    def _tell(self) -> None:
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), self._reason, self)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt calls it by this name
        """Leave room for the key hint."""
        size = super().sizeHint()
        return QSize(size.width() + self._hint_width(), size.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt calls it by this name
        """Leave room for the key hint."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw the face, the words and, beside them, the key in a small frame."""
        if not self._hint:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        words = self.fontMetrics().horizontalAdvance(self.text())
        left = (self.width() - words - self._hint_width()) // 2
        ink = QColor(self._ink())
        painter.setPen(ink)
        painter.drawText(
            QRect(left, 0, words + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        self._draw_hint(painter, left + words + HINT_GAP, ink)

    def _draw_hint(self, painter: QPainter, left: int, ink: QColor) -> None:
        font = theme.font("small")
        font.setPixelSize(11)
        painter.setFont(font)
        frame = QRect(left, self.height() // 2 - 9, self._hint_width() - HINT_GAP, 18)
        edge = QColor(ink)
        edge.setAlphaF(0.55)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(edge)
        painter.drawRoundedRect(frame.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(ink)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._hint)

    def _hint_width(self) -> int:
        if not self._hint:
            return 0
        return (
            round(self.fontMetrics().horizontalAdvance(self._hint) * 0.9) + 2 * HINT_PAD + HINT_GAP
        )

    def _ink(self) -> str:
        palette = theme.current()
        if self._reason or not self.isEnabled():
            return palette.text_muted
        return palette.on_accent if self.property("primary") else palette.text


class PrimaryButton(ReasonedButton):
    """The one main action of a page, pressed by Enter."""

    def __init__(self, text: str = "", hint: str = "Enter", parent: QWidget | None = None) -> None:
        super().__init__(text, hint, parent)
        self.setProperty("primary", True)
