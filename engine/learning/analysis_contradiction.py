"""What speaks against a change: the same words that went well, and others who meant something else by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from engine.learning.analysis_grounds import AnalysisGrounds
from engine.learning.changes import AliasChange, Change
from engine.learning.evidence_votes import Instance, Vote
from engine.learning.history import HistoryTurn
from engine.learning.meanings import contains_phrase
from engine.understanding.plain import plain
from engine.understanding.snapshot import Snapshot

TWO_PEOPLE = 2
_SILENCE = 4


@dataclass(frozen=True)
class Contradiction:
    """Voices against a change: of turns that went well with these words, `since` its own evidence began and ever."""

    ever: frozenset[Vote] = frozenset()
    since: frozenset[Vote] = frozenset()
    others: frozenset[Vote] = frozenset()

    def verdict(self, votes: frozenset[Vote], pressed: Iterable[str]) -> str | None:
        """Return why the evidence does not suffice, or None.

        Words that went well for somebody else, or mostly, take two people to change, or the press of the only one who
        says them. People let half of what is wrong pass and name what they meant less than every third time, so four
        silent turns are one voice.
        """
        if len(self.others) * 2 > len(votes):
            return "the same words were meant otherwise as well"
        owners = {vote.person for vote in self.ever}
        if owners and owners <= set(pressed):
            return None
        voters = {vote.person for vote in votes}
        accepted = bool(owners - voters) or len(self.ever) > _SILENCE * len(votes)
        if accepted and len(voters) < TWO_PEOPLE:
            return "the words worked before, and only one person says otherwise"
        if len(self.since) > _SILENCE * len(votes):
            return "the words go on working as they are"
        return None


def contradiction(
    change: Change, support: Sequence[Instance], against: Sequence[Instance], looked_at: AnalysisGrounds
) -> Contradiction:
    """Return what speaks against a change; `against` are instances that say something else of the same words."""
    first = min(instance.day for instance in support)
    snapshot = looked_at.grounds.snapshot
    opposed = [turn for turn in looked_at.history if turn.accepted and _opposes(turn, change, snapshot)]
    ever = frozenset(_vote(turn, looked_at.zone) for turn in opposed)
    others = frozenset(one.vote for one in against if not one.guest and change.owner in {None, one.said_by})
    return Contradiction(ever, frozenset(vote for vote in ever if vote.day >= first), others)


def _vote(turn: HistoryTurn, zone: tzinfo) -> Vote:
    return Vote(turn.speaker, turn.at.astimezone(zone).date())


def _opposes(turn: HistoryTurn, change: Change, snapshot: Snapshot) -> bool:
    """Tell whether a turn went well with the words of a change, as something else than they would mean with it."""
    if change.owner not in {None, turn.speaker}:
        return False
    match turn.meant:
        case (str(intent), _, tuple(targets), _):
            if isinstance(change, AliasChange):
                told = bool(targets) and contains_phrase(turn.text, change.phrase)
                return told and not _members(change, snapshot) & set(targets)
            return plain(turn.text) == plain(change.phrase) and intent != change.meaning
    return False


def _members(change: AliasChange, snapshot: Snapshot) -> set[str]:
    if change.kind == "entity":
        return {change.target}
    return {entity.entity_id for entity in snapshot.entities if entity.area == change.target}
