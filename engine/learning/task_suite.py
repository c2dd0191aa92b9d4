"""The golden times and captures with a change of how thoughts are read, against the same without it."""

from __future__ import annotations

from engine.learning.breathing import breathe
from engine.learning.changes import Change, KeywordRuleChange, TimeMappingChange
from engine.learning.task_cases import Reading, TaskCase, TaskFamily, task_cases
from engine.learning.verdicts import NOTHING, ChangedCase, Comparison, Tally
from engine.learning.words import contains_phrase
from engine.tasks.rules import TaskRules
from engine.understanding.plain import plain

_MOST_SAID = 5  # a word said in more of the cases than these is no word for one thing
_LEADING = frozenset(
    "on at by in for before after until till from around about during since over due the this sometime".split()
)


def task_comparison(change: Change, before: TaskRules, after: TaskRules) -> Comparison:
    """Return how the golden times and captures go with a change of how thoughts are read.

    What says just what the change is about is no loss: a time that was said in its very words, and a priority where
    the sentence says no other.
    """
    families: tuple[TaskFamily, ...] = ("time", "capture") if isinstance(change, TimeMappingChange) else ("capture",)
    found = NOTHING
    for family in families:
        found = found.joined(_compared(family, change, before, after))
    return found


def _compared(family: TaskFamily, change: Change, before: TaskRules, after: TaskRules) -> Comparison:
    worse: list[ChangedCase] = []
    meant: list[ChangedCase] = []
    better: list[ChangedCase] = []
    passed = 0
    cases = task_cases(family)
    for case in cases:
        breathe()
        was, now = case.read(before), case.read(after)
        passed += not now.fault
        if now.fault and not was.fault:
            lost = ChangedCase(case.id, family, case.text, now.fault)
            (meant if _is_meant(change, case, was) else worse).append(lost)
        elif was.fault and not now.fault:
            better.append(ChangedCase(case.id, family, case.text, was.fault))
    if isinstance(change, KeywordRuleChange) and len(meant) > _MOST_SAID:
        worse += meant
    tally = Tally(len(cases), len(cases), passed, len(worse), len(better))
    return Comparison(tuple(worse), tuple(better), {family: tally})


def _is_meant(change: Change, case: TaskCase, was: Reading) -> bool:
    match change:
        case KeywordRuleChange():
            silent = case.expected is not None and case.expected.get("priority") == "normal"
            return silent and contains_phrase(case.text, change.phrase)
        case TimeMappingChange():
            said, phrase = plain(was.wording).split(), plain(change.phrase).split()
            return said[-len(phrase) :] == phrase and _LEADING.issuperset(said[: -len(phrase)])
    return False
