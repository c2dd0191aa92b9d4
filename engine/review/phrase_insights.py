"""Insights about words: what is pressing, what a time means, what is better asked about first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.learning.changes import AmbiguityRuleChange, ChangeError, KeywordRuleChange, TimeMappingChange
from engine.learning.changes_of_tasks import PhraseRuleChange
from engine.learning.wordings import phrase_fault
from engine.review.detectors import ambiguity, by_priority, by_time
from engine.review.drafts import Draft, times
from engine.review.groups import Group, Groups, distinct
from engine.review.phrases import breadth
from engine.review.priority import CORRECTION, Weight
from engine.review.redaction import is_private
from engine.review.rules import ReviewRules
from engine.review.vocabulary import Vocabulary
from store.detected_patterns import DetectedPattern

_LEAST_UNASKED = 3
_DEMAND = {
    "kind": "ask what it is first",
    "when": "ask when first",
    "what": "ask what exactly is meant first",
}
_CHANGED = {"kind": "turned into something else", "when": "given a time", "what": "reworded"}


@dataclass(frozen=True)
class _Making:
    """How insights are made of one sort of pattern."""

    prefix: str
    change: Callable[[Group], PhraseRuleChange]
    draft: Callable[[Group, PhraseRuleChange], Draft]
    order: Callable[[Group], tuple[Any, ...]]


def phrase_drafts(patterns: Sequence[DetectedPattern], vocabulary: Vocabulary, rules: ReviewRules) -> Iterator[Draft]:
    """Give what patterns about phrases recommend; a time that is certain comes before asking for it."""
    failures = Groups((one for one in patterns if one.pattern_type == by_time.TYPE), vocabulary, rules.guests)
    timed = _chosen(failures, _TIMES, rules)
    yield from _drafts(timed, _TIMES)
    yield from _drafts(_chosen(failures, _PRIORITIES, rules), _PRIORITIES)
    unclear = Groups((one for one in patterns if one.pattern_type == ambiguity.TYPE), vocabulary, rules.guests)
    for asks in _DEMAND:
        making = _asking(asks, unclear)
        found = _chosen(unclear, making, rules, taken=timed if asks == "when" else ())
        yield from _drafts((one for one in found if _unasked(unclear, one) >= _LEAST_UNASKED), making)


def _chosen(groups: Groups, making: _Making, rules: ReviewRules, taken: Sequence[Group] = ()) -> list[Group]:
    """Return the groups something follows from, settled ones among them, of each set about the same the best."""
    fit = [one for one in groups.holding(making.prefix) if _is_fit(one, making, rules)]
    settled = sorted((one for one in fit if one.is_settled), key=making.order)
    fresh = sorted((one for one in fit if not one.is_settled), key=making.order)
    # What was decided, though it may no longer hold or is in force by now, does not come again in narrower words.
    picks = [*settled, *distinct(fresh, (*taken, *groups.settled(making.prefix)))]
    return groups.surprising(picks)


def _is_fit(group: Group, making: _Making, rules: ReviewRules) -> bool:
    if is_private(group.phrase, rules.names) or phrase_fault(group.phrase) is not None:
        return False
    try:
        change = making.change(group)
    except ChangeError:
        return False
    return not rules.in_force(change)


def _drafts(groups: Iterable[Group], making: _Making) -> Iterator[Draft]:
    for group in groups:
        yield making.draft(group, making.change(group))


def _weight(group: Group, actionable: float = 1.0) -> Weight:
    return Weight(group.count, group.chances, group.confidence, CORRECTION, actionable)


def _owned(group: Group) -> dict[str, Any]:
    return {"scope": "household" if group.owner is None else "personal", "owner": group.owner}


def _whose(group: Group) -> str:
    return "Thoughts" if group.owner is None else "Thoughts of yours"


def _seen(group: Group) -> str:
    return f"{times(group.count)} out of {group.chances}"


def _keyword(group: Group) -> KeywordRuleChange:
    return KeywordRuleChange(group.phrase, group.value, **_owned(group))


def _keyword_draft(group: Group, change: PhraseRuleChange) -> Draft:
    return Draft(
        change,
        f"“{group.phrase}” is of {group.value} priority",
        f"{_whose(group)} with “{group.phrase}” were set to {group.value} priority by hand {_seen(group)}.",
        f"I would give them {group.value} priority right away.",
        group.patterns,
        _weight(group),
        {"what": "amended", "field": "priority", "phrase": group.phrase, "owner": group.owner},
    )


def _time(group: Group) -> TimeMappingChange:
    return TimeMappingChange(group.phrase, group.value, **_owned(group))


def _time_draft(group: Group, change: PhraseRuleChange) -> Draft:
    return Draft(
        change,
        f"“{group.phrase}” means {group.value}",
        f"{_whose(group)} with “{group.phrase}” were set to {group.value} by hand {_seen(group)}.",
        f"I would read “{group.phrase}” as {group.value}.",
        group.patterns,
        _weight(group),
        {"what": "amended", "field": "due", "phrase": group.phrase, "owner": group.owner},
    )


def _unclear(group: Group) -> AmbiguityRuleChange:
    return AmbiguityRuleChange(group.phrase, group.value, **_owned(group))


def _unclear_draft(group: Group, change: PhraseRuleChange) -> Draft:
    field = next(name for name, asks in ambiguity.ASKS.items() if asks == group.value)
    return Draft(
        change,
        f"“{group.phrase}” is unclear to me",
        f"{_whose(group)} with “{group.phrase}” were {_CHANGED[group.value]} afterwards {_seen(group)}.",
        f"I would {_DEMAND[group.value]} when you say “{group.phrase}”.",
        group.patterns,
        _weight(group, 0.8),  # a question is still a question
        {"what": "amended", "field": field, "phrase": group.phrase, "owner": group.owner, "unasked": True},
    )


def _asking(asks: str, groups: Groups) -> _Making:
    def order(group: Group) -> tuple[Any, ...]:
        return (*_by_strength(group), -_unasked(groups, group))

    return _Making(asks, _unclear, _unclear_draft, order)


def _unasked(groups: Groups, group: Group) -> int:
    return groups.group(f"{ambiguity.UNASKED}-{group.value}", group.phrase, group.owner).count


def _by_strength(group: Group) -> tuple[Any, ...]:
    """Return what to sort by: what explains most, most surely, in the plainest words; everybody's first."""
    return (group.owner is not None, -round(group.count * group.confidence, 6), breadth(group.phrase), group.phrase)


def _by_plainness(group: Group) -> tuple[Any, ...]:
    strength = _by_strength(group)
    return (*strength[:2], by_time.preference(group.value), *strength[2:])


_TIMES = _Making(f"{by_time.WHAT}=", _time, _time_draft, _by_plainness)
_PRIORITIES = _Making(f"{by_priority.WHAT}=", _keyword, _keyword_draft, _by_strength)
