"""Putting down what is to ring, from words: a reminder or an alarm, and the question when where that is not said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from butler.conversation.keeping import kept
from butler.conversation.phrasing import opening
from butler.conversation.ringing.planning import set_ring
from butler.conversation.ringing.words import clock_words, instant_words, recurrence_words
from butler.conversation.tasks.change_words import NAMELESS
from butler.conversation.tasks.clarifying import ask_about
from butler.conversation.tasks.noting import Noted, note, speak_of_written
from butler.conversation.tasks.phrases import short
from butler.conversation.tasks.telling import ended, undo_option
from butler.conversation.turn import Effect, Ports, Turn
from engine.tasks.capture import Capture
from engine.tasks.kinds import Ask, Kind
from store.rings import Kind as RingKind

_JUST_NOW = timedelta(minutes=1)
_MISSING = "What shall I remind you of? Tell me like this: remind me to call mum tomorrow at 5."


def keep_ringing(ports: Ports, turn: Turn, captured: Capture) -> None:
    """Write down a reminder or alarm that was understood, and have it ring; where no time to come was said, ask."""
    if not captured.title:
        turn.outcome = "asked"
        turn.say(_MISSING)
        return
    at, now = captured.rings_at, turn.incoming.at
    if Ask.WHEN in captured.asks or at is None or at <= now:
        _ask_when(ports, turn, captured, at or (captured.due.at if captured.due is not None else None))
        return
    with ports.store.atomic():
        noted = note(ports, turn, captured)
        number = _ring(ports, turn, noted, at)
        undo = ring_undo(noted, number)
        said = set_text(ports, turn, captured, at)
        kept(ports, turn, said, undo)
    turn.trace("ring", "set", ring=number, kind=captured.kind.value, thought=noted.thought, task=noted.task)
    speak_of_written(turn, noted.thought, noted.task)
    turn.offer(said, (undo_option(turn, undo),))


def set_text(ports: Ports, turn: Turn, captured: Capture, at: datetime) -> str:
    """Return what is said of something that will ring."""
    now, zone = turn.incoming.at, ports.settings.time_zone
    recurrence = captured.due.recurrence if captured.due is not None else None
    again = recurrence_words(recurrence, now, zone) if recurrence is not None else ""
    when = f"{again}, first {clock_words(at, now, zone)}" if again else clock_words(at, now, zone)
    title = title_of_ring(captured)
    if captured.kind is Kind.ALARM:
        return f"{opening(f'your alarm is set: {when}')}{f', {title}' if title else ''}."
    return f"I'll remind you {when}: {ended(short(title))}"


def title_of_ring(captured: Capture) -> str:
    """Return what is said when it rings; an alarm that is only to wake needs no more words."""
    return "" if captured.kind is Kind.ALARM and captured.title in NAMELESS else captured.title


def ring_undo(noted: Noted, number: int) -> Effect:
    """Return how a capture that rings is taken back."""
    return {**noted.undo, "kind": "ring_capture", "rings": [number]}


def _ring(ports: Ports, turn: Turn, noted: Noted, at: datetime) -> int:
    captured = noted.captured
    kind: RingKind = "alarm" if captured.kind is Kind.ALARM else "reminder"
    return set_ring(
        ports,
        turn,
        kind=kind,
        title=title_of_ring(captured),
        at=at,
        task=noted.task,
        recurrence=captured.due.recurrence if captured.due is not None else None,
    )


def _ask_when(ports: Ports, turn: Turn, captured: Capture, at: datetime | None) -> None:
    """Write a reminder down without a time, and ask for one."""
    passed = at is not None and at <= turn.incoming.at
    asked = replace(captured, due=None if passed else captured.due, rings_at=None, asks=(Ask.WHEN,))
    with ports.store.atomic():
        noted = note(ports, turn, asked)
        kept(ports, turn, f"I've noted “{captured.title}”, without a time yet.", noted.undo)
    speak_of_written(turn, noted.thought, noted.task)
    over = _why_not(ports, turn, captured, at if passed else None)
    ask_about(ports, turn, noted, f"Noted: {ended(short(captured.title))}{over}")


def _why_not(ports: Ports, turn: Turn, captured: Capture, passed: datetime | None) -> str:
    """Return why nothing can ring at the time that was said, empty where none was."""
    if captured.refused is not None:
        return f" {captured.refused.reason}"
    if passed is None:
        return ""
    if turn.incoming.at - passed < _JUST_NOW:
        return " That is right now."
    return f" {opening(instant_words(passed, turn.incoming.at, ports.settings.time_zone))} is over already."
