"""Drafts of names: what people said, once it had gone wrong, that a word stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from engine.learning.analysis_contradiction import contradiction
from engine.learning.analysis_evidence import Evidence
from engine.learning.analysis_grounds import AnalysisGrounds, names_right
from engine.learning.analysis_labels import Labelled
from engine.learning.analysis_names import Naming, alike, is_pointless
from engine.learning.analysis_support import LEAST_VOTES, Support
from engine.learning.analysis_wording import rationale
from engine.learning.changes import AliasChange
from engine.learning.drafts import Analysis, Draft, ForReview
from engine.learning.evidence_votes import Instance, votes_of
from engine.learning.meanings import word_key

_TOLD = 2  # votes that say what a word is before turns that came to nothing for want of it count as well


def drafts_of_names(members: Sequence[Labelled], evidence: Evidence, against: AnalysisGrounds) -> Analysis:
    """Return the drafts of a cluster that agrees on a thing: one for each word that people have for it."""
    drafts: list[Draft] = []
    review: list[ForReview] = []
    left = list(members)
    while left:
        naming = _most_said(left)
        same = [one.instance for one in left if one.naming and alike(one.naming.phrase, naming.phrase)]
        left = [one for one in left if one.instance not in same]
        made = _draft(naming, same, evidence, against)
        if isinstance(made, Draft):
            drafts.append(made)
        else:
            review.append(made)
    return Analysis(tuple(drafts), tuple(review))


def _most_said(members: Iterable[Labelled]) -> Naming:
    by_phrase: dict[str, list[Labelled]] = {}
    for one in members:
        if one.naming:
            by_phrase.setdefault(word_key(one.naming.phrase), []).append(one)
    phrase = min(by_phrase, key=lambda key: (-len(votes_of(one.instance for one in by_phrase[key])), key))
    naming = by_phrase[phrase][0].naming
    assert naming is not None
    return naming


def _draft(naming: Naming, told: Sequence[Instance], evidence: Evidence, against: AnalysisGrounds) -> Draft | ForReview:
    support = Support.of(told)
    if len(support.votes) >= _TOLD:
        # What one person says a word is says nothing of what another, who left it at that, meant by it.
        alone = frozenset(support.people) if len(support.people) == 1 else None
        wanting = evidence.wanting(naming)
        support = support.joined(one for one in wanting if alone is None or one.person in alone)
    change = _change(naming, support)
    why = _objection(change, support, told, evidence.otherwise(naming, told), against)
    if why:
        return ForReview(told[0].utterance, support.signals, len(support.votes), why)
    said = rationale(change, support.instances, against.grounds.snapshot, against.names)
    return support.draft(change, said)


def _change(naming: Naming, support: Support) -> AliasChange:
    """Return the alias: the household's, or one's own where it says "my" or nobody else is heard of."""
    owner = naming.owner
    if owner is None and not support.explicit and len(support.people) == 1:
        owner = support.people[0]
    kind: Literal["entity", "area"] = "area" if naming.kind == "area" else "entity"
    if owner:
        return AliasChange(naming.phrase, kind, naming.target, "personal", owner)
    return AliasChange(naming.phrase, kind, naming.target)


def _objection(
    change: AliasChange,
    support: Support,
    told: Sequence[Instance],
    otherwise: Sequence[Instance],
    against: AnalysisGrounds,
) -> str | None:
    if not support.suffices:
        return f"{len(support.votes)} of {LEAST_VOTES} votes"
    if against.is_closed(change):
        return "it was decided about before"
    if is_pointless(change, against):
        return "it cannot be taught"
    opposed = contradiction(change, support.instances, otherwise, against)
    why = opposed.verdict(support.votes, support.pressed_by)
    return why or _shortfall(change, told, against)


def _shortfall(change: AliasChange, told: Sequence[Instance], against: AnalysisGrounds) -> str | None:
    """Return that what the word is for would not come right with it, for those who may use it."""
    trial = against.trying(change)
    heard = [one for one in told if change.owner in {None, one.said_by}]
    right = [
        one
        for one in heard
        if one.expected and names_right(against.understand(one.utterance, one.said_by, trial), one.expected)
    ]
    return None if heard and 2 * len(right) >= len(heard) else "what was said would still not be understood"
