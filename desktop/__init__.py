"""What a clerk sees: the window and the command line. Knows no SQL and no PDF library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lazy_loader

if TYPE_CHECKING:
    from desktop.app import open_window as open_window
    from desktop.log import log_files as log_files

# The command line never loads Qt; the window is fetched when somebody asks for it, the log when it is written
__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__, submod_attrs={"app": ["open_window"], "log": ["log_files"]}
)
