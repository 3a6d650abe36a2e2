"""The files of the log."""

from __future__ import annotations

from logging import Handler
from logging.handlers import RotatingFileHandler
from pathlib import Path


def log_files(first: Path) -> Handler:
    """Writes five files of 1 MB, the newest lines in ``first``."""
    return RotatingFileHandler(first, maxBytes=1_000_000, backupCount=4, encoding="utf-8")
