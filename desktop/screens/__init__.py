"""The screens, each loaded when it is first wanted: the start screen needs none of the others."""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__, submodules=["create", "office", "opening", "paperwork", "recovery", "sheet", "start"]
)
