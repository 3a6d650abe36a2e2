"""Two periods side by side: this one, the one compared with, and what became more or less."""

from __future__ import annotations

from collections.abc import Iterator

from db.numbers import show_date
from forms import wording
from forms.paper_data import Figures, PaperData
from forms.tables.named import NAMED, NamedFigure, recognised
from forms.tables.spec import RowSpec, TableSpec
from forms.tree import Column, HeaderCell, Row, Table

_ALL_RECOGNITIONS = "recognitions"
"""In paper.toml: a line for every form and kind of recipient that one of the periods has."""


def comparison(data: PaperData, spec: TableSpec) -> Table | None:
    """The figures of both periods; lines of which neither knows anything are left out, but for the first."""
    if data.compared is None:
        return None
    now, before = data.figures, data.compared
    titles = (
        spec.word("index", "TT"),
        spec.word("what", "Nội dung"),
        spec.word("unit", "Đơn vị tính"),
        _period(spec.word("now", "Kỳ này"), data.period_label, data.closed_on(now)),
        _period(spec.word("before", "Kỳ so sánh"), before["period"]["label"], data.closed_on(before)),
        spec.word("change", "Tăng (+), giảm (-)"),
    )
    lines = [_line(row, figure, now, before) for row, figure in _figures(spec, now, before)]
    numbered = tuple(Row((str(at), *cells)) for at, cells in enumerate(lines, 1))
    columns = (Column("center"), Column("left"), Column("center"), *(Column("right"),) * 3)
    return Table(columns, (tuple(map(HeaderCell, titles)),), numbered, spec.caption)


def _period(title: str, label: str, closed_on: str) -> str:
    return f"{title}:\n{label}\n(chốt {show_date(closed_on)})"


def _figures(spec: TableSpec, now: Figures, before: Figures) -> Iterator[tuple[RowSpec, NamedFigure]]:
    for place, row in enumerate(spec.rows):
        if row.id == _ALL_RECOGNITIONS:
            yield from _recognitions(row, now, before)
            continue
        figure = NAMED[row.id]
        if not place or figure.read(now) is not None or figure.read(before) is not None:
            yield row, figure


def _recognitions(row: RowSpec, now: Figures, before: Figures) -> Iterator[tuple[RowSpec, NamedFigure]]:
    granted = (each for each in (*now["recognition"], *before["recognition"]) if each["status"] == "granted")
    for form, recipient in dict.fromkeys((each["form"], each["recipient_type"]) for each in granted):
        who = wording.name("recipient_type", recipient).lower()
        title = row.title.format(form=wording.name("recognition_form", form, "Khen thưởng"), recipient=who)
        yield RowSpec(row.id, title, who), NamedFigure(recognised(form, recipient))


def _line(row: RowSpec, figure: NamedFigure, now: Figures, before: Figures) -> tuple[str, ...]:
    values = [figure.read(now), figure.read(before)]
    rough = [figure.qualifier(now), figure.qualifier(before)]
    said = [wording.roughly(word, wording.number(value)) for word, value in zip(rough, values, strict=True)]
    about = "khoảng" if any(rough) and None not in values else ""
    return row.title, row.unit, *said, wording.roughly(about, wording.difference(*values))
