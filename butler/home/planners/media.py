"""Plans for media players."""

from __future__ import annotations

import re

from butler.home.planners.steps import Slots, Step, Unsupported, action_of, one, plain_number, power, step_of
from engine.understanding.snapshot import Entity

_VOLUME_STEP_PERCENT = 10
_PLAIN = {
    "play": "media_play",
    "pause": "media_pause",
    "stop": "media_stop",
    "next": "media_next_track",
    "previous": "media_previous_track",
}


def player(entity: Entity, slots: Slots) -> list[Step] | Unsupported:
    """Plan power, playing, tracks, volume, muting and the source."""
    action = action_of(slots)
    if slots.get("media") is not None and action in {"play", "on", "set"}:
        media = str(slots["media"])
        return one("media_player.play_media", media_content_id=media, media_content_type="music")
    if slots.get("source") is not None and action in {"select_source", "set", "on", "play"}:
        return _source(entity, str(slots["source"]))
    if slots.get("volume") is not None or action in {"increase", "decrease"}:
        return _volume(entity, slots)
    if action in {"mute", "unmute"}:
        return one("media_player.volume_mute", is_volume_muted=action == "mute")
    return one(f"media_player.{_PLAIN[action]}") if action in _PLAIN else power(entity, slots)


def _volume(entity: Entity, slots: Slots) -> list[Step] | Unsupported:
    if slots.get("volume") is not None:
        percent = float(slots["volume"])
    else:
        level = entity.attributes.get("volume_level")
        if level is None:  # many players only tell their volume while they play
            return one(f"media_player.volume_{'up' if action_of(slots) == 'increase' else 'down'}")
        percent = float(level) * 100 + step_of(slots, _VOLUME_STEP_PERCENT)
    return one("media_player.volume_set", volume_level=plain_number(min(100.0, max(0.0, percent)) / 100))


def _source(entity: Entity, wanted: str) -> list[Step] | Unsupported:
    sources = [str(source) for source in entity.attributes.get("source_list") or ()]
    for source in sources:
        if _bare(source) == _bare(wanted):
            return one("media_player.select_source", source=source)
    near = [source for source in sources if _bare(wanted) and _bare(wanted) in _bare(source)]
    if len(near) == 1:
        return one("media_player.select_source", source=near[0])
    return Unsupported(entity.entity_id, "source", ", ".join(sources) or None)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
