"""Golden times and captures: sentences whose time, kind and priority are known."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from importlib import resources
from typing import Any, Literal
from zoneinfo import ZoneInfo

from engine.learning.golden import DEFAULT_NOW
from engine.tasks.capture import capture
from engine.tasks.due import Due, DueKind
from engine.tasks.kinds import Ask, Kind
from engine.tasks.rules import TaskRules
from engine.tasks.times import find_time

TaskFamily = Literal["time", "capture"]


@dataclass(frozen=True)
class Reading:
    """What a case comes to: why it fails (empty: it passes), and the words in which a time was found."""

    fault: str
    wording: str = ""


@dataclass(frozen=True)
class TaskCase:
    """A sentence, when and where it is said, and what is to be read in it; None for no time at all."""

    id: str
    family: TaskFamily
    text: str
    expected: Mapping[str, Any] | None
    now: datetime = DEFAULT_NOW
    zone: tzinfo = UTC
    given: Kind | None = None

    def read(self, rules: TaskRules) -> Reading:
        """Return what the sentence comes to by some rules."""
        return self._time(rules) if self.family == "time" else self._capture(rules)

    def _time(self, rules: TaskRules) -> Reading:
        found = find_time(self.text, self.now, self.zone, rules.times)
        due = found.due if found else None
        wording = due.wording if due else ""
        if self.expected is None:
            return Reading(f"a time is read in it: {wording}" if due else "", wording)
        return Reading("" if is_as_expected(due, self.expected) else f"due {_told(due)}", wording)

    def _capture(self, rules: TaskRules) -> Reading:
        found = capture(self.text, kind=self.given, now=self.now, zone=self.zone, rules=rules)
        if found is None or self.expected is None:
            return Reading("nothing is written down")
        got = {
            "kind": found.kind.value,
            "priority": found.priority.value,
            "due": found.due.kind.value if found.due else None,
        }
        faults = [f"{name} {got[name]}, not {wanted}" for name, wanted in self.expected.items() if got[name] != wanted]
        asks = [] if faults or Ask.WHEN in found.asks else [f"asks {ask.value}" for ask in found.asks]
        return Reading(", ".join((*faults, *asks)), found.due.wording if found.due else "")


def is_as_expected(due: Due | None, expected: Mapping[str, Any]) -> bool:
    """Tell whether a due is what a golden case says; of a recurrence only what the case names is compared."""
    if due is None or due.kind != expected["kind"]:
        return False
    if due.asks != expected.get("asks", False) or due.by != expected.get("by", False):
        return False
    got = due.to_document()
    if due.kind is DueKind.RECURRENCE:
        rule = got["recurrence"]
        wanted = {"interval": 1, "weekdays": [], "times": [], **expected["recurrence"]}
        return all(rule.get(name, {"interval": 1}.get(name, [])) == value for name, value in wanted.items())
    return all(_same_moment(got[name], expected[name]) for name in ("at", "day", "start", "end") if name in expected)


@cache
def task_cases(family: TaskFamily) -> tuple[TaskCase, ...]:
    """Return the packaged cases of a family."""
    return tuple(_times() if family == "time" else _captures())


def _times() -> Iterator[TaskCase]:
    for row in _rows("times.jsonl"):
        yield TaskCase(
            f"time:{row['id']}",
            "time",
            row["text"],
            row["expected"],
            datetime.fromisoformat(row["now"]),
            ZoneInfo(row["zone"]),
        )
    for row in _rows("time_traps.jsonl"):
        yield TaskCase(f"time:{row['id']}", "time", row["text"], None)


def _captures() -> Iterator[TaskCase]:
    for row in _rows("captures.jsonl"):
        given = Kind(row["given"]) if "given" in row else None
        yield TaskCase(f"capture:{row['id']}", "capture", row["text"], row["expected"], given=given)


def _rows(name: str) -> list[dict[str, Any]]:
    text = (resources.files("golden") / name).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def _same_moment(got: str, expected: str) -> bool:
    if "T" not in expected or "T" not in got:
        return got == expected
    return datetime.fromisoformat(got) == datetime.fromisoformat(expected)


def _told(due: Due | None) -> str:
    if due is None:
        return "at no time"
    when = due.at or due.day or due.start
    return f"{due.kind.value} {when.isoformat() if when else due.wording}"
