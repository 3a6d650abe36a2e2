"""How the window looks: colours, sizes, fonts, icons and the style sheet made of them."""

from desktop.theme.icons import icon, pixmap
from desktop.theme.look import Look, apply, look
from desktop.theme.palette import COLOURS, TONES, Tone, ToneColours

__all__ = ["COLOURS", "TONES", "Look", "Tone", "ToneColours", "apply", "icon", "look", "pixmap"]
