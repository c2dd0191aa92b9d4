"""The gates of history and contradiction: what went well is given up only for more corrections than it costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.learning.changes import Change, ExemplarChange, PatternChange, RuleChange
from engine.learning.history import HistoryTurn
from engine.learning.meanings import contains_phrase
from engine.learning.support import Support
from engine.understanding.plain import plain
from engine.understanding.taught_templates import fits

_NAMED = 5
_AGREE = 2


def unwanted(change: Change, lost: Iterable[HistoryTurn], support: Support) -> tuple[HistoryTurn, ...]:
    """Return the turns that nobody who may gave up: those of others, and those that do not say what is taught.

    Whoever asked for a change knows what the phrase meant when they said it; an admin knows it of everybody. Where two
    people say what the very words of an example mean, that somebody let them pass in silence is no loss: half of what
    goes wrong is.
    """
    agreed = isinstance(change, ExemplarChange) and len(support.people) >= _AGREE
    return tuple(
        turn
        for turn in lost
        if not _says(turn, change)
        or not (support.approved or turn.speaker in support.pressed or (agreed and turn.verdict != "confirmed"))
    )


def objections(change: Change, lost: Sequence[HistoryTurn], support: Support) -> tuple[str, ...]:
    """Return why history stands against a change; `lost` are turns that would come out differently with it."""
    left = unwanted(change, lost, support)
    others = [turn for turn in left if _says(turn, change) and turn.speaker not in support.people]
    reasons = []
    if others and len(support.people) < 2:
        whose = ", ".join(sorted({turn.speaker for turn in others}))
        reasons.append(
            f"“{change.phrase}” works for {whose} ({_numbers(others)}), and it takes two people to change that"
        )
    if len(left) >= support.votes:
        count, votes = len(left), support.votes
        turns = f"{count} {'turn' if count == 1 else 'turns'} that went well would not ({_numbers(left)})"
        speaks = f"{votes} {'correction speaks' if votes == 1 else 'corrections speak'} for it"
        reasons.append(f"{turns}, and {speaks}")
    return tuple(reasons)


def _says(turn: HistoryTurn, change: Change) -> bool:
    if isinstance(change, ExemplarChange):
        return plain(turn.text) == plain(change.text)
    if isinstance(change, PatternChange):
        return fits(change.template, turn.text)
    if isinstance(change, RuleChange):
        return False
    return contains_phrase(turn.text, change.phrase)


def _numbers(turns: Sequence[HistoryTurn]) -> str:
    named = ", ".join(str(turn.turn) for turn in turns[:_NAMED])
    return f"{'turn' if len(turns) == 1 else 'turns'} {named}{'…' if len(turns) > _NAMED else ''}"
