"""Who stands behind a change: how many corrections, of how many people, and who asked for exactly this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, tzinfo

from engine.learning.evidence_votes import is_pressed
from store.improvements import Improvement
from store.signals import Signal, SignalType

EXPLICIT_SOURCES = frozenset({"voice_command", "user_suggestion"})


@dataclass(frozen=True)
class Support:
    """The corrections that speak for a change, at most one a person a day, and the people who gave them.

    Who `pressed` asked for the change itself, by teaching it or by a button: of their own habits they may dispose.
    `approved` says that an admin's press decides, who is shown what would change.
    """

    votes: int = 1
    people: frozenset[str] = frozenset()
    pressed: frozenset[str] = frozenset()
    approved: bool = False


def support_of(found: Improvement, signals: Iterable[Signal], *, approved: bool = False, zone: tzinfo = UTC) -> Support:
    """Return who stands behind an improvement; guests stand behind nothing that others share.

    Days begin in `zone`. What a language model understood is evidence of its own where the turn was accepted.
    """
    if found.source in EXPLICIT_SOURCES and found.submitted_by is not None:
        person = frozenset({found.submitted_by})
        return Support(1, person, person, approved)
    said = [one for one in signals if one.speaker is not None and _says_what(one) and _counts(one, found)]
    votes = {(one.speaker, one.created_at.astimezone(zone).date()) for one in said}
    pressed = frozenset(one.speaker for one in said if one.speaker and is_pressed(one))
    people = frozenset(one.speaker for one in said if one.speaker)
    return Support(max(len(votes), 1), people, pressed, approved)


def _says_what(signal: Signal) -> bool:
    return signal.expected is not None or signal.type is SignalType.LLM_FALLBACK


def _counts(signal: Signal, found: Improvement) -> bool:
    value = found.proposed_value
    own = isinstance(value, dict) and value.get("owner") == signal.speaker
    return own or signal.context.get("role") != "guest"
