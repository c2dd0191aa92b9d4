"""The end of what is done for a while: "turn on the fan for 10 minutes" plans its turning off when it is turned on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from butler.conversation.keeping import kept
from butler.conversation.later.words import deed_words
from butler.conversation.ringing.planning import JOB
from butler.conversation.ringing.words import clock_words
from butler.conversation.turn import Effect, Ports, Turn
from butler.home.control import ActionReport
from engine.learning.documents import plain_json, to_document
from engine.understanding.interpretation import Interpretation
from engine.understanding.risk import is_guarded
from engine.understanding.snapshot import Entity
from store import jobs, schedules
from store.schedules import NewSchedule, Schedule

BACK = "back"
"""The mark of a command that only ends what another one began."""
_NOT_BACK = "I can't change that back by myself, so that part is up to you."
_ENDS: Mapping[str, str] = MappingProxyType(
    {"on": "off", "open": "close", "unlock": "lock", "start": "dock", "play": "pause", "unmute": "mute"}
)
_RESTS: Mapping[str, str] = MappingProxyType(
    {"off": "on", "close": "open", "lock": "unlock", "pause": "play", "mute": "unmute"}
)
_ASIDE = frozenset({"action", "duration", "area", "floor", "step"})
_FULL = 255
_VALUES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "climate": ("temperature", "temperature"),
        "cover": ("position", "current_position"),
        "valve": ("position", "current_position"),
        "fan": ("speed", "percentage"),
    }
)


def plan_back(ports: Ports, turn: Turn, found: Interpretation, report: ActionReport | None) -> None:
    """Plan the end of what was done for a while, and say so; where nothing was done there is nothing to end."""
    lasts = found.slots.get("duration")
    if not lasts or report is None or not report.calls:
        return
    again = any((one.stage, one.decision) == ("later", "superseded") for one in turn.traces)
    commands = tuple(one for one in _backwards(found, report, again=again) if one.targets)
    if not commands:
        if any(one.before != one.after for one in report.outcomes):
            turn.say(_NOT_BACK)
        return
    at = turn.incoming.at + timedelta(seconds=float(lasts))
    new = NewSchedule(
        text=found.text,
        commands=[{**plain_json(to_document(one)), BACK: True} for one in commands],
        user=turn.user,
        chat=turn.incoming.chat,
        created_at=turn.incoming.at,
        due_at=at,
        guarded=any(_is_guarded(ports, turn, i) for one in commands for i in one.targets),
        turn=turn.number,
    )
    said = f"I'll {deed_words(commands, turn.snapshot)} {clock_words(at, turn.incoming.at, ports.settings.time_zone)}."
    with ports.store.atomic():
        number = schedules.add(ports.store, new)
        jobs.schedule_earlier(ports.store, JOB, at)
        undo: Effect = {"kind": "later_set", "schedules": [number]}
        kept(ports, turn, said, undo)
    turn.trace("later", "set_back", schedule=number, due=at.isoformat())
    turn.say(said)


def is_back(schedule: Schedule) -> bool:
    """Tell whether a planned action only ends what another one began."""
    return any(isinstance(one, dict) and one.get(BACK) is True for one in schedule.commands)


def supersede(ports: Ports, turn: Turn, touched: Collection[str]) -> None:
    """Call off the ends of what was done for a while with things that are used otherwise now."""
    if not touched or schedules.next_due(ports.store) is None:
        return
    for schedule in schedules.everyones(ports.store, states=("active",)):
        if is_back(schedule):
            _leave_out(ports, turn, schedule, frozenset(touched))


def _leave_out(ports: Ports, turn: Turn, schedule: Schedule, touched: frozenset[str]) -> None:
    left = [{**one, "targets": [i for i in one["targets"] if i not in touched]} for one in schedule.commands]
    left = [one for one in left if one["targets"]]
    if left == schedule.commands:
        return
    if left:
        schedules.amend(ports.store, schedule.id, left)
    else:
        schedules.cancel(ports.store, schedule.id)
    turn.trace("later", "superseded", schedule=schedule.id, left=len(left))


def _backwards(found: Interpretation, report: ActionReport, *, again: bool) -> Iterable[Interpretation]:
    """Yield the commands that end what was done: the opposite, or the values from before.

    What rests already is left to rest, unless an end of that was called off just now, because it was said `again`.
    """
    action = str(found.slots.get("action") or "set")
    done = [one for one in report.outcomes if one.succeeded and one.before is not None]
    moved = [one.entity_id for one in done if one.before != one.after]
    plainly = not set(found.slots) - _ASIDE
    if action in _ENDS and plainly:
        yield _command(found, {"action": _ENDS[action]}, [one.entity_id for one in done])
    elif action in _RESTS and plainly:
        resting = [one.entity_id for one in done] if again else moved
        yield _command(found, {"action": _RESTS[action]}, resting)
    else:
        for one in done:
            slots = _before(one.before) if one.before is not None and one.entity_id in moved else None
            if slots is not None:
                yield _command(found, slots, [one.entity_id])


def _command(found: Interpretation, slots: Mapping[str, Any], targets: Sequence[str]) -> Interpretation:
    return replace(
        found,
        slots=MappingProxyType(dict(slots)),
        targets=tuple(sorted(targets)),
        clauses=(),
        choices=(),
        runners_up=(),
    )


def _before(entity: Entity) -> dict[str, Any] | None:
    """Return the slots of the command that brings one thing back to the values it had; None where there is none."""
    if entity.domain in {"light", "fan", "climate", "media_player", "switch"} and entity.state == "off":
        return {"action": "off"}
    if entity.domain == "light":
        return _light(entity)
    if entity.domain == "media_player":
        level = entity.attributes.get("volume_level")
        return _value("volume", None if level is None else round(level * 100))
    slot, attribute = _VALUES.get(entity.domain, ("", ""))
    return _value(slot, entity.attributes.get(attribute)) if slot else None


def _light(entity: Entity) -> dict[str, Any] | None:
    level = entity.attributes.get("brightness")
    slots = _value("brightness", None if level is None else max(1, round(level / _FULL * 100)))
    kelvin = entity.attributes.get("color_temp_kelvin")
    if slots is not None and kelvin is not None and entity.attributes.get("color_mode") == "color_temp":
        slots["color_temp"] = kelvin
    return slots


def _value(name: str, value: object) -> dict[str, Any] | None:
    return None if value is None else {"action": "set", name: value}


def _is_guarded(ports: Ports, turn: Turn, entity_id: str) -> bool:
    by_id = turn.snapshot.by_id
    return entity_id in by_id and is_guarded(by_id[entity_id], ports.settings.risk, by_id)
