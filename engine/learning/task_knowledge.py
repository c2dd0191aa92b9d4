"""How thoughts and tasks are read with what was learned, for everybody and for each person, and when reports come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from engine.learning.changes import (
    AmbiguityRuleChange,
    Change,
    KeywordRuleChange,
    PhraseRuleChange,
    ReportHourChange,
    ThresholdChange,
    TimeMappingChange,
)
from engine.learning.changes_of_tasks import ASKS
from engine.learning.fold import ActiveChange
from engine.learning.thresholds import is_of_tasks
from engine.tasks.due import TimeMapping
from engine.tasks.kinds import Priority
from engine.tasks.mappings import mapped
from engine.tasks.rules import AmbiguityRule, KeywordRule, TaskRules
from engine.understanding.plain import plain


@dataclass(frozen=True)
class ReportHour:
    """When a person is sent reports: an hour (0 to 23) of the household's clock, on a weekday (0 is Monday) or any."""

    hour: int
    weekday: int | None = None


@dataclass(frozen=True)
class TaskKnowledge:
    """The changes in force that decide how thoughts are read, in their order."""

    active: tuple[ActiveChange, ...] = ()
    _made: dict[str | None, TaskRules] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, active: Iterable[ActiveChange]) -> TaskKnowledge:
        """Return the part of what is in force that is about thoughts, tasks and reports."""
        return cls(tuple(a for a in active if reaches_tasks(a.change) or isinstance(a.change, ReportHourChange)))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The changes themselves."""
        return tuple(a.change for a in self.active)

    def phrases(self, speaker: str | None) -> tuple[ActiveChange, ...]:
        """Return what phrases mean to a speaker, the latest of each alone."""
        visible = (a for a in self.active if a.change.owner in {None, speaker})
        latest = {a.said: a for a in visible if isinstance(a.change, PhraseRuleChange)}
        return tuple(sorted(latest.values(), key=lambda a: a.number))

    def rules(self, owner: str | None) -> TaskRules:
        """Return the rules that ship with what was learned: the owner's own before the household's, later first."""
        theirs = owner if any(change.owner == owner for change in self.changes) else None
        if theirs not in self._made:
            self._made[theirs] = self._rules(theirs)
        return self._made[theirs]

    def report_hour(self, person: str) -> ReportHour | None:
        """Return when a person is to be sent reports, or None where nothing was learned about it."""
        told = [one for one in self.changes if isinstance(one, ReportHourChange) and one.owner == person]
        return ReportHour(told[-1].hour, told[-1].weekday) if told else None

    def _rules(self, owner: str | None) -> TaskRules:
        shared = [change for change in self.changes if change.owner is None]
        own = [change for change in self.changes if owner is not None and change.owner == owner]
        rules = TaskRules.base()
        for change in (*shared, *own):
            rules = with_rule(rules, change)
        return rules


def reaches_tasks(change: Change) -> bool:
    """Tell whether a change can alter how a thought or a time is read."""
    return isinstance(change, PhraseRuleChange) or (isinstance(change, ThresholdChange) and is_of_tasks(change.name))


def with_rule(rules: TaskRules, change: Change) -> TaskRules:
    """Return rules with one more, in place of what they said of the same."""
    match change:
        case KeywordRuleChange():
            phrase = plain(change.phrase)
            filler = any(rule.filler for rule in rules.keywords if rule.phrase == phrase)
            keyword = KeywordRule(phrase, Priority(change.priority), filler)
            return replace(rules, keywords=(*(rule for rule in rules.keywords if rule.phrase != phrase), keyword))
        case AmbiguityRuleChange():
            unclear = AmbiguityRule(plain(change.phrase), ASKS[change.asks])
            others = (rule for rule in rules.ambiguous if rule.phrase != unclear.phrase)
            return replace(rules, ambiguous=(*others, unclear))
        case TimeMappingChange():
            time = TimeMapping(mapped(change.phrase), change.meaning)
            return replace(rules, times=(time, *(rule for rule in rules.times if rule.phrase != time.phrase)))
        case ThresholdChange():
            return replace(rules, thresholds=_with(rules.thresholds, change.name, change.value))
    return rules


def _with(thresholds: Mapping[str, float], name: str, value: float) -> Mapping[str, float]:
    return MappingProxyType({**thresholds, name: value})
