"""Whatever is written between questions: kept sums give the figures of the records themselves."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from db.errors import UnknownBatchError
from db.figures import Asked, compute, compute_by_unit, load
from db.sums import keeping, tables
from db.sums.asking import facts_for, from_sums
from db.writing import StillReferredError, Writing
from tests.support.books import Template, meet, own_state
from tests.support.sums_life import (
    DATED,
    DAYS,
    FIELDS,
    GROUPS,
    MODELS,
    YEARS,
    Values,
    found_office,
    nth_record,
    questions,
    records,
    value_of,
    values_of,
)

_INDICATORS = ("Mô hình đăng ký", "Mô hình đăng ký", "Tập thể đăng ký", "Ngày công", "Mô hình tiêu biểu")
TYPE = st.sampled_from(("model", "registration", *DATED))
UNIT = st.sampled_from(("own", *GROUPS))
MODEL = st.integers(0, MODELS - 1)
NUMBER = st.integers(0, 1000)
PLACE = st.integers(0, 3)
TURN = st.sampled_from(("2024-01-01", "2024-07-01"))
SEVERAL_YEARS = st.lists(st.sampled_from(YEARS), min_size=2, unique=True)


class SumsMachine(RuleBasedStateMachine):
    """An office and the PC of a colleague; sums are made now and then."""

    template: Template
    answered: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="danvan-sums-"))

    @initialize()
    def open(self) -> None:
        with own_state(self.folder / "state"):
            self.book = self.template.copy_to(self.folder / "a.danvan")
            self.other = self.template.copy_to(self.folder / "b.danvan")
            with self.book.writing("an") as write:
                self.units = found_office(write, self.book.own_unit())
                self.models = [write.add("model", {"code": f"M{n}", "title": "m"}) for n in range(MODELS)]
            meet(self.book, self.other)
        keeping.make(self.book)

    def teardown(self) -> None:
        try:
            if hasattr(self, "book"):
                keeping.make(self.book)
                assert keeping.wrong_units(self.book.connection) == []
                self.book.close()
                self.other.close()
        finally:
            shutil.rmtree(self.folder)

    def _stored(self, values: Values) -> Values:
        """With the ids of units and models."""
        unit, model = values.get("unit"), values.get("model")
        stored: Values = {"unit": self.units[str(unit)]} if unit else {}
        if model is not None:
            stored["model"] = self.models[int(model)]
        return {**values, **stored}

    @contextmanager
    def _writing(self, place: int, act: str = "edit") -> Iterator[Writing]:
        """Mostly in the own book, seldom on the other PC."""
        book = (self.book, self.book, self.book, self.other)[place]
        with own_state(self.folder / "state"), book.writing("an", act=act) as write:
            yield write

    # -- what is written

    @rule(place=PLACE, new=st.lists(records(), min_size=1, max_size=8))
    def add(self, place: int, new: list[tuple[str, Values]]) -> None:
        with self._writing(place) as write:
            for name, values in new:
                write.add(name, self._stored(values))

    @rule(values=values_of("registration"), unit=UNIT, model=MODEL, years=SEVERAL_YEARS)
    def register_for_years(self, values: Values, unit: str, model: int, years: list[int]) -> None:
        """In one unit, as most models are: sums can hold them."""
        with self._writing(0) as write:
            for year in years:
                write.add(
                    "registration", self._stored({**values, "unit": unit, "model": model, "year": year})
                )

    @rule(data=st.data(), place=PLACE, name=TYPE, number=NUMBER)
    def edit(self, data: st.DataObject, place: int, name: str, number: int) -> None:
        field = data.draw(st.sampled_from(FIELDS[name]))
        value = data.draw(value_of(name, field))
        record = nth_record((self.book, self.other)[place // 3], name, number)
        if value is not None and record:
            with self._writing(place) as write:
                write.change(name, record, self._stored({field: value}))

    @rule(name=TYPE, number=NUMBER)
    def clear(self, name: str, number: int) -> None:
        fields = {"unit", "registrant", "level", "closed_on", "is_project_work", "registered_on"}
        record = nth_record(self.book, name, number)
        if record:
            with self._writing(0) as write:
                write.change(name, record, dict.fromkeys(fields.intersection(FIELDS[name])))

    @rule(model=MODEL, source=MODEL)
    def copy_a_model(self, model: int, source: int) -> None:
        with self._writing(0) as write:
            write.change("model", self.models[model], {"replicated_from": self.models[source]})

    @rule(place=PLACE, name=TYPE, number=NUMBER)
    def remove(self, place: int, name: str, number: int) -> None:
        record = nth_record((self.book, self.other)[place // 3], name, number)
        if record:
            with suppress(StillReferredError), self._writing(place, "bin") as write:
                write.remove(name, record)

    @rule(number=NUMBER)
    def restore(self, number: int) -> None:
        removed = [each.id for each in self.book.bin()]
        if removed:
            with own_state(self.folder / "state"), suppress(UnknownBatchError):
                self.book.restore("an", removed[number % len(removed)])

    @rule()
    def undo(self) -> None:
        with own_state(self.folder / "state"), suppress(UnknownBatchError):
            self.book.undo("an")

    @rule()
    def merge(self) -> None:
        with own_state(self.folder / "state"):
            meet(self.book, self.other)

    # -- what seldom changes

    @rule(unit=UNIT, above=UNIT, day=st.sampled_from(("2023-01-01", "2024-07-01")))
    def move_a_unit(self, unit: str, above: str, day: str) -> None:
        values = {"unit": self.units[unit], "parent": self.units[above], "valid_from": day}
        with self._writing(0) as write:
            write.add("unit_parent", values)

    @rule(
        old=UNIT, new=st.sampled_from(GROUPS), day=TURN, kind=st.sampled_from((None, "divided", "continued"))
    )
    def succeed(self, old: str, new: str, day: str, kind: str | None) -> None:
        with self._writing(0) as write:
            write.add(
                "unit_succession",
                {"old_unit": self.units[old], "new_unit": self.units[new], "on_date": day, "kind": kind},
            )

    @rule(
        unit=UNIT,
        indicator=st.sampled_from(_INDICATORS),
        value=st.integers(0, 5),
        field=st.sampled_from((None, "economy")),
        days=st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)),
        whole=st.booleans(),
    )
    def state_a_total(
        self, unit: str, indicator: str, value: int, field: str | None, days: tuple[str, str], whole: bool
    ) -> None:
        start, end = sorted(days)
        if whole:
            start, end = f"{start[:4]}-01-01", f"{end[:4]}-12-31"
        values: Values = {
            "indicator": indicator,
            "period_from": start,
            "period_to": end,
            "value": value,
            "field": field,
        }
        with self._writing(0) as write:
            write.add("reported_figure", {**values, "unit": self.units[unit]})

    @rule()
    def make(self) -> None:
        keeping.make(self.book)
        assert tables.stale_units(self.book.connection) == []

    # -- what is asked

    @rule(asked=questions())
    def ask(self, asked: Asked) -> None:
        asked = replace(asked, unit=self.units[asked.unit])
        found, right = (
            from_sums(tables.Source(self.book.connection), asked, at_any_price=True),
            load(self.book),
        )
        self.answered["asked"] += 1
        if found is not None:
            self.answered["from sums"] += 1
            assert compute(found, asked) == compute(right, asked)
        assert compute(facts_for(self.book, asked), asked) == compute(right, asked)

    @rule(asked=questions())
    def ask_by_unit(self, asked: Asked) -> None:
        asked = replace(asked, unit=self.units[asked.unit])
        found = from_sums(tables.Source(self.book.connection), asked, by_unit=True, at_any_price=True)
        if found is not None:
            self.answered["by unit"] += 1
            right = load(self.book)
            assert compute(found, asked) == compute(right, asked)
            assert compute_by_unit(found, asked) == compute_by_unit(right, asked)


def test_kept_sums_answer_like_the_records_whatever_was_written_before(template: Template) -> None:
    SumsMachine.template, SumsMachine.answered = template, Counter()
    run_state_machine_as_test(SumsMachine, settings=settings(max_examples=60, stateful_step_count=30))
    answered = SumsMachine.answered
    assert answered["from sums"] > answered["asked"] // 3
    assert answered["by unit"] > 0
