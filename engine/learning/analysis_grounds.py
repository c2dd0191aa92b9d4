"""What evidence is looked at against: the home and knowledge of now, what went well before, and what was closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from engine.embedding.port import Encoder
from engine.learning.breathing import breathe
from engine.learning.changes import AliasChange, Change, ExemplarChange, PatternChange
from engine.learning.clusters import STRICT, Radii
from engine.learning.golden import GoldenSet
from engine.learning.grounds import Grounds
from engine.learning.history import HistoryTurn
from engine.learning.meanings import word_key
from engine.learning.understander import Situation, Understander
from engine.llm.port import LanguageModel
from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.knowledge import Alias, Exemplar, LearnedPattern

_TRIED = 2**31
"""The number of what is only tried out: later than any improvement."""
_READY = frozenset({Disposition.ACT, Disposition.CONFIRM})


@dataclass(frozen=True)
class AnalysisGrounds:
    """All that the analysis may know besides the signals.

    `history` are the household's turns that went well or were put right, `verdicts` what was said of turns later,
    `closed` the changes that were rejected, failed their test, were rolled back, or wait. `zone` is the household's,
    `names` what people are called, `doubted` whose evidence does not count.
    """

    grounds: Grounds
    encoder: Encoder
    golden: GoldenSet
    history: tuple[HistoryTurn, ...] = ()
    verdicts: Mapping[int, str | None] = field(default_factory=dict)
    closed: tuple[Change, ...] = ()
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("UTC"))
    radii: Radii = field(default_factory=Radii)
    model: LanguageModel | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    doubted: frozenset[str] = frozenset()

    def understand(self, text: str, speaker: str | None, trial: Understander | None = None) -> Interpretation:
        """Return what `text` means to somebody now, or with what is tried out."""
        breathe()
        return (trial or self.grounds.interpreter).understand(text, self.situation(speaker))

    def situation(self, speaker: str | None) -> Situation:
        """Return the circumstances in which somebody speaks."""
        grounds = self.grounds
        return Situation(grounds.snapshot, speaker=speaker, now=grounds.now, risk=grounds.risk)

    def trying(self, *changes: AliasChange | ExemplarChange | PatternChange) -> Understander:
        """Return an interpreter with words, examples and patterns that nobody has proposed yet."""
        knowledge = self.grounds.interpreter.knowledge
        aliases = tuple(
            Alias(one.phrase, one.kind, one.target, one.scope, one.owner, _TRIED)
            for one in changes
            if isinstance(one, AliasChange)
        )
        learned = tuple(
            Exemplar(one.text, one.intent, _TRIED, one.verbatim) for one in changes if isinstance(one, ExemplarChange)
        )
        patterns = tuple(
            LearnedPattern(one.template, one.intent, tuple(sorted(one.slots.items())), _TRIED)
            for one in changes
            if isinstance(one, PatternChange)
        )
        tried = knowledge.naming(*aliases) if aliases else knowledge
        if learned or patterns:
            tried = replace(tried, learned=(*knowledge.learned, *learned), patterns=(*knowledge.patterns, *patterns))
        return self.grounds.interpreter.with_knowledge(tried)

    def is_closed(self, change: Change) -> bool:
        """Tell whether a change was decided about already: the same, or an example that says nearly the same."""
        same = [one for one in self.closed if _is_same(one, change)]
        if same or not isinstance(change, ExemplarChange):
            return bool(same)
        near = [
            one.text
            for one in self.closed
            if isinstance(one, ExemplarChange) and (one.intent, one.verbatim) == (change.intent, change.verbatim)
        ]
        if not near:
            return False
        return bool(np.max(self.encoder.encode(near) @ self.encoder.encode([change.text])[0]) >= STRICT)


def _is_same(one: Change, other: Change) -> bool:
    return _key(one) == _key(other)


def _key(change: Change) -> tuple[str, str, str, bool]:
    # Whose word it would be does not matter: turned down as one person's, it does not come back as everybody's.
    verbatim = isinstance(change, ExemplarChange) and change.verbatim
    return change.type, word_key(change.phrase), word_key(change.meaning), verbatim


def is_right(found: Interpretation, expected: Mapping[str, Any]) -> bool:
    """Tell whether something is understood as it should be, and would be done without a question."""
    return names_right(found, expected) and dict(found.slots) == dict(expected.get("slots") or {})


def names_right(found: Interpretation, expected: Mapping[str, Any]) -> bool:
    """Tell whether intent and targets are as they should be, and nothing is asked."""
    unready = bool(expected.get("targets")) and found.disposition not in _READY
    asked = unready or found.disposition is Disposition.ASK
    return not asked and found.intent == expected["intent"] and list(found.targets) == list(expected["targets"])
