"""The `pattern` stage: hassil's sentence templates, compiled once to regular expressions.

Names are wildcards resolved by the home's index afterwards, so the cost of a match does not grow with the home.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import yaml
from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    Sentence,
    Sequence,
    TextChunk,
)
from hassil.parse_expression import parse_sentence
from hassil.parser import ParseError

WILDCARDS = ("target", "value", "source", "media", "name", "title")


class PatternError(ValueError):
    """A sentence pattern that cannot be read; the message names it."""


@dataclass(frozen=True)
class SentencePattern:
    """One template with what it means; `improvement` is None for those that ship.

    `domains` are those its target may have where the intent is left open.
    """

    template: str
    intent: str | None
    action: str | None
    domains: tuple[str, ...]
    expression: str = field(repr=False, compare=False)
    clauses: tuple[frozenset[str], ...] = field(repr=False, compare=False)
    order: int = 0
    needs_value: bool = False
    slots: tuple[tuple[str, Any], ...] = ()
    improvement: int | None = None

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression, compiled when a text first needs it: all of them take a quarter of a second."""
        return re.compile(self.expression)


@dataclass(frozen=True)
class PatternMatch:
    """A template that fits a whole text, with what its wildcards took; `literal` counts the letters it fixed itself."""

    pattern: SentencePattern
    captures: Mapping[str, str]
    literal: int


@dataclass(frozen=True)
class PatternSet:
    """All sentence patterns of a knowledge."""

    patterns: tuple[SentencePattern, ...]

    @classmethod
    def parse(cls, document: str) -> PatternSet:
        """Compile a YAML document of rules and patterns. Raises PatternError naming what is wrong."""
        return _parse(document)

    @cached_property
    def _always(self) -> tuple[SentencePattern, ...]:
        """The patterns that no word is needed for."""
        return tuple(pattern for pattern in self.patterns if not pattern.clauses)

    @cached_property
    def _by_word(self) -> Mapping[str, tuple[SentencePattern, ...]]:
        """Patterns by each word of their first clause, one of which a text must hold for them to fit."""
        table: dict[str, list[SentencePattern]] = {}
        for pattern in self.patterns:
            for word in pattern.clauses[0] if pattern.clauses else ():
                table.setdefault(word, []).append(pattern)
        return {word: tuple(patterns) for word, patterns in table.items()}

    def matches(self, plain_text: str) -> list[PatternMatch]:
        """Return the patterns that fit the whole of `plain_text`, the most literal first."""
        words = frozenset(plain_text.split())
        found = []
        for pattern in self._possible(words):
            match = pattern.regex.fullmatch(plain_text)
            if match:
                captures = {name: text.strip() for name, text in match.groupdict().items() if text and text.strip()}
                literal = len(plain_text) - sum(len(text) for text in captures.values())
                found.append(PatternMatch(pattern, captures, literal))
        found.sort(key=lambda match: (-match.literal, match.pattern.order))
        return found

    def _possible(self, words: frozenset[str]) -> Iterable[SentencePattern]:
        yield from self._always
        seen: set[int] = set()
        for word in words:
            for pattern in self._by_word.get(word, ()):
                if pattern.order in seen:
                    continue
                seen.add(pattern.order)
                if not any(clause.isdisjoint(words) for clause in pattern.clauses):
                    yield pattern


@cache
def _parse(document: str) -> PatternSet:
    data, rules = _data(document), _parse_rules(document)
    patterns: list[SentencePattern] = []
    for entry in data.get("patterns") or []:
        for template in entry["sentences"]:
            sentence = _sentence(template, template)
            patterns.append(
                SentencePattern(
                    template,
                    entry.get("intent"),
                    entry.get("action"),
                    tuple(entry.get("domains", ())),
                    _expression(sentence, rules, template),
                    _required(sentence, rules),
                    len(patterns),
                    bool(entry.get("needs_value")),
                    tuple((entry.get("slots") or {}).items()),
                )
            )
    return PatternSet(tuple(patterns))


def rules_of(document: str) -> Mapping[str, Sentence]:
    """Return the rules that a YAML document of patterns declares, by name."""
    return _parse_rules(document)


@cache
def _parse_rules(document: str) -> Mapping[str, Sentence]:
    return {name: _sentence(text, f"rule {name}") for name, text in (_data(document).get("rules") or {}).items()}


def compiled(template: str, rules: Mapping[str, Sentence]) -> tuple[str, tuple[frozenset[str], ...]]:
    """Return the regular expression of a template, and the words of which it needs one each; raises PatternError."""
    sentence = parsed(template)
    return _expression(sentence, rules, template), _required(sentence, rules)


def parsed(template: str) -> Sentence:
    """Return a template as hassil reads it; raises PatternError."""
    return _sentence(template, template)


@cache
def _data(document: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(document, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
    return data


def _sentence(template: str, where: str) -> Sentence:
    try:
        return parse_sentence(template)
    except (ParseError, ValueError, AssertionError) as error:
        raise PatternError(f"the sentence pattern {where!r} cannot be read: {error}") from error


def _required(sentence: Sentence, rules: Mapping[str, Sentence]) -> tuple[frozenset[str], ...]:
    whole = [clause for clause in sentence.get_required_clauses(dict(rules)) if clause]
    return tuple(sorted((c for c in whole if all("'" not in word for word in c)), key=len))


def _expression(sentence: Sentence, rules: Mapping[str, Sentence], template: str) -> str:
    writer = _Writer(rules, template)
    writer.write(sentence.expression)
    return r"\s*" + "".join(writer.parts) + r"\s*"


class _Writer:
    """Turns hassil's expression tree into the text of a regular expression."""

    def __init__(self, rules: Mapping[str, Sentence], template: str) -> None:
        self._rules = rules
        self._template = template
        self._seen: dict[str, int] = {}
        self.parts: list[str] = []

    def write(self, expression: Expression) -> None:
        if isinstance(expression, TextChunk):
            self.parts.append(_literal(expression.text))
        elif isinstance(expression, ListReference):
            self.parts.append(self._wildcard(expression.slot_name))
        elif isinstance(expression, RuleReference):
            if expression.rule_name not in self._rules:
                raise PatternError(
                    f"the sentence pattern {self._template!r} names an unknown rule <{expression.rule_name}>"
                )
            self.write(self._rules[expression.rule_name].expression)
        elif isinstance(expression, Alternative):
            self._alternatives(expression.items)
        elif isinstance(expression, Permutation):
            raise PatternError(f"the sentence pattern {self._template!r} uses a permutation, which is not supported")
        elif isinstance(expression, Sequence | Group):
            for item in expression.items:
                self.write(item)

    def _alternatives(self, items: Iterable[Expression]) -> None:
        self.parts.append("(?:")
        for at, item in enumerate(sorted(items, key=_length, reverse=True)):
            if at:
                self.parts.append("|")
            self.write(item)
        self.parts.append(")")

    def _wildcard(self, name: str) -> str:
        if name not in WILDCARDS:
            raise PatternError(f"the sentence pattern {self._template!r} has an unknown wildcard {{{name}}}")
        count = self._seen[name] = self._seen.get(name, 0) + 1
        return rf"\b(?P<{name}>\S(?:.*?\S)?)(?!\S)" if count == 1 else r"\b\S(?:.*?\S)?(?!\S)"


def _length(expression: Expression) -> int:
    """Return the letters an expression fixes at most: of two alternatives the longer is tried first."""
    if isinstance(expression, TextChunk):
        return len(expression.text)
    if isinstance(expression, Alternative):
        return max((_length(item) for item in expression.items), default=0)
    return sum(_length(item) for item in expression.items) if isinstance(expression, Group) else 1


def _literal(text: str) -> str:
    pieces = re.split(r"(\s+)", text)
    written = []
    for piece in pieces:
        if not piece:
            continue
        if piece.isspace():
            written.append(r"\s*")
        else:
            start = r"(?<!\S)" if not piece.startswith("'") else ""
            end = r"(?!\S)" if not piece.endswith("'") else ""
            written.append(f"{start}{re.escape(piece)}{end}")
    return "".join(written)
