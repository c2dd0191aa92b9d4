"""All evidence of one look, so that what speaks for one thing is weighed against what speaks for another."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from engine.learning.analysis_labels import Labelled
from engine.learning.analysis_names import Naming, alike
from engine.learning.evidence_votes import Instance
from engine.learning.meanings import contains_phrase, word_key


@dataclass(frozen=True)
class Unknown:
    """A turn that came to nothing because nobody knows what `phrase` names."""

    instance: Instance
    phrase: str


@dataclass(frozen=True)
class Evidence:
    """All labelled instances, and all turns that came to nothing for want of a name."""

    told: tuple[Labelled, ...] = ()
    unknown: tuple[Unknown, ...] = ()

    def otherwise(self, naming: Naming, said: Iterable[Instance]) -> list[Instance]:
        """Return the instances in which the same word, or the same words around it, were meant to be something else."""
        texts = {one.text for one in said}
        return [one.instance for one in self.told if _is_other(one, naming, texts)]

    def wanting(self, naming: Naming) -> list[Instance]:
        """Return the turns that came to nothing for want of this very word."""
        key = word_key(naming.phrase)
        return [one.instance for one in self.unknown if word_key(one.phrase) == key]

    def meant_so(self, intent: str) -> frozenset[str]:
        """Return the plain texts that somebody said should have an intent."""
        return frozenset(
            one.instance.text for one in self.told if (one.instance.expected or {}).get("intent") == intent
        )

    def meant_otherwise(self, text: str, intent: str) -> list[Instance]:
        """Return the instances in which the same words were meant to be about something else."""
        return [
            one.instance
            for one in self.told
            if one.instance.text == text and (one.instance.expected or {}).get("intent") != intent
        ]


def _is_other(one: Labelled, naming: Naming, texts: Collection[str]) -> bool:
    """Tell whether the same person may say the same word for something else."""
    if naming.owner not in {None, one.instance.said_by}:
        return False
    other = one.naming
    if other is None:
        targets = (one.instance.expected or {}).get("targets")
        return one.instance.text in texts and naming.kind == "entity" and targets != [naming.target]
    if other.owner not in {None, naming.owner} or (other.kind, other.target) == (naming.kind, naming.target):
        return False
    within = contains_phrase(other.phrase, naming.phrase) or contains_phrase(naming.phrase, other.phrase)
    return within or alike(other.phrase, naming.phrase)
