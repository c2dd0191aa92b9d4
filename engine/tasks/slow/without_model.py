"""What rules alone can propose: how pressing a thought is by its words and its day, and a project's oldest task."""

from __future__ import annotations

from datetime import timedelta

from engine.tasks.due import Due
from engine.tasks.kinds import Priority
from engine.tasks.priority import read_priority
from engine.tasks.slow.proposed import Matter, Proposed, StalledProject

_SOON = timedelta(days=1)
_BY_WORDS = 0.8
_BY_DAY = 0.7
_OLDEST = 0.5


def about_thought(matter: Matter) -> Proposed | None:
    """Return how pressing a thought of normal priority should be, None where nothing says so."""
    if matter.priority is not Priority.NORMAL:
        return None
    said = read_priority(matter.text, matter.rules)
    if said.priority is not Priority.NORMAL:
        why = f"it says “{said.said}”" if said.said else "its words say so"
        return Proposed({"priority": said.priority.value}, "rules", why, _BY_WORDS)
    if matter.due is not None and _is_soon(matter.due, matter):
        others = ({"priority": Priority.URGENT.value},)
        return Proposed({"priority": Priority.HIGH.value}, "rules", "it is due within a day", _BY_DAY, others)
    return None


def about_project(project: StalledProject) -> Proposed:
    """Return the oldest open task as a project's next step, else a question."""
    if not project.steps:
        return Proposed({}, "rules", "nothing of it is left to do", _OLDEST)
    first, *others = project.steps
    alternatives = tuple({"task": step.number} for step in others[:3])
    return Proposed({"task": first.number}, "rules", "it has waited longest", _OLDEST, alternatives)


def _is_soon(due: Due, matter: Matter) -> bool:
    if due.at is not None:
        return timedelta(0) <= due.at - matter.now <= _SOON
    today = matter.now.astimezone(matter.zone).date()
    return due.day is not None and today <= due.day <= today + _SOON
