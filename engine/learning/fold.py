"""The fold: learned rows over base knowledge, in ascending order of improvement numbers, as one frozen value."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType

from engine.learning.catalogue import Catalogue, unknown_intent
from engine.learning.changes import (
    AliasChange,
    Change,
    ChangeError,
    CommandChange,
    ExemplarChange,
    PatternChange,
    PhraseRuleChange,
    RoutingChange,
    RuleChange,
    SynonymChange,
    TemplateChange,
    ThresholdChange,
    of_row,
    to_payload,
)
from engine.learning.words import word_key
from engine.understanding.intents import INTENTS
from engine.understanding.knowledge import (
    DEFAULT_THRESHOLDS,
    Alias,
    BaseKnowledge,
    Command,
    Exemplar,
    Knowledge,
    LearnedPattern,
    Synonym,
)
from engine.understanding.plain import plain
from store import LearnedRow

_NUMBER = attrgetter("number")
_FEW = 16  # of so many each is looked up, of more all changes are looked through


@dataclass(frozen=True)
class ActiveChange:
    """A change in force and the number of the improvement that brought it.

    What the fold makes of it is made once: of thousands in force, one comes or goes at a time.
    """

    number: int
    change: Change

    def __hash__(self) -> int:
        return hash(self.number)  # there is hardly ever another of the same number, and many are hashed at once

    @cached_property
    def said(self) -> Hashable:
        """What it says something of."""
        return said_of(self.change)

    @cached_property
    def word(self) -> str:
        """The form in which its phrase is the same word as another."""
        return word_key(self.change.phrase)

    @cached_property
    def payload(self) -> str:
        """The change as canonical JSON, which its digest covers."""
        return json.dumps(to_payload(self.change), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def row(self) -> Alias | Synonym | Command | Exemplar | LearnedPattern | None:
        """The row of knowledge it is, None where knowledge has it by its key."""
        match self.change:
            case AliasChange() as one:
                return Alias(one.phrase, one.kind, one.target, one.scope, one.owner, self.number)
            case SynonymChange() as one:
                return Synonym(one.phrase, one.replacement, one.scope, one.owner, self.number)
            case CommandChange() as one:
                return Command(one.phrase, one.text, one.scope, one.owner, self.number)
            case ExemplarChange() as one:
                return Exemplar(one.text, one.intent, self.number, one.verbatim)
            case PatternChange() as one:
                return LearnedPattern(one.template, one.intent, tuple(sorted(one.slots.items())), self.number)
        return None


@dataclass(frozen=True)
class UnreadableRow:
    """A learned row that is no change of a type built so far, and why; it takes no part in the fold."""

    row: LearnedRow
    reason: str


@dataclass(frozen=True)
class ActiveSet:
    """The changes in force in ascending order of numbers, and the rows that could not be read."""

    changes: tuple[ActiveChange, ...] = ()
    unreadable: tuple[UnreadableRow, ...] = ()


def read_rows(rows: Iterable[LearnedRow], intents: Catalogue = INTENTS) -> ActiveSet:
    """Return the changes that learned rows hold, rows of unknown type or shape, or of no known intent, apart."""
    changes: list[ActiveChange] = []
    unreadable: list[UnreadableRow] = []
    for row in rows:
        try:
            change = of_row(row)
        except ChangeError as error:
            unreadable.append(UnreadableRow(row, str(error)))
            continue
        if unknown := unknown_intent(change, intents):
            unreadable.append(UnreadableRow(row, unknown))
        else:
            changes.append(ActiveChange(row.improvement, change))
    return ActiveSet(in_order(changes), tuple(unreadable))


def in_order(changes: Iterable[ActiveChange]) -> tuple[ActiveChange, ...]:
    """Return changes in the order of the fold; the order within one improvement stays."""
    return tuple(sorted(changes, key=_NUMBER))


def without(changes: tuple[ActiveChange, ...], numbers: Collection[int]) -> tuple[ActiveChange, ...]:
    """Return changes in the order of the fold without those of some improvements."""
    if len(numbers) > _FEW:
        return tuple([one for one in changes if one.number not in numbers])
    for number in numbers:
        first, last = bisect_left(changes, number, key=_NUMBER), bisect_right(changes, number, key=_NUMBER)
        changes = (*changes[:first], *changes[last:])
    return changes


def fold(
    base: BaseKnowledge, changes: Iterable[ActiveChange], *, version: int = 0, near: Knowledge | None = None
) -> Knowledge:
    """Return the knowledge that base knowledge and changes make together, whatever order they come in.

    Of the changes that give one owner's phrase a meaning the latest counts; all of them take part in the digest. Where
    `near` is similar knowledge, its names are not arranged anew.
    """
    active = in_order(changes)
    meant = _meant(active)
    rows = [one.row for one in meant]
    rules = [one.change for one in meant if one.row is None]
    thresholds = {change.name: change.value for change in rules if isinstance(change, ThresholdChange)}
    return Knowledge(
        base,
        aliases=tuple(row for row in rows if isinstance(row, Alias)),
        synonyms=tuple(row for row in rows if isinstance(row, Synonym)),
        commands=tuple(row for row in rows if isinstance(row, Command)),
        learned=tuple(row for row in rows if isinstance(row, Exemplar)),
        thresholds=MappingProxyType({**DEFAULT_THRESHOLDS, **thresholds}) if thresholds else DEFAULT_THRESHOLDS,
        payloads=tuple([one.payload for one in active]),
        version=version,
        patterns=tuple(row for row in rows if isinstance(row, LearnedPattern)),
        routing={change.intent: change.handler for change in rules if isinstance(change, RoutingChange)},
        templates={change.key: change.text for change in rules if isinstance(change, TemplateChange)},
        near=near.nearest if near else None,
    )


def _meant(active: Sequence[ActiveChange]) -> list[ActiveChange]:
    """Return the changes that count, in their order: of two about the same the later one; examples add up."""
    taken: set[Hashable] = set()
    found: list[ActiveChange] = []
    for one in reversed(active):
        if isinstance(one.change, ExemplarChange):
            found.append(one)
        elif one.said not in taken:
            taken.add(one.said)
            found.append(one)
    found.reverse()
    return found


def said_of(change: Change) -> Hashable:
    """Return what a change says something of: of two about the same the later one counts."""
    if isinstance(change, PhraseRuleChange):
        return change.type, plain(change.phrase), change.owner
    if isinstance(change, RuleChange):
        return change.type, change.phrase, change.owner
    return plain(change.phrase) or change.phrase, change.owner
