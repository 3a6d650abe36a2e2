"""The life of the demo's models: targets, tasks, a launch, checks in the years after, copies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from db.records.definition import SCALE, Value
from db.writing import Writing

_TASKS = (
    ("Họp dân bàn kế hoạch, thống nhất mức góp", "Tổ trưởng tổ dân phố", 60),
    ("Vận động từng hộ, lập danh sách góp", "Tổ dân vận", 120),
    ("Nghiệm thu, công khai thu chi", "Ban công tác Mặt trận", 300),
)
_CHECKERS = ("Ban công tác Mặt trận", "Đảng ủy phường", "Ban Xây dựng Đảng")


def live_on(
    write: Writing, model: str, years: tuple[int, int], draw: Random, happened: Callable[[date], date]
) -> None:
    """What a model that began in ``years[0]`` has by the end of ``years[1]``, drawn from ``draw``.

    ``happened`` gives the day on which something drawn for a day was: none is after today.
    """
    first, last = years
    launch = date(first, 1, 1) + timedelta(draw.randint(90, 200))
    if draw.random() < 0.5:
        write.add("activity", {"model": model, "kind": "launch", "held_on": happened(launch).isoformat()})
    _targets(write, model, draw)
    for what, who, day in _TASKS:
        _task(write, model, (what, who), date(first, 1, 1) + timedelta(day), draw, happened)
    for year in range(first + 1, last + 1):
        if draw.random() < 0.8 and not _check(write, model, launch.replace(year=year), draw, happened):
            return


def _targets(write: Writing, model: str, draw: Random) -> None:
    for name, measure, low, high in (("Hộ tham gia", "hộ", 20, 80), ("Buổi vận động", "buổi", 3, 12)):
        planned = draw.randint(low, high)
        reached = planned * draw.randint(70, 130) // 100
        target: dict[str, Value] = {"model": model, "name": name, "measure": measure}
        write.add("target", {**target, "planned": planned * SCALE, "actual": reached * SCALE})


def _task(
    write: Writing,
    model: str,
    what: tuple[str, str],
    due: date,
    draw: Random,
    happened: Callable[[date], date],
) -> None:
    done = happened(due - timedelta(draw.randint(-10, 20)))
    stated = done.isoformat() if draw.random() < 0.95 else None
    task: dict[str, Value] = {"model": model, "what": what[0], "who": what[1], "due_on": due.isoformat()}
    write.add("task", {**task, "done_on": stated})


def _check(write: Writing, model: str, day: date, draw: Random, happened: Callable[[date], date]) -> bool:
    """A check around a day; whether it found the model working."""
    works = draw.random() < 0.9
    check: dict[str, Value] = {
        "model": model,
        "checked_on": happened(day + timedelta(draw.randint(-20, 30))).isoformat(),
        "still_working": int(works),
        "body": draw.choice(_CHECKERS),
        "finding": "Vẫn duy trì đều." if works else "Không còn người phụ trách, đã ngừng.",
    }
    write.add("sustainability_check", check)
    return works
