"""Turns that a crash cut off: those that did nothing may be dealt with anew, the others are told of, never repeated."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from butler.conversation import dialogue, journal
from butler.conversation.describing import described
from butler.conversation.dialogue import Deed
from butler.conversation.keeping import WRITTEN
from butler.conversation.later.running import SCHEDULED
from butler.conversation.leaving import LEFT
from butler.conversation.messages import Incoming, Person, Reply
from butler.conversation.phrasing import joined, names_of, opening, the, verb
from butler.conversation.recording import finish
from butler.conversation.stored import with_states
from butler.conversation.turn import Option, Ports, Turn
from butler.home.control import SEQUENCE_DOMAINS
from butler.home.errors import HomeError
from butler.home.port import Call
from engine.learning.documents import from_document
from engine.understanding.snapshot import Entity, Snapshot
from store import buttons, erasing, improvements, inbox, schedules, traces, turns
from store.improvements import AuditEntry, Improvement
from store.status import Status, improvement_id
from store.traces import TraceEntry

_LOG = logging.getLogger(__name__)
LEAVING = "leaving"
_TOLD_OTHERWISE = frozenset({journal.HOME, journal.LEARNING, LEAVING})
_MOST_NAMED = 6
_MOST_STEPS = 1_000  # of the audit: far more than one turn can make
_UNFINISHED = frozenset({"begun", journal.ACTING})
_UNSEEN = "I can't reach the home now, so I don't know what came of it: please have a look. Say “undo” to take it back."
_BECAME = {
    Status.PENDING: "{lesson} isn't in use: please tell me once more, or an admin can allow it with /approve {number}",
    Status.APPROVED: "{lesson} isn't in use: please tell me once more, or an admin can allow it with /approve {number}",
    Status.APPLIED: "{lesson} is in use",
    Status.COMPLETED: "{lesson} is in use",
    Status.REJECTED: "{lesson} was turned down and isn't in use",
    Status.ROLLED_BACK: "{lesson} was taken back and isn't in use",
}


def recover(ports: Ports, at: datetime) -> list[Reply]:
    """Bring every turn that was cut off to an end, and return what is told of those that had done something."""
    told = [resume(ports, row, at) for row in turns.begun(ports.store)]
    return [reply for reply in told if reply is not None]


def taken_up(ports: Ports, incoming: Incoming) -> Reply | None:
    """Return what there is to say of an update that was dealt with before, wholly or in part; None for any other."""
    received = inbox.get(ports.store, incoming.receipt) if incoming.receipt is not None else None
    if received is None:
        return None
    if received.done_at is not None:
        return Reply(turn=received.turn, outcome="dealt_with_before")
    row = turns.get(ports.store, received.turn) if received.turn is not None else None
    return resume(ports, row, incoming.at) if row and row.outcome in _UNFINISHED else None


def resume(ports: Ports, row: turns.Turn, at: datetime) -> Reply | None:
    """End a turn that was cut off: tell what came of it, or give it up (None) so that it may be dealt with anew."""
    if LEAVING in (row.effect or {}) and any(person.user == row.user for person in erasing.unfinished(ports.store)):
        return _left(ports, row, at)
    turn = _reopened(ports, row, at)
    told = [*_home(turn, row.effect or {}), *_learned(ports, turn, row.effect or {}), *_others(row.effect or {})]
    for undo in (row.effect or {}).get(WRITTEN, {}).get("undo", ()):
        turn.dialogue = turn.dialogue.did(Deed(row.number, at, undo=undo))
    if not told:
        _abandon(ports, row, at)
        return None
    _LOG.warning("a turn was cut off", extra={"turn": row.number})
    planned = (row.effect or {}).get(SCHEDULED)
    if planned is not None:
        schedules.finish(ports.store, planned["schedule"], "interrupted")
    said = f"“{row.text}”" if row.text else "what you pressed" if row.press else "what was planned"
    text = " ".join([f"I was interrupted in the middle of {said} and haven't begun it again.", *told])
    turn.outcome = "interrupted"
    turn.trace("recover", "interrupted", effects=sorted(row.effect or {}))
    undo = Option("Undo", {"kind": "undo", "turn": row.number})
    turn.offer(text, (undo,) if turn.changed and turn.reachable else ())
    return finish(ports, turn, unasked=True)


def _left(ports: Ports, row: turns.Turn, at: datetime) -> Reply:
    """End the turn in which a person had themselves forgotten: erasing them is gone on with, and says goodbye."""
    received = inbox.of_turn(ports.store, row.number)
    with ports.store.atomic():
        turns.amend(ports.store, row.number, outcome=LEFT, effect=None)
        if received is not None:
            inbox.done(ports.store, received.update_id, at=at)
    return Reply(turn=row.number, outcome=LEFT)


def _abandon(ports: Ports, row: turns.Turn, at: datetime) -> None:
    """Give a turn up that did nothing: what it pressed can be pressed again, and its update is still waiting."""
    with ports.store.atomic():
        buttons.release(ports.store, row.number)
        turns.amend(ports.store, row.number, outcome="abandoned", effect=None)
        traces.append(ports.store, [_given_up(row, at)])


def _given_up(row: turns.Turn, at: datetime) -> TraceEntry:
    return TraceEntry(
        trace_id=f"turn-{row.number}",
        stage="recover",
        component="conversation",
        created_at=at,
        turn=row.number,
        decision="abandoned",
        outcome="nothing had come of it",
        duration_ms=0.0,
    )


def _reopened(ports: Ports, row: turns.Turn, at: datetime) -> Turn:
    received = inbox.of_turn(ports.store, row.number)
    receipt = received.update_id if received and received.done_at is None else None
    incoming = Incoming(Person(row.user), row.chat, at, text=row.text, press=row.press, receipt=receipt)
    snapshot, reachable = _look(ports)
    state = dialogue.load(ports.store, row.user, row.chat)
    question = state.question
    if question and not buttons.remaining(ports.store, [button for button, _ in question.buttons], at):
        state = replace(state, question=None)
    turn = Turn(incoming, row.number, row.text or "", snapshot, reachable, state, began=ports.timer())
    if row.interpretation:
        turn.interpretation = from_document(row.interpretation)
    return turn


def _look(ports: Ports) -> tuple[Snapshot, bool]:
    try:
        return ports.home.snapshot(), True
    except HomeError as exc:
        _LOG.warning("home unreachable", extra={"problem": str(exc)})
        return Snapshot(), False


def _home(turn: Turn, effect: dict[str, Any]) -> list[str]:
    """Look at what was to be called, make it a deed that can be undone, and tell what is so now."""
    if journal.HOME not in effect:
        return []
    calls, before = [Call.from_json(one) for one in effect[journal.HOME]["calls"]], effect[journal.HOME]["before"]
    turn.calls.extend(calls)
    turn.unsure = True
    if turn.interpretation is not None:
        attempt = turn.interpretation.clauses[-1] if turn.interpretation.clauses else turn.interpretation
        turn.dialogue = turn.dialogue.attempted(attempt, turn.number, turn.incoming.at)
    if not turn.reachable:
        turn.states_before = before
        return [_UNSEEN]
    was = with_states(before, turn.snapshot)
    called = {i for call in calls for i in call.entity_ids if call.service.partition(".")[0] not in SEQUENCE_DOMAINS}
    concerned = sorted(i for i, entity in was.items() if i in called or entity != turn.snapshot.by_id[i])
    turn.before.update({i: was[i] for i in concerned})
    turn.after.update({i: turn.snapshot.by_id[i] for i in concerned})
    return [_states_text([turn.snapshot.by_id[i] for i in concerned])]


def _states_text(entities: list[Entity]) -> str:
    if not entities:
        return "Nothing in the home is other than before."
    named = entities[:_MOST_NAMED]
    names = names_of(named)
    parts = [f"{the(name)} {verb([name])} {described(entity)}" for name, entity in zip(names, named, strict=True)]
    more = f", and there are {len(entities) - len(named)} more I had to do with" if len(entities) > len(named) else ""
    return opening(f"{joined(parts)} now{more}.")


def _learned(ports: Ports, turn: Turn, effect: dict[str, Any]) -> list[str]:
    """Tell what the lessons that were begun came to; empty when nothing of them was written."""
    if journal.LEARNING not in effect:
        return []
    entries = [
        e for e in improvements.audit(ports.store, limit=_MOST_STEPS) if e.number > effect[journal.LEARNING]["after"]
    ]
    found = list(_touched(ports, turn.user, entries))
    for one in found:
        if one.status is Status.APPLIED and one.submitted_by == turn.user:
            turn.improvements.append(one.number)
            turn.dialogue = turn.dialogue.did(Deed(turn.number, turn.incoming.at, one.number))
        if one.status is Status.ROLLED_BACK:
            turn.dialogue = turn.dialogue.without_lessons([one.number])
    told = [_BECAME[one.status].format(lesson=_lesson(one), number=one.number) for one in found]
    return [f"{joined(told)}."] if told else []


def _touched(ports: Ports, user: str, entries: Iterable[AuditEntry]) -> Iterable[Improvement]:
    """Yield the improvements that a person moved, or proposed, since the turn began to learn."""
    listed = {entry.improvement_id: entry.actor for entry in entries}
    acted = {entry.improvement_id for entry in entries if entry.actor == user}
    for one in improvements.listing(ports.store)[::-1] if listed else ():
        key = improvement_id(one.number)
        if key in acted or (key in listed and one.submitted_by == user):
            yield one


def _lesson(one: Improvement) -> str:
    value = one.proposed_value
    phrase = value.get("phrase") or value.get("text") if isinstance(value, dict) else None
    return f"#{one.number} (“{phrase}”)" if phrase else f"#{one.number}"


def _others(effect: dict[str, Any]) -> list[str]:
    return [said["said"] for kind, said in effect.items() if kind not in _TOLD_OTHERWISE]
