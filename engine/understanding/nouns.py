"""The household words for kinds of things: which noun speaks of which domain and device class."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Noun:
    """What a noun speaks of: domains, device classes (empty: any), and whether it was said in the plural."""

    domains: tuple[str, ...]
    classes: tuple[str, ...] = ()
    plural: bool = False


# Nouns that have a plural, with the domains and device classes of what they name.
_COUNTED: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("light, lamp, bulb, lightbulb, light bulb, ceiling light, luminaire", ("light",), ()),
    ("fan, ventilator", ("fan",), ()),
    ("blind, window blind, roller blind", ("cover",), ("blind", "shade", "shutter")),
    ("curtain, drape", ("cover",), ("curtain", "shade", "blind")),
    ("shade", ("cover",), ("shade", "blind")),
    ("shutter", ("cover",), ("shutter", "blind")),
    ("awning", ("cover",), ("awning",)),
    ("cover, window covering", ("cover",), ()),
    ("door", ("lock", "cover", "binary_sensor"), ("door", "garage", "garage_door", "opening")),
    ("garage door", ("cover",), ("garage", "door")),
    ("gate", ("cover", "lock"), ("gate",)),
    ("lock, door lock, deadbolt", ("lock",), ()),
    ("window", ("cover", "binary_sensor"), ("window",)),
    ("valve, tap", ("valve",), ()),
    ("thermostat, heater, radiator, air conditioner, air con, aircon, ac, hvac, boiler", ("climate",), ()),
    ("tv, telly, television, t v", ("media_player",), ("tv",)),
    ("speaker, radio, stereo, sound system, hi fi, soundbar", ("media_player",), ("speaker", "receiver")),
    ("media player, player", ("media_player",), ()),
    ("switch", ("switch", "input_boolean"), ()),
    ("plug, socket, outlet, power outlet, smart plug", ("switch",), ()),
    ("vacuum, vacuum cleaner, hoover, robot, robot vacuum, robovac, roomba", ("vacuum",), ()),
    ("scene", ("scene",), ()),
    ("script, routine", ("script",), ()),
    ("siren", ("siren",), ()),
    ("alarm system, security system, burglar alarm, house alarm", ("alarm_control_panel",), ()),
    ("sensor", ("sensor", "binary_sensor"), ()),
)
# Nouns without one; "lighting" speaks of all the lights all the same.
_UNCOUNTED: tuple[tuple[str, Noun], ...] = (
    ("lighting", Noun(("light",), plural=True)),
    ("garage", Noun(("cover",), ("garage", "door"))),
    ("heating, heat, air conditioning, a c, climate control, central heating, cooling", Noun(("climate",))),
    ("music, song, track, volume, sound, audio, playback", Noun(("media_player",))),
)


def _plural(word: str) -> str:
    return word + "es" if word.endswith(("ch", "s", "x")) else word + "s"


def _entries() -> dict[str, Noun]:
    table: dict[str, Noun] = {}
    for words, domains, classes in _COUNTED:
        for word in words.split(", "):
            table[word] = Noun(domains, classes)
            table[_plural(word)] = Noun(domains, classes, plural=True)
    return table | {word: noun for words, noun in _UNCOUNTED for word in words.split(", ")}


NOUNS = MappingProxyType(_entries())
LONGEST_NOUN = max(len(word.split()) for word in NOUNS)

INTENT_OF_DOMAIN = MappingProxyType(
    {
        "light": "light_control",
        "switch": "switch_control",
        "input_boolean": "switch_control",
        "fan": "fan_control",
        "climate": "climate_control",
        "cover": "cover_control",
        "valve": "valve_control",
        "lock": "lock_control",
        "media_player": "media_control",
        "vacuum": "vacuum_control",
        "scene": "scene_activate",
        "script": "scene_activate",
        "siren": "switch_control",
        "alarm_control_panel": "switch_control",
    }
)


def singular(word: str) -> str:
    """Return the word without a plural ending, good enough to compare two spellings of one noun."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-2] if word.endswith(("ches", "shes", "xes", "sses")) else word[:-1]
    return word
