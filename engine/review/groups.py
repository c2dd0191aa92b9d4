"""Patterns about phrases put together: one person's, or what several people have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from engine.review.confidence import by_chance, lower_bound
from engine.review.detectors.by_phrase import EVERYTHING
from engine.review.drafts import CHANCE, LEAST_CONFIDENCE, LEAST_COUNT, share_examples
from engine.review.vocabulary import Vocabulary
from store.detected_patterns import DetectedPattern

_PEOPLE = 2
# What share of thoughts is changed so for no reason that repeats, as if it had been seen in ten of them.
_USUAL, _PRIOR = 0.05, 10


@dataclass(frozen=True)
class Group:
    """What shows in a phrase (`what`, with its `value`), as one person says it or, without an owner, as several do."""

    what: str
    phrase: str
    value: str
    owner: str | None
    patterns: tuple[DetectedPattern, ...]
    count: int
    chances: int

    @property
    def confidence(self) -> float:
        """How surely it is held."""
        return lower_bound(self.count, max(self.chances, self.count))

    @property
    def examples(self) -> frozenset[int]:
        """The latest traces that show it."""
        return frozenset(number for one in self.patterns for number in one.context.get("examples", []))

    @property
    def is_settled(self) -> bool:
        """Whether something was made of it, or decided about it, before."""
        return any(one.status != "pending" for one in self.patterns)

    @property
    def holds(self) -> bool:
        """Whether it was seen often enough, and surely enough."""
        return self.count >= LEAST_COUNT and self.confidence >= LEAST_CONFIDENCE


class Groups:
    """The patterns of one type about phrases, and how often each phrase was said at all."""

    def __init__(self, patterns: Iterable[DetectedPattern], vocabulary: Vocabulary, guests: Collection[str]) -> None:
        self._vocabulary = vocabulary
        self._rows: dict[tuple[str, str], list[DetectedPattern]] = defaultdict(list)
        for one in patterns:
            if "phrase" in one.context and one.owner is not None and one.owner not in guests:
                self._rows[(_what(one), one.context["phrase"])].append(one)

    def holding(self, prefix: str) -> list[Group]:
        """Return the groups that hold, of what begins with a prefix: the household's, and people's own."""
        found: list[Group] = []
        for (what, phrase), rows in self._rows.items():
            if phrase == EVERYTHING or not what.startswith(prefix):
                continue
            shared = self.group(what, phrase, None)
            if len([one for one in rows if one.occurrence_count]) >= _PEOPLE and shared.holds:
                found.append(shared)
            found += [own for one in rows if (own := self.group(what, phrase, one.owner)).holds]
        return found

    def settled(self, prefix: str) -> list[Group]:
        """Return the groups of what begins with a prefix that were decided about, whether they still hold or not."""
        found: list[Group] = []
        for (what, phrase), rows in self._rows.items():
            if phrase != EVERYTHING and what.startswith(prefix) and any(one.status != "pending" for one in rows):
                owners = [None, *(one.owner for one in rows)]
                found += [one for owner in owners if (one := self.group(what, phrase, owner)).is_settled]
        return found

    def group(self, what: str, phrase: str, owner: str | None) -> Group:
        """Return what is known of a phrase, of one person or of all."""
        rows = [one for one in self._rows.get((what, phrase), []) if owner in {None, one.owner}]
        count = sum(one.occurrence_count for one in rows)
        value = str(rows[0].context.get("value") or rows[0].context.get("asks") or "") if rows else ""
        chances = max(self._vocabulary.said(phrase, owner), count)
        return Group(what, phrase, value, owner, tuple(rows), count, chances)

    def surprising(self, picks: Collection[Group]) -> list[Group]:
        """Return those of the picks that would hardly be seen if it had nothing to do with their phrase.

        Its usual share is that of all else that was written down and that picks before it do not explain; the more
        phrases (and values) there are that could have come out so, the more surprising it has to be (Bonferroni).
        """
        found: list[Group] = []
        for pick in picks:
            if self._chance(pick, found) <= CHANCE:
                found.append(pick)
        return found

    def _chance(self, pick: Group, explained: Collection[Group]) -> float:
        same = [one for one in (pick, *explained) if (one.what, one.owner) == (pick.what, pick.owner)]
        everything = self.group(pick.what, EVERYTHING, pick.owner)
        others = max(everything.count - sum(one.count for one in same), 0)
        chances = max(self._vocabulary.thoughts(pick.owner) - sum(one.chances for one in same), others)
        usual = (others + _USUAL * _PRIOR) / (chances + _PRIOR)
        looked_at = max(self._vocabulary.often(pick.owner, LEAST_COUNT), 1) * self._values(pick)
        return by_chance(pick.count, pick.chances, usual) * looked_at

    def _values(self, pick: Group) -> int:
        kind = pick.what.partition("=")[0]
        whats = {what for what, phrase in self._rows if phrase == EVERYTHING and what.partition("=")[0] == kind}
        return sum(self.group(what, EVERYTHING, pick.owner).count >= LEAST_COUNT for what in whats) or 1


def distinct(groups: Iterable[Group], taken: Iterable[Group] = ()) -> list[Group]:
    """Return the first of each set of groups of one owner that rest on the same traces, and of none of those taken."""
    before = list(taken)
    found: list[Group] = []
    for group in groups:
        same = (one for one in before if one.owner == group.owner)
        if not any(_is_about_the_same(group, one) for one in same):
            before.append(group)
            found.append(group)
    return found


def _is_about_the_same(first: Group, second: Group) -> bool:
    said = (f" {first.phrase} ", f" {second.phrase} ")
    nested = first.phrase != second.phrase and (said[0] in said[1] or said[1] in said[0])
    return nested or share_examples(first.examples, second.examples)


def _what(pattern: DetectedPattern) -> str:
    return str(pattern.context["what"])
