import re
from itertools import product

import pytest
from PySide6.QtGui import QFont, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication

from pharmacy_app.ui import icons, theme
from pharmacy_app.ui.palettes import DARK, LIGHT, Palette, State, contrast

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
TEXTS = ("text", "text_soft", "text_muted", "ok", "warn", "stop", "info", "unblinded")
GROUNDS = ("window", "surface", "field")


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@BOTH
@pytest.mark.parametrize(("text", "ground"), list(product(TEXTS, GROUNDS)))
def test_every_text_on_every_ground_has_aa_contrast(
    palette: Palette, text: str, ground: str
) -> None:
    tokens = palette.tokens()
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@BOTH
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("on_accent", "accent_pressed"),
        ("accent", "selected"),
        ("text", "selected"),
        ("text_muted", "barred"),
        ("on_training", "training"),
        ("unblinded", "unblinded_soft"),
        ("ok", "selected"),
        ("warn", "selected"),
        ("stop", "selected"),
        ("text", "stop_soft"),
        ("text_muted", "stop_soft"),
        ("stop", "stop_soft"),
        ("text", "ok_soft"),
        ("text", "warn_soft"),
        ("text", "info_soft"),
    ],
)
def test_words_on_coloured_grounds_have_aa_contrast(
    palette: Palette, text: str, ground: str
) -> None:
    tokens = palette.tokens()
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@BOTH
def test_the_reserved_colours_are_told_from_every_state(palette: Palette) -> None:
    reserved = {palette.unblinded, palette.training}
    assert not reserved & {palette.of(state) for state in State}
    assert contrast(palette.unblinded, palette.window) >= 3


@BOTH
def test_style_sheet_has_no_token_left_open(palette: Palette) -> None:
    sheet = theme.style_sheet(palette)
    assert "$" not in sheet
    assert all(
        (theme.RESOURCES / "icons").joinpath(name).is_file()
        for name in re.findall(r"([\w-]+\.svg)", sheet)
    )


def test_the_shipped_font_holds_both_scripts_and_the_signs_of_the_trade(app: QApplication) -> None:
    raw = QRawFont.fromFont(theme.font())
    assert raw.familyName() == theme.FAMILY
    for char in "药盒剂量受试者 Aa09 ℃ ° × ÷ ≥ ≤ − · → …":
        assert raw.supportsCharacter(ord(char)), char


def test_figures_are_tabular(app: QApplication) -> None:
    metrics = QFontMetrics(theme.font())
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
    assert theme.font().isFeatureSet(QFont.Tag.fromString("tnum"))


def test_theme_changes_at_once_and_keeps_fusion(app: QApplication) -> None:
    theme.apply("dark")
    assert theme.current() is DARK
    assert app.palette().window().color().name() == DARK.window
    theme.apply("light")
    assert app.palette().window().color().name() == LIGHT.window


def test_every_icon_is_black_on_a_field_of_twenty(app: QApplication) -> None:
    for path in icons.FOLDER.glob("*.svg"):
        drawing = path.read_text(encoding="utf-8")
        assert 'viewBox="0 0 20 20"' in drawing
        if not path.stem.startswith("chevron"):
            assert icons.INK in drawing
            assert not icons.pixmap(path.stem, LIGHT.text).isNull()


def test_every_state_has_a_shape_of_its_own() -> None:
    assert len({icons.STATE_ICONS[state] for state in State}) == len(State)
