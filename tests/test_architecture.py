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

# What may be put into SQL text where it is run, besides constants; every value is bound instead
PARTS_OF_SQL = {
    "record_type.name": "a table of our own declarations",
    "', '.join(columns)": "columns of our own declarations",
    "table": "one of our own tables, named in the code",
    "conditions": "columns of our own declarations, each with a placeholder",
    "sql": "text made and checked where it is named",
    "pragma": "one of the checks named in the code",
    "marks": "placeholders, one for each bound value",
    "key.hex()": "PRAGMA key takes no bound value",
}


def test_every_import_contract_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_no_function_is_longer_than_a_screen() -> None:
    assert [each for each in functions() if each.lines > LONGEST_FUNCTION] == []


def test_most_functions_are_short() -> None:
    found = [each.lines for each in functions(*ROOMS)]
    assert median(found) <= 6
    assert percentile95(found) <= 30


def test_no_file_is_longer_than_can_be_overlooked() -> None:
    assert {place(file): lines for file, lines in lengths().items() if lines > LONGEST_FILE} == {}


def test_most_files_are_short() -> None:
    assert percentile95(list(lengths(*ROOMS).values())) <= USUAL_FILE


def test_every_folder_of_a_room_is_a_package() -> None:
    folders = {file.parent for file in python_files(*ROOMS)}
    assert [place(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


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


FOLDERS_THAT_MAY_BE_LOST = {
    "db/files.py": "makes them durable",
    "db/sites.py": "a lost mark costs a new site",
    "desktop/settings.py": "settings of the window",
    "desktop/crash.py": "reports of crashes",
}


def test_folders_are_made_so_that_a_power_cut_does_not_take_their_files_along() -> None:
    found = {
        place(file) for file in python_files(*ROOMS) for node in ast.walk(tree(file))
        if re.search(r"\.(mkdir|makedirs)$", _called(node))
    }
    assert found == set(FOLDERS_THAT_MAY_BE_LOST)


def _parts(statement: ast.expr) -> Iterator[str]:
    """What is put into the text of a statement; all of it where it is joined in another way."""
    if isinstance(statement, ast.JoinedStr):
        for part in statement.values:
            if isinstance(part, ast.FormattedValue):
                yield ast.unparse(part.value)
    elif isinstance(statement, ast.BinOp) or _called(statement).endswith(".format"):
        yield ast.unparse(statement)


def _parts_of_sql(file: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree(file)):
        runs_sql = re.search(r"\.(execute|executemany|executescript)$", _called(node))
        if isinstance(node, ast.Call) and runs_sql and node.args:
            yield from ((place(file, node), part) for part in _parts(node.args[0]))


def test_only_names_of_ours_are_put_into_sql() -> None:
    constant = re.compile(r"_?[A-Z][A-Z_]*")
    found = [each for file in python_files(*ROOMS) for each in _parts_of_sql(file)]
    assert [each for each in found if each[1] not in PARTS_OF_SQL and not constant.fullmatch(each[1])] == []


def test_every_silenced_check_says_why() -> None:
    silenced = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no)")
    named = r"noqa: [A-Z0-9, ]+|type:\s*ignore\[[a-z-, ]+\]|pragma: no (cover|branch)"
    explained = re.compile(rf"#\s*({named})\s+[-#–:(]*\s*\w+")
    assert [
        f"{place(file)}:{number}" for file in python_files()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if silenced.search(line) and not explained.search(line) and file != Path(__file__)
    ] == []


# Written in pieces, so that this file does not find itself
_FOREIGN = re.compile(
    "|".join([
        "/" + r"(work|root|home/(?!can_bo)\w+|Users/\w+|opt/\w+|tmp/bash_jobs)/\w", r"\." + "library",
        "pypi" + r"\.org", "python" + "hosted", "deb" + r"\.debian\.org", "npm" + r"js\.org",
        "(?<!no-emit-)(index" + "-url|find" + "-links)", "arti" + "factory", "BEGIN [A-Z ]*PRIVATE" + " KEY",
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
