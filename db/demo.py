"""A demo book: invented people and realistic models. The same seed gives the same figures."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from db import photos
from db.book import Book
from db.demo_life import live_on
from db.photo_store import PhotoStore
from db.records.definition import SCALE, Value
from db.writing import Writing
from resources import path

Step = Callable[[int], None]
_LANES = 120
_WITH_PHOTOS = 12
"""So many models have photos: enough to see how it is, and made in a second."""


@cache
def material() -> dict[str, Any]:
    """What the demo is made of, from ``resources/demo.toml``."""
    return tomllib.loads(path("demo.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Place:
    """Whose book it is and where the models are.

    ``office`` as in the file; ``groups`` makes the units and gives those that have models; ``afterwards`` is
    done when all models are there; ``photographed`` = how many models have photos.
    """

    office: dict[str, Any]
    groups: Callable[[Writing, str], list[str]]
    afterwards: Callable[[Writing, str], None] = lambda _write, _own: None
    photographed: int = _WITH_PHOTOS


@dataclass(slots=True)
class _Maker:
    """Draws everything from one seeded source, so that equal seeds give equal books."""

    draw: random.Random
    write: Writing
    groups: list[str]
    years: tuple[int, int]
    photos: PhotoStore
    seed: int
    photographed: int
    today: date
    receipt: int = 0

    def person(self) -> str:
        names = material()["people"]
        return " ".join(self.draw.choice(names[part]) for part in ("family", "middle", "given"))

    def day(self, year: int, first: int = 1, last: int = 365) -> str:
        drawn = date(year, 1, 1) + timedelta(days=self.draw.randint(first, last) - 1)
        return self.happened(drawn).isoformat()

    def happened(self, day: date) -> date:
        """The day itself; of the year that is not over, one as far in what has passed of it."""
        if day.year != self.today.year:
            return day
        passed = self.today.timetuple().tm_yday
        return date(day.year, 1, 1) + timedelta((day.timetuple().tm_yday - 1) * passed // 366)

    def some(self, low: int, high: int) -> int:
        return self.draw.randint(low, high)

    def apart(self, number: int) -> random.Random:
        """A source of its own for the life of a model, so that everything else stays as it was drawn."""
        return random.Random(f"{self.seed} {number}")  # noqa: S311 - invented life


def fill(
    book: Book,
    *,
    models: int = 60,
    years: tuple[int, int] = (2024, 2026),
    seed: int = 1,
    place: Place | None = None,
    step: Step = lambda _: None,
) -> None:
    """Fill an empty book, as one batch. ``step`` is told 0–100 and may raise to cancel."""
    place = place or usual_place()
    with book.writing(book.account, act="demo", title=f"{models}") as write:
        _office(write, book.own_unit(), place.office)
        _texts(write, book.own_unit(), years)
        draw = random.Random(seed)  # noqa: S311 - invented people
        store = PhotoStore.beside(book.path, book.key)
        maker = _Maker(
            draw,
            write,
            place.groups(write, book.own_unit()),
            years,
            store,
            seed,
            place.photographed,
            book.today(),
        )
        for number in range(1, models + 1):
            _model(maker, number)
            step(100 * number // models)
        place.afterwards(write, book.own_unit())


def usual_place() -> Place:
    """A ward with its groups, of ``resources/demo.toml``."""
    return Place(material()["office"], _groups)


def _office(write: Writing, unit: str, office: dict[str, Any]) -> None:
    write.flush()
    profile = write.connection.execute("SELECT id FROM office_profile").fetchone()[0]
    write.change(
        "office_profile",
        profile,
        {
            "parent_line": office["parent_line"],
            "name_line": office["name_line"],
            "symbol": office["symbol"],
            "place": office["place"],
            "recipients": "\n".join(office["recipients"]),
        },
    )
    write.add("signatory", {"unit": unit, **office["signatory"]})


def _texts(write: Writing, unit: str, years: tuple[int, int]) -> None:
    for year in range(years[0], years[1] + 1):
        for section, text in material()["texts"].items():
            write.add(
                "report_text",
                {
                    "paper_kind": "result_report",
                    "unit": unit,
                    "period": str(year),
                    "section": section,
                    "text": text,
                },
            )


def _groups(write: Writing, own: str) -> list[str]:
    plan = material()["units"]
    groups = []
    for number in range(1, plan["groups"] + 1):
        name = plan["name"].format(number=number)
        unit = write.add("org_unit", {"code": f"TDP{number:02}", "name": name, "kind": "residential_group"})
        write.add("unit_parent", {"unit": unit, "parent": own})
        groups.append(unit)
    return groups


def _model(maker: _Maker, number: int) -> None:
    plan = maker.draw.choice(material()["models"])
    unit = maker.draw.choice(maker.groups)
    first = maker.some(*maker.years)
    lane = maker.some(1, _LANES)
    title = plan["title"].format(lane=lane, school=f"Trường Tiểu học Hoa Ban {lane % 5 + 1}")
    values: dict[str, Value] = {
        "code": f"MH{number:04}",
        "title": title,
        "situation": plan["situation"],
        "goal": plan["goal"],
        "method": plan["method"],
        "products": plan["products"],
        "sustain_plan": plan["sustain"],
        "forces": "Chi bộ, Ban công tác Mặt trận, tổ dân phố, các chi hội đoàn thể và nhân dân trong ngõ.",
        "address": f"Ngõ {lane}",
        "started_on": maker.day(first, 20, 120),
        "is_project_work": 1 if plan.get("project_work") else None,
        "person_in_charge": maker.person(),
        "households": maker.some(12, 140),
    }
    model = maker.write.add("model", values)
    _registrations(maker, model, unit, plan["field"], first)
    _members(maker, model)
    for year in range(first, maker.years[1] + 1):
        _year_of(maker, model, plan, year)
    _afterwards(maker, model, title, first)
    live_on(maker.write, model, (first, maker.years[1]), maker.apart(number), maker.happened)
    if number <= maker.photographed:
        _photos(maker, model, number, lane, first)


def _registrations(maker: _Maker, model: str, unit: str, field: str, first: int) -> None:
    collective = maker.draw.random() < 0.75
    registrant = f"Chi bộ tổ dân phố số {maker.groups.index(unit) + 1}" if collective else maker.person()
    for year in range(first, maker.years[1] + 1):
        if year > first and maker.draw.random() < 0.35:
            break
        maker.write.add(
            "registration",
            {
                "model": model,
                "year": year,
                "line": "territorial",
                "unit": unit,
                "field": field,
                "subject_type": "collective" if collective else "individual",
                "registrant": registrant,
                "level": maker.draw.choices(("grassroots", "city"), (9, 1))[0],
                "kind": "new" if year == first else "maintained",
                "registered_on": maker.day(year, 15, 85),
                "status": maker.draw.choice(("registered", "in_progress", "completed")),
            },
        )


def _members(maker: _Maker, model: str) -> None:
    roles: Sequence[str] = material()["people"]["roles"]
    for place in range(maker.some(3, 6)):
        person = maker.write.add(
            "person", {"full_name": maker.person(), "birth_year": maker.some(1946, 2004)}
        )
        maker.write.add("model_member", {"model": model, "person": person, "role": roles[place % len(roles)]})


def _year_of(maker: _Maker, model: str, plan: dict[str, Any], year: int) -> None:
    for kind, count in (
        ("meeting", maker.some(1, 2)),
        ("dialogue", maker.some(0, 1)),
        ("work_day", maker.some(0, 2)),
    ):
        for _number in range(count):
            present = maker.some(14, 60)
            maker.write.add(
                "activity",
                {
                    "model": model,
                    "kind": kind,
                    "held_on": maker.day(year, 40, 320),
                    "place": "Nhà sinh hoạt cộng đồng",
                    "attendees": present + maker.some(0, 30),
                    "households_present": present,
                    "households_total": present + maker.some(0, 25),
                    "votes_for": present,
                },
            )
    _contributions(maker, model, year)
    for name, measure, low, high in plan["outputs"]:
        quantity = maker.some(low, high) * SCALE
        maker.write.add(
            "output_measure",
            {
                "model": model,
                "name": name,
                "quantity": quantity,
                "measure": measure,
                "measured_on": maker.day(year, 200, 330),
            },
        )


def _contributions(maker: _Maker, model: str, year: int) -> None:
    for _number in range(maker.some(4, 14)):
        maker.receipt += 1
        household: dict[str, Value] = {
            "model": model,
            "contributor": f"Hộ {maker.person()}",
            "contributor_kind": "household",
            "given_on": maker.day(year, 60, 300),
        }
        if maker.draw.random() < 0.3:
            work = maker.some(1, 12) * SCALE // 2
            maker.write.add(
                "contribution", {**household, "kind": "labour_days", "quantity": work, "measure": "ngày công"}
            )
            continue
        amount = maker.some(2, 60) * 50_000
        kind = maker.draw.choice(("cash", "cash", "transfer"))
        receipt = f"PT{maker.receipt:05}"
        maker.write.add(
            "contribution", {**household, "kind": kind, "amount_vnd": amount, "receipt_no": receipt}
        )
    if maker.draw.random() < 0.25:
        maker.write.add(
            "contribution",
            {
                "model": model,
                "contributor": maker.draw.choice(material()["people"]["firms"]),
                "contributor_kind": "enterprise",
                "kind": "in_kind",
                "item": "Xi măng",
                "quantity": maker.some(10, 120) * SCALE,
                "measure": "bao",
                "converted_vnd": maker.some(1, 12) * 1_000_000,
                "given_on": maker.day(year, 60, 300),
            },
        )


def _photos(maker: _Maker, model: str, number: int, lane: int, year: int) -> None:
    """The lane before and after, as a pair; of every third model also during the work."""
    earlier: str | None = None
    for stage, month in (("before", 2), ("during", 5), ("after", 9)):
        if stage == "during" and number % 3:
            continue
        about: dict[str, Value] = {
            "model": model,
            "stage": stage,
            "taken_on": maker.happened(date(year, month, 2 + number)).isoformat(),
            "place": f"Ngõ {lane}",
            "caption": material()["photos"][stage],
            "pair": earlier if stage == "after" else None,
        }
        raw = photos.draw_scene(stage, f"{number} {lane}")
        name = f"canh-{number:02}-{month}.jpg"
        made = photos.put_photo(maker.write, maker.photos, raw, name, about, date(year, 12, 31))
        earlier = earlier or made


def _afterwards(maker: _Maker, model: str, title: str, first: int) -> None:
    if maker.draw.random() < 0.4:
        maker.write.add(
            "recognition",
            {
                "model": model,
                "recipient": title,
                "recipient_type": "model",
                "form": maker.draw.choice(("recognised", "outstanding")),
                "level": "grassroots",
                "body": material()["office"]["name"],
                "status": maker.draw.choices(("granted", "proposed"), (4, 1))[0],
                "decision_no": f"{maker.some(10, 99)}-QĐ/ĐU",
                "decided_on": maker.day(first, 280, 290),
            },
        )
    if maker.draw.random() < 0.5:
        checked = date.fromisoformat(maker.day(first, 150, 300))
        closed = checked + timedelta(days=maker.some(10, 40))
        if checked <= maker.today:
            closed = min(closed, maker.today)
        maker.write.add(
            "supervision",
            {
                "model": model,
                "checked_on": checked.isoformat(),
                "body": "Ban công tác Mặt trận",
                "finding": "Chưa công khai bảng thu chi tại nhà sinh hoạt cộng đồng.",
                "required": "Dán công khai trong mười lăm ngày.",
                "closed_on": closed.isoformat() if maker.draw.random() < 0.7 else None,
            },
        )
