"""What a clerk sees: the window and the command line. Knows no SQL and no PDF library."""

from __future__ import annotations

import lazy_loader

# The command line never loads Qt; the window is fetched when somebody asks for it.
__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs={"app": ["open_window"]})
