"""Shipped files and the words of the program. Knows nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Final

__all__ = ["LANGUAGES", "N_", "_", "language", "ngettext", "path", "use_language"]

LANGUAGES: Final = ("vi", "en")
_ROOT: Final = Path(__file__).parent


def path(*parts: str) -> Path:
    """Where a shipped file is: ``path("fonts", "Inter-Regular.otf")``. It need not exist."""
    return _ROOT.joinpath(*parts)


@cache
def _texts(code: str) -> NullTranslations:
    # Without compiled catalogues the program speaks its source language instead of not starting
    return translation("danvan", path("locale"), [code], fallback=True)


@dataclass(slots=True)
class _InForce:
    """The language that is spoken; texts are fetched when the first word is."""

    code: str = LANGUAGES[0]


_in_force: Final = _InForce()


def use_language(code: str) -> None:
    """Speak this language from now on. ``ValueError`` if it is none of ``LANGUAGES``."""
    if code not in LANGUAGES:
        raise ValueError(code)
    _in_force.code = code


def language() -> str:
    """The language in force: ``vi`` unless another was chosen."""
    return _in_force.code


def _(text: str) -> str:
    """The text in the language in force. An empty text stays empty (gettext would give its header)."""
    return _texts(_in_force.code).gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The form for ``count`` things; Vietnamese has one form only."""
    return _texts(_in_force.code).ngettext(one, many, count)


def N_(text: str) -> str:
    """Mark a text for translation where it is written; ``_`` translates it where it is shown."""
    return text
