"""When a home action is due: what the words say, the next time after an instant, and the question where they don't."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from butler.conversation.dialogue import close
from butler.conversation.later.plans import Plan
from butler.conversation.later.sun import knows_sun, next_sun
from butler.conversation.later.words import deed_words
from butler.conversation.phrasing import opening
from butler.conversation.ringing.words import clock_words
from butler.conversation.tasks.phrases import moment
from butler.conversation.tasks.reading import rules_of
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.tasks.due import Due, DueKind
from engine.tasks.later import LaterRequest
from engine.tasks.recurrence import Every
from engine.tasks.times import read_time
from engine.tasks.wall import instant_of, local
from engine.understanding.snapshot import Snapshot
from store import buttons

WHEN = "later_when"
_NEVER_MIND = Option("Never mind", {"kind": "leave"})
_OFFERED = (time(7), time(8), time(12), time(18), time(20), time(22))
_MOST_OFFERED = 4
_LASTS_S = 600.0
_OFTENEST_MINUTES = 5
_NO_SUN = "I don't know when the sun rises and sets here: somebody has to configure where the home is. "
_TOO_OFTEN = (
    f"I don't do things in the home more often than every {_OFTENEST_MINUTES} minutes, so I've planned nothing."
)


def timed(ports: Ports, turn: Turn, plan: Plan, request: LaterRequest) -> Plan | None:
    """Return the plan with the time that was said; None where that has to be asked or cannot be, which is said here."""
    due, now = request.due, turn.incoming.at
    if request.sun is not None:
        return _by_sun(ports, turn, plan, request)
    if due is not None and due.recurrence is not None:
        return _recurring(ports, turn, replace(plan, recurrence=due.recurrence, wording=due.wording))
    at = due.at if due is not None and due.kind is DueKind.POINT and not due.asks else None
    if at is not None and at > now:
        return replace(plan, at=at, wording=due.wording if due else "")
    over = f"{opening(clock_words(at, now, ports.settings.time_zone))} is over already. " if at is not None else ""
    ask_when(ports, turn, replace(plan, day=_day_of(ports, due), wording=due.wording if due else ""), over)
    return None


def _recurring(ports: Ports, turn: Turn, plan: Plan) -> Plan | None:
    again = plan.recurrence
    assert again is not None
    if again.every is Every.MINUTE and again.interval < _OFTENEST_MINUTES:
        turn.outcome = "refused"
        turn.say(_TOO_OFTEN)
        return None
    if again.times or again.every in {Every.MINUTE, Every.HOUR}:
        return _next(ports, turn, plan)
    ask_when(ports, turn, plan)
    return None


def next_due(ports: Ports, snapshot: Snapshot, plan: Plan, after: datetime) -> datetime | None:
    """Return when a plan is due first after an instant, None where it is not any more."""
    zone = ports.settings.time_zone
    if plan.sun is not None:
        return next_sun(
            plan.sun,
            after,
            zone,
            snapshot=snapshot,
            place=ports.settings.place,
            recurrence=plan.recurrence,
            day=plan.day,
        )
    if plan.recurrence is not None:
        return plan.recurrence.next_after(after, zone)
    return plan.at if plan.at is not None and plan.at > after else None


def ask_when(ports: Ports, turn: Turn, plan: Plan, before: str = "") -> None:
    """Ask at what time, on the day that was said if any; a clock time in words does as well."""
    zone, now = ports.settings.time_zone, turn.incoming.at
    days = [plan.day] if plan.day is not None else [local(now, zone).date() + timedelta(days=n) for n in range(2)]
    instants = [instant_of(day, at, zone) for day in days for at in _OFFERED]
    coming = [at for at in instants if at > now][:_MOST_OFFERED]
    options = [
        Option(_clock(ports, turn, plan, at), {"kind": "later_at", "plan": plan.to_document(), "at": at.isoformat()})
        for at in coming
    ]
    what = deed_words(plan.commands, turn.snapshot)
    days_said = f" {plan.wording.removeprefix('on ')}" if plan.recurrence is not None or plan.day is not None else ""
    turn.trace("later", "ask_when", wording=plan.wording)
    turn.ask(
        WHEN,
        f"{before}At what time{days_said} shall I {what}?",
        (*options, _NEVER_MIND),
        about=f"when to {what}",
        lasts_s=_LASTS_S,
    )


def answered(ports: Ports, turn: Turn, plan: Plan, at: datetime) -> Plan | None:
    """Return a plan at the clock time that was chosen, on its days; None where that is over, which is said here."""
    if plan.recurrence is not None:
        clock = local(at, ports.settings.time_zone).time().replace(tzinfo=None)
        return _next(ports, turn, replace(plan, recurrence=replace(plan.recurrence, times=(clock,))))
    if at <= turn.incoming.at:
        ask_when(ports, turn, plan, "That time is over already. ")
        return None
    return replace(plan, at=at)


def plan_in_question(ports: Ports, turn: Turn) -> tuple[Plan, datetime] | None:
    """Return the plan whose time was asked for and the time that a text says, and close the question; else None."""
    question = turn.dialogue.question
    if question is None or question.kind != WHEN or question.expired(turn.incoming.at):
        return None
    plan = _asked_about(ports, question.buttons)
    at = _said(ports, turn, plan) if plan is not None else None
    if plan is None or at is None:
        return None
    close(ports.store, question, at=turn.incoming.at, turn=turn.number)
    turn.dialogue = replace(turn.dialogue, question=None)
    turn.trace("open_question", WHEN, outcome="answered")
    return plan, at


def _asked_about(ports: Ports, shown: tuple[tuple[str, str], ...]) -> Plan | None:
    for button, _ in shown:
        known = buttons.get(ports.store, button)
        effect: Effect = known.payload["effect"] if known is not None else {}
        if "plan" in effect:
            return Plan.from_document(effect["plan"])
    return None


def _said(ports: Ports, turn: Turn, plan: Plan) -> datetime | None:
    """Return the instant that a text says for a plan: "at 9" is of the day that was said before."""
    for text in (f"{plan.wording} {turn.text}" if plan.day is not None else turn.text, turn.text, f"at {turn.text}"):
        due = read_time(text, moment(turn), ports.settings.time_zone, rules_of(ports, turn.user).times)
        if due is not None and due.kind is DueKind.POINT and not due.asks:
            return due.at
    return None


def _by_sun(ports: Ports, turn: Turn, plan: Plan, request: LaterRequest) -> Plan | None:
    due = request.due
    by_sun = replace(plan, sun=request.sun, recurrence=request.recurrence, day=_day_of(ports, due))
    if not knows_sun(turn.snapshot, ports.settings.place):
        wording = due.wording if due is not None else ""
        ask_when(ports, turn, replace(by_sun, sun=None, wording=wording), _NO_SUN)
        return None
    return _next(ports, turn, by_sun)


def _next(ports: Ports, turn: Turn, plan: Plan) -> Plan | None:
    at = next_due(ports, turn.snapshot, plan, turn.incoming.at)
    if at is None:
        turn.outcome = "asked"
        turn.say("That time doesn't come any more, so I've planned nothing. When shall I do it?")
        return None
    return replace(plan, at=at)


def _day_of(ports: Ports, due: Due | None) -> date | None:
    """Return the day that was said without a clock time, if one was."""
    if due is None:
        return None
    if due.kind is DueKind.DAY:
        return due.day
    start = due.start
    if isinstance(start, datetime):
        return local(start, ports.settings.time_zone).date()
    return start


def _clock(ports: Ports, turn: Turn, plan: Plan, at: datetime) -> str:
    zone = ports.settings.time_zone
    if plan.recurrence is not None or plan.day is not None:
        return f"At {local(at, zone):%H:%M}"
    return opening(clock_words(at, turn.incoming.at, zone))
