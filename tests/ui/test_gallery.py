"""Pictures of every widget in both languages and themes, for people to look at."""

from itertools import product
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.ui.application import Application
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.palettes import PALETTES, ThemeName
from pharmacy_app.ui.places import Place
from pharmacy_app.wording import Language
from tests.ui.gallery import Gallery

LOOKS: list[tuple[Language, ThemeName]] = list(product(("en", "zh"), ("light", "dark")))


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_every_widget_is_drawn_in_every_look(
    desk: Application, window: MainWindow, tmp_path: Path, language: Language, theme: ThemeName
) -> None:
    for place in Place:
        window.register(place, Gallery)
    window.open_place(Place.STOCK)
    desk.shell.show()
    desk.set_language(language)
    desk.set_theme(theme)
    QApplication.processEvents()
    picture = desk.shell.grab()
    assert picture.save(str(tmp_path / f"gallery_{language}_{theme}.png"))
    ground = picture.toImage().pixelColor(186, 400).name()
    assert ground == PALETTES[theme].window


def test_every_focusable_widget_has_a_name_for_a_screen_reader(
    desk: Application, window: MainWindow, qtbot: QtBot
) -> None:
    window.register(Place.STOCK, Gallery)
    window.open_place(Place.STOCK)
    desk.shell.show()
    nameless = [
        f"{type(w).__name__} {w.objectName()} in {type(w.parent()).__name__}"
        for w in desk.shell.findChildren(QWidget)
        if w.focusPolicy() != w.focusPolicy().NoFocus
        and w.isVisible()
        and not (w.accessibleName() or getattr(w, "text", str)())
        and not w.objectName().startswith("qt_")
    ]
    assert nameless == []
