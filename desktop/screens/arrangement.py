"""Where the fields of each record type stand on the screens: exceptions alone; the rest follows by itself.

Three kinds of places: where records are typed (forms, tables of a model's page), the list of models, the
records behind a figure. In each the named fields come first; every other field of the declaration follows in
the order in which it is declared, unless it is named as left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from db.records import RECORD_TYPES, Field, Kind
from db.records.definition import SOURCE_KEY
from resources import N_


@dataclass(frozen=True, slots=True)
class _Order:
    """Names divided by blanks: which come ``first``, which are ``left_out``."""

    first: str = ""
    left_out: str = ""


_TYPED: Final[Mapping[str, _Order]] = {
    "model": _Order("code title situation goal method address audience forces resources_planned started_on"
                    " ended_on review_on products sustain_plan person_in_charge phone households people"
                    " programmes is_project_work legal_basis notes"),
    "registration": _Order("year field subject_type registrant unit level kind registered_on status", "line"),
    "person": _Order("full_name birth_year gender", "sort_name"),
    "model_member": _Order("role", "valid_from valid_to"),
    "activity": _Order(left_out="unit held_year ended_on abstained channel"),
    "contribution": _Order("contributor contributor_kind kind amount_vnd quantity measure item converted_vnd",
                           "unit given_year notes"),
    "output_measure": _Order(left_out="unit measured_year"),
    "recognition": _Order(left_out="unit decided_year basis"),
    "supervision": _Order(left_out="unit"),
    "org_unit": _Order("name code", "kind kind_words valid_from valid_to"),
    "office_profile": _Order(left_out="valid_from profile"),
    "photo": _Order("caption taken_on place photographer shows_children people",
                    "unit stage hash source_hash file_name width height size"),
}  # fmt: skip
_MEMBERS: Final = "full_name birth_year gender role address phone"
_IN_LIST: Final[Mapping[str, str]] = {
    "model": "code title person_in_charge",
    "registration": "year field unit level status",
}
_BEHIND_FIGURE: Final[Mapping[str, str]] = {
    "model": "code title address person_in_charge started_on",
    "registration": "model year unit field subject_type registrant level status",
    "contribution": "contributor kind amount_vnd quantity measure given_on model",
    "activity": "kind held_on place content attendees model",
    "recognition": "recipient form level body status decision_no decided_on",
    "supervision": "checked_on body finding due_on closed_on model",
    "output_measure": "name quantity measure measured_on model",
    "task": "what who due_on done_on model",
    "sustainability_check": "checked_on still_working body finding model",
    "reported_figure": "indicator unit period_from period_to field subject value source",
}
# What neither list shows unless it names it; long texts never come by themselves
_NOT_LISTED: Final[Mapping[str, str]] = {
    "model": "address started_on ended_on review_on programmes is_project_work person_in_charge phone"
             " households people",
    "registration": "unit line subject_type registrant level kind registered_on",
    "contribution": "unit contributor_kind item converted_vnd given_year receipt_no",
    "activity": "unit held_year ended_on households_total households_present votes_for votes_against"
                " abstained channel",
    "recognition": "unit recipient_type decided_year basis occasion",
    "supervision": "unit",
    "output_measure": "unit measured_year",
    "reported_figure": "as_of level line form status qualifier measure words row_order",
}  # fmt: skip

_MORE: Final = "more"
SECTIONS: Final[Mapping[str, str]] = {
    "1": N_("1. Name of the model"),
    "2": N_("2. Situation, why it is needed"),
    "3": N_("3. Goals and criteria"),
    "4": N_("4. What is done and how"),
    "5": N_("5. Area and for whom"),
    "6": N_("6. Forces: who leads, joins and takes part"),
    "7": N_("7. Resources: money, means, people, labour days"),
    "8": N_("8. Time: start, progress, review"),
    "9": N_("9. Products and results that can be checked"),
    "10": N_("10. How it lasts and spreads"),
    _MORE: N_("More"),
}
"""The ten headings of the registration form (domain F1) by ``Field.group``, then what goes with them."""


def _may_follow(declared: Field) -> bool:
    """Whether a field can stand there by itself: of references, only one to a unit can be chosen anywhere."""
    if declared.name == SOURCE_KEY.name or declared.is_parent:
        return False
    return declared.refers_to in (None, "org_unit")


def _is_short(declared: Field) -> bool:
    return _may_follow(declared) and declared.kind is not Kind.LONG_TEXT and not declared.refers_to


def typed(type_name: str) -> tuple[str, ...]:
    """The fields of a form or table in which records of this type are typed."""
    order = _TYPED.get(type_name, _Order())
    first, left_out = order.first.split(), order.left_out.split()
    rest = (each.name for each in RECORD_TYPES[type_name].fields if _may_follow(each))
    return tuple(dict.fromkeys((*first, *(name for name in rest if name not in left_out))))


def members() -> tuple[str, ...]:
    """A member of a model in one row: fields of the person and of the membership."""
    return tuple(dict.fromkeys((*_MEMBERS.split(), *typed("person"), *typed("model_member"))))


def sections() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The headings of a model's form, each with its fields; a field of no known group comes under "More"."""
    by_name = RECORD_TYPES["model"].by_name
    found: dict[str, list[str]] = {group: [] for group in SECTIONS}
    for name in typed("model"):
        group = by_name[name].group
        found[group if group in found else _MORE].append(name)
    return tuple((SECTIONS[group], tuple(names)) for group, names in found.items())


def in_list(type_name: str) -> tuple[str, ...]:
    """The columns of the list of models, of its two types each."""
    return _listed(type_name, _IN_LIST[type_name])


def is_usual(type_name: str, name: str) -> bool:
    """Whether a column of the list of models is shown where there is little room."""
    return name in _IN_LIST[type_name].split()


def behind_figure(type_name: str) -> tuple[str, ...]:
    """The columns of the records behind a figure."""
    return _listed(type_name, _BEHIND_FIGURE[type_name])


COUNTED: Final = tuple(_BEHIND_FIGURE)
"""The record types that can stand behind a figure, in the order of their tabs."""


def _listed(type_name: str, first: str) -> tuple[str, ...]:
    left_out = _NOT_LISTED.get(type_name, "").split()
    rest = (each.name for each in RECORD_TYPES[type_name].fields if _is_short(each))
    return tuple(dict.fromkeys((*first.split(), *(name for name in rest if name not in left_out))))
