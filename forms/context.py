"""What a paper template can ask for: figures as words, lists, and what the figures warn of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any, Final

from db.numbers import date_in_text, date_in_words, in_words, show_date
from forms import wording
from forms.office_name import names_a_place
from forms.paper_data import Figures, PaperData
from forms.tables.named import KINDS, LEVELS, NAMED

_RECIPIENTS: Final = ("collective", "individual", "model")
_INDICATORS: Final[Mapping[tuple[str, str], str]] = {
    ("recognised", "collective"): "collectives_recognised",
    ("recognised", "individual"): "individuals_recognised",
    ("outstanding", "model"): "models_outstanding",
    ("plaque", "model"): "plaques",
}
_REWARDED: Final = {"collective": "collectives_rewarded", "individual": "individuals_rewarded"}

FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "number": wording.number,
    "money": wording.money,
    "date": lambda iso: show_date(iso) if iso else wording.NO_DATA,
    "date_in_text": lambda iso: date_in_text(iso) if iso else wording.NO_DATA,
    "date_in_words": lambda iso: date_in_words(iso) if iso else wording.NO_DATA,
    "in_words": lambda amount: in_words(int(amount)),
    "level_name": lambda code: wording.name("level", code, "chưa nêu"),
    "percent_of": wording.percent,
}


def context(data: PaperData) -> dict[str, Any]:
    """The names that templates know. Functions take the names of forms/tables/named.py."""
    figures = data.figures
    return {
        "label": data.period_label,
        "unit": data.unit_name,
        "place": _place(data.unit_name),
        "office": data.office,
        "office_name": data.office.in_text or data.unit_name,
        "formerly": [{"name": _place(name) or name, "until": until} for name, until in data.formerly],
        "period": _period(data, figures),
        "figures": figures,
        "compared": data.compared,
        "compared_period": _period(data, data.compared) if data.compared else None,
        "figure": _figure(figures),
        "money": _money(figures),
        "value": lambda name: NAMED[name].read(figures),
        "known": lambda *names: any(NAMED[name].read(figures) is not None for name in names),
        "levels": _named_counts(figures, "by_level", "level", LEVELS),
        "yearly_average": _yearly_average(data),
        "levels_unknown": _levels_unknown(figures),
        "levels_named": _levels_named(figures),
        "registration_kinds": _named_counts(figures, "by_kind", "registration_kind", KINDS),
        "lines": _named_counts(figures, "by_line", "line", tuple(figures["models"].get("by_line") or ())),
        "granted": _recognitions(figures, "granted"),
        "proposed": _recognitions(figures, "proposed"),
        "stated_parts": _stated_parts(figures),
        "has_stated_totals": any(row["value"] is not None for row in figures["reported"]),
        "problems": {problem["code"] for problem in figures["problems"]},
        "documents": data.documents,
        "registrations": data.registrations,
        "contributions": data.contributions,
        "recognitions": data.recognitions,
        "units": [each for each in data.by_unit if each["unit"] != figures["unit"]],
        "sums": _sums(data),
        "audience": data.audience,
        "has_hidden": any(row.hidden for row in data.contributions),
        "photos": data.photos,
        "photos_of": data.photos_of,
        "number": data.number,
        "issued_on": data.issued_on,
        "no_data": wording.NO_DATA,
    }


def _place(unit: str) -> str:
    """``phường Ngọc Hà`` for a unit that is a place, with the small letter of a sentence; else nothing."""
    return unit[:1].lower() + unit[1:] if names_a_place(unit) else ""


def _period(data: PaperData, figures: Figures) -> dict[str, Any]:
    period, closed_on = figures["period"], data.closed_on(figures)
    return {
        "label": period["label"],
        "start": show_date(period["from"]),
        "end": show_date(period["to"]),
        "cutoff": show_date(closed_on),
        "is_partial": closed_on < period["to"],
        "data_start": show_date(period["data_from"]) if period["data_from"] else "",
        "data_end": show_date(min(period["data_to"], closed_on)) if period["data_to"] else "",
        "data_since": _data_since(period),
        "models_since": _models_since(period),
    }


def _data_since(period: Mapping[str, Any]) -> str:
    """``năm 2014`` where the data begin in a later year than the period, else nothing."""
    first = period["data_from"]
    if not first or first[:4] <= period["from"][:4]:
        return ""
    return f"năm {first[:4]}"


def _models_since(period: Mapping[str, Any]) -> str:
    """New Year's Day, from which models are counted, where the period begins later in its year."""
    new_year = f"{period['from'][:4]}-01-01"
    return "" if period["from"] == new_year else show_date(new_year)


def _yearly_average(data: PaperData) -> str:
    """Registered models of a mean year, where the period is of whole years, known from the first on."""
    figures, found = data.figures, NAMED["registered"]
    period = figures["period"]
    first, last = int(period["from"][:4]), int(period["to"][:4])
    ends = {period["to"][5:], data.closed_on(figures)[5:]}
    count, years = found.read(figures), last - first + 1
    if count is None or period["from"][5:] != "01-01" or ends != {"12-31"} or years < 2:
        return ""
    if (period["data_from"] or "")[:4] != str(first):
        return ""
    said, is_whole = wording.average(count, years)
    word = found.qualifier(figures) or ("" if is_whole else "khoảng")
    return wording.roughly(word, f"{said} mô hình")


def _figure(figures: Figures) -> Callable[..., str]:
    def say(name: str, noun: str = "") -> str:
        found = NAMED[name]
        return wording.roughly(found.qualifier(figures), wording.counted(found.read(figures), noun))

    return say


def _money(figures: Figures) -> Callable[[str], str]:
    """Sums in đồng; one that was stated roughly in the short words in which it was stated."""

    def say(name: str) -> str:
        found = NAMED[name]
        amount, word = found.read(figures), found.qualifier(figures)
        return wording.roughly(word, wording.money_as_spoken(amount)) if word else wording.money(amount)

    return say


def _named_counts(figures: Figures, key: str, names: str, codes: Iterable[str]) -> list[dict[str, Any]]:
    """What there is of a breakdown, with its words; parts of which there is nothing are left out."""
    counts = figures["models"].get(key) or {}
    return [
        {"code": code, "name": wording.name(names, code), "value": counts[code]}
        for code in codes
        if counts.get(code)
    ]


def _levels_unknown(figures: Figures) -> bool:
    """Models are registered, but nobody says how many at which level."""
    levels = figures["models"].get("by_level") or {}
    return bool(figures["models"]["registered"]) and all(levels.get(level) is None for level in LEVELS)


def _levels_named(figures: Figures) -> bool:
    """The three levels of the movement are named as those registered at, with or without numbers."""
    named = {
        row["level"]
        for row in figures["reported"]
        if wording.indicator_code(row["indicator"]) == "models_registered"
    }
    return named.issuperset(LEVELS[:3])


def _recognitions(figures: Figures, status: str) -> list[dict[str, Any]]:
    """Recognitions of one status by form and level, one line each with what every kind of recipient got."""
    rows = [row for row in figures["recognition"] if row["status"] == status]
    places = {"form": "recognition_form", "level": "level"}
    keyed = sorted(rows, key=lambda row: [wording.place(places[key], row[key]) for key in places])
    return [
        _recognition_line(figures, form, level, list(found))
        for (form, level), found in groupby(keyed, key=lambda row: (row["form"], row["level"]))
    ]


def _recognition_line(
    figures: Figures, form: str | None, level: str | None, rows: list[Mapping[str, Any]]
) -> dict[str, Any]:
    said = {row["recipient_type"]: _recognition(figures, row) for row in rows}
    nouns = {kind: wording.name("recipient_type", kind).lower() for kind in _RECIPIENTS}
    return {
        "form": wording.name("recognition_form", form, "Khen thưởng (chưa nêu hình thức)"),
        "level": wording.name("level", level, "chưa nêu"),
        "in_words": ", ".join(f"{said[kind]} {nouns[kind]}" for kind in _RECIPIENTS if kind in said),
        **{kind: said.get(kind, "") for kind in _RECIPIENTS},
    }


def _recognition(figures: Figures, row: Mapping[str, Any]) -> str:
    who = row["recipient_type"]
    indicator = _INDICATORS.get((row["form"], who)) or _REWARDED.get(who, "")
    where = {"level": row["level"], "status": row["status"]}
    if indicator in _REWARDED.values():
        where["form"] = row["form"]
    word = ""
    if indicator:
        exceeded = wording.is_exceeded(figures)
        word = wording.qualifier(figures["reported"], indicator, row["value"], exceeded, **where)
    return wording.roughly(word, wording.number(row["value"]))


def _stated_parts(figures: Figures) -> list[dict[str, str]]:
    """Totals of registered models stated for a part of the period, where only one unit states any."""
    period = (figures["period"]["from"], figures["period"]["to"])
    whole = [row for row in figures["reported"] if row["counted"] and _is_whole(row)]
    if len({row["unit"] for row in whole}) != 1:
        return []
    return [
        {"start": show_date(row["from"]), "end": show_date(row["to"]), "value": wording.stated(row)}
        for row in whole
        if period != (row["from"], row["to"]) and row["value"] != figures["models"]["registered"]
    ]


def _is_whole(row: Mapping[str, Any]) -> bool:
    """A total of all registered models, whatever their field, subject, level and line."""
    parts = (row["field"], row["subject"], row["level"], row["line"])
    return wording.indicator_code(row["indicator"]) == "models_registered" and not any(parts)


def _sums(data: PaperData) -> dict[str, int]:
    """Totals of the contribution list, so that they can be said in words below it."""
    given = data.totals
    money = given["cash"] + given["transfer"]
    return {**given, "money": money}
