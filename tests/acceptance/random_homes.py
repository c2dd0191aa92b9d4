"""Homes and nicknames made up from a seed, as varied as what people have and say."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

_ROOMS = (
    "Atrium,Attic,Basement,Boot Room,Box Room,Cellar,Conservatory,Dressing Room,Games Room,Gym,Guest Room,Larder,"
    "Laundry,Library,Loft,Mezzanine,Mud Room,Music Room,Nook,Pantry,Pool House,Sauna,Scullery,Sewing Room,Shed,"
    "Sun Room,Terrace,Utility Room,Veranda,Wine Cellar,Workshop,Küche,Nähzimmer,Café Corner"
).split(",")
_THINGS = {
    "light": (
        "Lamp,Ceiling Light,Spotlights,Strip,Uplighter,Sconce,Chandelier,Lantern,Reading Lamp,Downlights,Globe,"
        "Track Lights,Wall Light,Hue Go,Tradfri Bulb 2,Nanoleaf Panels"
    ).split(","),
    "switch": "Kettle,Dehumidifier,Toaster,Fairy Plug,Aquarium Pump,Iron,Soldering Station,Mixer".split(","),
    "fan": "Fan,Ventilator,Air Mover".split(","),
    "media_player": "Speaker,Radio,Sonos One,Soundbar,Record Player,LG OLED".split(","),
    "cover": "Blind,Shutters,Curtain,Roller Shade".split(","),
    "vacuum": "Roborock S7,Floor Robot".split(","),
}
_WEIGHTS = {"light": 10, "switch": 4, "fan": 2, "media_player": 3, "cover": 3, "vacuum": 1}
_SYLLABLES = "zor blex quim tav oo nib fra dul wop jee kra min pogo sna vish lum tri guf bam yolk erk ".split()
_FANCY = "Kläuschen,Žofka,Ærøling,Jürgi,Łucja,Ñandú,Çakır,Ősz,Þórr,Бублик,Φως,Hélène,Smörre,Straßi".split(",")
_PETS = "badger,otter,walrus,heron,gecko,moth,yeti,puffin,marmot,newt,stoat,wombat".split(",")
_ADJECTIVES = "sleepy,grumpy,wobbly,fuzzy,mighty,lonely,spooky,posh,soggy,cheeky,ancient,humble".split(",")
_OWNERS = "Nora,Grandpa,Otto,Auntie Bea,Priya,Dad,Zoë".split(",")
_FIGURES = "R2D2,C3PO,Unit 7,Agent 99,HAL 9000,T800,B52,Route 66,Apollo 13,K9".split(",")

ON_OFF = ("turn on {}", "switch on {}", "please turn {} on", "turn the {} on", "switch {} on please")
COMMANDS = {
    "light": ON_OFF,
    "switch": ON_OFF,
    "fan": ON_OFF,
    "media_player": ON_OFF,
    "cover": ("open {}", "open the {}", "please open {}"),
    "vacuum": ("start {}", "start the {}"),
}
TEACHING = (
    "when I say {word} I mean the {name}",
    "{word} means the {name}",
    "remember that '{word}' means {name}",
    "call the {name} {word}",
    "by {word} I mean the {name}",
    "{word} is what we call the {name}",
    "from now on {word} is the {name}",
    "the {name} is called {word}",
    "let's call the {name} {word}",
    'if I say "{word}", I mean the {name}',
    "{word} is short for the {name}",
    "learn that {word} is the {name}",
    "treat {word} as the {name}",
    "we call the {name} {word}",
    "remember: {word} is the {name}",
    "“{word}” stands for {name}",
    "hey butler, please remember that {word} is the {name}, ok?",
    "{word} = {name}",
    "whenever someone says {word}, that's the {name}",
    "add {word} as a nickname for the {name}",
    "use {word} for the {name}",
    "{word} refers to the {name}",
    "another name for the {name} is {word}",
    "rename the {name} to {word}",
    "the word {word} means the {name}",
    "i call the {name} {word}",
    "nickname the {name} {word}",
    "teach: {word} -> {name}",
    "what we call {word} is the {name}",
    "can you remember that {word} is the {name}?",
)


@dataclass(frozen=True)
class Naming:
    """One lesson to be: how it is put, and what is said afterwards to have the thing named moved."""

    entity_id: str
    word: str
    lesson: str
    command: str


def write_home(seed: int, devices: int, path: Path) -> list[Naming]:
    """Write a home of so many devices and return a nickname for each, all different."""
    chance = random.Random(seed)
    rooms = chance.sample(_ROOMS, 5)
    entities: list[dict[str, str]] = []
    names: set[str] = set()
    while len(entities) < devices:
        domain = chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
        room = chance.choice(rooms)
        name = f"{room} {chance.choice(_THINGS[domain])}"
        if name not in names:
            names.add(name)
            entities.append({"entity_id": f"{domain}.n{len(entities)}", "name": name, "area": room})
    house = {"areas": [{"name": room} for room in rooms], "entities": entities}
    path.write_text(json.dumps(house), encoding="utf-8")
    words = _words(chance, devices)
    return [_naming(chance, entity, word) for entity, word in zip(entities, words, strict=True)]


def _naming(chance: random.Random, entity: dict[str, str], word: str) -> Naming:
    name = chance.choice((entity["name"], entity["name"].lower()))
    said = chance.choice((word, word, word.lower()))
    command = chance.choice(COMMANDS[entity["entity_id"].partition(".")[0]])
    lesson = chance.choice(TEACHING).format(word=word, name=name)
    return Naming(entity["entity_id"], word, lesson, command.format(said))


def _words(chance: random.Random, count: int) -> list[str]:
    made: dict[str, str] = {}
    while len(made) < count:
        word = chance.choice((_nonsense, _two_words, _owned, _fancy, _figure))(chance)
        made.setdefault(word.casefold(), word)
    return list(made.values())


def _nonsense(chance: random.Random) -> str:
    word = "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))
    return chance.choice((word, word.capitalize(), word.upper()))


def _two_words(chance: random.Random) -> str:
    words = f"{chance.choice(_ADJECTIVES)} {chance.choice(_PETS)}"
    return chance.choice((words, words.title()))


def _owned(chance: random.Random) -> str:
    return f"{chance.choice(_OWNERS)}'s {chance.choice(_PETS)}"


def _fancy(chance: random.Random) -> str:
    return chance.choice(_FANCY)


def _figure(chance: random.Random) -> str:
    return chance.choice(_FIGURES)
