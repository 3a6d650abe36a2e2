"""The disk that fails when told to (shim.c): compiled, and handled by a process that it is loaded into."""

from __future__ import annotations

import ctypes
import hashlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.support.source import ROOT

SOURCE: Final = Path(__file__).with_name("shim.c")
WRITE, CREATE, TRUNCATE, SYNC, RENAME, UNLINK, MKDIR = (1 << bit for bit in range(7))
EVERY: Final = WRITE | CREATE | TRUNCATE | SYNC | RENAME | UNLINK | MKDIR
NEEDS_ROOM: Final = WRITE | CREATE | TRUNCATE | RENAME | MKDIR
COUNT, KILL, TEAR, FAIL, FAIL_SHORT = range(5)
_NO_LOG: Final = -1


def shim() -> Path:
    """The library, made if its source is new; LD_PRELOAD names it."""
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]
    made = ROOT / ".tools" / "faults" / f"shim-{digest}.so"
    if not made.exists():
        made.parent.mkdir(parents=True, exist_ok=True)
        fresh = made.with_suffix(f".{os.getpid()}")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", fresh, SOURCE], check=True)
        fresh.replace(made)
    return made


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at the change number ``at`` (from 1; 0 = never) of those ``kinds``.

    ``part``: how much of a torn or short write is done. ``sticky``: it happens at all later ones too.
    """

    mode: int = COUNT
    at: int = 0
    kinds: int = EVERY
    error: int = 0
    sticky: bool = False
    part: float = 0.5


class Disk:
    """The shim in this process."""

    def __init__(self) -> None:
        self._shim = ctypes.CDLL(None)
        self._shim.shim_arm.argtypes = (
            ctypes.c_char_p, ctypes.c_int, ctypes.c_long, ctypes.c_uint, ctypes.c_int, ctypes.c_int,
            ctypes.c_double, ctypes.c_int,
        )  # fmt: skip
        self._shim.shim_count.restype = ctypes.c_long
        self._shim.shim_note.argtypes = (ctypes.c_char_p,)

    def arm(self, folder: Path, fault: Fault, log: int = _NO_LOG) -> None:
        """Watch ``folder`` from now on; ``log`` is the descriptor changes are told to."""
        self._shim.shim_arm(
            os.fsencode(folder), fault.mode, fault.at, fault.kinds, fault.error, fault.sticky, fault.part, log
        )

    def rest(self) -> None:
        """Watch nothing."""
        self._shim.shim_arm(b"", COUNT, 0, 0, 0, 0, 0.0, _NO_LOG)

    def count(self) -> int:
        """How many changes there were since it was armed."""
        return int(self._shim.shim_count())

    def note(self, text: str) -> None:
        """Put a remark into the log."""
        self._shim.shim_note(text.encode())
