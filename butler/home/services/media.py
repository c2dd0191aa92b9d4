"""Services of media players; what plays comes from a small playlist."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from butler.home.device import PLAYLIST, Device
from butler.home.services.values import Service, invalid, number, text

_MEDIA = ("media_title", "media_artist", "media_track")


def _turn_on(device: Device, _: Mapping[str, Any]) -> None:
    if device.state in {"off", "standby"}:
        device.update(device.memory.get("resting", "on"))


def _turn_off(device: Device, _: Mapping[str, Any]) -> None:
    _rest(device, "off")


def _toggle(device: Device, data: Mapping[str, Any]) -> None:
    (_turn_on if device.state in {"off", "standby"} else _turn_off)(device, data)


def _play(device: Device, _: Mapping[str, Any]) -> None:
    _remember(device)
    if device.state not in {"playing", "paused"}:
        device.update(attributes=device.memory["media"])
    device.update("playing")


def _pause(device: Device, _: Mapping[str, Any]) -> None:
    if device.state == "playing":
        device.update("paused")


def _play_pause(device: Device, data: Mapping[str, Any]) -> None:
    (_pause if device.state == "playing" else _play)(device, data)


def _stop(device: Device, _: Mapping[str, Any]) -> None:
    if device.state in {"playing", "paused"}:
        _rest(device, device.memory.get("resting", "idle"))


def _rest(device: Device, state: str) -> None:
    """Stop showing what played; it is remembered for when the player plays again."""
    _remember(device)
    device.update(state, drop=_MEDIA)


def _remember(device: Device) -> None:
    """Keep the state a player rests in, and what it plays."""
    if device.state in {"on", "idle"}:
        device.memory["resting"] = device.state
    title = device.attributes.get("media_title")
    if isinstance(title, str):
        media = {key: device.attributes.get(key) for key in _MEDIA}
        device.memory["media"] = media
        device.memory.setdefault("titles", {})[title.casefold()] = media
        device.memory.setdefault("tracks", {})[media["media_track"]] = media


def _skip(step: int) -> Service:
    def skip(device: Device, _: Mapping[str, Any]) -> None:
        if device.state not in {"playing", "paused"}:
            return
        _remember(device)
        track = max(1, (device.attributes.get("media_track") or 1) + step)
        title, artist = PLAYLIST[(track - 1) % len(PLAYLIST)]
        fresh = {"media_title": title, "media_artist": artist, "media_track": track}
        device.update(attributes=device.memory.get("tracks", {}).get(track, fresh))

    return skip


def _play_media(device: Device, data: Mapping[str, Any]) -> None:
    wanted = text(device, data, "media_content_id")
    _remember(device)
    fresh = {"media_title": wanted, "media_artist": None, "media_track": 1}
    device.update("playing", device.memory.get("titles", {}).get(wanted.casefold(), fresh))


def _volume_set(device: Device, data: Mapping[str, Any]) -> None:
    device.update(attributes={"volume_level": round(number(device, data, "volume_level", 0, 1), 4)})


def _volume_step(step: float) -> Service:
    def change(device: Device, _: Mapping[str, Any]) -> None:
        level = (device.attributes.get("volume_level") or 0) + step
        device.update(attributes={"volume_level": round(min(1.0, max(0.0, level)), 4)})

    return change


def _mute(device: Device, data: Mapping[str, Any]) -> None:
    muted = data.get("is_volume_muted")
    if not isinstance(muted, bool):
        raise invalid(device, "is_volume_muted must be true or false")
    device.update(attributes={"is_volume_muted": muted})


def _select_source(device: Device, data: Mapping[str, Any]) -> None:
    source = text(device, data, "source")
    if source not in (device.attributes.get("source_list") or ()):
        raise invalid(device, f"there is no source {source!r}")
    device.update(attributes={"source": source})


MEDIA_SERVICES: Mapping[str, Service] = MappingProxyType(
    {
        "media_player.turn_on": _turn_on,
        "media_player.turn_off": _turn_off,
        "media_player.toggle": _toggle,
        "media_player.media_play": _play,
        "media_player.media_pause": _pause,
        "media_player.media_play_pause": _play_pause,
        "media_player.media_stop": _stop,
        "media_player.media_next_track": _skip(1),
        "media_player.media_previous_track": _skip(-1),
        "media_player.play_media": _play_media,
        "media_player.volume_set": _volume_set,
        "media_player.volume_up": _volume_step(0.1),
        "media_player.volume_down": _volume_step(-0.1),
        "media_player.volume_mute": _mute,
        "media_player.select_source": _select_source,
    }
)
