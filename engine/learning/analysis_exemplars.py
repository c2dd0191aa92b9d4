"""Which utterances of a cluster become examples, so that its own are understood and nothing else is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.learning.analysis_grounds import AnalysisGrounds, is_right
from engine.learning.analysis_losses import Losses
from engine.learning.changes import ExemplarChange
from engine.learning.cluster_rows import Vectors
from engine.learning.conflicts import refusal
from engine.learning.evidence_votes import Instance, votes_of
from engine.learning.understander import Understander

MOST = 5
_SAME = 0.95
_ALIKE = 0.7


@dataclass(frozen=True)
class Examples:
    """The examples to add, and the instances they put right; `lost` is what stood in the way of wider ones."""

    changes: tuple[ExemplarChange, ...]
    right: tuple[Instance, ...]
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Texts:
    """The instances of a cluster by their plain text, with vectors in the order of the texts."""

    by_text: Mapping[str, tuple[Instance, ...]]
    order: tuple[str, ...]
    vectors: Vectors

    @classmethod
    def of(cls, instances: Iterable[Instance], against: AnalysisGrounds) -> _Texts:
        by_text: dict[str, tuple[Instance, ...]] = {}
        for instance in instances:
            by_text[instance.text] = (*by_text.get(instance.text, ()), instance)
        order = tuple(sorted(by_text))
        return cls(by_text, order, against.encoder.encode(order))

    def chosen(self, kept: frozenset[str]) -> tuple[str, ...]:
        """Return at most five texts, those with most voices and nearest to the middle first, none nearly the same.

        What one voice alone has said is taken only where it is like one that was taken: it may be a slip.
        """
        at = [place for place, text in enumerate(self.order) if text in kept]
        votes = [len(votes_of(self.by_text[self.order[place]])) for place in at]
        middle = np.average(self.vectors[at], axis=0, weights=np.maximum(votes, 1))
        central = self.vectors[at] @ middle
        ranked = sorted(
            range(len(at)), key=lambda one: (-votes[one], -round(float(central[one]), 5), self.order[at[one]])
        )
        found: list[int] = []
        for place, voices in ((at[one], votes[one]) for one in ranked):
            near = max((float(self.vectors[place] @ self.vectors[other]) for other in found), default=_ALIKE)
            if len(found) < MOST and near < _SAME and (voices > 1 or near >= _ALIKE):
                found.append(place)
        return tuple(self.order[place] for place in found)


class ExampleChooser:
    """Chooses examples and tries them out on what is near: golden cases, and turns that went well."""

    def __init__(self, against: AnalysisGrounds) -> None:
        self._against = against
        self._losses = Losses(against)

    def choose(self, instances: Sequence[Instance], intent: str, own: frozenset[str]) -> Examples:
        """Return the widest set of examples with which nothing that went well is lost; it may be empty.

        Of golden cases none may be lost, of turns that nobody said anything against fewer than there are votes; `own`
        are the plain texts that somebody said should have this intent, whose silent turns are no loss.
        """
        usable = [one for one in instances if refusal(self._change(one, intent), self._against.grounds) is None]
        texts = _Texts.of(usable, self._against)
        kept, lost = frozenset(texts.order), list[str]()
        while kept:
            chosen = texts.chosen(kept)
            changes = tuple(self._change(texts.by_text[text][0], intent) for text in chosen)
            worse = self.lost(changes, own, instances)
            if not worse:
                return self._result(changes, texts, kept, lost)
            lost += worse
            harmful = [one for one in changes if len(changes) == 1 or self.lost((one,), own, instances)]
            # Together they may lose what none does alone: then the one with the fewest voices goes.
            kept -= {one.text for one in self._plain(harmful or changes[-1:], texts)}
        return Examples((), (), tuple(dict.fromkeys(lost)))

    def lost(
        self, changes: tuple[ExemplarChange, ...], own: frozenset[str], instances: Sequence[Instance]
    ) -> list[str]:
        """Return what would be lost by changes for which these instances speak, where that is too much."""
        trial = self._against.trying(*changes)
        rivals = {changes[0].intent, *(str(one.actual.get("intent")) for one in instances)}
        turns = self._losses.history(changes, own, trial)
        golden = self._losses.golden(changes, rivals, trial)
        return golden + (turns if len(turns) >= len(votes_of(instances)) else [])

    @staticmethod
    def _plain(changes: Iterable[ExemplarChange], texts: _Texts) -> Iterable[Instance]:
        wanted = {change.text for change in changes}
        return (many[0] for many in texts.by_text.values() if many[0].utterance.strip() in wanted)

    @staticmethod
    def _change(instance: Instance, intent: str) -> ExemplarChange:
        return ExemplarChange(instance.utterance.strip() or "-", intent)

    def _result(
        self, changes: tuple[ExemplarChange, ...], texts: _Texts, kept: frozenset[str], lost: list[str]
    ) -> Examples:
        trial = self._against.trying(*changes)
        right = tuple(one for text in sorted(kept) for one in texts.by_text[text] if self._is_better(one, trial))
        return Examples(changes, right, tuple(dict.fromkeys(lost)))

    def _is_better(self, instance: Instance, trial: Understander) -> bool:
        """Tell whether an instance gets its intent, or where it had it, no longer falls short."""
        expected = instance.expected or {}
        found = self._against.understand(instance.utterance, instance.said_by, trial)
        had = self._against.understand(instance.utterance, instance.said_by)
        if found.intent != expected.get("intent"):
            return False
        return had.intent != found.intent or is_right(found, expected) or found.confidence > had.confidence
