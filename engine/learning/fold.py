"""The fold: learned rows over base knowledge, in ascending order of improvement numbers, as one frozen value."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from types import MappingProxyType

from engine.learning.catalogue import Catalogue, unknown_intent
from engine.learning.changes import (
    AliasChange,
    Change,
    ChangeError,
    CommandChange,
    ExemplarChange,
    PatternChange,
    RoutingChange,
    RuleChange,
    SynonymChange,
    TemplateChange,
    ThresholdChange,
    of_row,
    to_payload,
)
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


@dataclass(frozen=True)
class ActiveChange:
    """A change in force and the number of the improvement that brought it."""

    number: int
    change: Change


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
    return tuple(sorted(changes, key=lambda active: active.number))


def fold(base: BaseKnowledge, changes: Iterable[ActiveChange], *, version: int = 0) -> Knowledge:
    """Return the knowledge that base knowledge and changes make together, whatever order they come in.

    Of the changes that give one owner's phrase a meaning the latest counts; all of them take part in the digest.
    """
    active = in_order(changes)
    words = {said_of(a.change): a for a in active if not isinstance(a.change, ExemplarChange)}.values()
    meant = sorted(words, key=lambda a: a.number)
    latest = [a.change for a in meant]
    thresholds = {change.name: change.value for change in latest if isinstance(change, ThresholdChange)}
    return Knowledge(
        base,
        aliases=tuple(_alias(a.change, a.number) for a in meant if isinstance(a.change, AliasChange)),
        synonyms=tuple(_synonym(a.change, a.number) for a in meant if isinstance(a.change, SynonymChange)),
        commands=tuple(_command(a.change, a.number) for a in meant if isinstance(a.change, CommandChange)),
        learned=tuple(
            Exemplar(a.change.text, a.change.intent, a.number) for a in active if isinstance(a.change, ExemplarChange)
        ),
        thresholds=MappingProxyType({**DEFAULT_THRESHOLDS, **thresholds}) if thresholds else DEFAULT_THRESHOLDS,
        payloads=tuple(to_payload(a.change) for a in active),
        version=version,
        patterns=tuple(_pattern(a.change, a.number) for a in meant if isinstance(a.change, PatternChange)),
        routing={change.intent: change.handler for change in latest if isinstance(change, RoutingChange)},
        templates={change.key: change.text for change in latest if isinstance(change, TemplateChange)},
    )


def said_of(change: Change) -> Hashable:
    """Return what a change says something of: of two about the same the later one counts."""
    if isinstance(change, RuleChange):
        return change.type, change.phrase
    return plain(change.phrase) or change.phrase, change.owner


def _alias(change: AliasChange, number: int) -> Alias:
    return Alias(change.phrase, change.kind, change.target, change.scope, change.owner, number)


def _synonym(change: SynonymChange, number: int) -> Synonym:
    return Synonym(change.phrase, change.replacement, change.scope, change.owner, number)


def _pattern(change: PatternChange, number: int) -> LearnedPattern:
    return LearnedPattern(change.template, change.intent, tuple(sorted(change.slots.items())), number)


def _command(change: CommandChange, number: int) -> Command:
    return Command(change.phrase, change.text, change.scope, change.owner, number)
