"""What a change can alter: which checks must be run again, and which need not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA

from engine.learning.changes import Change, PatternChange, ThresholdChange
from engine.learning.record import Record
from engine.learning.reserved import STOP_WORDS
from engine.learning.suite import Check
from engine.learning.thresholds import is_of_tasks
from engine.understanding.home_index import key_of
from engine.understanding.knowledge import OF_INTENTS
from engine.understanding.numbers import with_digits
from engine.understanding.plain import plain
from engine.understanding.spelling import correct_words
from engine.understanding.taught_templates import needed_words

Kind = Literal["word", "exemplar", "pattern", "threshold", "nothing", "anything"]
_KINDS: Mapping[str, Kind] = {
    "alias": "word",
    "synonym": "word",
    "command": "word",
    "exemplar": "exemplar",
    "pattern": "pattern",
    "threshold": "threshold",
    "routing": "nothing",
    "template": "nothing",
    "model_choice": "nothing",
    "report_hour": "nothing",
    "keyword_rule": "nothing",
    "ambiguity_rule": "nothing",
    "time_mapping": "nothing",
}


@dataclass(frozen=True)
class Reach:
    """What a change can alter; errs on the side of more.

    A word can matter where all of its own words are said; where a name was not found exactly, it is enough that one is
    said nearly. An exemplar, or the threshold of one intent, can matter wherever the classifier was asked about one of
    the texts `unlike`, which may be decided otherwise now (None: that cannot be told), another threshold wherever it
    was asked at all. A sentence pattern can matter where one of each of the `needed` words is said. What is said about
    answers alone matters nowhere, and any other change everywhere.
    """

    kind: Kind
    owner: str | None = None
    unlike: frozenset[str] | None = None
    words: frozenset[str] = frozenset()
    mended: frozenset[str] = frozenset()
    telling: tuple[str, ...] = ()
    needed: tuple[frozenset[str], ...] = ()

    def concerns(self, speaker: str | None) -> bool:
        """Tell whether what `speaker` says can be changed at all."""
        return self.owner in {None, speaker}

    @classmethod
    def of(cls, change: Change, unlike: frozenset[str] | None = None) -> Reach:
        """Return the reach of a change; `unlike` are the texts that the classifier decides otherwise with it."""
        kind = _kind_of(change)
        if isinstance(change, PatternChange):
            return cls(kind, needed=needed_words(change.template))
        if kind != "word":
            return cls(kind, change.owner, unlike)
        words = _key_words(change.phrase)
        telling = [word for word in words if len(word) > 2 and word not in STOP_WORDS] or list(words)
        return cls("word", change.owner, words=words, mended=_mended(words), telling=tuple(telling))

    def covers(self, check: Check, record: Record) -> bool:
        """Tell whether a check's verdict can change; `record` is its outcome without the change."""
        match self.kind:
            case "exemplar":
                same = record.asked and self.unlike is not None and self.unlike.isdisjoint(record.asked)
                return not (record.by_pattern or same)
            case "threshold":
                return not record.by_pattern
            case "pattern":
                return record.taught or not any(words.isdisjoint(check.words) for words in self.needed)
            case "nothing" | "anything":
                return self.kind == "anything"
        if record.taught or self.words <= check.words or not self.mended.isdisjoint(check.words):
            return True
        return record.unsettled and any(_nearly_said(word, check) for word in self.telling)


def _kind_of(change: Change) -> Kind:
    if isinstance(change, ThresholdChange) and is_of_tasks(change.name):
        return "nothing"
    if isinstance(change, ThresholdChange) and change.name.startswith(OF_INTENTS):
        return "exemplar"  # it matters where a text is taken for that intent
    return _KINDS.get(change.type, "anything")


def _key_words(phrase: str) -> frozenset[str]:
    return frozenset(with_digits(key_of(phrase)).split()) or frozenset(plain(phrase).split())


def _mended(words: frozenset[str]) -> frozenset[str]:
    """Return the words that are taken for slips today, and no longer when they are part of a name."""
    return frozenset(word for word in words if correct_words(word, _nothing) != word)


def _nothing(_: str) -> bool:
    return False


def _nearly_said(word: str, check: Check) -> bool:
    if word in check.words or word in check.joined:
        return True
    most = max(1, len(word) // 3)
    return any(OSA.distance(word, said, score_cutoff=most) <= most for said in check.words)
