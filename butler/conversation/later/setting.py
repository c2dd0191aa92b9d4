"""Planning home actions for later: understood now, confirmed now where they touch what is guarded, done when due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from butler.conversation import wording
from butler.conversation.acting import chosen, split_by_risk
from butler.conversation.keeping import kept
from butler.conversation.later.plans import Plan
from butler.conversation.later.reading import TOO_FAR, read_requests, too_far
from butler.conversation.later.timing import answered, plan_in_question, timed
from butler.conversation.later.words import deed_words, when_words
from butler.conversation.messages import Role
from butler.conversation.phrasing import joined
from butler.conversation.questions import question_text
from butler.conversation.refusing import refused_text
from butler.conversation.ringing.planning import JOB
from butler.conversation.tasks.offering import offer_to_write
from butler.conversation.tasks.reading import mark_kept, with_slots
from butler.conversation.tasks.telling import undo_option
from butler.conversation.turn import Effect, Option, Ports, Turn
from butler.conversation.understood import understand, would_act
from engine.learning.documents import from_document, plain_json, to_document
from engine.tasks.later import LaterRequest
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation
from store import jobs, schedules
from store.schedules import NewSchedule

_MOST_PLANNED = 100
_NEVER_MIND = Option("Never mind", {"kind": "leave"})
_NOT_CLEAR = (
    "I couldn't tell what to do in the home then, so I've planned nothing. "
    "Tell me like this: turn on the kitchen light at 18:00."
)


def plan_later(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Plan what a sentence wants done in the home later, ask what is open about it, or say why not."""
    if len(schedules.of_user(ports.store, turn.user)) >= _MOST_PLANNED:
        turn.outcome = "refused"
        turn.say(f"{_MOST_PLANNED} things of yours are planned already. Delete some first, please: /schedules.")
        return
    requests = read_requests(ports, turn, found.text)
    with_slots(turn, found, time=joined(_time_words(request) for request in requests))
    if any(too_far(request, turn.incoming.at) for request in requests):
        turn.outcome = "refused"
        turn.trace("later", "too_far")
        turn.say(TOO_FAR)
        return
    ready: list[Plan] = []
    previous: Interpretation | None = None
    for request in requests:
        meant = understand(ports, turn, request.command, previous)
        if not would_act(meant):
            _not_ready(ports, turn, found, request, meant)
            return
        previous = meant.clauses[-1] if meant.clauses else meant
        plan = timed(ports, turn, _plan(request, meant, _text(found, requests, request)), request)
        if plan is None:
            return
        ready.append(plan)
    keep_plans(ports, turn, ready)


def keep_plans(ports: Ports, turn: Turn, plans: Sequence[Plan]) -> None:
    """Keep plans whose time is known; those that touch what is guarded only once a person has pressed."""
    guarded = [plan for plan in plans if _is_guarded(ports, turn, plan)]
    if not guarded:
        write_plans(ports, turn, plans)
        return
    if turn.incoming.user.role is Role.GUEST:
        turn.outcome = "refused"
        turn.trace("risk", "guest", targets=[i for plan in guarded for found in plan.commands for i in found.targets])
        turn.say(ports.words(wording.GUESTS_NOT_GUARDED))
        return
    what = joined(_whole_words(ports, turn, plan) for plan in plans)
    turn.trace("risk", "confirm", targets=[i for plan in guarded for found in plan.commands for i in found.targets])
    effect = {"kind": "later_confirmed", "plans": [plan.to_document() for plan in plans]}
    turn.ask(
        "confirm",
        f"{ports.words(wording.CONFIRM, what=what)} I'll ask once more when it is due.",
        (Option(f"Yes, {what}", effect), Option("No", {"kind": "leave"})),
        about=what,
        lasts_s=ports.settings.confirm_seconds,
    )


def write_plans(ports: Ports, turn: Turn, plans: Sequence[Plan]) -> None:
    """Write plans down, and say what will be done when."""
    now = turn.incoming.at
    with ports.store.atomic():
        numbers = [_add(ports, turn, plan) for plan in plans]
        said = f"I'll {joined(_whole_words(ports, turn, plan) for plan in plans)}."
        undo: Effect = {"kind": "later_set", "schedules": numbers}
        kept(ports, turn, said, undo)
    for number, plan in zip(numbers, plans, strict=True):
        turn.trace(
            "later",
            "set",
            schedule=number,
            due=plan.at.isoformat() if plan.at else None,
            recurs=plan.recurrence is not None,
            sun=plan.sun.event if plan.sun else None,
            guarded=_is_guarded(ports, turn, plan),
            ahead_s=(plan.at - now).total_seconds() if plan.at else None,
        )
    mark_kept(turn)
    turn.offer(said, (undo_option(turn, undo),))


def press_confirmed(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Write down the guarded plans that a press confirmed."""
    write_plans(ports, turn, [Plan.from_document(one) for one in effect["plans"]])


def press_at(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Plan something for the time that was chosen."""
    plan = Plan.from_document({**effect["plan"], "at": effect["at"]})
    assert plan.at is not None
    whole = answered(ports, turn, replace(plan, at=None), plan.at)
    if whole is not None:
        keep_plans(ports, turn, [whole])


def press_chosen(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Plan what was asked about, for the things that were chosen."""
    meant = chosen(from_document(effect["asked"]), effect["targets"])
    text = str(effect["text"])
    requests = read_requests(ports, turn, text)
    if len(requests) != 1:
        turn.say(_NOT_CLEAR)
        return
    plan = timed(ports, turn, _plan(requests[0], meant, text), requests[0])
    if plan is not None:
        keep_plans(ports, turn, [plan])


def take_time(ports: Ports, turn: Turn) -> bool:
    """Take a text for the time that was asked for; False when nothing was, or it is none."""
    found = plan_in_question(ports, turn)
    if found is None:
        return False
    plan, at = found
    whole = answered(ports, turn, plan, at)
    if whole is not None:
        keep_plans(ports, turn, [whole])
    return True


def unset(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Take back plans that a turn made, and return what is so now."""
    gone = [number for number in undo["schedules"] if schedules.cancel(ports.store, number, user=turn.user)]
    if not gone:
        return "That is done or deleted already."
    turn.trace("later", "unset", schedules=gone)
    return "I won't do that later, then." if len(gone) == 1 else "I won't do any of that later, then."


def _plan(request: LaterRequest, meant: Interpretation, text: str) -> Plan:
    commands = meant.clauses or (meant,)
    if request.lasts_s is not None:
        commands = tuple(replace(one, slots={**one.slots, "duration": request.lasts_s}) for one in commands)
    return Plan(text, tuple(replace(one, clauses=(), runners_up=(), choices=()) for one in commands))


def _text(found: Interpretation, requests: Sequence[LaterRequest], request: LaterRequest) -> str:
    return found.text if len(requests) == 1 else f"{request.command} {_time_words(request)}".strip()


def _time_words(request: LaterRequest) -> str:
    parts = [request.due.wording if request.due else "", f"at {request.sun.event}" if request.sun else ""]
    return " ".join(part for part in parts if part)


def _not_ready(ports: Ports, turn: Turn, found: Interpretation, request: LaterRequest, meant: Interpretation) -> None:
    """Say why something cannot be planned, or ask which thing is meant."""
    turn.trace("later", "not_ready", intent=meant.intent, reason=meant.reason.value if meant.reason else None)
    intent = INTENTS.get(meant.intent)
    acts = intent is not None and intent.acts
    if acts and meant.disposition is Disposition.ASK:
        turn.outcome = "asked"
        text = question_text(ports, turn, meant)
        options = [
            Option(
                choice.label,
                {
                    "kind": "later_chosen",
                    "asked": plain_json(to_document(meant)),
                    "targets": list(choice.targets),
                    "text": found.text,
                },
            )
            for choice in meant.choices
        ]
        if options:
            turn.ask("choose", text, (*options, _NEVER_MIND), about=f"“{request.command}”")
        else:
            turn.say(text)
        return
    turn.outcome = "refused" if acts else "not_understood"
    if acts and meant.reason is not None:
        turn.say(refused_text(ports, turn, meant))
    elif not offer_to_write(ports, turn, replace(found, reason=None)):
        turn.say(_NOT_CLEAR)


def _whole_words(ports: Ports, turn: Turn, plan: Plan) -> str:
    what = deed_words(plan.commands, turn.snapshot)
    return f"{what} {when_words(plan, turn.incoming.at, ports.settings.time_zone)}".strip()


def _is_guarded(ports: Ports, turn: Turn, plan: Plan) -> bool:
    return any(split_by_risk(ports, turn, found)[1] for found in plan.commands)


def _add(ports: Ports, turn: Turn, plan: Plan) -> int:
    assert plan.at is not None
    document = plan.to_document()
    new = NewSchedule(
        text=plan.text,
        commands=document["commands"],
        user=turn.user,
        chat=turn.incoming.chat,
        created_at=turn.incoming.at,
        due_at=plan.at,
        recurrence=document["recurrence"],
        sun=document["sun"],
        guarded=_is_guarded(ports, turn, plan),
        turn=turn.number,
    )
    number = schedules.add(ports.store, new)
    jobs.schedule_earlier(ports.store, JOB, plan.at)
    return number
