"""From a book to the photos of one paper: which there are, whom they may be shown to, what is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from db import Book, Record, photos
from db.choices import label
from db.errors import UnknownRecordError
from db.photo_store import PhotoDamagedError, PhotoMissingError
from db.vietnamese import sort_key
from forms.audience import Veil, left_out_photos
from forms.paper_data import PhotoRow
from forms.paper_request import PaperRequest
from forms.photos_unregistered import not_registered
from resources import _, ngettext

MOST: Final = 240
_NAMED_AT_MOST: Final = 5
_STAGES: Final = {"before": 0, "during": 1, "after": 2}
_NOT_STATED: Final = 3


class TooManyPhotosError(Exception):
    """More photos than one paper takes; nothing was made."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _(
            "There are {count} photos; a paper takes {most} at most. Choose a shorter period or one model."
        ).format(count=self.count, most=MOST)


@dataclass(slots=True)
class FoundPhotos:
    """The photos of a paper in their order; code and sentence of everything that is not among them."""

    rows: list[PhotoRow] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)


def photos_for(book: Book, request: PaperRequest, models: Collection[str], veil: Veil) -> FoundPhotos:
    """Photos of ``models`` (ids) taken in the period, with the other half of their pairs.

    Of one model that was asked for by itself every photo, dated or not. Whatever else the clerk could look
    for is counted with its reason. Raises TooManyPhotosError.
    """
    wanted = [request.model] if request.model else sorted(models)
    every = book.find("photo", {"model": wanted}) if wanted else []
    chosen = every if request.model else _of_period(every, request)
    if len(chosen) > MOST:
        raise TooManyPhotosError(len(chosen))
    found = FoundPhotos()
    reasons = {each.id: veil.why_hidden(each) for each in chosen}
    found.warnings += left_out_photos(reason for reason in reasons.values() if reason)
    others = [each for each in every if each.id not in reasons]
    for these, is_printed in ((chosen, True), (others, False)):
        found.warnings += _said_of_undated(_undated(these), is_printed=is_printed)
    if not request.model:
        found.warnings += _said_of_others(len(others) - len(_undated(others)))
        found.warnings += not_registered(book, request, models, veil.consents.where)
    _read(book, [each for each in chosen if not reasons[each.id]], veil, found)
    if not found.rows:
        found.warnings.append(("no_photos", _("No photo of this period can be shown.")))
    return found


def _of_period(every: Iterable[Record], request: PaperRequest) -> list[Record]:
    """Those of the period, and their other halves whenever they were taken."""
    period = request.span()
    start, end = period.start.isoformat(), period.end.isoformat()
    known = {each.id: each for each in every}
    inside = {one for one, each in known.items() if start <= str(each["taken_on"] or "") <= end}
    pairs = [(str(each["pair"]), one) for one, each in known.items() if each["pair"] in known]
    halves = {half for pair in pairs if inside & set(pair) for half in pair}
    return [each for one, each in known.items() if one in inside | halves]


def _said_of_others(count: int) -> Iterator[tuple[str, str]]:
    """On photos of the models that were taken at another time."""
    if count:
        words = ngettext(
            "{n} photo of these models was taken at another time and is not in the annex.",
            "{n} photos of these models were taken at another time and are not in the annex.",
            count,
        )
        yield "photos_of_other_times", words.format(n=count)


def _undated(records: Iterable[Record]) -> list[Record]:
    return [each for each in records if each["taken_on"] is None]


def _said_of_undated(undated: list[Record], *, is_printed: bool) -> Iterator[tuple[str, str]]:
    if not undated:
        return
    names = _names(undated)
    if is_printed:
        words = ngettext(
            "{n} photo has no date: {names}.", "{n} photos have no date: {names}.", len(undated)
        )
    else:
        words = ngettext(
            "{n} photo has no date and is not in the annex: {names}.",
            "{n} photos have no date and are not in the annex: {names}.",
            len(undated),
        )
    yield "photo_without_date", words.format(n=len(undated), names=names)


def _names(records: list[Record]) -> str:
    more = ", …" if len(records) > _NAMED_AT_MOST else ""
    return ", ".join(_name(each) for each in records[:_NAMED_AT_MOST]) + more


def _name(photo: Record) -> str:
    return f"“{photo['caption'] or photo['file_name'] or photo.id}”"


def _read(book: Book, chosen: Iterable[Record], veil: Veil, found: FoundPhotos) -> None:
    """The pictures; one that is missing or damaged is named and not printed."""
    models: dict[str, Record | None] = {}
    rows: list[tuple[tuple[str, int, str], PhotoRow]] = []
    for photo in chosen:
        model = models.setdefault(str(photo["model"]), _model(book, photo))
        try:
            jpeg = photos.picture(book, str(photo["hash"]))
        except (PhotoMissingError, PhotoDamagedError) as error:
            said = f"{_name(photo)}: {error.sentence()}"
            found.warnings.append(("photo_missing", said))
            continue
        rows.append((_order(photo, model), _row(photo, model, jpeg, veil)))
    found.rows = list(_paired([row for _key, row in sorted(rows, key=lambda each: each[0])]))


def _model(book: Book, photo: Record) -> Record | None:
    try:
        return book.get("model", str(photo["model"]))
    except UnknownRecordError:
        return None


def _order(photo: Record, model: Record | None) -> tuple[str, int, str]:
    code = sort_key(str(model["code"] or "")) if model else ""
    stage = _STAGES.get(str(photo["stage"]), _NOT_STATED)
    return code, stage, f"{photo['taken_on'] or '9999'} {photo.id}"


def _row(photo: Record, model: Record | None, jpeg: bytes, veil: Veil) -> PhotoRow:
    values = veil.shown("photo", {**photo.values, "id": photo.id}).values
    of_model = veil.shown("model", {**model.values, "id": model.id}).values if model else {}
    text = {name: str(values.get(name) or "") for name in ("caption", "place", "photographer", "stage")}
    return PhotoRow(
        id=photo.id,
        jpeg=jpeg,
        width=int(photo["width"] or 0),
        height=int(photo["height"] or 0),
        caption=text["caption"],
        place=text["place"] or str(of_model.get("address") or ""),
        taken_on=str(photo["taken_on"]) if photo["taken_on"] else None,
        photographer=text["photographer"],
        stage=label("photo_stage", text["stage"], "vi") if text["stage"] else "",
        model=str(of_model.get("title") or ""),
        pair=str(photo["pair"] or ""),
    )


def _paired(rows: list[PhotoRow]) -> Iterator[PhotoRow]:
    """Each later half right behind its earlier one, the first of them where there are two."""
    by_id = {row.id: row for row in rows}
    later = {row.pair: row for row in reversed(rows) if row.pair in by_id}
    behind = {row.id for row in later.values()}
    for row in rows:
        if row.id not in behind:
            one: PhotoRow | None = row
            while one is not None:
                yield one
                one = later.pop(one.id, None)
    # Two photos that name each other would else be lost between them
    yield from (row for row in later.values())
