"""Words of an utterance that would make it right if they named something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from engine.learning.analysis_grounds import AnalysisGrounds, names_right
from engine.learning.changes import AliasChange, Change
from engine.learning.conflicts import already_known, refusal
from engine.learning.evidence_votes import Instance
from engine.learning.meanings import contains_phrase, word_key
from engine.learning.reserved import is_command_word
from engine.understanding.interpretation import Reason
from engine.understanding.nouns import NOUNS
from engine.understanding.plain import plain

_ALIKE = 80.0
_LONGEST = 5
_POSSESSIVE = re.compile(r"my\b")
_LOOSE = frozenset({Reason.UNKNOWN_NAME, Reason.UNKNOWN_PLACE, Reason.AMBIGUOUS_NAME, Reason.NOT_UNDERSTOOD})


@dataclass(frozen=True)
class Naming:
    """`phrase` names a thing or a room; `owner` is whose word it is where it says "my"."""

    phrase: str
    kind: str
    target: str
    owner: str | None = None

    @property
    def label(self) -> str:
        """What the phrase stands for, and for whom."""
        return f"name:{self.kind}:{self.target}" + (f"@{self.owner}" if self.owner else "")


def naming_of(instance: Instance, against: AnalysisGrounds) -> Naming | None:
    """Return the words that, had they named what was meant, would have made the turn right; None where there are none.

    Every candidate is tried out: the household's own words decide, not their look.
    """
    expected = instance.expected
    if not expected or expected.get("clauses") or not expected.get("targets"):
        return None
    for kind, target in _meant(expected, against):
        for phrase in _candidates(instance, kind):
            owner = instance.said_by if _is_own(phrase, instance.utterance) else None
            if _would_be_right(instance, AliasChange(phrase, kind, target, *_scope(owner)), against):
                return Naming(phrase, kind, target, owner)
    return None


def _is_own(phrase: str, utterance: str) -> bool:
    return bool(_POSSESSIVE.match(phrase)) or contains_phrase(utterance, f"my {phrase}")


def _scope(owner: str | None) -> tuple[Any, str | None]:
    return ("personal", owner) if owner else ("household", None)


def _meant(expected: Mapping[str, Any], against: AnalysisGrounds) -> Iterator[tuple[Any, str]]:
    area = (expected.get("slots") or {}).get("area")
    if isinstance(area, str) and area in against.grounds.snapshot.areas_by_id:
        yield "area", area
    if len(expected["targets"]) == 1:
        yield "entity", expected["targets"][0]


def _candidates(instance: Instance, kind: str) -> Iterator[str]:
    """Yield phrases of the utterance that may have been a name, the likeliest first."""
    named = list(phrases_of(instance))
    rooms = [*unknown_words(instance.utterance), *named] if kind == "area" else named
    yield from dict.fromkeys(phrase for phrase in rooms if len(phrase.split()) <= _LONGEST)


def phrases_of(instance: Instance) -> Iterator[str]:
    """Yield the phrases of an utterance that may name something: what was taken for a name, then unknown words.

    A word that says what kind of thing it is belongs to the name ("music box"); values behind it do not.
    """
    mention = _trimmed(word_key(instance.mention or ""))
    things = list(unknown_words(instance.utterance, with_kind=True))
    wider = [thing for thing in things if mention and contains_phrase(thing, mention)]
    for phrase in (*wider, mention, *things, *unknown_words(instance.utterance)):
        if phrase and contains_phrase(instance.utterance, phrase) and not is_command_word(phrase):
            yield phrase


def _trimmed(mention: str) -> str:
    """Return a mention without the words around it that only run the house ("liv lamp to 30")."""
    words = mention.split()
    while words and _is_around(words[-1]):
        words.pop()
    while words and words[0] != "my" and _is_around(words[0]):
        words.pop(0)
    return " ".join(words)


def _is_around(word: str) -> bool:
    return is_command_word(word) and word not in NOUNS


def unknown_words(utterance: str, *, with_kind: bool = False) -> Iterator[str]:
    """Yield the runs of words that are none of those which run the house, longest first.

    `with_kind` takes in the words beside a run that say what kind of thing it is.
    """
    runs: list[list[str]] = [[]]
    for word in plain(utterance).split():
        if not is_command_word(word) or (with_kind and word in NOUNS):
            runs[-1].append(word)
        else:
            runs.append([])
    unknown = (run for run in runs if not all(is_command_word(word) for word in run))
    yield from sorted((" ".join(run) for run in unknown), key=len, reverse=True)


def _would_be_right(instance: Instance, change: AliasChange, against: AnalysisGrounds) -> bool:
    if is_pointless(change, against):
        return False
    found = against.understand(instance.utterance, instance.said_by, against.trying(change))
    return instance.expected is not None and names_right(found, instance.expected)


def is_pointless(change: Change, against: AnalysisGrounds) -> bool:
    """Tell whether a change teaches nothing: it would be refused, or is known."""
    return refusal(change, against.grounds) is not None or already_known(change, against.grounds) is not None


def is_name_in_doubt(instance: Instance) -> bool:
    """Tell whether a turn that nobody explained came to nothing for want of a name."""
    reason = instance.actual.get("reason")
    return reason is not None and Reason(reason) in _LOOSE


def alike(one: str, other: str) -> bool:
    """Tell whether two phrases are the same name, slips of the finger apart."""
    return fuzz.ratio(word_key(one), word_key(other)) >= _ALIKE
