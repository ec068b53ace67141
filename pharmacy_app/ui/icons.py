"""The program's own line icons, drawn from SVG in the colour of the text beside them."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from pharmacy_app.ui import theme
from pharmacy_app.ui.palettes import State

FOLDER = theme.RESOURCES / "icons"
INK = "#000000"
STATE_ICONS = {
    State.OK: "state-ok",
    State.WARN: "state-warn",
    State.STOP: "state-stop",
    State.INFO: "state-info",
    State.QUIET: "state-quiet",
}


@cache
def _drawing(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@cache
def pixmap(name: str, colour: str, size: int = 20, scale: float = 2.0) -> QPixmap:
    """Return an icon as a picture of ``size`` logical pixels.

    Raises FileNotFoundError if there is no icon of that name.
    """
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - the sign-in window draws no icon

    renderer = QSvgRenderer(QByteArray(_drawing(name).replace(INK, colour).encode()))
    picture = QPixmap(round(size * scale), round(size * scale))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


def icon(name: str, colour: str | None = None, size: int = 20) -> QIcon:
    """Return an icon in a colour, by default that of ordinary text."""
    return QIcon(pixmap(name, colour or theme.current().text_soft, size))


def state_pixmap(state: State, size: int = 14) -> QPixmap:
    """Return the shape that goes with a state: told apart without colour too."""
    return pixmap(STATE_ICONS[state], theme.current().of(state), size)
