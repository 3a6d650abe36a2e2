"""The form of an operation: what it says, how it is sealed into its site's chain, how a value is forgotten.

One operation is one record's share of one write. The chain of a site hashes the hash before it, the plain
metadata, and for every value a salted commitment; values and salts are stored beside it. So a value can be
forgotten and the chain still verifies.
"""

from __future__ import annotations

import base64
from binascii import b2a_base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256, shake_128
from struct import Struct
from typing import Any, NamedTuple

import orjson

from db.records.definition import Value

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SALT = 16


class Head(NamedTuple):
    """One write of a field: the operation ``seq`` of ``site``."""

    site: str
    seq: int


class Erased(NamedTuple):
    """A forgotten value; its commitment keeps the chain whole."""

    commitment: str


Remembered = Value | Erased


class Change(NamedTuple):
    """What an operation says of one field, and which heads of it the writer saw and replaced."""

    before: Remembered
    after: Remembered
    replaces: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """One write by one person: all its operations share it, and it is undone as one."""

    id: str
    site: str
    actor: str
    at: str
    act: str
    title: str = ""
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation with its values. ``seen``: sites whose operations the writer had newly applied.

    ``salt``: 16 bytes from which all salts come; empty once something was forgotten, then ``salts`` holds
    the remaining ones, two a field (before, after).
    """

    site: str
    seq: int
    batch: Batch
    type: str
    record: str
    changes: Mapping[str, Change]
    seen: tuple[Head, ...] = ()
    salt: bytes = b""
    salts: Mapping[str, tuple[str, str]] | None = None
    hash: bytes = b""

    @property
    def head(self) -> Head:
        """How later operations refer to this one."""
        return Head(self.site, self.seq)

    @property
    def creates(self) -> bool:
        """Whether this operation made its record (the record is named after it)."""
        return self.record == record_id(self.site, self.seq)


def _json(data: object) -> bytes:
    return orjson.dumps(data, default=_plain)


def _plain(named: Head | Change | Erased) -> object:
    """What orjson does not write by itself, tuples with names: heads, changes, forgotten values."""
    return {"c": named.commitment} if isinstance(named, Erased) else tuple(named)


def record_id(site: str, seq: int) -> str:
    """The id of the record that operation ``seq`` of ``site`` creates, ``site.number`` in base 36."""
    digits = ""
    while seq:
        seq, rest = divmod(seq, 36)
        digits = _DIGITS[rest] + digits
    return f"{site}.{digits}"


def origin(record: str) -> Head:
    """The operation that created ``record``."""
    site, _, number = record.partition(".")
    return Head(site, int(number, 36))


@cache
def _pieces(count: int) -> Struct:
    return Struct(f"{_SALT}s" * count)


def field_salts(salt: bytes, names: Sequence[str]) -> Sequence[bytes]:
    """Two 16-byte salts a field (before, after), drawn from the operation's one."""
    cut = _pieces(2 * len(names))
    return cut.unpack(shake_128(salt).digest(cut.size))


def commitment(salt: bytes, value: Remembered) -> str:
    """H(salt‖value) in base64. An unstated value is no secret and has the commitment ``""``."""
    if value is None:
        return ""
    if isinstance(value, Erased):
        return value.commitment
    return _committed(salt, value)


def _committed(salt: bytes, value: int | str) -> str:
    return b2a_base64(sha256(salt + orjson.dumps(value)).digest(), newline=False).decode()


def _salts_of(operation: Operation, names: Sequence[str]) -> Sequence[bytes]:
    if operation.salts is None:
        return field_salts(operation.salt, names)
    texts = (text for name in names for text in operation.salts.get(name, ("", "")))
    return [base64.b64decode(text) for text in texts]


def chain_hash(previous: bytes, operation: Operation) -> bytes:
    """The hash that seals ``operation`` behind ``previous`` (empty for the first of a site)."""
    changes = operation.changes
    names = sorted(changes)
    salts = _salts_of(operation, names)
    fields = []
    for name, before_salt, after_salt in zip(names, salts[::2], salts[1::2], strict=True):
        before, after, replaces = changes[name]
        fields.append((name, commitment(before_salt, before), commitment(after_salt, after), replaces))
    o = operation
    return _chained(previous, o.batch, (o.site, o.seq), (o.type, o.record), o.seen, fields)


def _chained(
    previous: bytes,
    batch: Batch,
    place: tuple[str, int],
    record: tuple[str, str],
    seen: tuple[Head, ...],
    fields: list[tuple[Any, ...]],
) -> bytes:
    """The hash over all that an operation says. ``place``: its site and number; ``record``: type and id."""
    told = (batch.id, batch.actor, batch.at, batch.act, batch.title, batch.undoes)
    return sha256(previous + _json((*place, *told, *record, seen, fields))).digest()


def creation(
    previous: bytes,
    batch: Batch,
    place: tuple[str, int],
    record: tuple[str, str],
    seen: tuple[Head, ...],
    values: Mapping[str, int | str],
    salt: bytes,
) -> tuple[bytes, str]:
    """Hash and body of the operation that makes a record: no change has anything before it.

    The same as of an :class:`Operation` that says so, without making its parts: nearly all that is ever
    written makes records. ``place`` and ``record`` as in the hash: site and number, type and id.
    """
    names = sorted(values)
    salts = field_salts(salt, names)[1::2]
    fields = [(name, "", _committed(own, values[name]), ()) for name, own in zip(names, salts, strict=True)]
    body = _body({name: (None, value) for name, value in values.items()}, salt)
    return _chained(previous, batch, place, record, seen, fields), body


def sealed(previous: bytes, operation: Operation) -> Operation:
    """The operation with its hash."""
    o = operation
    # written out: this runs once for every row of an import
    return Operation(
        o.site, o.seq, o.batch, o.type, o.record, o.changes, o.seen, o.salt, o.salts, chain_hash(previous, o)
    )


def without(operation: Operation, fields: frozenset[str]) -> Operation:
    """The operation with the values and salts of ``fields`` forgotten; its hash stays what it was."""
    names = sorted(operation.changes)
    if not fields & set(names):
        return operation
    salts = _salts_of(operation, names)
    changes: dict[str, Change] = {}
    kept: dict[str, tuple[str, str]] = {}
    for place, name in enumerate(names):
        before, after = salts[2 * place], salts[2 * place + 1]
        change = operation.changes[name]
        if name in fields:
            change = change._replace(
                before=_forgotten(before, change.before), after=_forgotten(after, change.after)
            )
        else:
            kept[name] = (base64.b64encode(before).decode(), base64.b64encode(after).decode())
        changes[name] = change
    return replace(operation, changes=changes, salt=b"", salts=kept)


def _forgotten(salt: bytes, value: Remembered) -> Remembered:
    return None if value is None else Erased(commitment(salt, value))


# How an operation is stored and travels. A forgotten value is {"c": commitment}.


def body_text(operation: Operation) -> str:
    """Salts and changes as JSON text: ``{"f": {field: [before, after, replaces]}, "s": salt}``.

    Where nothing was replaced a field has two parts.
    """
    fields = {name: change if change[2] else change[:2] for name, change in operation.changes.items()}
    if operation.salts is None:
        return _body(fields, operation.salt)
    return _json({"f": fields, "k": operation.salts}).decode()


def _body(fields: Mapping[str, tuple[Any, ...]], salt: bytes) -> str:
    return _json({"f": fields, "s": b2a_base64(salt, newline=False).decode()}).decode()


def body_parts(text: str) -> tuple[bytes, Mapping[str, tuple[str, str]] | None, dict[str, Change]]:
    """Salt, salts and changes of a body; ValueError where it is not one."""
    data = orjson.loads(text)
    try:
        changes = {str(name): _unpacked(packed) for name, packed in data["f"].items()}
        salts = {str(n): (str(b), str(a)) for n, (b, a) in data["k"].items()} if "k" in data else None
        salt = b"" if salts is not None else base64.b64decode(data["s"], validate=True)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not the body of an operation") from error
    return salt, salts, changes


def _unpacked(packed: list[Any]) -> Change:
    before, after, *rest = packed
    replaces = _heads(rest[0]) if rest else ()
    return Change(_remembered(before), _remembered(after), replaces)


def _heads(told: Iterable[Any]) -> tuple[Head, ...]:
    return tuple(Head(str(site), _number(seq)) for site, seq in told)


def _number(told: Any) -> int:
    if type(told) is not int or not 0 < told < 2**53:
        raise ValueError("not the number of an operation")
    return told


def _remembered(value: Any) -> Remembered:
    if isinstance(value, dict):
        return Erased(str(value["c"]))
    if value is None or (isinstance(value, (int, str)) and not isinstance(value, bool)):
        return value
    raise ValueError("a value is text, a whole number or nothing")


def to_wire(operation: Operation) -> str:
    """One line of JSON: the operation as it travels, forgotten values included as such."""
    batch = operation.batch
    return _json(
        {
            "site": operation.site,
            "seq": operation.seq,
            "batch": [batch.id, batch.site, batch.actor, batch.at, batch.act, batch.title, batch.undoes],
            "type": operation.type,
            "record": operation.record,
            "seen": operation.seen,
            "body": body_text(operation),
            "hash": operation.hash.hex(),
        }
    ).decode()


def from_wire(line: str) -> Operation:
    """The operation in a line of JSON; ValueError where it is not one."""
    data = orjson.loads(line)
    try:
        salt, salts, changes = body_parts(data["body"])
        identity, site, actor, at, act, title, undoes = data["batch"]
        return Operation(
            site=str(data["site"]),
            seq=_number(data["seq"]),
            batch=Batch(
                str(identity), str(site), str(actor), str(at), str(act), str(title),
                None if undoes is None else str(undoes),
            ),
            type=str(data["type"]),
            record=_checked_id(data["record"]),
            changes=changes,
            seen=_heads(data["seen"]),
            salt=salt,
            salts=salts,
            hash=bytes.fromhex(data["hash"]),
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not an operation") from error


def _checked_id(record: str) -> str:
    """An id in its one form; ValueError for anything else."""
    site, seq = origin(record)
    if not site or record_id(site, _number(seq)) != record:
        raise ValueError("not the id of a record")
    return record
