"""Drafts of what whole utterances mean: examples of an intent, or a sentence pattern where only values are wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from engine.learning.analysis_contradiction import contradiction
from engine.learning.analysis_evidence import Evidence
from engine.learning.analysis_exemplars import ExampleChooser, Examples
from engine.learning.analysis_grounds import AnalysisGrounds
from engine.learning.analysis_labels import FORM, Labelled
from engine.learning.analysis_patterns import pattern_draft
from engine.learning.analysis_support import LEAST_VOTES, Support
from engine.learning.analysis_wording import rationale
from engine.learning.changes import ExemplarChange
from engine.learning.drafts import Analysis, Draft, ForReview
from engine.learning.evidence_votes import Instance


def drafts_of_examples(members: Sequence[Labelled], evidence: Evidence, against: AnalysisGrounds) -> Analysis:
    """Return the drafts of a cluster that agrees on an intent, or on an intent and its values."""
    support = Support.of(one.instance for one in members)
    kind, _, rest = members[0].label.partition(":")
    if kind == FORM:
        made = pattern_draft(support, evidence, against)
        return _left(support, made) if isinstance(made, str) else Analysis((made,))
    if not support.suffices:
        return _left(support, f"{len(support.votes)} of {LEAST_VOTES} votes")
    return _drafts(support, rest, evidence, against)


def _left(support: Support, why: str) -> Analysis:
    said = support.instances[0].utterance
    return Analysis(for_review=(ForReview(said, support.signals, len(support.votes), why),))


def _drafts(support: Support, intent: str, evidence: Evidence, against: AnalysisGrounds) -> Analysis:
    unopposed, why = _unopposed(support, intent, evidence, against)
    if not unopposed.suffices:
        return _left(support, why or "the words were meant otherwise as well")
    open_ones = [one for one in unopposed.instances if not against.is_closed(_example(one, intent))]
    chooser, own = ExampleChooser(against), evidence.meant_so(intent)
    examples = chooser.choose(open_ones, intent, own)
    right = Support.of(examples.right)
    if examples.changes and right.suffices:
        return Analysis(tuple(_one_each(examples, right, against)))
    if verbatim := _verbatim(unopposed, intent, chooser, own):
        return Analysis(tuple(_draft(*each, against) for each in verbatim))
    lost = f", as “{examples.lost[0]}” would be misunderstood" if examples.lost else ""
    return _left(support, f"no example helps without harm{lost}")


def _verbatim(
    support: Support, intent: str, chooser: ExampleChooser, own: frozenset[str]
) -> list[tuple[ExemplarChange, Support]]:
    """Return what each text means of which enough was said by itself, as an example of nothing else."""
    found = []
    for same in _by_text(support.instances).values():
        alone, change = Support.of(same), _example(same[0], intent, verbatim=True)
        if alone.suffices and not chooser.lost((change,), own, same):
            found.append((change, alone))
    return found


def _draft(change: ExemplarChange, support: Support, against: AnalysisGrounds) -> Draft:
    why = rationale(change, support.instances, against.grounds.snapshot, against.names)
    return Draft(change, support.signals, len(support.votes), support.people, why, support.explicit)


def _example(instance: Instance, intent: str, *, verbatim: bool = False) -> ExemplarChange:
    return ExemplarChange(instance.utterance.strip() or "-", intent, verbatim)


def _by_text(instances: Iterable[Instance]) -> dict[str, list[Instance]]:
    found: dict[str, list[Instance]] = {}
    for one in instances:
        found.setdefault(one.text, []).append(one)
    return found


def _unopposed(
    support: Support, intent: str, evidence: Evidence, against: AnalysisGrounds
) -> tuple[Support, str | None]:
    """Return the part of the support whose words nothing speaks against, and what speaks against the rest."""
    kept: list[Instance] = []
    why: str | None = None
    for text, same in _by_text(support.instances).items():
        change = _example(same[0], intent, verbatim=True)
        opposed = contradiction(change, same, evidence.meant_otherwise(text, intent), against)
        found = opposed.verdict(Support.of(same).votes, support.pressed_by)
        found = "it was decided about before" if found is None and against.is_closed(change) else found
        if found is None:
            kept += same
        why = why or found
    return Support.of(kept), why


def _one_each(examples: Examples, right: Support, against: AnalysisGrounds) -> list[Draft]:
    """Return one draft an example, each with the signals of the utterances nearest to it, and all with all votes."""
    chosen = against.encoder.encode([change.text for change in examples.changes])
    said = against.encoder.encode([one.utterance for one in right.instances])
    nearest = np.argmax(said @ chosen.T, axis=1)
    drafts = []
    for at, change in enumerate(examples.changes):
        own = Support.of(one for one, place in zip(right.instances, nearest, strict=True) if place == at)
        if not own.signals:
            continue
        why = rationale(change, right.instances, against.grounds.snapshot, against.names)
        drafts.append(Draft(change, own.signals, len(right.votes), right.people, why, right.explicit))
    return drafts
