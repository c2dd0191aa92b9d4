"""Having an alarm or a reminder ring at another time, by words: the one that is meant, or the one that is chosen."""

from __future__ import annotations

from dataclasses import replace

from butler.conversation.ringing.asking import label, visible
from butler.conversation.ringing.choosing import meant
from butler.conversation.tasks.amending import amend_task, change_effect, tell
from butler.conversation.tasks.offering import OFFER
from butler.conversation.tasks.phrases import moment
from butler.conversation.tasks.reading import rules_of, with_slots
from butler.conversation.turn import Option, Ports, Turn
from engine.tasks.amendments import Amendment
from engine.tasks.ring_changes import RingChange, parse_ring_change
from engine.understanding.interpretation import Interpretation
from store import tasks
from store.rings import Ring
from store.tasks import Task

_MOST_OFFERED = 5
_LASTS_S = 600.0
_NONE = Option("No", {"kind": "leave"})


def change_ring(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Have what a sentence means ring at the time it says; False where it asks for no such change."""
    now, zone, rules = moment(turn), ports.settings.time_zone, rules_of(ports, turn.user)
    wanted = parse_ring_change(found.text, now=now, zone=zone, rules=rules)
    if wanted is None:
        return False
    waiting = visible(ports, turn, wanted.kind)
    if wanted.sets and len(waiting) != 1:
        return False
    there = meant(wanted.words, waiting, now, zone, rules.times) if wanted.words else list(waiting)
    known = [task for ring in there if (task := _task_of(ports, turn, ring)) is not None]
    time = wanted.due.wording if wanted.due is not None else None
    with_slots(turn, replace(found, intent="task_amend"), time=time)
    turn.trace("ring", "change", kind=wanted.kind, count=len(known))
    if len(known) == 1:
        tell(ports, turn, amend_task(ports, turn, known[0], _amendment(wanted), "talk"))
    elif known:
        _choose(ports, turn, there, wanted)
    else:
        _none_there(turn, wanted, named=bool(waiting))
    return True


def _amendment(wanted: RingChange) -> Amendment:
    return Amendment(due=wanted.due, shift=wanted.shift)


def _task_of(ports: Ports, turn: Turn, ring: Ring) -> Task | None:
    task = tasks.get(ports.store, ring.task, user=turn.user) if ring.task is not None else None
    return task if task is not None and task.status == "open" else None


def _choose(ports: Ports, turn: Turn, there: list[Ring], wanted: RingChange) -> None:
    options = [
        Option(label(ports, turn, ring), change_effect(task, _amendment(wanted), "talk"))
        for ring in there[:_MOST_OFFERED]
        if (task := _task_of(ports, turn, ring)) is not None
    ]
    none = Option("None of them", {"kind": "leave"})
    about = f"which {wanted.kind} to change"
    turn.ask("choose", f"Which {wanted.kind} do you mean?", (*options, none), about=about, lasts_s=_LASTS_S)


def _none_there(turn: Turn, wanted: RingChange, *, named: bool) -> None:
    """Say that there is nothing to change; an alarm with a time can be set by a press instead."""
    like = f" like “{wanted.words}”" if wanted.words and named else ""
    said = f"There is no {wanted.kind}{like} to change."
    if wanted.kind == "reminder" or wanted.due is None:
        turn.say(said)
        return
    at_time = wanted.due.wording if wanted.due.wording.startswith("at ") else f"at {wanted.due.wording}"
    effect = {"kind": OFFER, "text": f"wake me {at_time}", "as": "alarm"}
    turn.ask(OFFER, f"{said} Shall I set one for {wanted.due.wording}?", (Option("Yes, set it", effect), _NONE))
