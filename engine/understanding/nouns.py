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


def _entries() -> dict[str, Noun]:
    table: dict[str, Noun] = {}

    def put(words: str, domains: tuple[str, ...], classes: tuple[str, ...] = (), *, regular: bool = True) -> None:
        for word in words.split(", "):
            table[word] = Noun(domains, classes)
            if regular:
                table[_plural(word)] = Noun(domains, classes, plural=True)

    put("light, lamp, bulb, lightbulb, light bulb, ceiling light, luminaire", ("light",))
    table["lighting"] = Noun(("light",), plural=True)
    put("fan, ventilator", ("fan",))
    put("blind, window blind, roller blind", ("cover",), ("blind", "shade", "shutter"))
    put("curtain, drape", ("cover",), ("curtain", "shade", "blind"))
    put("shade", ("cover",), ("shade", "blind"))
    put("shutter", ("cover",), ("shutter", "blind"))
    put("awning", ("cover",), ("awning",))
    put("cover, window covering", ("cover",))
    put("door", ("lock", "cover"), ("door", "garage"))
    put("garage door, garage", ("cover",), ("garage", "door"), regular=False)
    table["garage doors"] = Noun(("cover",), ("garage", "door"), plural=True)
    put("gate", ("cover", "lock"), ("gate",))
    put("lock, door lock, deadbolt", ("lock",))
    put("window", ("cover", "binary_sensor"), ("window",))
    put("valve, tap", ("valve",))
    put("thermostat, heater, radiator, air conditioner, air con, aircon, ac, hvac, boiler", ("climate",))
    for mass in ("heating", "heat", "air conditioning", "a c", "climate control", "central heating", "cooling"):
        table[mass] = Noun(("climate",))
    put("tv, telly, television, t v", ("media_player",), ("tv",))
    put("speaker, radio, stereo, sound system, hi fi, soundbar", ("media_player",), ("speaker", "receiver"))
    put("media player, player", ("media_player",))
    for mass in ("music", "song", "track", "volume", "sound", "audio", "playback"):
        table[mass] = Noun(("media_player",))
    put("switch", ("switch", "input_boolean"))
    put("plug, socket, outlet, power outlet, smart plug", ("switch",))
    put("vacuum, vacuum cleaner, hoover, robot, robot vacuum, robovac, roomba", ("vacuum",))
    put("scene", ("scene",))
    put("script, routine", ("script",))
    put("siren", ("siren",))
    put("alarm system, security system, burglar alarm, house alarm", ("alarm_control_panel",))
    put("sensor", ("sensor", "binary_sensor"))
    return table


def _plural(word: str) -> str:
    if word.endswith(("ch", "s", "x")):
        return word + "es"
    if word == "switch":
        return "switches"
    return word + "s"


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
