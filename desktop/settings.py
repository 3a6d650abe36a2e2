"""What the program remembers between two starts: read once, written whole, never a reason not to start."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSaveFile

log = logging.getLogger(__name__)
RECENT_KEPT = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """``scale`` of the text in per cent; ``recent`` books, the last one first.

    ``unconfirmed``: books whose recovery sheet was not typed back yet; ``key_file``: last signed with;
    ``backup_hours``: a book whose last copy is older gets a new one when it is opened (0 = never).
    """

    language: str = "vi"
    scale: int = 100
    recent: tuple[str, ...] = ()
    last_folder: str = ""
    unconfirmed: tuple[str, ...] = ()
    key_file: str = ""
    backup_hours: int = 20

    def with_recent(self, book: Path) -> Settings:
        """This book was opened last."""
        others = tuple(one for one in self.recent if one != str(book))
        return replace(self, recent=(str(book), *others)[:RECENT_KEPT])


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


_READ: dict[str, Callable[[Any], object]] = {
    "str": str,
    "int": int,
    "tuple[str, ...]": _texts,
}


class SettingsFile:
    """The one file with the settings; ``now`` is what is in force."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.now = self._read()

    def change(self, **values: object) -> None:
        """Set some of the values and write the file. A disk that refuses is logged, not raised."""
        self.put(replace(self.now, **values))  # type: ignore[arg-type]  # replace refuses other names

    def put(self, settings: Settings) -> None:
        """These settings are in force from now on."""
        self.now = settings
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            log.warning("settings were not written: %s", error)
            return
        file = QSaveFile(str(self._path))
        text = json.dumps(asdict(settings), ensure_ascii=False, indent=1)
        if not (file.open(QSaveFile.OpenModeFlag.WriteOnly) and file.write(text.encode()) and file.commit()):
            log.warning("settings were not written: %s", file.errorString())

    def _read(self) -> Settings:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            known = {f.name: _READ[str(f.type)](found[f.name]) for f in fields(Settings) if f.name in found}
            return Settings(**known)  # type: ignore[arg-type]  # read by their types above
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, TypeError, KeyError) as error:
            log.warning("settings were not read: %s", error)
            return Settings()
