"""Photos of a book: in, kept apart and encrypted, small ones for the screen, checked, copied, forgotten.

For the other rooms (all of it may be called from a worker with that thread's own connection):

- ``add_photos(book, files, *, model, stage, taken_on=None, caption=None, activity=None, step=...)``
  ``-> PhotosAdded``
- ``picture(book, hash) -> bytes``: the JPEG; PhotoMissingError, PhotoDamagedError (``db.photo_store``)
- ``thumbnail(book, hash, side) -> bytes``: JPEG of 160 or 320 pixels; ``Thumbnails(book).get`` for many
- ``missing(book) -> list[Record]``: live photos whose file is not there
- ``pairs(book, model) -> [(earlier, later)]``; ``set_pair(write, earlier, later)``
- ``remove_photos(write, ids)``: into the bin, undone like anything else; ``erase_photo(book, actor, id)``
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import lazy_loader

if TYPE_CHECKING:
    from db.photos.adding import AddedPhoto as AddedPhoto
    from db.photos.adding import KnownPhoto as KnownPhoto
    from db.photos.adding import PhotosAdded as PhotosAdded
    from db.photos.adding import add_photos as add_photos
    from db.photos.adding import put_photo as put_photo
    from db.photos.checking import check_photos as check_photos
    from db.photos.export import PhotosExported as PhotosExported
    from db.photos.export import export_photos as export_photos
    from db.photos.forgetting import erase_photo as erase_photo
    from db.photos.incoming import RefusedPhoto as RefusedPhoto
    from db.photos.reading import Thumbnails as Thumbnails
    from db.photos.reading import picture as picture
    from db.photos.reading import thumbnail as thumbnail
    from db.photos.records import missing as missing
    from db.photos.records import pairs as pairs
    from db.photos.records import remove_photos as remove_photos
    from db.photos.records import set_pair as set_pair
    from db.photos.scenes import draw_scene as draw_scene

# Decoding pictures takes libraries that no window needs to be painted: each name is fetched when first used.
__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "adding": ["AddedPhoto", "KnownPhoto", "PhotosAdded", "add_photos", "put_photo"],
        "checking": ["check_photos"],
        "export": ["PhotosExported", "export_photos"],
        "forgetting": ["erase_photo"],
        "incoming": ["RefusedPhoto"],
        "reading": ["Thumbnails", "picture", "thumbnail"],
        "records": ["missing", "pairs", "remove_photos", "set_pair"],
        "scenes": ["draw_scene"],
    },
)
