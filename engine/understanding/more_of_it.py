"""Going on from what was just adjusted: "a bit more", "that's too much", "still too dark"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.plain import plain

_UP_AND_DOWN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "light_control": ("brighter", "dimmer"),
        "media_control": ("louder", "quieter"),
        "climate_control": ("warmer", "cooler"),
        "fan_control": ("faster", "slower"),
    }
)
_TOO: Mapping[str, tuple[frozenset[str], frozenset[str]]] = MappingProxyType(
    {
        "light_control": (frozenset({"dark", "dim", "gloomy"}), frozenset({"bright", "light", "glaring"})),
        "media_control": (frozenset({"quiet", "soft"}), frozenset({"loud", "noisy"})),
        "climate_control": (frozenset({"cold", "chilly", "cool", "low"}), frozenset({"hot", "warm", "high"})),
        "fan_control": (frozenset({"slow", "weak"}), frozenset({"fast", "strong", "quick"})),
    }
)
_SOME = (
    r"(?:(?:just|only|maybe|and|now|ok|a little bit|a little|a tiny bit|a tad|a bit|a touch|one notch|slightly|some) )*"
)
_THAT = (
    r"(?:(?:hm|hmm|oh|no|sorry|but) )?(?:(?:that|it|this)(?: is|s| was|'s)? )?"
    r"(?:still |now |a bit |a little |way |far |much )*"
)
_ON = re.compile(rf"{_SOME}(?:even |still |much )?(?:more|further|not enough|keep going|carry on)")
_MORE = re.compile(rf"{_SOME}(?:even |still |much )?(?:higher|up)")
_LESS = re.compile(rf"{_SOME}(?:even |still |much )?(?:less|lower|down)")
_NOT_ENOUGH = re.compile(rf"{_THAT}not enough")
_TOO_MUCH = re.compile(rf"{_THAT}too (?:much|far|little)")
_TOO_SO = re.compile(rf"{_THAT}too (?P<how>[a-z]+)(?: now| still| for me)?")
_LOWERING = re.compile(r"\b(?:dim|dimmer|darker|lower|down|decrease|reduce|less|quieter|softer|cooler|colder|slower)\b")
_POLITE = re.compile(r"(?: (?:please|thanks|now|then|mate|butler))+$")
_ADJUSTED = frozenset({"set", "increase", "decrease"})


def going_on(text: str, previous: Interpretation | None) -> str | None:
    """Return "a bit more" and the like as the plain order it is after what was just adjusted ("brighter"), or None."""
    if previous is None or previous.intent not in _UP_AND_DOWN or not previous.targets:
        return None
    if previous.disposition is not Disposition.ACT:
        return None
    said = _POLITE.sub("", plain(text))
    up = _goes_up(said, previous)
    return None if up is None else _UP_AND_DOWN[previous.intent][0 if up else 1]


def _goes_up(said: str, previous: Interpretation) -> bool | None:
    too = _TOO_SO.fullmatch(said)
    if too and too["how"] not in {"much", "far", "little"}:
        little, much = _TOO[previous.intent]
        return True if too["how"] in little else False if too["how"] in much else None
    if not _adjusted(previous):
        return None
    went_up = not _lowered(previous)
    if _ON.fullmatch(said) or _NOT_ENOUGH.fullmatch(said):
        return went_up
    if _TOO_MUCH.fullmatch(said):
        return went_up if said.endswith("little") else not went_up
    return True if _MORE.fullmatch(said) else False if _LESS.fullmatch(said) else None


def _adjusted(previous: Interpretation) -> bool:
    return previous.slots.get("action") in _ADJUSTED


def _lowered(previous: Interpretation) -> bool:
    action = previous.slots.get("action")
    return action == "decrease" or (action == "set" and _LOWERING.search(plain(previous.text)) is not None)
