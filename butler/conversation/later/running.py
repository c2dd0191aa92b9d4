"""Doing what was planned when it is due: a turn of its own, with the risk rules, journal, reading back and undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from butler.conversation import dialogue, wording
from butler.conversation.acting import ask_to_confirm, carry_out_command, split_by_risk
from butler.conversation.journal import about_to
from butler.conversation.later.plans import Plan
from butler.conversation.later.reversal import is_back, plan_back
from butler.conversation.later.words import deed_words
from butler.conversation.messages import Incoming, Person
from butler.conversation.phrasing import joined, opening
from butler.conversation.recording import finish
from butler.conversation.ringing.words import clock_words
from butler.conversation.turn import Draft, Effect, Notice, Option, Ports, Turn
from engine.learning.documents import plain_json
from engine.understanding.interpretation import Interpretation
from engine.understanding.snapshot import Snapshot
from store import schedules, turns
from store.schedules import Schedule
from store.turns import NewTurn

SCHEDULED = "scheduled"
"""The entry of a turn's journal that says which planned action it carries out."""
MEDIUM = "schedule"
_OVER = "That is over: it was answered, or it was too long ago. I did nothing more."


def run_planned(ports: Ports, schedule: Schedule, snapshot: Snapshot, now: datetime, *, again: datetime | None) -> bool:
    """Carry out what is due, and tell its person; it is due next at `again`. False where somebody else began it.

    What is guarded is only asked about. What is gone from the home is said so.
    """
    assert schedule.due_at is not None
    plan = Plan.of(schedule)
    with ports.store.atomic():
        if not schedules.begin(ports.store, schedule.id, due_at=schedule.due_at, at=now, next_due=again):
            return False
        turn = _begun(ports, schedule, snapshot, now)
        about_to(ports, turn, SCHEDULED, _about(schedule, plan, snapshot, ports, now), schedule=schedule.id)
    asked = _do(ports, turn, schedule, plan)
    if is_back(schedule) and not asked and not turn.changed and not turn.spoilt:
        turn.drafts.clear()  # it is so already, and nobody waits to hear it
    turn.dialogue = dialogue.load(ports.store, turn.user, turn.incoming.chat)  # others may have spoken meanwhile
    with ports.store.atomic():
        if not asked:
            schedules.finish(ports.store, schedule.id, turn.outcome)
        turn.trace(
            "later",
            "run",
            outcome=turn.outcome,
            schedule=schedule.id,
            late_s=(now - schedule.due_at).total_seconds(),
            asked=asked,
        )
        finish(ports, turn, unasked=True)
    return True


def press_go(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Do what is guarded, was planned, is due now, and was confirmed by this press."""
    schedule = schedules.get(ports.store, effect["schedule"], user=turn.user)
    same_run = schedule is not None and schedule.last_run_at == datetime.fromisoformat(effect["run"])
    commands = Plan.from_document(effect["plan"]).commands
    with ports.store.atomic():
        if schedule is None or not same_run or not schedules.finish(ports.store, schedule.id, "confirmed"):
            turn.outcome = "press_refused"
            turn.say(_OVER)
            return
        what = deed_words(commands, turn.snapshot)
        about_to(ports, turn, SCHEDULED, f"I was about to {what}, as planned.", schedule=schedule.id)
    turn.trace("later", "confirmed", schedule=schedule.id)
    _carry_out(ports, turn, commands)


def press_leave(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Leave what is guarded as it is, though it was planned."""
    schedule = schedules.get(ports.store, effect["schedule"], user=turn.user)
    same_run = schedule is not None and schedule.last_run_at == datetime.fromisoformat(effect["run"])
    if schedule is None or not same_run or not schedules.finish(ports.store, schedule.id, "declined"):
        turn.outcome = "press_refused"
        turn.say(_OVER)
        return
    turn.outcome = "declined"
    turn.trace("later", "declined", schedule=schedule.id)
    turn.say("All right, I leave it.")


def press_now(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Do now what was not done when it was due; what is guarded is asked about first."""
    if not turn.reachable:
        turn.outcome = "home_unreachable"
        turn.say(ports.words(wording.UNREACHABLE))
        return
    plan = Plan.from_document(effect["plan"])
    here = [_still_here(found, turn.snapshot) for found in plan.commands]
    if gone := [i for found in plan.commands for i in found.targets if i not in turn.snapshot.by_id]:
        turn.say(_gone_text(gone))
    parted = [(found, *split_by_risk(ports, turn, found)) for found in here if found.targets]
    _carry_out(ports, turn, [replace(found, targets=ids) for found, ids, _ in parted if ids])
    guarded = [replace(found, targets=ids) for found, _, ids in parted if ids]
    if guarded:
        ask_to_confirm(ports, turn, guarded)


def notice_of(schedule: Schedule, text: str, buttons: tuple[Option, ...] = ()) -> Notice:
    """Return what is told of a planned action where it was planned."""
    return Notice(
        kind="schedule",
        text=text,
        to=schedule.user,
        buttons=buttons,
        urgent=True,
        held=False,
        repeatable=True,
        chat=schedule.chat,
    )


def _begun(ports: Ports, schedule: Schedule, snapshot: Snapshot, now: datetime) -> Turn:
    number = turns.append(ports.store, NewTurn(schedule.user, schedule.chat, now, outcome="begun", learnable=False))
    incoming = Incoming(Person(schedule.user), schedule.chat, now, medium=MEDIUM)
    state = dialogue.load(ports.store, schedule.user, schedule.chat)
    return Turn(incoming, number, "", snapshot, reachable=True, dialogue=state, began=ports.timer())


def _about(schedule: Schedule, plan: Plan, snapshot: Snapshot, ports: Ports, now: datetime) -> str:
    assert schedule.due_at is not None
    at = clock_words(schedule.due_at, now, ports.settings.time_zone)
    return f"I was about to {deed_words(plan.commands, snapshot)}, as planned {at}."


def _do(ports: Ports, turn: Turn, schedule: Schedule, plan: Plan) -> bool:
    """Do what may be done, and ask about the rest; return whether something was asked."""
    assert schedule.due_at is not None
    here = [_still_here(found, turn.snapshot) for found in plan.commands]
    gone = [i for found in plan.commands for i in found.targets if i not in turn.snapshot.by_id]
    parted = [(found, *split_by_risk(ports, turn, found)) for found in here if found.targets]
    free = [replace(found, targets=ids) for found, ids, _ in parted if ids]
    guarded = [replace(found, targets=ids) for found, _, ids in parted if ids]
    lead = f"As planned {clock_words(schedule.due_at, turn.incoming.at, ports.settings.time_zone)}:"
    if gone or free:
        turn.say(lead)
    if gone:
        turn.outcome = "gone"
        turn.say(_gone_text(gone))
    if free:
        _carry_out(ports, turn, free)
    if guarded:
        _ask(ports, turn, schedule, guarded, lead="" if gone or free else f"{lead} ")
    _offer_undo(turn)
    return bool(guarded)


def _carry_out(ports: Ports, turn: Turn, commands: Sequence[Interpretation]) -> None:
    for found in commands:
        done = carry_out_command(ports, turn, found)
        turn.say(done.text(ports, turn.snapshot))
        plan_back(ports, turn, found, done.report)


def _ask(ports: Ports, turn: Turn, schedule: Schedule, guarded: Sequence[Interpretation], *, lead: str) -> None:
    """Ask for a press; a typed yes is none, as it may be the answer to something else."""
    words = deed_words(guarded, turn.snapshot)
    commands = tuple(guarded)
    run = turn.incoming.at.isoformat()
    whole = {"schedule": schedule.id, "run": run, "plan": Plan(schedule.text, commands).to_document()}
    turn.trace("risk", "confirm", targets=[i for found in guarded for i in found.targets])
    turn.drafts.append(
        Draft(
            f"{lead}Shall I {words} now?",
            (
                Option(f"Yes, {words}", {"kind": "later_go", **plain_json(whole)}),
                Option("No", {"kind": "later_leave", "schedule": schedule.id, "run": run}),
            ),
            lasts_s=ports.settings.confirm_seconds,
        )
    )


def _offer_undo(turn: Turn) -> None:
    if turn.undoable and turn.drafts and not turn.drafts[-1].options:
        said = " ".join(draft.text for draft in turn.drafts)
        turn.drafts[:] = [Draft(said, (Option("Undo", {"kind": "undo", "turn": turn.number}),))]


def _still_here(found: Interpretation, snapshot: Snapshot) -> Interpretation:
    return replace(found, targets=tuple(i for i in found.targets if i in snapshot.by_id))


def _gone_text(gone: Sequence[str]) -> str:
    names = [i.partition(".")[2].replace("_", " ") for i in gone]
    verb = "is" if len(names) == 1 else "are"
    return f"{opening(joined(f'the {name}' for name in names))} {verb} no longer in the home, so I left that."
