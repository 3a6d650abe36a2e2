"""The colours: one accent, calm greys, and four tones that always go with a word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Tone(Enum):
    """What a colour says. A tone never stands without its word."""

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class ToneColours:
    """Background, text and border of one tone."""

    back: str
    text: str
    border: str


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of the light look, by what it is for."""

    accent: str = "#1b5e8c"
    accent_hover: str = "#17527b"
    accent_down: str = "#124263"
    accent_soft: str = "#d6e6f2"
    accent_line: str = "#5fb3e6"
    side: str = "#123a57"
    side_on: str = "#30536c"
    side_hover: str = "#1f4966"
    side_text: str = "#dbe6ee"
    side_quiet: str = "#9db4c6"
    ground: str = "#f4f6f8"
    surface: str = "#ffffff"
    stripe: str = "#fafbfc"
    head: str = "#f0f3f6"
    line: str = "#dde3e8"
    field_line: str = "#b9c4cd"
    text: str = "#1c2733"
    quiet: str = "#55636f"
    faint: str = "#7b8894"
    bad: str = "#b3261e"
    good: str = "#1d6b3a"


COLOURS = Colours()

TONES: dict[Tone, ToneColours] = {
    Tone.PLAIN: ToneColours("#eef1f4", "#3d4a56", "#d3dae0"),
    Tone.GOOD: ToneColours("#e3f4e8", "#1d6b3a", "#b9dfc6"),
    Tone.WARN: ToneColours("#fdf1d8", "#8a5a00", "#efd59a"),
    Tone.BAD: ToneColours("#fbe3e3", "#a3231c", "#f0bdbb"),
    Tone.INFO: ToneColours("#e1effa", "#1b5e8c", "#b4d4ea"),
}
