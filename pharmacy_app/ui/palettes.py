"""The colours of the window as tokens: light and dark, each pair of text and ground at AA contrast.

Colour carries state, never arm. Two colours are reserved: ``unblinded`` frames a window that shows
unblinded content, ``training`` marks a site that holds no real subject.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Literal

ThemeName = Literal["light", "dark"]


class State(StrEnum):
    """What a colour says. A word and an icon always go with it."""

    OK = "ok"
    WARN = "warn"
    STOP = "stop"
    INFO = "info"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by their task, as ``#rrggbb``."""

    name: ThemeName
    window: str
    surface: str
    field: str
    border: str
    border_strong: str
    grid: str
    text: str
    text_soft: str
    text_muted: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    selected: str
    barred: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    stop: str
    stop_soft: str
    info: str
    info_soft: str
    unblinded: str
    unblinded_soft: str
    training: str
    on_training: str

    def tokens(self) -> dict[str, str]:
        """Return every token with its colour, for the style sheet."""
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}

    def of(self, state: State) -> str:
        """Return the colour of a state's words and icons."""
        return self.text_muted if state is State.QUIET else self.tokens()[state.value]

    def soft(self, state: State) -> str:
        """Return the ground of a state."""
        return self.window if state is State.QUIET else self.tokens()[f"{state.value}_soft"]


LIGHT = Palette(
    name="light",
    window="#f5f6f8",
    surface="#ffffff",
    field="#fbfcfd",
    border="#d9dde3",
    border_strong="#b9c1cc",
    grid="#eef0f3",
    text="#1c2430",
    text_soft="#44505f",
    text_muted="#5c6776",
    accent="#0b57a4",
    accent_hover="#0a4c90",
    accent_pressed="#083e76",
    on_accent="#ffffff",
    selected="#e8f0fb",
    barred="#eceef2",
    ok="#0b7a4b",
    ok_soft="#deede7",
    warn="#8a5a00",
    warn_soft="#f5ecd9",
    stop="#b3261e",
    stop_soft="#f8e4e3",
    info="#0b57a4",
    info_soft="#e1ecf8",
    unblinded="#7a3fb0",
    unblinded_soft="#f3ecf9",
    training="#ffb02e",
    on_training="#3d2600",
)

DARK = Palette(
    name="dark",
    window="#14181f",
    surface="#1c222b",
    field="#171c24",
    border="#343d4a",
    border_strong="#525e6e",
    grid="#2a323d",
    text="#e8ecf1",
    text_soft="#c3cbd6",
    text_muted="#a0abba",
    accent="#7ab3f0",
    accent_hover="#93c2f5",
    accent_pressed="#5f9fe3",
    on_accent="#0c1622",
    selected="#22344a",
    barred="#262d38",
    ok="#5cc795",
    ok_soft="#183428",
    warn="#e3b04b",
    warn_soft="#3a2f17",
    stop="#ff8f85",
    stop_soft="#43211f",
    info="#7ab3f0",
    info_soft="#1b3048",
    unblinded="#b98ae6",
    unblinded_soft="#2f2440",
    training="#ffb02e",
    on_training="#3d2600",
)

PALETTES = {palette.name: palette for palette in (LIGHT, DARK)}


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
