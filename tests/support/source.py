"""The project's own source, for the tests of its shape; ``python -m tests.support.source`` prints sizes."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
ROOMS: Final = ("resources", "db", "forms", "desktop")
_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Function:
    """One function: where it stands and how many lines it has, docstring included, decorators not."""

    place: str
    lines: int


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps or would keep, absolute."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout
    return tuple(file for name in sorted(listed.split("\0")) if name and (file := ROOT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    """The Python files of some folders of the root, of all if none is named."""
    wanted = [ROOT / folder for folder in folders] or [ROOT]
    return [
        file for file in tracked()
        if file.suffix == ".py" and any(file.is_relative_to(folder) for folder in wanted)
    ]


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def place(file: Path, node: ast.AST | None = None) -> str:
    """``db/store.py:12``, to be clicked on."""
    name = file.relative_to(ROOT).as_posix()
    return f"{name}:{node.lineno}" if node is not None and hasattr(node, "lineno") else name


def functions(*folders: str) -> Iterator[Function]:
    """Every function and method of some folders."""
    for file in python_files(*folders):
        for node in ast.walk(tree(file)):
            if isinstance(node, _FUNCTIONS):
                yield Function(f"{place(file, node)} {node.name}", (node.end_lineno or 0) - node.lineno + 1)


def lengths(*folders: str) -> dict[Path, int]:
    """How many lines each Python file of some folders has."""
    return {file: len(file.read_text(encoding="utf-8").splitlines()) for file in python_files(*folders)}


def percentile95(values: list[int]) -> float:
    """The value that 95 % of the values do not exceed."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else float(sum(values))


def report() -> str:
    """One line for each room and the tests: files and functions, how long."""
    rows = []
    for folder in (*ROOMS, "installer", "tests"):
        files, found = list(lengths(folder).values()), [each.lines for each in functions(folder)]
        if files and found:
            rows.append(
                f"{folder:10} {len(files):4} files {sum(files):6} lines, p95 {percentile95(files):4.0f},"
                f" max {max(files):4}; {len(found):5} functions, median {median(found):3.0f},"
                f" p95 {percentile95(found):3.0f}, max {max(found):3}"
            )
    return "\n".join(rows)


if __name__ == "__main__":
    print(report())
