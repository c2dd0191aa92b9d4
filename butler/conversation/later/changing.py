"""Pausing, resuming and deleting what is planned in the home, by words, by number or by a press."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz

from butler.conversation.keeping import kept
from butler.conversation.later.listing import line, may_change, short_words, tell_planned, visible
from butler.conversation.later.plans import Plan
from butler.conversation.later.timing import next_due
from butler.conversation.phrasing import joined
from butler.conversation.ringing.planning import JOB
from butler.conversation.tasks.phrases import label
from butler.conversation.tasks.telling import undo_option
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.tasks.planned_words import read_change
from store import jobs, schedules
from store.schedules import Schedule

_ALIKE, _SURE = 70.0, 90.0  # of 100, as rapidfuzz counts
_MOST_OFFERED = 8
_CHOOSE_S = 600.0
_OVER = "That isn't planned any more, so there was nothing to change."
_ALREADY = {"pause": "That rests already.", "resume": "That is planned already.", "delete": _OVER}
_FOR_A_TIME = re.compile(
    r"\b(?:(?:today|tonight|tomorrow|until|till|for|next|this)\b|just once|(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    re.IGNORECASE,
)
_NOT_YOURS = "That was planned by {who}, and only they or an admin can change it."


@dataclass(frozen=True)
class Way:
    """One way to change what is planned: how it is asked about, said and taken back."""

    kind: str
    verb: str
    said: str
    do: Callable[[Ports, Turn, Schedule], bool]
    undo: str | None = None


def change_planned(ports: Ports, turn: Turn, text: str) -> None:
    """Pause, resume or delete what a sentence means; what it may mean besides is asked about."""
    change = read_change(text)
    way = WAYS[change.verb]
    planned = [one for one in visible(ports, turn) if way.kind != "resume" or one.state == "paused"]
    if not planned:
        turn.say("Nothing is paused." if way.kind == "resume" else "Nothing is planned in the home.")
        return
    found, sure = meant(ports, turn, planned, change.number, change.words)
    if change.all and not change.words:
        found = [one for one in planned if one.user == turn.user]
        _apply(ports, turn, way, found)
    elif len(found) == 1 and sure:
        _apply(ports, turn, way, found)
    elif found:
        _choose(ports, turn, way, found)
    else:
        turn.outcome = "asked"
        turn.say("I found nothing like that among what is planned.")
        tell_planned(ports, turn)


def press_change(way: str) -> Callable[[Ports, Turn, Effect], None]:
    """Return what a press does that pauses, resumes or deletes."""

    def press(ports: Ports, turn: Turn, effect: Effect) -> None:
        found = [schedules.get(ports.store, number) for number in effect["schedules"]]
        _apply(ports, turn, WAYS[way], [one for one in found if one is not None])

    return press


def put_back(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Take back that something was deleted or paused, if its time has not passed; return what is so now."""
    back = []
    if all(_state_of(ports, number) == "active" for number in undo["schedules"]):
        return _ALREADY["resume"]
    with ports.store.atomic():
        for number in undo["schedules"]:
            schedule = schedules.get(ports.store, number, user=turn.user)
            due = _next(ports, turn, schedule) if schedule is not None else None
            if schedule is None or due is None:
                continue
            if schedules.revive(ports.store, number, due_at=due, user=turn.user):
                jobs.schedule_earlier(ports.store, JOB, due)
                back.append(schedule)
    if not back:
        return "Its time has passed meanwhile, so it stays off."
    return f"Planned again: {joined(short_words(ports, turn, one) for one in back)}."


def _apply(ports: Ports, turn: Turn, way: Way, found: Sequence[Schedule]) -> None:
    allowed = [one for one in found if may_change(turn, one)]
    if found and not allowed:
        turn.outcome = "refused"
        turn.say(_NOT_YOURS.format(who="somebody else"))
        return
    with ports.store.atomic():
        done = [one for one in allowed if way.do(ports, turn, one)]
        if not done:
            turn.say(_ALREADY[way.kind] if any(_is_so(ports, way, one) for one in allowed) else _OVER)
            return
        said = f"{way.said}: {joined(short_words(ports, turn, one) for one in done)}."
        if way.kind == "pause" and _until(turn):
            said = f"{said} I can't skip single times, so it rests until you say “resume schedule {done[0].id}”."
        mine = [one.id for one in done if one.user == turn.user]
        undo: Effect | None = {"kind": way.undo, "schedules": mine} if way.undo and mine else None
        kept(ports, turn, said, undo)
    turn.trace("later", way.kind, schedules=[one.id for one in done])
    turn.offer(said, (undo_option(turn, undo),) if undo is not None else ())


def _until(turn: Turn) -> bool:
    """Tell whether a sentence says for which time something is to rest, beside the times of what is planned."""
    return turn.pressed is None and _FOR_A_TIME.search(turn.text) is not None


def _is_so(ports: Ports, way: Way, schedule: Schedule) -> bool:
    return _state_of(ports, schedule.id) == {"pause": "paused", "resume": "active"}.get(way.kind)


def _state_of(ports: Ports, number: int) -> str | None:
    schedule = schedules.get(ports.store, number)
    return schedule.state if schedule is not None else None


def _pause(ports: Ports, _: Turn, schedule: Schedule) -> bool:
    return schedules.pause(ports.store, schedule.id)


def _resume(ports: Ports, turn: Turn, schedule: Schedule) -> bool:
    due = _next(ports, turn, schedule)
    if due is None or not schedules.resume(ports.store, schedule.id, due_at=due):
        return False
    jobs.schedule_earlier(ports.store, JOB, due)
    return True


def _delete(ports: Ports, _: Turn, schedule: Schedule) -> bool:
    return schedules.cancel(ports.store, schedule.id)


def _next(ports: Ports, turn: Turn, schedule: Schedule) -> datetime | None:
    plan = Plan.of(schedule)
    if plan.recurrence is None:
        return plan.at if plan.at is not None and plan.at > turn.incoming.at else None
    return next_due(ports, turn.snapshot, plan, turn.incoming.at)


def meant(
    ports: Ports, turn: Turn, planned: Sequence[Schedule], number: int | None, words: str
) -> tuple[list[Schedule], bool]:
    """Return what words or a number mean among what is planned, and whether that is sure."""
    if number is not None:
        return [one for one in planned if one.id == number], True
    if not words or not planned:
        return list(planned), True
    scored = [(fuzz.token_set_ratio(words, _searched(ports, turn, one)), one) for one in planned]
    best = max(score for score, _ in scored)
    return [one for score, one in scored if score >= _ALIKE and score >= best - 1], best >= _SURE


def _searched(ports: Ports, turn: Turn, schedule: Schedule) -> str:
    return re.sub(r"[^\w: ]", " ", f"{schedule.text} {line(ports, turn, schedule)}").lower()


def _choose(ports: Ports, turn: Turn, way: Way, found: Sequence[Schedule]) -> None:
    options = [
        Option(label(short_words(ports, turn, one)), {"kind": f"later_{way.kind}", "schedules": [one.id]})
        for one in found[:_MOST_OFFERED]
    ]
    numbers = [one.id for one in found]
    everything = [Option("All of them", {"kind": f"later_{way.kind}", "schedules": numbers})] if len(found) > 1 else []
    turn.ask(
        "choose",
        f"Which one shall I {way.verb}?" if everything else f"Shall I {way.verb} this one?",
        (*options, *everything, Option("None of them" if everything else "No", {"kind": "leave"})),
        about=f"what to {way.verb}",
        lasts_s=_CHOOSE_S,
    )


WAYS = {
    "pause": Way("pause", "pause", "Paused", _pause, "later_changed"),
    "resume": Way("resume", "resume", "Going on", _resume),
    "delete": Way("delete", "delete", "Deleted", _delete, "later_changed"),
}
