"""Templates that people write: what is wrong with one, what it could be said as, and the pattern it becomes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from hassil.expression import Alternative, Expression, Group, ListReference, Permutation, RuleReference, TextChunk
from hassil.expression import Sentence as Parsed

from engine.understanding.intents import INTENTS
from engine.understanding.pattern_values import values_fault, wildcards_of
from engine.understanding.patterns import PatternError, SentencePattern, compiled, parsed, rules_of
from engine.understanding.plain import plain
from engine.understanding.slots import prepare
from engine.understanding.text import without_politeness

LONGEST_TEMPLATE = 200
MOST_VARIANTS = 2_000
LEAST_LETTERS = 3
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032`\u00b4", "'"))
_PUNCTUATION = re.compile(r"(?<!\d)[.,!?]+|[.,!?]+(?!\d)")


def normal(template: str) -> str:
    """Return a template as patterns are matched: lower case, plain apostrophes, no punctuation, single spaces."""
    folded = unicodedata.normalize("NFKC", template).translate(_APOSTROPHES).casefold()
    return " ".join(_PUNCTUATION.sub(" ", folded).split())


def template_fault(template: str, intent: str, slots: Mapping[str, Any]) -> str | None:
    """Return what is wrong with a pattern, as a clause that names it; None where it can be used."""
    values = values_fault(intent, slots)
    if values:
        return values
    if len(template) > LONGEST_TEMPLATE:
        return f"it is longer than {LONGEST_TEMPLATE} characters"
    unbalanced = _unbalanced(template)
    if unbalanced:
        return unbalanced
    if template != normal(template):
        return f"it has to be plain: “{normal(template)}”"
    try:
        sentence = parsed(template)
        return _structure_fault(sentence, intent) or _size_fault(sentence, template)
    except PatternError as error:
        return str(error)


@lru_cache(4_096)
def taught_pattern(
    template: str, intent: str, slots: tuple[tuple[str, Any], ...], improvement: int, order: int
) -> SentencePattern:
    """Return the pattern of a template that has no fault; the rules that ship may be named in it."""
    expression, clauses = compiled(template, shipped_rules())
    action = dict(slots).get("action")
    rest = tuple((name, value) for name, value in slots if name != "action")
    domains = INTENTS[intent].domains
    return SentencePattern(
        template, intent, action, domains, expression, clauses, order, slots=rest, improvement=improvement
    )


@cache
def shipped_rules() -> Mapping[str, Parsed]:
    """Return the rules of the patterns that ship."""
    return rules_of((resources.files("engine.understanding") / "data" / "patterns.yaml").read_text("utf-8"))


def needed_words(template: str) -> tuple[frozenset[str], ...]:
    """Return the sets of words of each of which one has to be said for a template to fit."""
    return compiled(template, shipped_rules())[1]


@lru_cache(4_096)
def _regex(template: str) -> re.Pattern[str]:
    return re.compile(compiled(template, shipped_rules())[0])


def fits(template: str, text: str) -> bool:
    """Tell whether a template fits a text as it was said, courtesy taken off."""
    forms = (plain(text), without_politeness(prepare(text)))
    return any(_regex(template).fullmatch(form) for form in forms)


def examples(template: str, fill: Mapping[str, str], most: int = 4) -> tuple[str, ...]:
    """Return sentences that a template fits, its wildcards filled in; as different as its alternatives are."""
    expression = parsed(template).expression
    made = (" ".join(_example(expression, fill, turn).split()) for turn in range(most))
    return tuple(dict.fromkeys(made))


def wildcards_in(template: str) -> tuple[str, ...]:
    """Return the wildcards of a template in order."""
    found = (part for part in _parts(parsed(template).expression) if isinstance(part, ListReference))
    return tuple(part.slot_name for part in found)


def _unbalanced(template: str) -> str | None:
    opened: list[tuple[str, int]] = []
    for at, letter in enumerate(template, start=1):
        if letter in _PAIRS.values():
            opened.append((letter, at))
        elif letter in _PAIRS and (not opened or opened.pop()[0] != _PAIRS[letter]):
            return f"the “{letter}” at place {at} closes nothing"
    return f"the “{opened[-1][0]}” at place {opened[-1][1]} is never closed" if opened else None


def _structure_fault(sentence: Parsed, intent: str) -> str | None:
    seen: list[str] = []
    rules, allowed = shipped_rules(), wildcards_of(intent)
    for part in _parts(sentence.expression):
        match part:
            case Permutation():
                return "“;” is not used in templates"
            case ListReference() if part.slot_name not in allowed:
                known = ", ".join(f"{{{name}}}" for name in allowed)
                return f"{{{part.slot_name}}} is no wildcard of {intent}: there is {known}"
            case ListReference() if part.slot_name in seen:
                return f"{{{part.slot_name}}} stands in it twice"
            case ListReference():
                seen.append(part.slot_name)
            case RuleReference() if part.rule_name not in rules:
                return f"there is no rule <{part.rule_name}>: there are {', '.join(f'<{name}>' for name in rules)}"
            case TextChunk() if prepare(part.text) != " ".join(part.text.split()):
                return f"“{part.text.strip()}” is read as “{prepare(part.text)}”: write it so"
    return None


def _size_fault(sentence: Parsed, template: str) -> str | None:
    if _variants(sentence.expression) > MOST_VARIANTS:
        return f"it stands for more than {MOST_VARIANTS} sentences"
    letters = _letters(sentence.expression)
    if letters < LEAST_LETTERS:
        if wildcards_in(template):
            return f"it would match nearly everything: at least {LEAST_LETTERS} letters of it have to be said"
        return "it would match an empty text: something in it has to be said"
    return None


def _parts(expression: Expression) -> Iterator[Expression]:
    yield expression
    for item in _items(expression):
        yield from _parts(item)


def _items(expression: Expression) -> Sequence[Expression]:
    return expression.items if isinstance(expression, Group) else ()


def _rule(reference: RuleReference) -> Expression:
    return shipped_rules()[reference.rule_name].expression


def _variants(expression: Expression) -> int:
    """Return how many sentences an expression stands for, wildcards counting as one word."""
    if isinstance(expression, RuleReference):
        return _variants(_rule(expression))
    if isinstance(expression, Alternative):
        return sum(_variants(item) for item in expression.items)
    product = 1
    for item in _items(expression):
        product = min(product * _variants(item), MOST_VARIANTS + 1)
    return product


def _letters(expression: Expression) -> int:
    """Return how many letters an expression fixes at least."""
    if isinstance(expression, TextChunk):
        return sum(letter.isalnum() for letter in expression.text)
    if isinstance(expression, RuleReference):
        return _letters(_rule(expression))
    if isinstance(expression, Alternative):
        return min((_letters(item) for item in expression.items), default=0)
    return sum(_letters(item) for item in _items(expression))


def _example(expression: Expression, fill: Mapping[str, str], turn: int) -> str:
    if isinstance(expression, TextChunk):
        return expression.text
    if isinstance(expression, ListReference):
        return fill.get(expression.slot_name, "it")
    if isinstance(expression, RuleReference):
        return _example(_rule(expression), fill, turn)
    if isinstance(expression, Alternative):
        return _example(expression.items[turn % len(expression.items)], fill, turn)
    return "".join(_example(item, fill, turn) for item in _items(expression))
