"""Drafts of what whole utterances mean: examples of an intent, or a sentence pattern where only values are wrong."""

from __future__ import annotations

from collections.abc import Sequence

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
    examples = ExampleChooser(against).choose(unopposed.instances, intent, evidence.meant_so(intent))
    right = Support.of(examples.right)
    if not examples.changes or not right.suffices:
        lost = f", as “{examples.lost[0]}” would be misunderstood" if examples.lost else ""
        return _left(support, f"no example helps without harm{lost}")
    return Analysis(tuple(_one_each(examples, right, against)))


def _unopposed(
    support: Support, intent: str, evidence: Evidence, against: AnalysisGrounds
) -> tuple[Support, str | None]:
    """Return the part of the support whose words nothing speaks against, and what speaks against the rest."""
    by_text: dict[str, list[Instance]] = {}
    for one in support.instances:
        by_text.setdefault(one.text, []).append(one)
    kept: list[Instance] = []
    why: str | None = None
    for text, same in by_text.items():
        change = ExemplarChange(same[0].utterance.strip(), intent)
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
