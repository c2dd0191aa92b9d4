"""Drafts: what the evidence says should change, before anything is proposed."""

from __future__ import annotations

from dataclasses import dataclass

from engine.learning.changes import Change


@dataclass(frozen=True)
class Draft:
    """A change with the evidence for it.

    `signals` are ids; `votes` counts one a person a day and is the support that losses in history are weighed against;
    `people` are those whose votes they are, sorted. `explicit` is evidence that somebody confirmed by a press.
    """

    change: Change
    signals: tuple[str, ...]
    votes: int
    people: tuple[str, ...]
    rationale: str
    explicit: bool = False


@dataclass(frozen=True)
class ForReview:
    """Evidence that gave no proposal, for people to look at: what was said, how often, and why nothing came of it."""

    utterance: str
    signals: tuple[str, ...]
    votes: int
    reason: str


@dataclass(frozen=True)
class Analysis:
    """What a look at the evidence came to."""

    drafts: tuple[Draft, ...] = ()
    for_review: tuple[ForReview, ...] = ()
