"""Timers: set, asked about, stopped and made longer, each by its name, its length, or as the only one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from butler.conversation.keeping import kept
from butler.conversation.ringing.answering import done_text, just_rung
from butler.conversation.ringing.asking import tell, visible
from butler.conversation.ringing.cancelling import call_off, cancel_found
from butler.conversation.ringing.choosing import fits
from butler.conversation.ringing.planning import JOB, set_ring
from butler.conversation.ringing.words import duration_words, timer_name
from butler.conversation.tasks.reading import with_slots
from butler.conversation.tasks.telling import undo_option
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.tasks.timers import LONGEST_S, TimerOp, TimerRequest, is_below_zero, parse_timers
from engine.tasks.wall import local
from engine.understanding.clauses import starts_like_command
from engine.understanding.interpretation import Interpretation
from store import jobs, rings
from store.rings import Ring

LENGTH = "timer_length"
"""The kind of the question how long a timer is to run."""

_ADDS = re.compile(r"(?:please )?(?:add|give it|give me)\b(?!.*\btimer)", re.IGNORECASE)
_PAUSES = re.compile(
    r"(?:please |can you |could you |would you )*(?:pause|unpause|resume|hold|freeze|suspend|continue|restart)\b"
    r"(?!.*\bmusic\b)",
    re.IGNORECASE,
)
_CANNOT_PAUSE = (
    "I can't pause a timer. I can stop it (“stop the timer”), give it longer (“add 5 minutes to the timer”) "
    "or say what is left."
)
_AFTERWARDS = re.compile(r"(?:,|;|\band\b)?\s*\bthen (?P<rest>.+)$", re.IGNORECASE)
_OPS = {"timer_set": TimerOp.SET, "timer_cancel": TimerOp.CANCEL}
_OFFERED = ((5, "5 minutes"), (10, "10 minutes"), (20, "20 minutes"), (60, "An hour"))
_BELOW_ZERO = "A timer can't run for less than no time. Say for example “set a timer for 5 minutes”."
_TOO_LONG = "That is too long for a timer: a week is the most. A reminder can wait longer."


def answer_timer(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Do what a sentence about timers asks for."""
    if _PAUSES.match(found.text):
        _cannot_pause(ports, turn)
        return
    if found.intent == "timer_set" and is_below_zero(found.text):
        turn.outcome = "refused"
        turn.say(_BELOW_ZERO)
        return
    several = parse_timers(found.text, found.intent) or (TimerRequest(_OPS.get(found.intent, TimerOp.QUERY)),)
    asked = several[0]
    if asked.op is TimerOp.SET and _ADDS.match(found.text) and len(visible(ports, turn, "timer")) == 1:
        asked = replace(asked, op=TimerOp.CHANGE)
    with_slots(turn, found, name=asked.name, duration=asked.seconds)
    match asked.op:
        case TimerOp.SET:
            for timer in several:
                start_timer(ports, turn, timer.name, timer.seconds)
            _tell_of_the_rest(turn, found.text, asked)
        case TimerOp.CANCEL:
            _stop(ports, turn, asked)
        case TimerOp.CHANGE:
            _extend(ports, turn, asked)
        case _:
            waiting = visible(ports, turn, "timer")
            tell(ports, turn, "timer", _named(asked, waiting) or waiting)


def start_timer(ports: Ports, turn: Turn, name: str | None, seconds: float | None) -> None:
    """Start a timer, or ask for how long."""
    if seconds is None or seconds <= 0:
        _ask_length(turn, name)
        return
    if seconds > LONGEST_S:
        turn.outcome = "refused"
        turn.say(_TOO_LONG)
        return
    at, title = turn.incoming.at + timedelta(seconds=seconds), name or ""
    with ports.store.atomic():
        number = set_ring(ports, turn, kind="timer", title=title, at=at, duration_s=seconds)
        undo: Effect = {"kind": "ring_set", "rings": [number]}
        called = f"Your {title} timer" if title else "Your timer"
        said = f"{called} is set for {duration_words(seconds)}, until {local(at, ports.settings.time_zone):%H:%M:%S}."
        kept(ports, turn, said, undo)
    turn.trace("ring", "set", ring=number, kind="timer", seconds=seconds)
    turn.offer(said, (undo_option(turn, undo),))


def press_length(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Start a timer whose length was pressed."""
    start_timer(ports, turn, effect["name"] or None, effect["s"])


def _cannot_pause(ports: Ports, turn: Turn) -> None:
    """Say what can be done with a timer instead, and what is left of those that run."""
    turn.outcome = "refused"
    turn.say(_CANNOT_PAUSE)
    if visible(ports, turn, "timer"):
        tell(ports, turn, "timer")


def _tell_of_the_rest(turn: Turn, text: str, asked: TimerRequest) -> None:
    """Say that what is to be done once a timer has rung was not planned, and how it can be."""
    rest = _AFTERWARDS.search(text)
    if rest is not None and starts_like_command(rest["rest"]) and asked.seconds:
        how = f"{rest['rest'].strip(' .!')} in {duration_words(asked.seconds)}"
        turn.say(f"I've only set the timer. For the rest, say: “{how}”.")


def _ask_length(turn: Turn, name: str | None) -> None:
    options = [
        Option(label, {"kind": "timer_length", "name": name or "", "s": 60 * minutes}) for minutes, label in _OFFERED
    ]
    called = f"the {name} timer" if name else "the timer"
    turn.ask(LENGTH, f"How long shall {called} run?", (*options, Option("Never mind", {"kind": "leave"})), about=called)


def _stop(ports: Ports, turn: Turn, asked: TimerRequest) -> None:
    waiting = visible(ports, turn, "timer")
    found = _named(asked, waiting)
    if asked.all:
        found = found or list(waiting)
    ringing = just_rung(ports, turn, "timer")
    if not found and ringing is not None and (asked.name is None or fits(asked.name, ringing)):
        turn.say(done_text(ports, turn, ringing))
    elif asked.all and found:
        call_off(ports, turn, found)
    else:
        cancel_found(ports, turn, "timer", found, waiting)


def _extend(ports: Ports, turn: Turn, asked: TimerRequest) -> None:
    waiting = visible(ports, turn, "timer")
    found = _named(TimerRequest(asked.op, asked.name, asked.of_seconds), waiting)
    if asked.seconds is None or len(found) != 1:
        turn.outcome = "asked"
        tell(ports, turn, "timer", found or waiting)
        return
    ring = found[0]
    at, length = ring.due_at + timedelta(seconds=asked.seconds), (ring.duration_s or 0) + asked.seconds
    if at <= turn.incoming.at or length > LONGEST_S:
        turn.outcome = "refused"
        turn.say(_TOO_LONG if length > LONGEST_S else "That is more than is left of it.")
        return
    with ports.store.atomic():
        rings.amend(ports.store, ring.id, user=turn.user, due_at=at, duration_s=length)
        jobs.schedule_earlier(ports.store, JOB, at)
        left = duration_words((at - turn.incoming.at).total_seconds())
        said = f"{timer_name(ring).capitalize()} has {left} left now."
        kept(ports, turn, said)
    turn.trace("ring", "extended", ring=ring.id, seconds=asked.seconds)
    turn.say(said)


def _named(asked: TimerRequest, waiting: Sequence[Ring]) -> list[Ring]:
    """Return the timers a sentence means: by name, else by length; all of them where it says neither."""
    if asked.name:
        return [ring for ring in waiting if fits(asked.name, ring)]
    if asked.seconds is not None:
        return [ring for ring in waiting if ring.duration_s == asked.seconds]
    return list(waiting)
