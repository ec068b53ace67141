"""Font, palette and style sheet of the program, all from one set of tokens.

One font family for both scripts, shipped; 8-pixel grid; corner radius 6.
"""

from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from pharmacy_app.ui.palettes import PALETTES, Palette, ThemeName

RESOURCES = Path(__file__).resolve().parent.parent.parent / "resources"
FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
FAMILY = "Noto Sans SC"
GRID = 8
RADIUS = 6
SIZES = {"small": 12, "body": 13, "lead": 14, "title": 18, "clock": 36}


@cache
def load_fonts() -> None:
    """Register the shipped fonts with Qt, once; from files, which Qt maps instead of copying."""
    for name in FONTS:
        QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))


def font(size: str = "body", *, bold: bool = False) -> QFont:
    """Return the program's font with tabular figures, so that columns of numbers align."""
    made = QFont(FAMILY)
    made.setPixelSize(SIZES[size])
    made.setBold(bold)
    made.setFeature(QFont.Tag.fromString("tnum"), 1)
    return made


def application() -> QApplication:
    """Return the running application.

    Raises RuntimeError if there is none.
    """
    running = QCoreApplication.instance()
    if isinstance(running, QApplication):
        return running
    raise RuntimeError("no application is running")


def current() -> Palette:
    """Return the palette in force; light until one is chosen."""
    name = application().property("theme")
    return PALETTES["dark" if name == "dark" else "light"]


def apply(name: ThemeName) -> None:
    """Put a palette in force, at once, in every window; do nothing if it is in force already.

    Every widget is polished anew, which is work for nothing where nothing changes.
    """
    app = application()
    if app.property("theme") == name and app.styleSheet():
        return
    app.setProperty("theme", name)
    app.setFont(font())
    app.setPalette(qt_palette(PALETTES[name]))
    app.setStyleSheet(style_sheet(PALETTES[name]))


@cache
def style_sheet(palette: Palette) -> str:
    """Return the style sheet filled with the tokens of a palette."""
    text = (RESOURCES / "styles" / "window.qss").read_text(encoding="utf-8")
    icons = (RESOURCES / "icons").as_posix()
    return Template(text).substitute(palette.tokens(), icons=icons, radius=RADIUS)


def qt_palette(palette: Palette) -> QPalette:
    """Return the palette as Qt's own roles, for what Fusion draws by itself."""
    role = QPalette.ColorRole
    made = QPalette()
    for of, colour in (
        (role.Window, palette.window),
        (role.WindowText, palette.text),
        (role.Base, palette.surface),
        (role.AlternateBase, palette.field),
        (role.Text, palette.text),
        (role.Button, palette.surface),
        (role.ButtonText, palette.text),
        (role.ToolTipBase, palette.surface),
        (role.ToolTipText, palette.text),
        (role.PlaceholderText, palette.text_muted),
        (role.Highlight, palette.accent),
        (role.HighlightedText, palette.on_accent),
        (role.Link, palette.accent),
        (role.Accent, palette.accent),
    ):
        made.setColor(of, QColor(colour))
    for of in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, of, QColor(palette.text_muted))
    return made
