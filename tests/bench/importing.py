"""50,000 contributions out of a workbook, against reading it and writing the bytes that the import leaves."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from math import inf
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter

from db import RECORD_TYPES, Book
from db.engine import Connection, connect
from db.search_index import SearchRow, search_row
from forms import spreadsheets
from tests.bench.lines import Line, by_turns, timed
from tests.support.books import Template, make_template

Row = tuple[Any, ...]

ROWS, MODELS = 50_000, 200
_SEARCHED = ("model", "registration", "contribution")
_TABLES = ("batch", "operation", *_SEARCHED)
_MODEL = ("Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân")
_GIVEN = ("Mã mô hình", "Người/đơn vị đóng góp", "Hình thức", "Số lượng", "Ngày", "Số phiếu thu")


def measure(folder: Path) -> Iterator[Line]:
    """All start from the file and end with a transaction that is on the disk.

    The floor is calamine reading the file, and a plain ``executemany`` of exactly the rows that our import
    leaves in the book, table by table, into a copy of the same empty book: same cipher, same indexes, one
    transaction. The rows are taken beforehand from a book into which the file was imported. The second
    floor is harder than anything that keeps a journal, indexes and a search index could be: the cells
    alone, as text, in tables without an index.
    """
    file = _workbook(folder / "dong-gop.xlsx")
    template = make_template(folder)
    left = _left_by_import(template, file, folder / "beforehand.danvan")
    count = itertools.count()
    what = "import of 50,000 contributions ÷ calamine + executemany of the"
    ours, floor = by_turns(
        lambda: _ours(template, file, folder / f"ours{next(count)}.danvan"),
        lambda: _same_rows(template, file, folder / f"rows{next(count)}.danvan", left),
        3,
    )
    yield Line(f"{what} same bytes", ours, "s", 2.5, floor)
    cells = min(timed(lambda: _cells_alone(file, folder / f"cells{next(count)}.db")) for _round in range(3))
    yield Line(f"{what} cells alone", ours, "s", inf, cells)


def _workbook(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        models = book.add_worksheet("Mô hình")
        models.write_row(0, 0, _MODEL)
        for at in range(1, MODELS + 1):
            row = (f"MH{at:03}", f"Đường hoa ngõ {at}", 2024, "Kinh tế", "Tập thể")
            models.write_row(at, 0, row)
        given = book.add_worksheet("Đóng góp")
        given.write_row(0, 0, _GIVEN)
        for at in range(1, ROWS + 1):
            day = f"{at % 28 + 1:02}/{at % 12 + 1:02}/2024"
            amount = (at % 40 + 1) * 50_000
            model, who = f"MH{at % MODELS + 1:03}", f"Hộ ông Trần Văn Bình {at}"
            given.write_row(at, 0, (model, who, "Tiền mặt", amount, day, f"PT{at:05}"))
    return path


def _ours(template: Template, file: Path, target: Path) -> float:
    with template.copy_to(target) as book:
        return timed(lambda: _import(book, file))


def _import(book: Book, file: Path) -> None:
    workbook = spreadsheets.read_workbook(file)
    result = spreadsheets.land(spreadsheets.plan(workbook, book, book.now().date()), book, "do")
    if not result.landed:
        raise RuntimeError(result.refused[:3])


def _read(file: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    book = python_calamine.CalamineWorkbook.from_path(file)
    for name in book.sheet_names:
        yield name, book.get_sheet_by_name(name).to_python()


def _left_by_import(template: Template, file: Path, path: Path) -> dict[str, list[Row]]:
    """By table the rows that an import of ``file`` leaves, all of them; ``INSERT`` puts them there again."""
    with template.copy_to(path) as book:
        before = {name: set(_rows(book.connection, name)) for name in _TABLES}
        _import(book, file)
        left = {name: [r for r in _rows(book.connection, name) if r not in before[name]] for name in _TABLES}
        found = [row for each in _SEARCHED for row in _index_rows(book, each)]
    left["search_name (rowid, words)"] = [(row.address, row.name) for row in found if row.name]
    left["search_text (rowid, words)"] = [(row.address, row.text) for row in found if row.text]
    return {name: rows for name, rows in left.items() if rows}


def _rows(connection: Connection, table: str) -> list[Row]:
    return connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - names declared


def _index_rows(book: Book, name: str) -> Iterator[SearchRow]:
    declared = RECORD_TYPES[name]
    fields = ("row", *declared.columns)
    for row, *values in book.rows(name, fields):
        found = search_row(declared, row, dict(zip(declared.columns, values, strict=True)))
        if found:
            yield found


def _same_rows(template: Template, file: Path, path: Path, left: Mapping[str, list[Row]]) -> float:
    template.copy_to(path).close()
    connection = connect(path, template.key)
    try:
        return timed(lambda: _write(file, connection, left))
    finally:
        connection.close()


def _write(file: Path, connection: Connection, left: Mapping[str, list[Row]]) -> None:
    for _sheet in _read(file):
        pass
    connection.execute("BEGIN IMMEDIATE")
    for table, rows in left.items():
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - as above
    connection.execute("COMMIT")


def _cells_alone(file: Path, target: Path) -> None:
    connection = connect(target, bytes(32), create=True)
    for number, (_name, cells) in enumerate(_read(file)):
        rows = [[str(cell) for cell in row] for row in cells]
        width = len(rows[0])
        connection.execute(f"CREATE TABLE t{number} ({', '.join(f'c{n}' for n in range(width))})")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO t{number} VALUES ({', '.join('?' * width)})", rows)  # noqa: S608 - as above
        connection.execute("COMMIT")
    connection.close()
