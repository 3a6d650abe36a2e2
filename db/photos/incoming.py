"""Files and folders that a clerk names -> the files in them, one by one, each with what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from db.photo_store import photo_folder
from resources import _

# What systems leave in every folder; nobody means these
_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"})


@dataclass(frozen=True, slots=True)
class RefusedPhoto:
    """A file that was not taken, and why, for the clerk."""

    file: Path
    reason: str


def files_in(named: Iterable[Path], book: Path) -> Iterator[Path | RefusedPhoto]:
    """Every file named, and every file below a folder named, in order of name; links are not followed.

    What cannot be looked into is a refusal; hidden files in a folder and the book's own are passed over.
    """
    seen: set[Path] = set()
    own = photo_folder(book).absolute()
    for one in named:
        for found in _below(one, own):
            if isinstance(found, RefusedPhoto):
                yield found
            elif found.absolute() not in seen:
                seen.add(found.absolute())
                yield found


def _below(path: Path, own: Path) -> Iterator[Path | RefusedPhoto]:
    if path.absolute() == own:
        return
    try:
        inside = _inside(path)
    except OSError:
        yield RefusedPhoto(path, _("This folder may not be read."))
        return
    if inside is None:
        yield path if path.is_file() else RefusedPhoto(path, _("There is no such file."))
    elif not inside:
        yield RefusedPhoto(path, _("This folder is empty."))
    for one in inside or ():
        yield from _below(one, own)


def _inside(path: Path) -> list[Path] | None:
    """What a folder holds, ``None`` for anything else. Raises OSError where it may not be seen."""
    return [one for one in sorted(path.iterdir()) if _is_meant(one)] if path.is_dir() else None


def _is_meant(path: Path) -> bool:
    """Not hidden, not left by a system, and no link to a folder, which may lead round in a ring."""
    hidden = path.name.startswith(".") or path.name.lower() in _LEFT_BY_SYSTEMS
    return not hidden and not (path.is_symlink() and path.is_dir())
