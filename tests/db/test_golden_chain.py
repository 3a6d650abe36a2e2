"""With the same salts a write leaves the very bytes that it left in November 2026: older books verify."""

from __future__ import annotations

from pathlib import Path

from db import operations as log
from db.records.definition import Value
from tests.support.golden import SITE, FixedBook, fingerprints, fixed_book

_AWKWARD = 'Ngõ "7" \\ <b>&\n\tdấu \u0301 và \x7f \u2028 😀 \x1f Thủy hoà / quý'
_LARGE: Value = 2**63 - 1


_CHAIN = "154b09b6795e37daa6b5cd81ee44711ec09577e1aad7b5abadacf5850a89c98a"
_LEFT = {
    "contribution": "de42992713b3d172",
    "head": "67ac92b093143f6e",
    "model": "937dde5b4f3707d1",
    "model_member": "421c3c116f439657",
    "office_profile": "d1ac039fa9aa27bb",
    "operation": "2ee9f25329f26991",
    "org_unit": "f5a6ee56c96ebfc5",
    "person": "fa1834de12387527",
    "registration": "fc3f878a3c0b92f3",
    "seen": "723bd34128fc3ed1",
    "unit_parent": "8bf0dfe3583590ce",
}


def _fill(book: FixedBook) -> None:
    with book.writing("bình", act="import", title=f"Danh sách {_AWKWARD}.xlsx") as write:
        ward = write.add("org_unit", {"code": "P02", "name": "Phường Đông Hoà", "kind": "ward"})
        write.add("unit_parent", {"unit": ward, "parent": "0moc.1"})
        model = write.add(
            "model",
            {
                "code": "MH 01/2024-Đ",
                "title": "Đường hoa ngõ 7".replace("ờ", "ơ\u0300"),
                "situation": _AWKWARD,
                "goal": None,
                "households": 0,
                "people": _LARGE,
                "is_project_work": True,
                "started_on": "2024-05-01",
            },
        )
        write.add("registration", {"model": model, "unit": ward, "year": 2024, "line": "union"})
        person = write.add("person", {"full_name": "H'Hen Niê (tổ trưởng)", "sort_name": "Hen Niê"})
        write.add("model_member", {"model": model, "person": person, "role": "Tổ trưởng"})
        given = write.add_many(
            "contribution",
            [
                {
                    "model": model,
                    "contributor": f"Hộ ông Trần Văn Bình {n} – tổ {n % 7}",
                    "kind": "cash",
                    "amount_vnd": -n,
                    "receipt_no": f"PT{n:05}",
                    "notes": _AWKWARD if n % 3 else None,
                    "source_key": f"{n:032x}.1",
                }
                for n in range(2_100)
            ],
        )
        write.change("model", model, {"goal": "sạch", "households": None, "people": 12})
        write.change("model", model, {"goal": "đẹp"})
        write.remove("contribution", given[3])
        rows = [write.found("contribution", one) for one in given[5:9]]
        write.mark_many("contribution", rows, "undone")


def test_the_bytes_of_a_chain_are_those_of_the_first_version(tmp_path: Path) -> None:
    with fixed_book(tmp_path) as book:
        _fill(FixedBook(book))
        assert log.site_state(book.connection, SITE)[1].hex() == _CHAIN
        assert fingerprints(book) == _LEFT
