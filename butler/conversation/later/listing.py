"""What is planned in the home, as people see it: a line each, with buttons to pause or delete it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from butler.conversation.later.plans import Plan
from butler.conversation.later.words import again_words, deed_words, sun_words
from butler.conversation.messages import Role
from butler.conversation.phrasing import opening
from butler.conversation.ringing.words import instant_words
from butler.conversation.turn import Option, Ports, Turn
from store import device_notices, people, schedules
from store.device_notices import DeviceNotice
from store.schedules import Schedule

_MOST_SHOWN = 20
_MOST_BUTTONS = 6
_NOTHING = "Nothing is planned in the home. Tell me like this: turn on the kitchen light at 18:00."


def visible(ports: Ports, turn: Turn) -> list[Schedule]:
    """Return what is planned that a person may see, in the order of when it is due: a guest sees their own."""
    if turn.incoming.user.role is Role.GUEST:
        found = schedules.of_user(ports.store, turn.user)
    else:
        found = schedules.everyones(ports.store)
    return sorted(found, key=lambda one: (one.state != "active", one.due_at is None, one.due_at, one.id))


def tell_planned(ports: Ports, turn: Turn, found: Sequence[Schedule] | None = None) -> None:
    """Tell what is planned, or these of it."""
    planned = visible(ports, turn) if found is None else list(found)
    watched = device_notices.of_user(ports.store, turn.user) if found is None else []
    if not planned and not watched:
        turn.say(_NOTHING)
        return
    if planned:
        lines = _some([line(ports, turn, schedule) for schedule in planned])
        turn.offer("\n".join(["Planned in the home:", *lines]), tuple(_buttons(turn, planned)))
    if watched:
        lines = _some([notice_line(notice) for notice in watched])
        turn.offer("\n".join(["What I watch for you:", *lines]), tuple(_notice_buttons(watched)))


def notice_line(notice: DeviceNotice) -> str:
    """Return what is watched for as one line: "2. Every time the garage door is open for 10 minutes"."""
    often = "When" if notice.once else "Every time"
    return f"{notice.id}. {often} {notice.text}{', muted' if notice.state == 'muted' else ''}"


def _some(lines: Sequence[str]) -> list[str]:
    more = len(lines) - _MOST_SHOWN
    return [*(f"· {one}" for one in lines[:_MOST_SHOWN]), *([f"… and {more} more."] if more > 0 else [])]


def line(ports: Ports, turn: Turn, schedule: Schedule) -> str:
    """Return what is planned as one line: "3. Turn on the kitchen light, every weekday at 07:00, next tomorrow …"."""
    plan = Plan.of(schedule)
    parts = [opening(deed_words(plan.commands, turn.snapshot)), *_when(ports, turn, schedule, plan)]
    if schedule.state == "paused":
        parts.append("paused")
    if schedule.user != turn.user:
        parts.append(f"for {people.name_of(ports.store, schedule.user)}")
    return f"{schedule.id}. {', '.join(parts)}"


def short_words(ports: Ports, turn: Turn, schedule: Schedule) -> str:
    """Return what is planned within a sentence: "turn on the kitchen light every weekday at 07:00"."""
    plan = Plan.of(schedule)
    when = _when(ports, turn, schedule, plan)
    return f"{deed_words(plan.commands, turn.snapshot)} {when[0] if when else ''}".rstrip()


def _when(ports: Ports, turn: Turn, schedule: Schedule, plan: Plan) -> list[str]:
    now, zone = turn.incoming.at, ports.settings.time_zone
    again = again_words(plan, now, zone)
    at = _instant(schedule.due_at, ports, turn)
    if again:
        return [again, f"next {at}"] if at and schedule.state == "active" else [again]
    if plan.sun is not None:
        return [f"{sun_words(plan.sun)} ({at})" if at else sun_words(plan.sun)]
    return [at] if at else []


def _instant(at: datetime | None, ports: Ports, turn: Turn) -> str:
    return instant_words(at, turn.incoming.at, ports.settings.time_zone) if at is not None else ""


def _buttons(turn: Turn, planned: Sequence[Schedule]) -> list[Option]:
    mine = [one for one in planned if may_change(turn, one)][:_MOST_BUTTONS]
    shown: list[Option] = []
    for one in mine:
        if one.state == "paused":
            shown.append(Option(f"Resume {one.id}", {"kind": "later_resume", "schedules": [one.id]}))
        elif one.recurrence is not None:
            shown.append(Option(f"Pause {one.id}", {"kind": "later_pause", "schedules": [one.id]}))
        shown.append(Option(f"Delete {one.id}", {"kind": "later_delete", "schedules": [one.id]}))
    return shown


def _notice_buttons(watched: Sequence[DeviceNotice]) -> list[Option]:
    shown: list[Option] = []
    for one in watched[:_MOST_BUTTONS]:
        muted = one.state == "muted"
        kind = "notice_unmute" if muted else "notice_mute"
        shown.append(Option(f"{'Unmute' if muted else 'Mute'} {one.id}", {"kind": kind, "notices": [one.id]}))
        shown.append(Option(f"Delete {one.id}", {"kind": "notice_delete", "notices": [one.id]}))
    return shown


def may_change(turn: Turn, schedule: Schedule) -> bool:
    """Tell whether a person may pause or delete what is planned: their own, and an admin anybody's."""
    return schedule.user == turn.user or turn.incoming.user.role is Role.ADMIN
