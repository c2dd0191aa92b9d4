"""What is to be done: the action word of an intent in free text, and how a domain bends an action that was said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from engine.understanding.wordings import word_of

_ON = word_of("on|activate|enable|start|power up|fire up|light up|illuminate|boot|lit")
_OFF = word_of("off|out|kill|extinguish|deactivate|disable|shut ?down|power down|shut off|douse|cut")
_UP = word_of(
    "up|raise|raised|increase|higher|more|boost|bump|louder|brighter|brighten|lighter|lighten|warmer|hotter|faster",
    "stronger|crank|intensify",
)
_DOWN = word_of(
    "down|lower|lowered|decrease|reduce|less|quieter|softer|dim|dimmer|dimmed|darker|darken|cooler|colder|slower",
    "weaker|drop|soften|turn it down",
)
_PLAYER_UP = word_of(r"louder|volume up|turn (?:it |that |this |the \w+ )?up|up the|raise|increase|crank|boost|higher")
_PLAYER_DOWN = word_of(r"quieter|softer|volume down|turn (?:it |that |this |the \w+ )?down|lower|decrease|reduce")
_TOO_WARM = word_of(
    "too (?:hot|warm)|i'm (?:hot|boiling|melting|sweating|roasting)|it's (?:boiling|roasting|sweltering|stuffy)"
)
_TOO_COLD = word_of("too (?:cold|chilly|cool)|i'm (?:cold|freezing|chilly)|it's (?:freezing|chilly|cold)|feels cold")
_CLEAN = word_of(
    "start|clean|cleaning|vacuum|vacuuming|hoover|hoovering|run|on|go|begin|sweep|mop|resume|activate|launch",
    "mow|mowing|dust|do|send",
)

# The first pattern that is found decides, so the narrower words stand first.
_WORDS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "light_control": (
            ("increase", r"\btoo (?:dark|dim|gloomy)\b|\bcan(?:'t|not) see\b"),
            ("decrease", r"\btoo bright\b|\bhurts? my eyes\b"),
            ("toggle", r"\b(?:toggle|flip)\b"),
            ("off", _OFF),
            ("decrease", _DOWN),
            ("increase", _UP),
            ("on", _ON),
            ("set", r"\b(?:set|change|make|adjust|turn|colou?r)\b"),
        ),
        "switch_control": (
            ("toggle", r"\b(?:toggle|flip)\b"),
            ("off", _OFF + r"|\b(?:stop|halt|unplug|end)\b"),
            ("on", _ON + r"|\b(?:make|do|brew|run|begin|get|prepare|need|want|boil|fix me|have)\b"),
        ),
        "fan_control": (
            ("toggle", r"\btoggle\b"),
            ("off", _OFF + r"|\b(?:stop|cease|halt)\b"),
            ("decrease", _DOWN + r"|\bslow\b"),
            ("increase", _UP + r"|\bspeed up\b"),
            ("on", _ON + r"|\b(?:run|spin|begin)\b"),
            ("set", r"\b(?:set|change|make|adjust|put)\b"),
        ),
        "climate_control": (
            ("decrease", _TOO_WARM),
            ("increase", _TOO_COLD),
            ("off", _OFF),
            ("decrease", _DOWN + r"|\bcool\b"),
            ("increase", _UP + r"|\bwarm\b"),
            ("on", _ON + r"|\brun\b"),
            ("set", r"\b(?:set|change|make|adjust|put|switch|heat|cool)\b"),
        ),
        "cover_control": (
            ("stop", r"\b(?:stop|halt|freeze)\b"),
            ("toggle", r"\btoggle\b"),
            ("close", r"\b(?:close|closed|shut|down|lower|lowered|drop|retract|draw)\b"),
            ("open", r"\b(?:open|opened|up|raise|raised|lift|roll|unroll|extend)\b"),
            ("set", r"\b(?:set|put|move|adjust|bring|half|halfway)\b"),
        ),
        "valve_control": (
            ("stop", r"\b(?:stop|halt)\b"),
            ("close", r"\b(?:close|closed|shut|off)\b"),
            ("open", r"\b(?:open|opened|on)\b"),
            ("set", r"\b(?:set|put|half|halfway)\b"),
        ),
        "lock_control": (
            ("unlock", r"\b(?:unlock|unlocked|unbolt|unlatch|open)\b"),
            ("lock", r"\b(?:lock|locked|bolt|secure|latch|deadbolt|close)\b"),
        ),
        "media_control": (
            ("decrease", r"\btoo loud\b"),
            ("increase", r"\btoo quiet\b|\bcan(?:'t|not) hear\b"),
            ("unmute", r"\bunmute\b|\boff mute\b|\bsound back\b"),
            ("mute", r"\b(?:mute|silence|hush)\b"),
            ("pause", r"\b(?:pause|hold)\b"),
            ("next", r"\b(?:next|skip|forward)\b"),
            ("previous", r"\b(?:previous|back|last)\b"),
            ("increase", _PLAYER_UP + r"|\bup\b"),
            ("decrease", _PLAYER_DOWN + r"|\bdown\b"),
            ("play", r"\b(?:play|resume|unpause|continue|listen|hear|put on|start|watch)\b"),
            ("stop", r"\b(?:stop|halt|end|quit)\b"),
            ("off", _OFF),
            ("on", _ON),
            ("set", r"\b(?:set|volume|change|adjust)\b"),
        ),
        "vacuum_control": (
            ("dock", r"\b(?:dock|home|base|charger?|return|station|back|charging)\b"),
            ("locate", r"\b(?:where|find|locate|beep)\b"),
            ("pause", r"\bpause\b"),
            ("stop", r"\b(?:stop|halt|off|cancel|abort|quit|cease)\b"),
            ("start", _CLEAN),
        ),
        "scene_activate": (("activate", r""),),
    }
)
_COMPILED = MappingProxyType(
    {intent: tuple((action, re.compile(words)) for action, words in table) for intent, table in _WORDS.items()}
)

_BENT: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "valve": {"on": "open", "off": "close"},
        "cover": {"on": "open", "off": "close"},
        "vacuum": {"on": "start", "off": "stop"},
        "scene": {"on": "activate", "start": "activate", "play": "activate"},
        "script": {"on": "activate", "start": "activate", "play": "activate"},
        "lock": {"open": "unlock", "close": "lock"},
    }
)


def action_in(prepared: str, intent: str) -> str | None:
    """Return the action that free text asks of an intent, or None when no word says one."""
    for action, words in _COMPILED.get(intent, ()):
        if words.search(prepared):
            return action
    return None


def bend(action: str, domain: str) -> str:
    """Return the action as `domain` performs it: a valve that is turned on is opened."""
    return _BENT.get(domain, {}).get(action, action)


_VALUES = MappingProxyType(
    {
        "light_control": ("brightness", "color", "color_temp"),
        "fan_control": ("speed",),
        "climate_control": ("temperature", "hvac_mode"),
        "cover_control": ("position",),
        "valve_control": ("position",),
        "media_control": ("volume",),
    }
)
_OPENED = frozenset({"cover_control", "valve_control"})
_SWITCHED_ON = re.compile(r"\b(?:turn|switch|put|power|flick|pop|get|bring|have)\b.*\bon\b|\bon (?:at|in)\b")
_SOMEWHAT = re.compile(r"\b(?:bit|little|slightly|tad|touch|notch|more|some)\b")


def settle(intent: str, action: str | None, slots: Mapping[str, Any], prepared: str) -> str | None:
    """Return the action that fits the values: an absolute value is set, a blind raised by no amount is opened."""
    if intent == "media_control" and "source" in slots:
        return "select_source"
    if any(slot in slots for slot in _VALUES.get(intent, ())):
        return _with_value(intent, action, prepared)
    return _opening(action, slots, prepared) if intent in _OPENED else action


def _with_value(intent: str, action: str | None, prepared: str) -> str | None:
    if action == "on":
        plainly_on = _SWITCHED_ON.search(prepared) and intent not in {"climate_control", *_OPENED}
        return "on" if plainly_on else "set"
    return action if action in {"off", "lock", "unlock"} else "set"


def _opening(action: str | None, slots: Mapping[str, Any], prepared: str) -> str | None:
    if action in {"increase", "decrease"} and "step" not in slots:
        if _SOMEWHAT.search(prepared):
            return action
        return "open" if action == "increase" else "close"
    if action in {"open", "close"} and "step" in slots:
        return "increase" if action == "open" else "decrease"
    return action
