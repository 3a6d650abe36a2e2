"""The process that the bad disk is loaded into; it is asked in lines of JSON and answers in such."""

from __future__ import annotations

import hashlib
import json
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from resources import use_language
from tests.faults import starts, trials
from tests.faults.bench import Bench
from tests.faults.of_books import KEPT_COPIES


def _quick_stretch(password: str, salt: bytes, _cost: object) -> bytes:
    """In place of argon2id, whose work is not what is tried here."""
    return hashlib.sha256(password.encode() + salt).digest()


_TRIALS: Final[Mapping[str, Callable[..., dict[str, Any]]]] = {
    "kill": trials.kill,
    "refuse": trials.refuse,
    "cut": trials.cut,
    "replayed": trials.replayed,
    "two programs started at once": starts.twice,
}


def _answer(bench: Bench, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        return _TRIALS[asked.pop("do")](bench, **asked)
    except Exception:  # noqa: BLE001 - told to the test, which fails of it
        return {"crash": traceback.format_exc()}


def main() -> None:
    """Answer until nobody asks any more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.keys._stretch", _quick_stretch)
        patch.setattr("db.backup.KEEP", KEPT_COPIES)
        use_language("en")
        bench = Bench(Path(sys.argv[1]))
        for line in sys.stdin:
            print(json.dumps(_answer(bench, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
