"""The laws of the house: which room may use which, how long things may be, what is never written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from importlinter.cli import lint_imports

from tests.support.source import (
    ROOMS,
    ROOT,
    functions,
    lengths,
    percentile95,
    place,
    python_files,
    tracked,
    tree,
)

LONGEST_FUNCTION = 60
LONGEST_FILE = 500
USUAL_FILE = 400

# Folders where a name is put into SQL text: names come from our own declarations, values are always bound
SQL_MADE_OF_OUR_NAMES = {
    "db/engine.py": "PRAGMA key takes no bound value",
    "db/migrations": "tables and columns come from the record declarations",
    "db/privacy.py": "names of our own search tables",
}


def test_every_import_contract_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_no_function_is_longer_than_a_screen() -> None:
    assert [each for each in functions() if each.lines > LONGEST_FUNCTION] == []


def test_most_functions_are_short() -> None:
    found = [each.lines for each in functions(*ROOMS)]
    assert median(found) <= 8
    assert percentile95(found) <= 30


def test_no_file_is_longer_than_can_be_overlooked() -> None:
    assert {place(file): lines for file, lines in lengths().items() if lines > LONGEST_FILE} == {}


def test_most_files_are_short() -> None:
    assert percentile95(list(lengths(*ROOMS).values())) <= USUAL_FILE


def test_every_module_says_its_job() -> None:
    assert [place(file) for file in python_files() if ast.get_docstring(tree(file)) is None] == []


def _late_imports(file: Path) -> Iterator[str]:
    for function in ast.walk(tree(file)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            if file.name == "__init__.py" and getattr(function, "name", "") == "__getattr__":
                continue
            yield from (
                place(file, node) for node in ast.walk(function)
                if isinstance(node, ast.Import | ast.ImportFrom) or _called(node) in _IMPORTERS
            )


_IMPORTERS = {"__import__", "import_module", "importlib.import_module"}


def _called(node: ast.AST) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def test_imports_stand_at_the_top_or_in_a_door() -> None:
    assert [late for file in python_files(*ROOMS, "installer") for late in _late_imports(file)] == []


def test_no_test_sleeps() -> None:
    waits = re.compile(r"(^|\.)(sleep|qWait|qSleep)$|^qtbot\.wait$")
    assert [
        place(file, node) for file in python_files("tests") for node in ast.walk(tree(file))
        if waits.search(_called(node))
    ] == []


def _is_put_together(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    return isinstance(node, ast.BinOp) or _called(node).endswith(".format")


def _patched_statements(file: Path) -> Iterator[str]:
    for node in ast.walk(tree(file)):
        runs_sql = re.search(r"\.(execute|executemany|executescript|query)$", _called(node))
        if isinstance(node, ast.Call) and runs_sql and node.args and _is_put_together(node.args[0]):
            yield place(file, node)


def test_sql_is_not_put_together_where_it_is_run() -> None:
    found = [spot for file in python_files(*ROOMS) for spot in _patched_statements(file)]
    assert [spot for spot in found if not spot.startswith(tuple(SQL_MADE_OF_OUR_NAMES))] == []


def test_every_silenced_check_says_why() -> None:
    silenced = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no)")
    named = r"noqa: [A-Z0-9, ]+|type:\s*ignore\[[a-z-, ]+\]|pragma: no (cover|branch)"
    explained = re.compile(rf"#\s*({named})\s*[-#–:(]+\s*\w+")
    assert [
        f"{place(file)}:{number}" for file in python_files()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if silenced.search(line) and not explained.search(line) and file != Path(__file__)
    ] == []


# Written in pieces, so that this file does not find itself
_FOREIGN = re.compile(
    "|".join([
        "/" + r"(work|root|home/\w+|Users/\w+|opt/\w+|tmp/bash_jobs)/\w", r"\." + "library",
        "pypi" + r"\.org", "python" + "hosted", "deb" + r"\.debian\.org", "npm" + r"js\.org",
        "index" + "-url", "find" + "-links", "arti" + "factory", "BEGIN [A-Z ]*PRIVATE" + " KEY",
    ])
)


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    try:
        yield from enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    except UnicodeDecodeError:
        return


def test_no_tracked_file_names_a_machine_a_registry_or_a_key() -> None:
    assert [
        f"{place(file)}:{number} {found.group()}" for file in tracked() for number, line in _lines(file)
        if (found := _FOREIGN.search(line))
    ] == []


def test_every_locked_library_carries_a_hash() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9-]+==\S+ \\\n    --hash=sha256:", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[a-z0-9][^ ]*==", text, re.MULTILINE)) > 0, lock.name
