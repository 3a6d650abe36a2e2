"""A city's book: 150,000 models, 2,000,000 records in 15 years, built through the journal like any other."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from db import Book, NewUnit
from db.records.definition import SCALE, Value
from db.writing import Writing

PASSWORD = "mat-khau-do-dac"
FIRST, LAST = 2010, 2024
WARDS, GROUPS = 126, 8
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
_MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Hữu", "Ngọc", "Thanh", "Quang", "Xuân")
_GIVEN = ("Hưng", "Hùng", "Lan", "Mận", "Bình", "Sơn", "Hà", "Thủy", "Ánh", "Đông", "Yến", "Phúc", "Tâm")
_WHAT = ("Đường hoa", "Ngõ sạch", "Tổ liên gia", "Camera an ninh", "Giúp nhau vốn", "Trường học hạnh phúc")
_FIELDS = ("economy", "culture_society", "defence_security", "political_system")


@dataclass(slots=True)
class _Maker:
    write: Writing
    draw: random.Random
    groups: list[str]
    rows: Iterator[int] = field(default_factory=lambda: iter(range(1, 10**9)))

    def person(self) -> str:
        return " ".join(self.draw.choice(names) for names in (_FAMILY, _MIDDLE, _GIVEN))

    def day(self, year: int) -> str:
        return (date(year, 1, 1) + timedelta(days=self.draw.randrange(365))).isoformat()

    def add(self, type_name: str, **values: Value) -> str:
        return self.write.add(type_name, values)


def build(path: Path, models: int, step: Callable[[int], None] = lambda _: None) -> int:
    """Make the book of ``models`` models; how many records it holds. One batch a year."""
    book, _sheet = Book.create(path, PASSWORD, NewUnit("TP", "Thành phố Thử Nghiệm", "city"), actor="do")
    draw = random.Random(1)  # noqa: S311 - invented
    groups: list[str] = []
    records = 0
    try:
        for year in range(FIRST, LAST + 1):
            with book.writing("do", act="demo", title=str(year)) as write:
                maker = _Maker(write, draw, groups)
                if not groups:
                    _units(maker, book.own_unit())
                share = models // (LAST - FIRST + 1)
                for number in range(share):
                    _model(maker, year, (year - FIRST) * share + number)
                records += len(write.changed)
            step(100 * (year - FIRST + 1) // (LAST - FIRST + 1))
    finally:
        book.close()
    return records


def _units(maker: _Maker, city: str) -> None:
    for ward in range(1, WARDS + 1):
        above = maker.add("org_unit", code=f"P{ward:03}", name=f"Phường {ward}", kind="ward")
        maker.add("unit_parent", unit=above, parent=city)
        for group in range(1, GROUPS + 1):
            code, name = f"P{ward:03}T{group:02}", f"Tổ dân phố số {group}"
            unit = maker.add("org_unit", code=code, name=name, kind="residential_group")
            maker.add("unit_parent", unit=unit, parent=above)
            maker.groups.append(unit)


def _model(maker: _Maker, year: int, number: int) -> None:
    draw = maker.draw
    unit = draw.choice(maker.groups)
    title = f"{draw.choice(_WHAT)} ngõ {draw.randrange(400)}"
    model = maker.add(
        "model",
        code=f"MH{number:06}",
        title=title,
        address=f"Ngõ {draw.randrange(400)}",
        situation="Đường thấp, mưa là ngập, đi lại khó khăn.",
        goal="Nâng mặt đường, làm rãnh thoát nước.",
        method="Chi bộ ra nghị quyết, họp dân, bàn mức đóng góp, công khai thu chi.",
        person_in_charge=maker.person(),
        started_on=maker.day(year),
    )
    for later in range(draw.choice((1, 2, 2, 3))):
        maker.add(
            "registration",
            model=model,
            year=min(year + later, LAST),
            line=("territorial", "union", "front")[max(0, year + later - LAST)],
            unit=unit,
            field=draw.choice(_FIELDS),
            subject_type="collective" if draw.random() < 0.7 else "individual",
            registrant=maker.person(),
            level=draw.choice(("grassroots", "grassroots", "district", "city")),
            kind="maintained" if later else "new",
            registered_on=maker.day(year),
            status="registered",
        )
    person = maker.add("person", full_name=maker.person(), birth_year=draw.randrange(1945, 2004))
    maker.add("model_member", model=model, person=person, role="Tổ trưởng")
    _what_was_done(maker, model, title, year)


def _what_was_done(maker: _Maker, model: str, title: str, year: int) -> None:
    draw = maker.draw
    for kind in ("meeting", draw.choice(("dialogue", "work_day", "outreach"))):
        came = draw.randrange(10, 90)
        maker.add("activity", model=model, kind=kind, held_on=maker.day(year), attendees=came)
    for _one in range(5):
        given = {"model": model, "contributor": f"Hộ {maker.person()}", "given_on": maker.day(year)}
        if draw.random() < 0.3:
            days = draw.randrange(1, 12) * SCALE // 2
            maker.add("contribution", **given, kind="labour_days", quantity=days, measure="ngày công")
        else:
            amount = draw.randrange(2, 60) * 50_000
            receipt = f"PT{next(maker.rows):07}"
            maker.add("contribution", **given, kind="cash", amount_vnd=amount, receipt_no=receipt)
    metres = draw.randrange(20, 900) * SCALE
    maker.add("output_measure", model=model, name="Đường bê tông", quantity=metres, measure="m",
              measured_on=maker.day(year))
    if draw.random() < 0.3:
        form = draw.choice(("recognised", "outstanding"))
        maker.add("recognition", model=model, recipient=title, recipient_type="model", form=form,
                  level="grassroots", status="granted", decided_on=maker.day(year))
    if draw.random() < 0.1:
        maker.add("supervision", model=model, checked_on=maker.day(year), body="Ban công tác Mặt trận")
