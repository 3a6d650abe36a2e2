"""Which installation is writing: kept outside the book, so that a copied or restored book is noticed."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True, slots=True)
class SiteMark:
    """What this PC last wrote in a book at a path: the site, its last number and that operation's hash."""

    site: str
    seq: int
    hash: str


def new_site() -> str:
    """Twelve random letters (60 bits) naming one installation of one book."""
    return "".join(secrets.choice(_LETTERS) for _ in range(12))


def state_folder() -> Path:
    """Where this PC remembers things outside its books; ``DANVAN_STATE`` overrides it."""
    named = os.environ.get("DANVAN_STATE")
    return Path(named) if named else Path(platformdirs.user_state_dir("danvan", appauthor=False))


class SiteRegister:
    """This PC's memory of the books it wrote: one small file for each book and path."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = (folder or state_folder()) / "sites"

    def _file(self, book: str, path: Path) -> Path:
        place = path.resolve().as_posix()
        return self._folder / f"{book}-{_short(place)}.json"

    def read(self, book: str, path: Path) -> SiteMark | None:
        """The mark, or ``None`` where this PC never wrote this book at this path."""
        try:
            data = json.loads(self._file(book, path).read_text("utf-8"))
            return SiteMark(**data["mark"]) if data["path"] == path.resolve().as_posix() else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, book: str, path: Path, mark: SiteMark) -> None:
        """Remember ``mark``. A lost mark only costs a new site, so no fsync and no complaint."""
        file = self._file(book, path)
        temporary = file.with_suffix(f".{os.getpid()}.tmp")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(
                json.dumps({"path": path.resolve().as_posix(), "mark": asdict(mark)}), "utf-8"
            )
            temporary.replace(file)
        except OSError:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _short(place: str) -> str:
    value = 0
    for byte in place.encode():
        value = (value * 257 + byte) % (2**61 - 1)
    return f"{value:x}"
