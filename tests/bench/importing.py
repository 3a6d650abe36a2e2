"""50,000 contributions out of a workbook, against reading it and writing the same bytes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import python_calamine
import xlsxwriter

from db import Book
from db.engine import connect
from forms import spreadsheets
from tests.bench.lines import Line, by_turns, timed
from tests.support.books import Template, make_template

ROWS, MODELS = 50_000, 200
_MODEL = ("Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân")
_GIVEN = ("Mã mô hình", "Người/đơn vị đóng góp", "Hình thức", "Số lượng", "Ngày", "Số phiếu thu")


def measure(folder: Path) -> Iterator[Line]:
    """Both start from the file and end with everything on the disk."""
    file = _workbook(folder / "dong-gop.xlsx")
    template = make_template(folder)
    count = itertools.count()
    ours, floor = by_turns(
        lambda: _ours(template, file, folder / f"ours{next(count)}.danvan"),
        lambda: timed(lambda: _floor(file, folder / f"floor{next(count)}.db")),
        3,
    )
    yield Line("import of 50,000 contributions ÷ calamine + executemany", ours, "s", 2.5, floor)


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


def _floor(file: Path, target: Path) -> None:
    book = python_calamine.CalamineWorkbook.from_path(file)
    connection = connect(target, bytes(32), create=True)
    for name in book.sheet_names:
        rows = [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        table, width = f"t{book.sheet_names.index(name)}", len(rows[0])
        connection.execute(f"CREATE TABLE {table} ({', '.join(f'c{n}' for n in range(width))})")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)  # noqa: S608 - names made here
        connection.execute("COMMIT")
    connection.close()
