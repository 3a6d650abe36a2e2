"""What is done to chosen photos at one stroke: a stage, a pair, a value, into the bin with the way back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from db import photos
from db.store import Record
from desktop.screens import showing
from desktop.services import Services
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.paged_table import Value
from resources import _, ngettext

if TYPE_CHECKING:
    from db.writing import Writing

_TYPES = ("photo",)
_ORDER = {"before": 0, "during": 1, "after": 2}


def records(services: Services, chosen: Sequence[str]) -> list[Record]:
    """The photos with these ids, in their order; those gone meanwhile are left out."""
    if not chosen:
        return []
    found = {photo.id: photo for photo in services.book.find("photo", {"id": list(chosen)})}
    return [found[one] for one in chosen if one in found]


def count_words(count: int) -> str:
    """``3 photos``."""
    return ngettext("{count} photo", "{count} photos", count).format(count=count)


def change(services: Services, chosen: Sequence[Record], name: str, value: Value) -> None:
    """One value of all these photos, in one entry of the history."""
    ids = [photo.id for photo in chosen if photo[name] != value]
    if not ids:
        return
    title = " – ".join((showing.label("photo", name), count_words(len(ids))))

    def write(w: Writing) -> None:
        for one in ids:
            w.change("photo", one, {name: value})

    services.saving.write(write, types=_TYPES, title=title)


def make_pair(services: Services, chosen: Sequence[Record]) -> None:
    """The two chosen photos become a pair; which is the earlier one, their stages say, else their days."""
    if len(chosen) != 2:
        services.tell(Notice(_("Choose two photos: one from before and one from after."), Tone.INFO))
        return
    if chosen[0]["model"] != chosen[1]["model"]:
        services.tell(Notice(_("The two photos of a pair are of one model."), Tone.WARN))
        return
    earlier, later = sorted(chosen, key=_when)

    def write(w: Writing) -> None:
        if earlier["pair"] == later.id:
            w.change("photo", earlier.id, {"pair": None})
        photos.set_pair(w, earlier.id, later.id)

    services.saving.write(write, types=_TYPES, title=_("A pair of photos"))


def _when(photo: Record) -> tuple[int, str]:
    # Nothing said counts as in between: "before" and "after" decide even where only one of them is known
    return _ORDER.get(str(photo["stage"]), 1), str(photo["taken_on"] or "9999")


def partners(services: Services, photo: Record) -> list[Record]:
    """The other halves of a photo's pairs: the earlier one it names, and later ones that name it."""
    earlier = records(services, [str(photo["pair"])]) if photo["pair"] else []
    return [*earlier, *services.book.find("photo", {"pair": photo.id})]


def part(services: Services, chosen: Sequence[Record]) -> None:
    """The pairs of these photos are pairs no more; the photos stay."""
    ids = {photo.id for photo in chosen if photo["pair"]}
    for photo in chosen:
        ids |= {other.id for other in services.book.find("photo", {"pair": photo.id})}

    def write(w: Writing) -> None:
        for one in sorted(ids):
            w.change("photo", one, {"pair": None})

    if ids:
        services.saving.write(write, types=_TYPES, title=_("Pair taken apart"))


def remove(services: Services, chosen: Sequence[Record]) -> None:
    """Into the bin, with a bar that brings them back."""
    ids = [photo.id for photo in chosen]
    if not ids:
        return
    text = ngettext("{n} photo was deleted.", "{n} photos were deleted.", len(ids)).format(n=len(ids))

    def write(w: Writing) -> str:
        photos.remove_photos(w, ids)
        return w.batch.id

    services.saving.write(
        write, types=_TYPES, act="bin", title=text, done=partial(_offer_undo, services, text)
    )


def _offer_undo(services: Services, text: str, batch: str) -> None:
    undo = partial(services.saving.undo, batch)
    services.tell(Notice(text, Tone.PLAIN, action=_("Undo"), do=undo))
