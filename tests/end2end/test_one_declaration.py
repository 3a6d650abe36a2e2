"""A field takes its declaration, one step of the schema and its translation: the guide done on a copy."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.support.books import add_contribution, add_model, add_registration, make_template, own_state
from tests.support.source import ROOMS, ROOT

GUIDE: Final = ROOT / "docs" / "adding-a-field.md"
LOOKED_AT: Final = "tests/desktop/added_fields.py"
_COPIED: Final = (
    *ROOMS, "installer", "tests/support", "tests/conftest.py", "tests/desktop/conftest.py", "pyproject.toml",
)  # fmt: skip
_DIFF: Final = re.compile(r"^```diff\n--- (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_JSON: Final = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# Of the other kinds, beside those of the guide: what is put before which line of which file
_MORE: Final = {
    "db/records/models.py": (
        '        SOURCE_KEY,\n    ),\n    title="title",\n',
        '        Field("tried_on", Kind.DATE, N_("Tried on"), "Ngày thử", group="8"),\n'
        '        Field("budget_vnd", Kind.MONEY, N_("Budget (đồng)"), "Kinh phí", group="7"),\n'
        '        Field("is_pilot", Kind.FLAG, N_("Pilot"), "Thí điểm (x)", group="more"),\n'
        '        Field("watched_by", Kind.CHOICE, N_("Watched by"), "Cấp theo dõi", choices="level"),\n',
    ),
    "db/records/contributions.py": (
        '        SOURCE_KEY,\n    ),\n    title="contributor",\n',
        '        Field("pledged_on", Kind.DATE, N_("Pledged on"), "Ngày hứa"),\n'
        '        Field("fee_vnd", Kind.MONEY, N_("Fee (đồng)"), "Chi phí"),\n'
        '        Field("is_thanked", Kind.FLAG, N_("Thanked"), "Đã cảm ơn (x)"),\n'
        '        Field("confirmed_by", Kind.CHOICE, N_("Confirmed by"), "Cấp xác nhận", choices="level"),\n',
    ),
    "db/records/units.py": (
        '    ),\n    title="name",\n    sheet="Đơn vị",\n',
        '        Field("nickname", Kind.TEXT, N_("Nickname"), "Tên thường gọi"),\n',
    ),
    "db/migrations/step_9999.py": (
        ")\n",
        '    "ALTER TABLE org_unit ADD COLUMN nickname TEXT",\n'
        '    "ALTER TABLE model ADD COLUMN tried_on TEXT",\n'
        '    "ALTER TABLE model ADD COLUMN budget_vnd INTEGER",\n'
        '    "ALTER TABLE model ADD COLUMN is_pilot INTEGER",\n'
        '    "ALTER TABLE model ADD COLUMN watched_by TEXT",\n'
        '    "ALTER TABLE contribution ADD COLUMN pledged_on TEXT",\n'
        '    "ALTER TABLE contribution ADD COLUMN fee_vnd INTEGER",\n'
        '    "ALTER TABLE contribution ADD COLUMN is_thanked INTEGER",\n'
        '    "ALTER TABLE contribution ADD COLUMN confirmed_by TEXT",\n',
    ),
}  # fmt: skip
_MORE_WORDS: Final = {
    "Tried on": "Ngày thử",
    "Budget (đồng)": "Kinh phí",
    "Pilot": "Thí điểm (x)",
    "Watched by": "Cấp theo dõi",
    "Pledged on": "Ngày hứa",
    "Fee (đồng)": "Chi phí",
    "Thanked": "Đã cảm ơn (x)",
    "Confirmed by": "Cấp xác nhận",
    "Nickname": "Tên thường gọi",
}


def _edit(file: Path, before: str, after: str) -> None:
    """Replace the one place in a file; where nothing was there before, the file is new."""
    if before:
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1, f"{GUIDE.name}: {file.name} has not one place like this:\n{before}"
        after = text.replace(before, after)
    file.write_text(after, encoding="utf-8")


def _sides(diff: str) -> Iterator[str]:
    """The text before and after the lines of a diff."""
    for sign in "-+":
        yield "".join(f"{line[1:]}\n" for line in diff.splitlines() if line[:1] in ("", " ", sign))


def follow_the_guide(program: Path) -> None:
    """Do in the copy what the guide says, and the same for fields of the other kinds."""
    text = GUIDE.read_text(encoding="utf-8")
    for name, diff in _DIFF.findall(text):
        _edit(program / name, *_sides(diff))
    for name, (before, new) in _MORE.items():
        _edit(program / name, before, new + before)
    words = program / "slogan.json"
    (said,) = _JSON.findall(text)
    words.write_text(json.dumps({**json.loads(said), **_MORE_WORDS}), encoding="utf-8")
    _run(program, "installer/catalogues.py", words.name)
    locale = str(program / "resources" / "locale")
    _run(program, "-m", "babel.messages.frontend", "--quiet", "compile", "-D", "danvan", "-d", locale)


def copy_program(program: Path) -> None:
    """Our own source, and what looks at the fields as a test of the copy."""
    for name in _COPIED:
        source, copied = ROOT / name, program / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copied, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, copied)
    shutil.copyfile(ROOT / LOOKED_AT, program / "tests" / "desktop" / "test_added_fields.py")


def book_of_today(folder: Path) -> dict[str, str]:
    """A book made by the program as it is; where it is and its key."""
    with own_state(folder / "state"):
        made = make_template(folder)
        with made.open(made.path) as book, book.writing("an") as write:
            model = add_model(write, "MH01", title="Con đường hoa")
            add_registration(write, model, year=2026, unit=book.own_unit())
            for amount in (500_000, 1_500_000):
                add_contribution(write, model, amount_vnd=amount, given_on="2026-03-12")
    return {"OLD_BOOK": str(made.path), "OLD_KEY": made.key.hex()}


def _run(program: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    return subprocess.run(
        [sys.executable, *words],
        cwd=program, env={**ours, **more}, check=False, capture_output=True, text=True, timeout=300,
    )  # fmt: skip


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The copy with the fields."""
    made = tmp_path / "program"
    copy_program(made)
    follow_the_guide(made)
    return made


def test_a_field_of_the_guide_appears_everywhere(program: Path, tmp_path: Path) -> None:
    old = book_of_today(tmp_path)
    looked = _run(program, "-m", "pytest", "-q", "-n", "0", "tests/desktop/test_added_fields.py", **old)
    assert looked.returncode == 0, looked.stdout[-8_000:] + looked.stderr[-2_000:]
    assert "passed" in looked.stdout
