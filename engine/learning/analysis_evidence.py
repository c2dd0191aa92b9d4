"""All evidence of one look, so that what speaks for one thing is weighed against what speaks for another."""

from __future__ import annotations

from dataclasses import dataclass

from engine.learning.analysis_labels import Labelled
from engine.learning.analysis_names import Naming, alike
from engine.learning.evidence_votes import Instance
from engine.learning.meanings import word_key


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

    def otherwise(self, naming: Naming) -> list[Instance]:
        """Return the instances in which the same word was meant to be something else."""
        named = ((one.naming, one.instance) for one in self.told if one.naming)
        return [
            instance
            for other, instance in named
            if alike(other.phrase, naming.phrase) and (other.kind, other.target) != (naming.kind, naming.target)
        ]

    def wanting(self, naming: Naming) -> list[Instance]:
        """Return the turns that came to nothing for want of this very word."""
        key = word_key(naming.phrase)
        return [one.instance for one in self.unknown if word_key(one.phrase) == key]

    def meant_otherwise(self, text: str, intent: str) -> list[Instance]:
        """Return the instances in which the same words were meant to be about something else."""
        return [
            one.instance
            for one in self.told
            if one.instance.text == text and (one.instance.expected or {}).get("intent") != intent
        ]
