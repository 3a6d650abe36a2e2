"""A demo book made once by the command itself, and a way to run commands in this process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from tests.support.books import own_state

PASSWORD = "mat-khau-thu"
DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        parsed = json.loads(self.out)
        assert isinstance(parsed, dict)
        return parsed


@dataclass(frozen=True, slots=True)
class Shell:
    """Runs commands; the book's password is in the variable P, the key file's in K."""

    capture: pytest.CaptureFixture[str]

    def run(self, *words: str | Path) -> Ran:
        """Run one command."""
        self.capture.readouterr()
        code = main([str(word) for word in words])
        printed = self.capture.readouterr()
        return Ran(code, printed.out, printed.err)

    def on(self, book: Path, command: str, *words: str | Path) -> Ran:
        """Run one command on a book and ask for JSON."""
        return self.run(command, book, *words, "--password-env", "P", "--json")


@pytest.fixture(autouse=True)
def _surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("P", PASSWORD)
    monkeypatch.setenv("K", "thu-nghiem-2026")
    with own_state(tmp_path / "state"):
        yield


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """Commands run in this process."""
    return Shell(capsys)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty district book and a small demo book, each made by its command."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch, own_state(folder / "state"):
        patch.setenv("P", PASSWORD)
        unit = ["--unit-code", "Q01", "--unit-name", "Quận Thử Nghiệm", "--unit-kind", "district"]
        assert main(["new", str(folder / "empty.danvan"), *unit, "--password-env", "P", "--json"]) == 0
        words = ["demo", str(folder / "demo.danvan"), "--models", "12", "--password-env", "P", "--json"]
        assert main(words) == 0
    return folder


def _copy(made: Path, name: str, tmp_path: Path) -> Path:
    for file in made.iterdir():
        if file.is_file():
            shutil.copyfile(file, tmp_path / file.name)
        elif file.suffix == ".photos":
            shutil.copytree(file, tmp_path / file.name, dirs_exist_ok=True)
    return tmp_path / name


@pytest.fixture
def empty(made: Path, tmp_path: Path) -> Path:
    """An empty book of a district."""
    return _copy(made, "empty.danvan", tmp_path)


@pytest.fixture
def demo(made: Path, tmp_path: Path) -> Path:
    """A demo book of twelve models, with its practice key, root and list beside it."""
    return _copy(made, "demo.danvan", tmp_path)
