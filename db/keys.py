"""The data key of a book and its slots: each account and the recovery sheet wrap the same random key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.errors import KeysMissingError, WeakPasswordError, WrongPasswordError
from db.files import write_whole

ACCOUNT, RECOVERY = "account", "recovery"
LEAST_LENGTH = 8
_KIB = 1024
_FORMAT = 1
_SALT, _NONCE = 16, 12


@dataclass(frozen=True, slots=True)
class Cost:
    """Work of argon2id: passes, memory in KiB, lanes."""

    time_cost: int = 3
    memory_cost: int = 64 * _KIB
    parallelism: int = 4

    def acceptable(self) -> bool:
        """A slot file may ask neither for less work than the floor nor for more than a small PC has."""
        return (
            3 <= self.time_cost <= 20
            and 64 * _KIB <= self.memory_cost <= 256 * _KIB
            and 1 <= self.parallelism <= 8
        )


@dataclass(frozen=True, slots=True)
class Slot:
    """One wrapped copy of the data key. Binary parts are base64."""

    name: str
    kind: str
    cost: Cost
    salt: str
    nonce: str
    wrapped: str


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The slots of a book and a seal over them made with the data key."""

    book: str
    slots: tuple[Slot, ...]
    seal: str = ""


def new_key() -> bytes:
    """A random 32-byte data key."""
    return secrets.token_bytes(32)


def derive(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose (photos, slots, thumbnails), derived from the data key."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"danvan {purpose}".encode()).derive(key)


def check_password(password: str) -> None:
    """Refuse a password shorter than LEAST_LENGTH characters (WeakPasswordError)."""
    if len(unicodedata.normalize("NFKC", password)) < LEAST_LENGTH:
        raise WeakPasswordError(LEAST_LENGTH)


def _stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    typed = unicodedata.normalize("NFKC", password).encode()
    return hash_secret_raw(typed, salt, cost.time_cost, cost.memory_cost, cost.parallelism, 32, Type.ID)


def _bound(book: str, slot: Slot) -> bytes:
    return json.dumps([book, slot.name, slot.kind, asdict(slot.cost)], sort_keys=True).encode()


def wrap(key: bytes, book: str, name: str, kind: str, password: str, cost: Cost | None = None) -> Slot:
    """A slot that opens ``key`` with ``password``; its name, kind, cost and book are bound to it."""
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    slot = Slot(name, kind, cost or Cost(), _text(salt), _text(nonce), "")
    sealed = AESGCM(_stretch(password, salt, slot.cost)).encrypt(nonce, key, _bound(book, slot))
    return replace(slot, wrapped=_text(sealed))


def unwrap(slot: Slot, book: str, password: str) -> bytes:
    """The data key; WrongPasswordError for a wrong password or a swapped or weakened slot."""
    if not slot.cost.acceptable():
        raise WrongPasswordError
    stretched = _stretch(password, _bytes(slot.salt), slot.cost)
    try:
        return AESGCM(stretched).decrypt(_bytes(slot.nonce), _bytes(slot.wrapped), _bound(book, slot))
    except InvalidTag:
        raise WrongPasswordError from None


def sealed(ring: KeyRing, key: bytes) -> KeyRing:
    """The ring with its seal made anew."""
    return replace(ring, seal=_seal(ring, key))


def _seal(ring: KeyRing, key: bytes) -> str:
    plain = json.dumps([ring.book, [asdict(slot) for slot in ring.slots]], sort_keys=True).encode()
    return _text(hmac.digest(derive(key, "slots"), plain, hashlib.sha256))


def unlock(ring: KeyRing, password: str) -> tuple[bytes, Slot]:
    """The data key and the slot that gave it. Every slot is tried: the clerk types no account name."""
    for slot in ring.slots:
        typed = recovery_typed(password) if slot.kind == RECOVERY else password
        try:
            key = unwrap(slot, ring.book, typed)
        except WrongPasswordError:
            continue
        if not hmac.compare_digest(_seal(ring, key), ring.seal):
            raise WrongPasswordError
        return key, slot
    raise WrongPasswordError


def with_password(ring: KeyRing, key: bytes, name: str, password: str, cost: Cost | None = None) -> KeyRing:
    """The ring with the account ``name`` added, or its password replaced."""
    check_password(password)
    others = tuple(slot for slot in ring.slots if slot.name != name)
    mine = wrap(key, ring.book, name, ACCOUNT, password, cost)
    return sealed(replace(ring, slots=(mine, *others)), key)


# The recovery sheet: 140 random bits as seven groups of four letters, closed by a check group.

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OILU", "011V")
GROUPS = 8


def new_recovery_code() -> str:
    """Eight groups of four letters without I, L, O and U; the last one checks the others."""
    data = "".join(secrets.choice(_LETTERS) for _ in range(4 * (GROUPS - 1)))
    return "-".join(_groups(data + _check(data)))


def _groups(letters: str) -> Iterable[str]:
    return (letters[at : at + 4] for at in range(0, len(letters), 4))


def _check(data: str) -> str:
    digest = hashlib.sha256(data.encode()).digest()
    return "".join(_LETTERS[byte % 32] for byte in digest[:4])


def recovery_typed(text: str) -> str:
    """A recovery code as typed (spaces, small letters, O for 0) in its one form; other text unchanged."""
    letters = "".join(c for c in text.upper().translate(_ALIKE) if c.isalnum())
    right = len(letters) == 4 * GROUPS and _check(letters[:-4]) == letters[-4:]
    return "-".join(_groups(letters)) if right else text


def last_group(code: str) -> str:
    """The group the clerk types back to show that the sheet is at hand."""
    return code.rpartition("-")[2]


# The file beside the book, kept twice: one damaged file must not lock the office out.


def key_files(book: Path) -> tuple[Path, Path]:
    """The key file of a book and its second copy."""
    return book.with_name(f"{book.name}.keys"), book.with_name(f"{book.name}.keys2")


def write_ring(book: Path, ring: KeyRing) -> None:
    """Write both copies, one after the other, each whole; the sum in them tells a damaged one."""
    data = {"format": _FORMAT, **asdict(ring)}
    content = json.dumps({**data, "sum": checksum(data)}, indent=1, sort_keys=True).encode()
    for path in key_files(book):
        write_whole(path, content)


def read_ring(book: Path) -> KeyRing:
    """The first copy that is whole; KeysMissingError when there is none."""
    for path in key_files(book):
        ring = _whole_ring(path)
        if ring is not None:
            return ring
    raise KeysMissingError(key_files(book)[0])


def mend(book: Path, ring: KeyRing) -> None:
    """Write both copies anew where one is missing, damaged or older than ``ring``."""
    if any(_whole_ring(path) != ring for path in key_files(book)):
        write_ring(book, ring)


def checksum(data: Mapping[str, object]) -> str:
    """Tells a damaged copy from a whole one; against tampering stands the seal."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _whole_ring(path: Path) -> KeyRing | None:
    try:
        data = json.loads(path.read_bytes())
        told = data.pop("sum")
        return _ring(data) if told == checksum(data) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _ring(data: dict[str, object]) -> KeyRing:
    slots = data["slots"]
    if data["format"] != _FORMAT or not isinstance(slots, list):
        raise ValueError(data["format"])
    return KeyRing(str(data["book"]), tuple(map(_slot, slots)), str(data["seal"]))


def _slot(data: dict[str, Any]) -> Slot:
    """ValueError where a part is not of its kind; what it may ask for is decided when it is opened."""
    cost = Cost(**data["cost"])
    slot = Slot(**{**data, "cost": cost})
    if not all(type(number) is int for number in asdict(cost).values()):
        raise ValueError(data)
    if len(_bytes(slot.salt)) != _SALT or len(_bytes(slot.nonce)) != _NONCE or not _bytes(slot.wrapped):
        raise ValueError(data)
    return slot


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
