"""Changes of how thoughts are read and of when reports come, judged: why they wait, what refuses them, if they work."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from engine.learning.changes import (
    AmbiguityRuleChange,
    KeywordRuleChange,
    ReportHourChange,
    TaskChange,
    TimeMappingChange,
)
from engine.learning.changes_of_tasks import ASKS
from engine.learning.outcomes import Refused
from engine.learning.task_knowledge import ReportHour, TaskKnowledge, reaches_tasks, with_rule
from engine.learning.wordings import meaning_fault, phrase_fault
from engine.tasks.capture import capture
from engine.tasks.due import Due
from engine.tasks.kinds import Kind, Priority
from engine.tasks.rules import TaskRules
from engine.tasks.times import find_time

_PROBE = "look for the blue folder"


def task_reason(change: TaskChange) -> str:
    """Return why a change waits for a person, as a clause."""
    match change:
        case KeywordRuleChange():
            return "it changes how pressing things are"
        case AmbiguityRuleChange():
            return "it changes what I ask about"
        case TimeMappingChange():
            return "it changes when things are due"
        case ReportHourChange():
            return "it changes when reports come"


def task_fault(change: TaskChange) -> Refused | None:
    """Return what is wrong with the words of a change, or None."""
    if isinstance(change, ReportHourChange):
        return None
    fault = phrase_fault(change.phrase)
    return fault or (meaning_fault(change.meaning) if isinstance(change, TimeMappingChange) else None)


def task_in_force(change: TaskChange, known: TaskKnowledge) -> bool:
    """Tell whether what is known says what a change says, to whom it is for."""
    if isinstance(change, ReportHourChange):
        return known.report_hour(change.owner) == ReportHour(change.hour, change.weekday)
    rules = known.rules(change.owner)
    changed = with_rule(rules, change)
    parts = ("keywords", "ambiguous", "times")
    return all(set(getattr(changed, part)) == set(getattr(rules, part)) for part in parts)


def task_shortfall(change: TaskChange, rules: TaskRules, now: datetime) -> str | None:
    """Return what is still read otherwise with a change in force, or None when it does what it is for."""
    match change:
        case KeywordRuleChange():
            said = f"{_PROBE} {change.phrase}"
            found = capture(said, kind=Kind.TASK, now=now, zone=UTC, rules=rules)
            done = found is not None and found.priority is Priority(change.priority)
            return None if done else f"“{said}” is still not {change.priority}"
        case AmbiguityRuleChange():
            said = f"{change.phrase} {_PROBE}"
            found = capture(said, kind=Kind.TASK, now=now, zone=UTC, rules=rules)
            done = found is not None and ASKS[change.asks] in found.asks
            return None if done else f"“{said}” is still not asked about"
        case TimeMappingChange():
            return _time_shortfall(change, rules, now)
    return None


def _time_shortfall(change: TimeMappingChange, rules: TaskRules, now: datetime) -> str | None:
    meant = find_time(f"{_PROBE} {change.meaning}", now, UTC) or find_time(f"{_PROBE} at {change.meaning}", now, UTC)
    said = f"{_PROBE} {change.phrase}"
    found = find_time(said, now, UTC, rules.times)
    if found is None:
        return f"“{said}” still says no time"
    if meant is not None and _bare(found.due) != _bare(meant.due):
        return f"“{said}” is still not due {change.meaning}"
    return None


def _bare(due: Due) -> Due:
    return replace(due, wording="", asks=False, by=False)


__all__ = ["reaches_tasks", "task_fault", "task_in_force", "task_reason", "task_shortfall"]
