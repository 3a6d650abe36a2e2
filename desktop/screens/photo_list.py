"""Which photos are shown: the filters, looked up in the reader's worker, and each photo as a cell."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from db import Book, photos
from db.reading import Reading
from db.store import Record
from desktop.screens import showing
from desktop.screens.names import Names
from desktop.tasks import Step
from desktop.widgets.paged_table import Row
from desktop.widgets.photo_cell import PhotoCell
from resources import N_, _

UNDATED, UNSTAGED, MISSING, CHILDREN, UNPAIRED = "undated", "unstaged", "missing", "children", "unpaired"
STATES = (
    (UNDATED, N_("Without a date")),
    (UNSTAGED, N_("Without a stage")),
    (UNPAIRED, N_("Not in a pair")),
    (CHILDREN, N_("Showing children")),
    (MISSING, N_("Picture missing")),
)
_FIELDS = (
    "row", "id", "hash", "caption", "file_name", "stage", "taken_on", "pair", "shows_children", "model"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the clerk wants to see; ``model`` is an id, ``year`` of the day a photo was taken."""

    model: str = ""
    stage: str = ""
    year: int = 0
    state: str = ""


@dataclass(frozen=True, slots=True)
class FoundPhotos:
    """Row numbers in the order shown, how many there are in all, and the years they are of."""

    rows: array[int]
    total: int
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """What the filters look at."""

    row: int
    id: str
    model: str
    stage: str
    taken_on: str
    pair: str
    children: bool


_Test = Callable[[_Line], bool]


def looking(asked: Asked) -> Callable[[Step], FoundPhotos]:
    """Work that finds these photos."""
    return lambda step: find_photos(step.book, asked)


def find_photos(book: Book, asked: Asked) -> FoundPhotos:
    """The photos asked for: those of a model by day, all others the latest first."""
    names = ("row", "id", "model", "stage", "taken_on", "pair", "shows_children")
    lines = [_line(values) for values in book.rows("photo", names)]
    meets = _test(book, asked, lines)
    found = [line for line in lines if meets(line)]
    if asked.model:
        found.sort(key=lambda line: (line.taken_on or "9999", line.row))
    else:
        found.sort(key=lambda line: -line.row)
    years = sorted({int(line.taken_on[:4]) for line in lines if line.taken_on}, reverse=True)
    return FoundPhotos(array("q", (line.row for line in found)), len(lines), tuple(years))


def _line(values: tuple[object, ...]) -> _Line:
    row, record, model, stage, taken_on, pair, children = values
    said = [str(each or "") for each in (record, model, stage, taken_on, pair)]
    return _Line(int(str(row)), said[0], said[1], said[2], said[3], said[4], bool(children))


def _test(book: Book, asked: Asked, lines: Sequence[_Line]) -> _Test:
    wanted: list[_Test] = []
    if asked.model:
        wanted.append(lambda line: line.model == asked.model)
    if asked.stage:
        wanted.append(lambda line: line.stage == asked.stage)
    if asked.year:
        wanted.append(lambda line: line.taken_on.startswith(f"{asked.year:04}-"))
    if asked.state:
        wanted.append(_state_test(book, asked.state, lines))
    return lambda line: all(meets(line) for meets in wanted)


def _state_test(book: Book, state: str, lines: Sequence[_Line]) -> _Test:
    if state == MISSING:
        gone = {photo.id for photo in photos.missing(book)}
        return lambda line: line.id in gone
    if state == UNPAIRED:
        paired = {line.pair for line in lines if line.pair}
        return lambda line: not line.pair and line.id not in paired
    tests: dict[str, _Test] = {
        UNDATED: lambda line: not line.taken_on,
        UNSTAGED: lambda line: not line.stage,
        CHILDREN: lambda line: line.children,
    }
    return tests[state]


# -- rows


def fetch_cells(book: Reading, names: Names, numbers: Sequence[int]) -> list[Row | None]:
    """A cell for each row number, None where the photo is gone."""
    found = book.by_row_number("photo", _FIELDS, numbers)
    earlier = [values[1] for values in found.values()]
    wanted = {pair for (pair,) in book.rows("photo", ("pair",), {"pair": earlier})} if earlier else set()
    return [_cell(found.get(number), wanted, names) for number in numbers]


def _cell(values: tuple[object, ...] | None, earlier: set[object], names: Names) -> PhotoCell | None:
    if values is None:
        return None
    _row, record, digest, caption, file_name, stage, taken_on, pair, children, model = values
    return cell_of(
        str(record), str(digest), str(caption or ""), str(file_name or ""), str(stage or ""),
        str(taken_on or ""), bool(pair) or record in earlier, bool(children), names.title("model", model),
    )  # fmt: skip


def cell_of_record(photo: Record, names: Names) -> PhotoCell:
    """The cell of a photo that was read as a record."""
    text = {name: str(photo[name] or "") for name in ("hash", "caption", "file_name", "stage", "taken_on")}
    return cell_of(
        photo.id, text["hash"], text["caption"], text["file_name"], text["stage"], text["taken_on"],
        bool(photo["pair"]), bool(photo["shows_children"]), names.title("model", photo["model"]),
    )  # fmt: skip


def cell_of(
    record: str, digest: str, caption: str, file_name: str, stage: str, taken_on: str, paired: bool,
    children: bool, model: str,
) -> PhotoCell:  # fmt: skip
    """A photo as it is shown; without a caption it is known by its model, else by its file."""
    words = showing.choice_words("photo_stage", stage) if stage else ""
    day = showing.shown_date(taken_on or None)
    title = caption or model or file_name
    said = (words, day or _("no date"), title, _("shows children") if children else "")
    spoken = " · ".join(part for part in said if part)
    return PhotoCell(spoken, digest, title, stage, words, day, int(paired), int(children), record)
