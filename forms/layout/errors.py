"""What can be wrong with the contents of a paper when it is laid out."""

from __future__ import annotations

import unicodedata

from resources import _


class GlyphMissingError(Exception):
    """The paper's typeface has no picture of a character. Nothing was written."""

    def __init__(self, character: str, line: str) -> None:
        super().__init__(character)
        self.character = character
        self.line = line

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _(
            "The paper cannot be made: its typeface has no character “{character}” ({name}), "
            "which stands in “{line}”. Please replace it there."
        ).format(character=self.character, name=self.name, line=self.line[:120])

    @property
    def name(self) -> str:
        """Code and Unicode name of the character, for one that cannot be seen."""
        code = f"U+{ord(self.character):04X}"
        return f"{code} {unicodedata.name(self.character, '')}".strip()
