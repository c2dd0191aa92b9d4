"""Reads what only a taught sentence pattern fits: those that ship come first, and what they hold stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.understanding.command_reading import read_pattern
from engine.understanding.draft import Draft
from engine.understanding.home_index import READABLE
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Interpretation, Stage
from engine.understanding.judging import EXACT, INEXACT, judge
from engine.understanding.knowledge import LearnedPattern
from engine.understanding.patterns import PatternMatch, PatternSet
from engine.understanding.scope import Scope
from engine.understanding.situation import Situation
from engine.understanding.slots import prepare
from engine.understanding.talk_reading import read_talk
from engine.understanding.targets import resolve
from engine.understanding.taught_templates import taught_pattern

_MOST_READ = 8


def taught_set(patterns: Iterable[LearnedPattern]) -> PatternSet:
    """Return the set of taught patterns, each compiled once."""
    return PatternSet(
        tuple(taught_pattern(p.template, p.intent, p.slots, p.improvement, order) for order, p in enumerate(patterns))
    )


def read_taught(
    matches: Iterable[PatternMatch], text: str, bare: str, scope: Scope, situation: Situation, *, asks: bool
) -> Interpretation | None:
    """Return the meaning of the first taught pattern that holds; what asks (`asks`) commands nothing."""
    for match in list(matches)[:_MOST_READ]:
        intent = match.pattern.intent or ""
        if INTENTS[intent].acts and asks:
            continue
        found = (
            _command(match, text, bare, scope, situation) if _has_targets(intent) else read_talk((match,), text, bare)
        )
        if found:
            return found
    return None


def _has_targets(intent: str) -> bool:
    return INTENTS[intent].acts or intent == "state_query"


def _command(match: PatternMatch, text: str, bare: str, scope: Scope, situation: Situation) -> Interpretation | None:
    draft = _draft(match, bare, scope)
    # A template without a wildcard may speak of "it", and ask; a name that nothing bears means something else.
    named = draft is not None and "target" in match.captures
    if draft is None or (named and not (draft.holds or draft.resolution.choices)):
        return None
    mended = draft.mention not in {"", "it"} and not spelt_so(draft.mention, text)
    exact = draft.resolution.exact and not mended
    numbers = {*draft.resolution.used, *_numbers(match)}
    draft = replace(draft, resolution=replace(draft.resolution, exact=exact, used=tuple(sorted(numbers))))
    return judge(draft, text, Stage.PATTERN, situation, confidence=EXACT if exact else INEXACT)


def _draft(match: PatternMatch, bare: str, scope: Scope) -> Draft | None:
    if match.pattern.intent != "state_query":
        return read_pattern(match, scope, bare)
    mention = match.captures.get("target", "it")
    resolution = resolve(mention, replace(scope, domains=READABLE))
    return Draft.of("state_query", None, {"query": "state", **dict(match.pattern.slots)}, resolution, mention)


def _numbers(match: PatternMatch) -> tuple[int, ...]:
    return () if match.pattern.improvement is None else (match.pattern.improvement,)


def spelt_so(mention: str, text: str) -> bool:
    """Tell whether a name stands in the text as it was read; one that had to be mended is no exact name."""
    said = frozenset(prepare(text).split())
    return all(word in said for word in mention.split())
