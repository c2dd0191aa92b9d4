"""Drafts of sentence patterns: the intent was right, and what was to be done about it was not."""

from __future__ import annotations

from collections.abc import Sequence

from engine.learning.analysis_evidence import Evidence
from engine.learning.analysis_grounds import AnalysisGrounds, is_right
from engine.learning.analysis_support import LEAST_VOTES, Support
from engine.learning.analysis_wording import rationale
from engine.learning.change_error import ChangeError
from engine.learning.changes import PatternChange
from engine.learning.drafts import Draft
from engine.learning.evidence_votes import Instance, votes_of
from engine.learning.meanings import word_key
from engine.understanding.plain import plain
from engine.understanding.taught_templates import normal

_PLACES = frozenset({"area", "floor"})
_ARTICLES = ("the ", "a ", "an ", "my ", "our ", "")


def pattern_draft(support: Support, evidence: Evidence, against: AnalysisGrounds) -> Draft | str:
    """Return the draft of the pattern that puts most of the evidence right, or why there is none.

    What named the things becomes a wildcard; all other words stay as they were said.
    """
    if not support.suffices:
        return f"{len(support.votes)} of {LEAST_VOTES} votes"
    changes = {change for one in support.instances if (change := _pattern(one)) is not None}
    tried = [(_right(change, support, against), change) for change in changes if not against.is_closed(change)]
    best = max(tried, key=lambda one: (len(votes_of(one[0])), one[1].template), default=None)
    if best is None or 2 * len(best[0]) < len(support.instances):
        return "the intent is right and its values are not, and no sentence pattern puts that right"
    right = Support.of(best[0])
    if not right.suffices:
        return f"{len(right.votes)} of {LEAST_VOTES} votes"
    if 2 * len(votes_of(_otherwise(right, evidence))) > len(right.votes):
        return "the same words were meant otherwise as well"
    return right.draft(best[1], rationale(best[1], right.instances, against.grounds.snapshot, against.names))


def _pattern(instance: Instance) -> PatternChange | None:
    expected = instance.expected or {}
    slots = {name: value for name, value in (expected.get("slots") or {}).items() if name not in _PLACES}
    try:
        return PatternChange(_template(instance), str(expected.get("intent")), slots)
    except ChangeError:
        return None


def _template(instance: Instance) -> str:
    """Return the words with a wildcard where something was named."""
    said = f" {normal(plain(instance.utterance))} "
    mention = word_key(instance.mention or "")
    for article in _ARTICLES if mention else ():
        if f" {article}{mention} " in said:
            return said.replace(f" {article}{mention} ", " {target} ", 1).strip()
    return said.strip()


def _right(change: PatternChange, support: Support, against: AnalysisGrounds) -> Sequence[Instance]:
    trial = against.trying(change)
    return [
        one
        for one in support.instances
        if one.expected and is_right(against.understand(one.utterance, one.said_by, trial), one.expected)
    ]


def _otherwise(support: Support, evidence: Evidence) -> list[Instance]:
    own = {one.turn for one in support.instances}
    texts = {one.text for one in support.instances}
    told = (one.instance for one in evidence.told)
    return [one for one in told if one.text in texts and one.turn not in own]
