"""Calls that bring entities back to how they were."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from butler.home.port import Call
from engine.understanding.snapshot import Entity

Step = tuple[str, Mapping[str, Any]]
_TEMPERATURES = ("temperature", "target_temp_low", "target_temp_high")
_COLORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "color_temp": ("color_temp_kelvin",),
        "hs": ("hs_color", "rgb_color"),
        "rgb": ("rgb_color",),
        "xy": ("xy_color", "rgb_color"),
        "rgbw": ("rgbw_color", "rgb_color"),
        "rgbww": ("rgbww_color", "rgb_color"),
    }
)
_NO_STATES = frozenset({"unavailable", "unknown"})


def undo_calls(before: Mapping[str, Entity], after: Mapping[str, Entity]) -> list[Call]:
    """Return the calls that lead from `after` back to `before`; what did not change takes none.

    Entities that cannot be brought back (a scene, a sensor, one that is or was unavailable) take none either.
    """
    steps: list[tuple[str, str, Mapping[str, Any]]] = []
    for entity_id in sorted(before):
        now = after.get(entity_id)
        if now is not None:
            steps.extend((entity_id, service, data) for service, data in steps_back(before[entity_id], now))
    return grouped(steps)


def steps_back(before: Entity, after: Entity) -> list[Step]:
    """Return services and data, in order, that lead one entity from `after` back to `before`."""
    back = _BACK.get(before.domain)
    same = before.state == after.state and before.attributes == after.attributes
    if back is None or same or {before.state, after.state} & _NO_STATES:
        return []
    return back(before, after)


def grouped(steps: Iterable[tuple[str, str, Mapping[str, Any]]]) -> list[Call]:
    """Join steps (entity id, service, data) into calls, equal ones as one, each entity's in their order."""
    rounds: dict[str, int] = {}
    groups: dict[tuple[int, str, str], tuple[Mapping[str, Any], list[str]]] = {}
    for entity_id, service, data in steps:
        turn = rounds[entity_id] = rounds.get(entity_id, -1) + 1
        key = (turn, service, json.dumps(dict(data), sort_keys=True))
        groups.setdefault(key, (data, []))[1].append(entity_id)
    ordered = sorted(groups.items(), key=lambda item: item[0][0])
    return [Call(service, tuple(sorted(ids)), MappingProxyType(dict(data))) for (_, service, _), (data, ids) in ordered]


def _light(before: Entity, _: Entity) -> list[Step]:
    if before.state == "off":
        return [("light.turn_off", {})]
    data: dict[str, Any] = {}
    if before.attributes.get("brightness") is not None:
        data["brightness"] = before.attributes["brightness"]
    for key in _COLORS.get(before.attributes.get("color_mode") or "", ()):
        if before.attributes.get(key) is not None:
            value = before.attributes[key]
            data[key] = list(value) if isinstance(value, tuple) else value
            break
    return [("light.turn_on", data)]


def _power(before: Entity, _: Entity) -> list[Step]:
    return [(f"{before.domain}.turn_{'on' if before.state == 'on' else 'off'}", {})]


def _fan(before: Entity, _: Entity) -> list[Step]:
    percentage = before.attributes.get("percentage")
    if before.state == "on" and percentage is not None:
        return [("fan.set_percentage", {"percentage": percentage})]
    return _power(before, before)


def _moving(before: Entity, after: Entity) -> list[Step]:
    position = before.attributes.get("current_position")
    if position is not None and position not in {0, 100}:
        return [(f"{before.domain}.set_{before.domain}_position", {"position": position})]
    open_before = before.state in {"open", "opening"}
    if position == after.attributes.get("current_position") and open_before == (after.state in {"open", "opening"}):
        return []
    return [(f"{before.domain}.{'open' if open_before else 'close'}_{before.domain}", {})]


def _lock(before: Entity, _: Entity) -> list[Step]:
    steps: dict[str, Step] = {"locked": ("lock.lock", {}), "unlocked": ("lock.unlock", {})}
    return [steps[before.state]] if before.state in steps else []


def _climate(before: Entity, after: Entity) -> list[Step]:
    steps: list[Step] = []
    wanted = {key: before.attributes[key] for key in _TEMPERATURES if before.attributes.get(key) is not None}
    moved = any(after.attributes.get(key) != value for key, value in wanted.items())
    if moved:
        steps.append(("climate.set_temperature", wanted))
    if before.state != after.state:
        steps.append(("climate.set_hvac_mode", {"hvac_mode": before.state}))
    return steps


def _player(before: Entity, after: Entity) -> list[Step]:
    steps: list[Step] = []
    level = before.attributes.get("volume_level")
    muted = before.attributes.get("is_volume_muted")
    source = before.attributes.get("source")
    if after.state in {"off", "standby"} and before.state not in {"off", "standby"}:
        steps.append(("media_player.turn_on", {}))
    if level is not None and level != after.attributes.get("volume_level"):
        steps.append(("media_player.volume_set", {"volume_level": level}))
    if muted is not None and muted != after.attributes.get("is_volume_muted"):
        steps.append(("media_player.volume_mute", {"is_volume_muted": muted}))
    if source is not None and source != after.attributes.get("source"):
        steps.append(("media_player.select_source", {"source": source}))
    return steps + _playing(before, after)


def _playing(before: Entity, after: Entity) -> list[Step]:
    """Return the steps back to what played, and to whether it played."""
    was, now = before.state, after.state
    if was in {"off", "standby"}:
        return [("media_player.turn_off", {})] if now != was else []
    if was not in {"playing", "paused"}:
        return [("media_player.media_stop", {})] if now in {"playing", "paused"} else []
    steps = _track(before, after) if now in {"playing", "paused"} else [_step("media_play")]
    if any(service == "media_player.play_media" for service, _ in steps) or now not in {"playing", "paused"}:
        now = "playing"
    if was != now:
        steps.append(_step("media_play" if was == "playing" else "media_pause"))
    return steps


def _track(before: Entity, after: Entity) -> list[Step]:
    title, track = before.attributes.get("media_title"), before.attributes.get("media_track")
    if title is None or (title == after.attributes.get("media_title") and track == after.attributes.get("media_track")):
        return []
    apart = (after.attributes.get("media_track") or 0) - (track or 0)
    if abs(apart) == 1:
        return [_step("media_previous_track" if apart > 0 else "media_next_track")]
    return [("media_player.play_media", {"media_content_id": title, "media_content_type": "music"})]


def _step(name: str) -> Step:
    return (f"media_player.{name}", {})


def _vacuum(before: Entity, after: Entity) -> list[Step]:
    home = after.state in {"docked", "returning"}
    steps: dict[str, list[str]] = {
        "cleaning": ["start"],
        "docked": ["return_to_base"],
        "returning": ["return_to_base"],
        "paused": ["start", "pause"] if after.state != "cleaning" else ["pause"],
        "idle": ["start", "stop"] if home else ["stop"],
    }
    return [(f"vacuum.{name}", {}) for name in steps.get(before.state, ())] if before.state != after.state else []


_BACK: Mapping[str, Callable[[Entity, Entity], list[Step]]] = MappingProxyType(
    {
        "climate": _climate,
        "cover": _moving,
        "fan": _fan,
        "input_boolean": _power,
        "light": _light,
        "lock": _lock,
        "media_player": _player,
        "switch": _power,
        "vacuum": _vacuum,
        "valve": _moving,
    }
)
