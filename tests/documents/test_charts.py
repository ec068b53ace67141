"""The charts, drawn on a surface that remembers: what is told is told without colour too."""

from dataclasses import dataclass, field, replace

import pytest

from pharmacy_app.documents.charts import band, expiry, need
from pharmacy_app.documents.charts.band import BandWords
from pharmacy_app.documents.charts.expiry import ExpiryWords
from pharmacy_app.documents.charts.need import NeedWords
from pharmacy_app.documents.charts.room import round_top, shortened
from pharmacy_app.documents.charts.surface import Align, Hatch, Ink, Points, Stroke
from pharmacy_app.domain.depletion import SourceForecast
from tests.documents import readiness_papers


@dataclass
class Remembered:
    """A surface of 800 by 300 with lines of text 10 high."""

    wide: float = 800.0
    high: float = 300.0
    line: float = 10.0
    paths: list[tuple[Points, Stroke]] = field(default_factory=list)
    areas: list[tuple[Points, Ink, float]] = field(default_factory=list)
    hatches: list[tuple[Points, Hatch]] = field(default_factory=list)
    texts: list[tuple[tuple[float, float], str]] = field(default_factory=list)

    def path(self, points: Points, stroke: Stroke) -> None:
        """Remember a line."""
        self.paths.append((points, stroke))

    def area(self, points: Points, ink: Ink, share: float = 1.0) -> None:
        """Remember an area."""
        self.areas.append((points, ink, share))

    def hatch(self, points: Points, ink: Ink, hatch: Hatch) -> None:
        """Remember a hatching."""
        del ink
        self.hatches.append((points, hatch))

    def text(
        self,
        at: tuple[float, float],
        text: str,
        ink: Ink,
        align: Align = "left",
        *,
        bold: bool = False,
    ) -> None:
        """Remember words."""
        del ink, align, bold
        self.texts.append((at, text))

    def text_width(self, text: str) -> float:
        """Return six a character."""
        return 6.0 * len(text)

    @property
    def said(self) -> list[str]:
        """Every text."""
        return [text for _, text in self.texts]


NEED = NeedWords(
    lane=lambda line: f"{line.stage} {line.arm}",
    under=lambda line: str(line.source.kit_type),
    need="need",
    have="have",
    short="short",
    none="nothing",
)
BAND = BandWords(
    day=lambda week: f"w{week}",
    median="median",
    narrow="80",
    wide="95",
    stock="stock",
    order="order",
    short="SHORT",
)
EXPIRY = ExpiryWords(
    lot=lambda lot: lot.lot,
    ends=lambda lot: f"until {lot.days}",
    day=lambda week: f"w{week}",
    held="held",
    wasted="wasted",
    none="nothing",
)


def drawn_band(kits: int) -> tuple[Remembered, SourceForecast]:
    told = readiness_papers.forecast(kits).sources[0]
    surface = Remembered()
    band.draw(surface, told, BAND)
    return surface, told


@pytest.mark.parametrize(
    ("most", "top"), [(0, 4), (4, 4), (5, 8), (9, 12), (33, 40), (75, 80), (81, 120), (1000, 1200)]
)
def test_top_of_an_axis_is_told_in_four_whole_steps(most: int, top: int) -> None:
    assert round_top(most) == top
    assert top % 4 == 0


def test_name_that_has_no_room_is_cut_at_its_end() -> None:
    surface = Remembered()
    assert shortened(surface, "12345", 30) == "12345"
    assert shortened(surface, "123456", 30) == "1234…"
    assert shortened(surface, "123456", 0) == "…"
    long = replace(NEED, under=lambda line: "x" * 99)
    need.draw(surface, readiness_papers.days(), long)
    assert max(surface.text_width(said) for said in surface.said) <= need.MOST_LABEL * 800


def test_every_arm_has_a_lane_and_every_day_its_figures() -> None:
    surface = Remembered()
    days = readiness_papers.days()
    need.draw(surface, days, NEED)
    assert [said for said in surface.said if said.startswith("S")] == [
        "S1 A",
        "S1 B",
        "S2 LONG",
        "S2 CTRL",
    ]
    figures = [said for said in surface.said if "/" in said]
    assert figures[:7] == ["1/5", "1/4", "1/3", "1/2", "1/1", "1/0", "1/0"]
    assert surface.said[-14:] == [f"{day.day:%m-%d}" for day in days]


def test_days_that_fall_short_are_framed_with_dashes() -> None:
    surface = Remembered()
    need.draw(surface, readiness_papers.days(), NEED)
    dashed = [points for points, stroke in surface.paths if stroke.dashes]
    assert len(dashed) == 3  # one of them in the key
    assert not [p for p, stroke in surface.paths if stroke.ink is Ink.STOP and not stroke.dashes]


def test_chart_without_visits_and_kits_says_so() -> None:
    surface = Remembered()
    need.draw(surface, (), NEED)
    assert surface.said == ["nothing"]
    expiry.draw(surface, readiness_papers.forecast(kits=0).sources[0], EXPIRY)
    assert surface.said == ["nothing", "nothing"]


def test_bands_differ_in_hatching_and_lines_in_weight_and_dashes() -> None:
    surface, _ = drawn_band(18)
    wide, narrow = (hatch for _, hatch in surface.hatches[-2:])
    assert wide.gap > narrow.gap
    assert wide.rising is not narrow.rising
    strokes = {(stroke.weight, stroke.dashes) for stroke in (band.MEDIAN, band.STOCK, band.SHORT)}
    assert len(strokes) == 3


def test_narrow_band_lies_within_the_wide_one() -> None:
    surface, told = drawn_band(18)
    (outer, _), (inner, _) = surface.hatches[-2:]
    for number in range(1, len(told.weeks) + 1):
        assert outer[number][1] <= inner[number][1] <= inner[-number][1] <= outer[-number][1]


def test_shortage_and_order_are_marked_at_their_weeks() -> None:
    surface, told = drawn_band(18)
    assert told.short_week is not None
    (mark,) = [points for points, stroke in surface.paths if stroke is band.SHORT]
    room = 800 - 4 * 10
    assert mark[0][0] == pytest.approx(30 + room * told.short_week / len(told.weeks))
    assert {"SHORT", "order"} <= set(surface.said)


def test_enough_stock_has_no_mark() -> None:
    told = readiness_papers.forecast().sources[0]
    surface = Remembered()
    band.draw(surface, replace(told, short_week=None, reorder_week=None), BAND)
    assert not {"SHORT", "order"} & set(surface.said)


def test_lot_ends_at_its_expiry_and_waste_is_hatched_over_its_part() -> None:
    told = readiness_papers.forecast(18).sources[-1]
    surface = Remembered()
    expiry.draw(surface, told, EXPIRY)
    assert [said for said in surface.said if said.startswith("until")] == [
        f"until {lot.days}" for lot in told.lots
    ]
    wasted = [lot for lot in told.lots if lot.wasted / lot.kits >= 1 / expiry.SMALLEST]
    assert wasted
    assert len(surface.hatches) == len(wasted) + 1
