"""The form of the raw readings, and the card they are read from where there is one."""

from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.dose import CounterReading
from pharmacy_app.domain.preparation import METHODS
from pharmacy_app.ui.application import Application
from pharmacy_app.ui.bench.count import CardFrame
from pharmacy_app.ui.bench.readings import ReadingsForm

NARROWEST_PANEL = 558
"""The bench's middle column inside its margins, in pixels, at 1280×800."""


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("replicates", [1, 2, 3, 4])
def test_every_field_of_a_reading_fits_the_bench(
    desk: Application, qtbot: QtBot, method: str, replicates: int
) -> None:
    for language in ("en", "zh"):
        desk.set_language(language)
        form = ReadingsForm(method, replicates)
        qtbot.addWidget(form)
        assert form.minimumSizeHint().width() <= NARROWEST_PANEL
    desk.set_language("en")


def test_a_card_is_told_in_the_language_in_force(desk: Application, qtbot: QtBot) -> None:
    card = CardFrame((CounterReading(total_per_ml=Decimal(12_000_000), viability_pct=Decimal(90)),))
    qtbot.addWidget(card)
    desk.set_language("zh")
    qtbot.waitUntil(lambda: "Card" not in card._head.text())
    desk.set_language("en")
    qtbot.waitUntil(lambda: "Card" in card._head.text())
