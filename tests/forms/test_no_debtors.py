"""A list of who has not given cannot be made: nothing in the program has the two sides to subtract."""

from __future__ import annotations

import re
from pathlib import Path

from db import RECORD_TYPES
from db.records.definition import Kind
from forms.paper_kinds import kinds
from forms.tables import TABLES

ROOT = Path(__file__).parents[2]
_NEGATED = re.compile(
    r"NOT EXISTS \(SELECT 1 FROM contribution\b[^)]*\)|NOT IN \(SELECT [^)]*contribution[^)]*\)"
)
_OWING = re.compile("debt|owe|unpaid|pledge|quota|expected|due_vnd")
_EVIDENCE = "NOT EXISTS (SELECT 1 FROM contribution WHERE model = m.id AND removed IS NULL)"


def _sources(*rooms: str) -> dict[str, str]:
    return {
        str(file.relative_to(ROOT)): file.read_text(encoding="utf-8")
        for room in rooms
        for file in sorted((ROOT / room).rglob("*.py"))
    }


def test_a_contribution_names_its_giver_and_is_tied_to_no_register_of_households() -> None:
    giver = RECORD_TYPES["contribution"].by_name["contributor"]
    tied = {each.refers_to for each in RECORD_TYPES["contribution"].fields if each.refers_to}
    assert (giver.kind, tied & {"person", "household"}) == (Kind.TEXT, set())


def test_no_record_says_that_somebody_owes_or_has_not_given() -> None:
    names = {each.name for record_type in RECORD_TYPES.values() for each in record_type.fields}
    assert {name for name in names if _OWING.search(name)} == set()


def test_no_query_asks_for_persons_without_contributions() -> None:
    found = {name: _NEGATED.findall(text) for name, text in _sources("db", "forms", "desktop").items()}
    # The one that asks for contributions that are not there asks it of models, together with all evidence
    assert {name: hits for name, hits in found.items() if hits} == {"db/life/overdue.py": [_EVIDENCE]}


def test_what_may_be_asked_of_a_list_cannot_be_negated() -> None:
    text = _sources("db")["db/store.py"]
    asked = text[text.index("def _conditions") : text.index("def _conditions") + 1500]
    assert re.search(r"NOT IN|<>|!=|EXCEPT", asked) is None


def test_no_paper_and_no_table_is_about_who_gave_nothing() -> None:
    words = [f"{kind.title} {kind.template}".lower() for kind in kinds()] + list(TABLES)
    assert [each for each in words if re.search("chưa (đóng|nộp|ủng hộ)|còn nợ|chưa thu", each)] == []
