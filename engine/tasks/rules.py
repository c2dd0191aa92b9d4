"""What a household decides about its thoughts and tasks: pressing words, unclear words, times, thresholds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from engine.tasks.due import TimeMapping
from engine.tasks.kinds import Ask, Kind, Priority
from engine.understanding.knowledge import OF_INTENTS
from engine.understanding.plain import plain

ASK_KIND = "ask_kind"
OF_CAPTURES = "capture:"
WITH_DEADLINE = f"{OF_CAPTURES}with_deadline"
TAKEN_FOR: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.TASK: f"{OF_INTENTS}task_add",
        Kind.REMINDER: f"{OF_INTENTS}reminder_set",
        Kind.ALARM: f"{OF_INTENTS}alarm_set",
        Kind.NOTE: f"{OF_INTENTS}note_add",
    }
)
"""The thresholds of the intents by which a sentence is taken for a kind of thought."""


@dataclass(frozen=True)
class KeywordRule:
    """Words that say how pressing a thought is.

    A `filler` says nothing else: it counts only at either end of the text, and is no part of the title. Any other
    phrase counts wherever it stands, and stays.
    """

    phrase: str
    priority: Priority
    filler: bool = False


@dataclass(frozen=True)
class AmbiguityRule:
    """Words that leave something open, so that Butler asks."""

    phrase: str
    asks: Ask


@dataclass(frozen=True)
class TaskRules:
    """All rules in force; `thresholds` are probabilities, hours or minutes as rules.toml says beside each."""

    keywords: tuple[KeywordRule, ...] = ()
    ambiguous: tuple[AmbiguityRule, ...] = ()
    times: tuple[TimeMapping, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def base(cls) -> TaskRules:
        """Return the rules that ship."""
        return _base()

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> TaskRules:
        """Return the rules of a document; ValueError names the rule that is wrong."""
        return cls(
            tuple(_keyword(row) for row in document.get("keyword", ())),
            tuple(_ambiguity(row) for row in document.get("ambiguous", ())),
            tuple(TimeMapping(_phrase(row), str(row.get("meaning", ""))) for row in document.get("time", ())),
            MappingProxyType({name: float(value) for name, value in document.get("thresholds", {}).items()}),
        )

    def threshold(self, name: str) -> float:
        """Return a threshold, the shipped one where these rules are silent; KeyError where there is none."""
        value = self.thresholds.get(name)
        return _base().thresholds[name] if value is None else value

    def ask_below(self, kind: Kind, given: Kind | None, *, timed: bool) -> float:
        """Return the probability below which Butler asks what a thought is: that of the most special rule.

        `given` is what its sentence was taken for, and `timed` says that it has a time.
        """
        names = (WITH_DEADLINE if timed else "", f"{OF_CAPTURES}{kind.value}", TAKEN_FOR.get(given or kind, ""))
        special = (self.thresholds[name] for name in names if name in self.thresholds)
        return next(special, self.threshold(ASK_KIND))

    @cached_property
    def by_length(self) -> tuple[KeywordRule, ...]:
        """The keyword rules: pressing words before what is pressing by itself, the longest first, later ones first."""
        newest = enumerate(self.keywords)
        return tuple(
            rule for _, rule in sorted(newest, key=lambda row: (not row[1].filler, -len(row[1].phrase), -row[0]))
        )


@cache
def _base() -> TaskRules:
    text = (files("engine.tasks") / "data" / "rules.toml").read_text(encoding="utf-8")
    return TaskRules.from_document(tomllib.loads(text))


def _phrase(row: Mapping[str, Any]) -> str:
    phrase = plain(str(row.get("phrase", "")))
    if not phrase:
        raise ValueError(f"a rule needs a phrase: {dict(row)}")
    return phrase


def _keyword(row: Mapping[str, Any]) -> KeywordRule:
    return KeywordRule(_phrase(row), Priority(row.get("priority", "")), row.get("filler") is True)


def _ambiguity(row: Mapping[str, Any]) -> AmbiguityRule:
    return AmbiguityRule(_phrase(row), Ask(row.get("asks", "")))
