"""Taught sentence patterns as Home Assistant's custom sentences, for its own voice assistant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import yaml

_ON_OFF = {"on": "HassTurnOn", "off": "HassTurnOff", "toggle": "HassToggle"}
_INTENTS: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        "light_control": ("light", _ON_OFF),
        "switch_control": ("switch", _ON_OFF),
        "fan_control": ("fan", _ON_OFF),
        "climate_control": ("climate", {"on": "HassTurnOn", "off": "HassTurnOff"}),
        "cover_control": ("cover", {"open": "HassTurnOn", "close": "HassTurnOff", "toggle": "HassToggle"}),
        "media_control": (
            "media_player",
            {
                "on": "HassTurnOn",
                "off": "HassTurnOff",
                "pause": "HassMediaPause",
                "play": "HassMediaUnpause",
                "next": "HassMediaNext",
                "previous": "HassMediaPrevious",
            },
        ),
        "vacuum_control": ("vacuum", {"start": "HassVacuumStart", "dock": "HassVacuumReturnToBase"}),
        "scene_activate": ("scene", {"activate": "HassTurnOn"}),
    }
)
_VALUES: Mapping[tuple[str, str], tuple[str, str]] = MappingProxyType(
    {
        ("light_control", "brightness"): ("HassLightSet", "brightness"),
        ("light_control", "color"): ("HassLightSet", "color"),
        ("light_control", "color_temp"): ("HassLightSet", "temperature"),
        ("fan_control", "speed"): ("HassFanSetSpeed", "percentage"),
        ("climate_control", "temperature"): ("HassClimateSetTemperature", "temperature"),
        ("cover_control", "position"): ("HassSetPosition", "position"),
        ("media_control", "volume"): ("HassSetVolume", "volume_level"),
    }
)
_RULE = re.compile(r"<(\w+)>")
_WILDCARD = re.compile(r"\{(\w+)(?::\w+)?\}")
_HEAD = "# Sentences that Butler was taught. Put this file into custom_sentences/en/ beside configuration.yaml.\n"


@dataclass(frozen=True)
class TaughtPattern:
    """A sentence template that people taught, and what it means."""

    template: str
    intent: str
    slots: Mapping[str, Any]


@dataclass(frozen=True)
class CustomSentences:
    """The file's text, how many patterns are in it, and the templates of those Home Assistant has no intent for."""

    text: str
    written: int
    left_out: tuple[str, ...]


def custom_sentences(patterns: Iterable[TaughtPattern], rules: Mapping[str, str]) -> CustomSentences:
    """Return the custom sentences of taught patterns; `rules` are the texts of the rules that they may name."""
    intents: dict[str, list[dict[str, Any]]] = {}
    used: set[str] = set()
    left_out: list[str] = []
    for pattern in patterns:
        meant = _meant(pattern)
        if meant is None:
            left_out.append(pattern.template)
            continue
        name, domain, slots = meant
        row: dict[str, Any] = {"sentences": [pattern.template.replace("{target}", "{name}")]}
        if slots:
            row["slots"] = slots
        if "{target}" in pattern.template:
            row["requires_context"] = {"domain": domain}
        intents.setdefault(name, []).append(row)
        used |= _rules_in(pattern.template, rules)
    document: dict[str, Any] = {"language": "en", "intents": {name: {"data": rows} for name, rows in intents.items()}}
    if used:
        document["expansion_rules"] = {name: rules[name] for name in sorted(used)}
    text = _HEAD + yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)
    return CustomSentences(text, sum(len(rows) for rows in intents.values()), tuple(left_out))


def _meant(pattern: TaughtPattern) -> tuple[str, str, dict[str, Any]] | None:
    """Return Home Assistant's intent, its domain and slots; None where it has none, or where harm could be done."""
    if pattern.intent not in _INTENTS or set(_WILDCARD.findall(pattern.template)) - {"target"}:
        return None
    domain, actions = _INTENTS[pattern.intent]
    values = {name: value for name, value in pattern.slots.items() if name != "action"}
    if not values:
        found = actions.get(str(pattern.slots.get("action")))
        return None if found is None else (found, domain, {})
    said = [_VALUES.get((pattern.intent, name)) for name in values]
    names = {one[0] for one in said if one is not None}
    if None in said or len(names) != 1:
        return None
    slots = {one[1]: value for one, value in zip(said, values.values(), strict=True) if one is not None}
    return names.pop(), domain, slots


def _rules_in(template: str, rules: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    waiting = [template]
    while waiting:
        for name in _RULE.findall(waiting.pop()):
            if name in rules and name not in found:
                found.add(name)
                waiting.append(rules[name])
    return found
