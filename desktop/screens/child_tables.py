"""The tables of a model's page: which records, which columns how wide, what is added up beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from db import SCALE
from db.numbers import show_number, show_vnd
from desktop.screens.arrangement import members, typed
from desktop.screens.consent import ask_consent
from desktop.screens.row_acts import RowAct, grant, set_today
from desktop.screens.rows import Contributions, Members, Rows
from desktop.theme import Tone
from desktop.widgets.paged_table import Value
from resources import N_, _, ngettext

Totals = Callable[[Iterable[tuple[Any, ...]], str], str]
"""What stands beside a table, from its rows and the day (ISO)."""

Answers = tuple[tuple[Value, str, Tone], ...]
"""Stored value, words and colour of each answer to a question."""


@dataclass(frozen=True, slots=True)
class Child:
    """One table of a model's page: its tab, its rows, widths of its columns (0 = takes the rest).

    ``answers``: fields that are a question, where nothing said is not no. ``acts``: what can be done to rows.
    """

    name: str
    title: str
    rows: Rows
    widths: dict[str, int]
    totals_of: tuple[str, ...] = ()
    totals: Totals | None = None
    answers: Mapping[str, Answers] = field(default_factory=dict)
    acts: tuple[RowAct, ...] = ()


def money_and_work(found: Iterable[tuple[Any, ...]], _today: str) -> str:
    """Totals of contributions: money, labour and land apart, converted values never among the money."""
    money = days = land = converted = 0
    for kind, amount, quantity, worth in found:
        money += (amount or 0) if kind in ("cash", "transfer") else 0
        days += (quantity or 0) if kind == "labour_days" else 0
        land += (quantity or 0) if kind == "land" else 0
        converted += worth or 0
    parts = [_("Money: {sum}").format(sum=show_vnd(money))]
    if days:
        parts.append(_("Labour: {days} days").format(days=show_number(days, SCALE)))
    if land:
        parts.append(_("Land: {area} m²").format(area=show_number(land, SCALE)))
    if converted:
        parts.append(_("Goods worth: {sum}").format(sum=show_vnd(converted)))
    return " · ".join(parts)


def people_present(found: Iterable[tuple[Any, ...]], _today: str) -> str:
    """Totals of activities."""
    counts = [attendees for (attendees,) in found if attendees is not None]
    if not counts:
        return ""
    return _("Attended in all: {count}").format(count=show_number(sum(counts), 1))


def targets_reached(found: Iterable[tuple[Any, ...]], _today: str) -> str:
    """How many of the targets that say both were reached."""
    stated = [(planned, actual) for planned, actual in found if planned is not None]
    if not stated:
        return ""
    reached = sum(actual is not None and actual >= planned for planned, actual in stated)
    return _("Reached: {count} of {all}").format(count=reached, all=len(stated))


def still_to_do(found: Iterable[tuple[Any, ...]], today: str) -> str:
    """Open rows, and those of them that are late. A row says when it is due and when it was done."""
    waiting = [due for due, done in found if not done]
    late = sum(bool(due) and due < today for due in waiting)
    if not waiting:
        return ""
    words = ngettext("{n} open", "{n} open", len(waiting)).format(n=len(waiting))
    return " · ".join((words, ngettext("{n} overdue", "{n} overdue", late).format(n=late))) if late else words



def _consent_act(type_name: str) -> RowAct:
    return RowAct(N_("Public consent …"), "badge-check", ask_consent(type_name))


CHILDREN = (
    Child(
        "registrations",
        N_("Registrations"),
        Rows("registration", typed("registration")),
        {
            "year": 4,
            "registrant": 0,
            "field": 12,
            "subject_type": 8,
            "unit": 13,
            "level": 8,
            "kind": 8,
            "status": 13,
        },
    ),
    Child(
        "members",
        N_("Members"),
        Members("model_member", members()),
        {"full_name": 22, "address": 0},
        acts=(_consent_act("model_member"),),
    ),
    Child(
        "activities",
        N_("Activities"),
        Rows("activity", typed("activity")),
        {"content": 0, "place": 18, "kind": 13},
        ("attendees",),
        people_present,
    ),
    Child(
        "contributions",
        N_("Contributions"),
        Contributions("contribution", typed("contribution")),
        {
            "contributor": 0,
            "contributor_kind": 12,
            "kind": 12,
            "amount_vnd": 11,
            "quantity": 7,
            "measure": 9,
            "item": 11,
            "converted_vnd": 11,
            "receipt_no": 9,
        },
        ("kind", "amount_vnd", "quantity", "converted_vnd"),
        money_and_work,
        acts=(_consent_act("contribution"),),
    ),
    Child(
        "results",
        N_("Results"),
        Rows("output_measure", typed("output_measure")),
        {"name": 0, "measure": 14},
    ),
    Child(
        "targets",
        N_("Targets"),
        Rows("target", typed("target")),
        {"name": 0, "measure": 14},
        ("planned", "actual"),
        targets_reached,
    ),
    Child(
        "tasks",
        N_("Tasks"),
        Rows("task", typed("task")),
        {"what": 0, "who": 26},
        ("due_on", "done_on"),
        still_to_do,
        acts=(RowAct(N_("Done today"), "check", set_today("done_on", N_("Task done: {what}"))),),
    ),
    Child(
        "recognitions",
        N_("Recognitions"),
        Rows("recognition", typed("recognition")),
        {"recipient": 0, "form": 12, "level": 8, "body": 15, "status": 9, "occasion": 11},
        acts=(RowAct(N_("Granted …"), "award", grant),),
    ),
    Child(
        "supervisions",
        N_("Supervision"),
        Rows("supervision", typed("supervision")),
        {"finding": 0, "required": 22},
        ("due_on", "closed_on"),
        still_to_do,
        acts=(RowAct(N_("Put right today"), "check", set_today("closed_on", N_("Put right: {what}"))),),
    ),
    Child(
        "checks",
        N_("Still working?"),
        Rows("sustainability_check", typed("sustainability_check"), order="checked_on"),
        {"still_working": 16, "body": 24, "finding": 0},
        answers={
            "still_working": (
                (1, N_("Still working"), Tone.GOOD),
                (0, N_("No longer working"), Tone.BAD),
            )
        },
    ),
)

TAB_OF = {child.rows.type: child.name for child in CHILDREN}
"""The tab of a model's page on which records of a type stand."""
