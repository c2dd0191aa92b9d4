"""The analysis: from signals to drafts of changes, each with its evidence. A pure function of what it is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.learning.analysis_evidence import Evidence
from engine.learning.analysis_examples import drafts_of_examples
from engine.learning.analysis_grounds import AnalysisGrounds
from engine.learning.analysis_labels import LABELLED, Labelled, labels_of
from engine.learning.analysis_naming import drafts_of_names
from engine.learning.analysis_unknown import of_unknown, unknown_names
from engine.learning.breathing import breathe
from engine.learning.clusters import Cluster, Item, cluster
from engine.learning.drafts import Analysis, Draft, ForReview
from engine.learning.evidence_votes import instances_of
from store.signals import Signal, SignalType

_WORTH_REVIEW = 2  # votes of a cluster that gave no proposal


def analyse(signals: Sequence[Signal], against: AnalysisGrounds) -> Analysis:
    """Return what the evidence says should change, and what of it people should look at themselves.

    Of the signals since the last proposals, each turn counts once. Drafts come with the most votes first; a change
    that was decided about before is not among them.
    """
    said = instances_of(signals, against.verdicts, against.zone)
    instances = [one for one in said if not (one.learned or one.guest or one.person in against.doubted)]
    told = labels_of((one for one in instances if one.expected is not None), against)
    unknown = unknown_names((one for one in instances if one.expected is None), against)
    drafts: list[Draft] = []
    review: list[ForReview] = []
    evidence = Evidence(tuple(told), tuple(unknown))
    places = {one.id: place for place, one in enumerate(told)}
    for found in clusters_of(told, against):
        breathe()
        members = [told[place] for place in sorted(places[one] for one in found.members)]
        made = (drafts_of_names if members[0].naming else drafts_of_examples)(members, evidence, against)
        drafts += made.drafts
        review += made.for_review
    used = {signal for draft in drafts for signal in draft.signals}
    left = [one for one in unknown if not used & set(one.instance.signals)]
    unexplained = of_unknown(left, evidence, against)
    drafts += unexplained.drafts
    review += unexplained.for_review
    return Analysis(_in_order(drafts), (*_worth_looking_at(review), *_complaints(signals, against)))


def clusters_of(told: Iterable[Labelled], against: AnalysisGrounds) -> tuple[Cluster, ...]:
    """Return the clusters of labelled instances: first by what was meant, then by how near the words are."""
    known = {one.id: one for one in told}
    if not known:
        return ()
    vectors = against.encoder.encode([one.text for one in known.values()])
    items = (Item(one.id, (LABELLED, one.label), one.text, vectors[at]) for at, one in enumerate(known.values()))
    return cluster(items, against.radii)


def _in_order(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    return tuple(sorted(drafts, key=lambda one: (-one.votes, one.change.type, one.change.phrase, one.change.meaning)))


def _worth_looking_at(review: Iterable[ForReview]) -> Iterable[ForReview]:
    return (one for one in review if one.votes >= _WORTH_REVIEW)


def _complaints(signals: Iterable[Signal], against: AnalysisGrounds) -> Iterable[ForReview]:
    """Return the complaints, but of turns that the same person called right after all."""
    for signal in signals:
        turn = signal.context.get("of_turn", signal.turn)
        if signal.type is SignalType.FEEDBACK and against.verdicts.get(turn) != "confirmed":
            yield ForReview(signal.utterance, (signal.id,), 1, "somebody said that it was wrong")
