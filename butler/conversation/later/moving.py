"""Moving what is planned in the home to another time, by the number it is shown with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo

from butler.conversation.dialogue import close
from butler.conversation.keeping import kept
from butler.conversation.later.listing import may_change, short_words, tell_planned, visible
from butler.conversation.later.plans import Plan
from butler.conversation.later.reading import FARTHEST, TOO_FAR
from butler.conversation.later.sun import knows_sun
from butler.conversation.later.timing import WHEN, next_due
from butler.conversation.ringing.planning import JOB
from butler.conversation.tasks.phrases import moment
from butler.conversation.tasks.reading import rules_of
from butler.conversation.tasks.telling import undo_option
from butler.conversation.turn import Effect, Ports, Turn
from engine.tasks.clock_only import like_before
from engine.tasks.due import Due, DueKind
from engine.tasks.planned_moves import PlannedMove, parse_planned_move
from engine.tasks.recurrence import Every
from engine.tasks.wall import instant_of, local
from store import jobs, schedules
from store.schedules import Schedule

_NO_TIME = "I couldn't tell when. Tell me like this: move schedule {number} to 19:00."
_ONCE_OF_MANY = "That comes again and again, and I can't move single times. Tell me only the hour, or how often."
_OVER = "That time is over already, so I've left it as it was."
_NO_SUN = "I don't know when the sun rises and sets here, so I've left it as it was. Tell me a clock time."
_BY_SUN = "That goes by the sun. Tell me the new time, such as 30 minutes before sunset or 19:00."
_MINUTES_A_DAY = 24 * 60
_GONE = "That isn't planned any more, so there was nothing to change."
_NOT_YOURS = "That was planned by somebody else, and only they or an admin can change it."


def move_planned(ports: Ports, turn: Turn) -> bool:
    """Move what a text names by its number to the time it says; False for any other text."""
    now, zone = moment(turn), ports.settings.time_zone
    wanted = parse_planned_move(turn.text, now=now, zone=zone, rules=rules_of(ports, turn.user))
    if wanted is None:
        return False
    _leave_question(ports, turn)
    found = next((one for one in visible(ports, turn) if one.id == wanted.number), None)
    if found is None:
        turn.outcome = "asked"
        turn.say(f"Nothing is planned under the number {wanted.number}.")
        tell_planned(ports, turn)
        return True
    problem = None if may_change(turn, found) else _NOT_YOURS
    plan = _timed_anew(ports, turn, found, wanted) if problem is None else problem
    if isinstance(plan, str):
        turn.outcome = "refused"
        turn.trace("later", "not_moved", schedule=found.id)
        turn.say(plan)
    else:
        _keep(ports, turn, found, plan)
    return True


def _leave_question(ports: Ports, turn: Turn) -> None:
    """Have no question about a time open any more, as the next hour that is said would answer it."""
    question = turn.dialogue.question
    if question is not None and question.kind == WHEN:
        close(ports.store, question, at=turn.incoming.at, turn=turn.number)
        turn.dialogue = replace(turn.dialogue, question=None)


def unmove(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Take back that something was moved, if its old time has not passed; return what is so now."""
    schedule = schedules.get(ports.store, int(undo["schedule"]))
    if schedule is None or schedule.state not in {"active", "paused"}:
        return _GONE
    back = datetime.fromisoformat(undo["due_at"])
    old = replace(schedule, due_at=back, recurrence=undo["recurrence"], sun=undo["sun"])
    due = next_due(ports, turn.snapshot, Plan.of(old), turn.incoming.at)
    if due is None or not _retime(ports, replace(old, due_at=due)):
        return "Its old time has passed meanwhile, so it stays where it is."
    return f"Back to when it was: {short_words(ports, turn, replace(old, due_at=due))}."


def _keep(ports: Ports, turn: Turn, schedule: Schedule, plan: Plan) -> None:
    document = plan.to_document()
    new = replace(schedule, due_at=plan.at, recurrence=document["recurrence"], sun=document["sun"])
    was = schedule.due_at or turn.incoming.at
    undo: Effect = {
        "kind": "later_moved",
        "schedule": schedule.id,
        "due_at": was.isoformat(),
        "recurrence": schedule.recurrence,
        "sun": schedule.sun,
    }
    with ports.store.atomic():
        if not _retime(ports, new):
            turn.say(_GONE)
            return
        said = f"Moved: {short_words(ports, turn, new)}."
        kept(ports, turn, said, undo)
    turn.trace("later", "moved", schedule=schedule.id, due=plan.at.isoformat() if plan.at else None)
    turn.offer(said, (undo_option(turn, undo),))


def _retime(ports: Ports, new: Schedule) -> bool:
    assert new.due_at is not None
    done = schedules.retime(ports.store, new.id, due_at=new.due_at, recurrence=new.recurrence, sun=new.sun)
    if done and new.state == "active":
        jobs.schedule_earlier(ports.store, JOB, new.due_at)
    return done


def _timed_anew(ports: Ports, turn: Turn, schedule: Schedule, wanted: PlannedMove) -> Plan | str:
    """Return the plan with its new time, or why it stays where it is."""
    plan = Plan.of(schedule)
    if wanted.sun is not None:
        anew: Plan | str = replace(plan, sun=wanted.sun) if knows_sun(turn.snapshot, ports.settings.place) else _NO_SUN
        anew = anew if isinstance(anew, str) else replace(anew, day=_day(ports, plan))
    elif wanted.shift is not None:
        anew = _shifted(plan, wanted.shift)
    elif wanted.due is not None:
        anew = _at(ports, turn, plan, wanted.due)
    else:
        anew = _NO_TIME.format(number=schedule.id)
    if isinstance(anew, str):
        return anew
    at = next_due(ports, turn.snapshot, anew, turn.incoming.at)
    if at is None or at <= turn.incoming.at:
        return _OVER
    return TOO_FAR if at - turn.incoming.at > FARTHEST else replace(anew, at=at)


def _day(ports: Ports, plan: Plan) -> date | None:
    """Return the day of what is done once, which a time by the sun keeps to."""
    once = plan.at is not None and plan.recurrence is None
    return local(plan.at, ports.settings.time_zone).date() if once and plan.at is not None else None


def _shifted(plan: Plan, by: timedelta) -> Plan | str:
    if plan.sun is not None:
        return _BY_SUN
    if plan.recurrence is None:
        return replace(plan, at=plan.at + by) if plan.at is not None else _OVER
    if len(plan.recurrence.times) != 1:
        return _ONCE_OF_MANY
    old = plan.recurrence.times[0]
    minutes = old.hour * 60 + old.minute + round(by.total_seconds() / 60)
    if not 0 <= minutes < _MINUTES_A_DAY:
        return _ONCE_OF_MANY
    return replace(plan, recurrence=replace(plan.recurrence, times=(time(minutes // 60, minutes % 60),)))


def _at(ports: Ports, turn: Turn, plan: Plan, due: Due) -> Plan | str:
    """Return the plan at a time that was said: a bare hour is on the same day, or as often, as before."""
    zone = ports.settings.time_zone
    known = like_before(due, _as_due(plan, zone), zone, turn.incoming.at)
    if known.kind is DueKind.RECURRENCE and known.recurrence is not None:
        again = known.recurrence
        if not again.times and again.every not in {Every.MINUTE, Every.HOUR}:
            again = replace(again, times=_clocks(plan, zone))
        return replace(plan, recurrence=again, sun=None)
    if plan.recurrence is not None:
        return _ONCE_OF_MANY
    if known.kind is DueKind.DAY and known.day is not None and plan.at is not None:
        return replace(plan, at=instant_of(known.day, local(plan.at, zone).time(), zone), sun=None)
    if known.kind is not DueKind.POINT or known.at is None or known.asks:
        return "I couldn't tell when, so I've left it as it was. Tell me a day and an hour."
    return replace(plan, at=known.at, sun=None)


def _as_due(plan: Plan, zone: tzinfo) -> Due:
    if plan.recurrence is None:
        return Due(DueKind.POINT, "", at=plan.at)
    return Due(DueKind.RECURRENCE, "", recurrence=replace(plan.recurrence, times=_clocks(plan, zone)))


def _clocks(plan: Plan, zone: tzinfo) -> tuple[time, ...]:
    """Return the clock times of a plan; of one that goes by the sun, that of its next time."""
    said = plan.recurrence.times if plan.recurrence is not None else ()
    return said or ((local(plan.at, zone).time().replace(tzinfo=None),) if plan.at is not None else ())
