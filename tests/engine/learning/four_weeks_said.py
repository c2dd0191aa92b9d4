"""What is said in four weeks in a household, made up from a seed, and what really lies behind what goes wrong."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from engine.learning.changes import AliasChange, Change, ExemplarChange

ZONE = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 10, 5, tzinfo=ZONE)  # the night of 25 October is an hour longer
DAYS = 28
PEOPLE = ("ana", "ben", "cara", "dan")
Role = Literal["admin", "resident", "guest"]
Accepts = Callable[[Change], bool]


@dataclass(frozen=True)
class Shortfall:
    """Wordings that are misunderstood again and again, each with the plain wording it stands for.

    `people` say them, `times` each in four weeks; `accepts` tells whether a change is what should be learned.
    """

    name: str
    said: tuple[tuple[str, str], ...]
    people: tuple[str, ...]
    times: int
    accepts: Accepts


def alias(phrases: str, target: str, owner: str | None = None) -> Accepts:
    """Return what accepts one of some names (divided by "|") of a thing: somebody's own, or anybody's where None."""
    wanted = frozenset(phrases.split("|"))

    def accepts(change: Change) -> bool:
        fits = isinstance(change, AliasChange) and change.target == target and change.phrase in wanted
        return fits and owner in {None, change.owner}

    return accepts


def example(intent: str, *words: str) -> Accepts:
    """Return what accepts an example of an intent that has one of some words in it."""

    def accepts(change: Change) -> bool:
        return isinstance(change, ExemplarChange) and change.intent == intent and any(w in change.text for w in words)

    return accepts


SHORTFALLS = (
    Shortfall(
        "the floor lamp has a name of their own",
        (
            ("turn on the liv lamp", "turn on the floor lamp"),
            ("switch off the liv lamp", "turn off the floor lamp"),
            ("dim the liv lamp to 30", "dim the floor lamp to 30"),
        ),
        ("ana", "ben"),
        7,
        alias("liv lamp", "light.floor_lamp"),
    ),
    Shortfall(
        "the coffee machine is a person",
        (
            ("turn on big bertha", "turn on the coffee machine"),
            ("turn off big bertha", "turn off the coffee machine"),
            ("is big bertha on", "is the coffee machine on"),
        ),
        PEOPLE,
        4,
        alias("big bertha", "switch.coffee_machine"),
    ),
    Shortfall(
        "the blind in the study is the sunscreen",
        (("close the sunscreen", "close the study blind"), ("open the sunscreen", "open the study blind")),
        ("ben", "cara"),
        7,
        alias("sunscreen", "cover.study_blind"),
    ),
    Shortfall(
        "the study is the man cave",
        (
            ("turn on the lights in the man cave", "turn on the lights in the study"),
            ("turn off all the lights in the man cave", "turn off the lights in the study"),
        ),
        ("ana", "dan"),
        8,
        lambda change: (
            isinstance(change, AliasChange)
            and change.phrase == "man cave"
            and change.target in {"study", "light.desk_lamp"}
        ),
    ),
    Shortfall(
        "the television is the gogglebox",
        (
            ("turn on the gogglebox", "turn on the tv"),
            ("turn off the gogglebox", "turn off the tv"),
            ("mute the gogglebox", "mute the tv"),
        ),
        ("ben", "cara", "dan"),
        6,
        alias("gogglebox", "media_player.tv"),
    ),
    Shortfall(
        "one of them says the thingy",
        (("turn on the thingy", "turn on the sprinkler"), ("turn off the thingy", "turn off the sprinkler")),
        ("dan",),
        11,
        alias("thingy", "switch.sprinkler", "dan"),
    ),
    Shortfall(
        "her lamp stands by the bed",
        (("turn on my lamp", "turn on the bedside lamp"), ("switch my lamp off", "turn off the bedside lamp")),
        ("cara",),
        11,
        alias("my lamp|lamp", "light.bedside_lamp", "cara"),
    ),
    Shortfall(
        "his lamp stands on the desk",
        (("turn on my lamp", "turn on the desk lamp"), ("switch my lamp off", "turn off the desk lamp")),
        ("dan",),
        11,
        alias("my lamp|lamp", "light.desk_lamp", "dan"),
    ),
    Shortfall(
        "gloomy is about light and not about the weather",
        (
            ("it is so gloomy in here", "turn on the living room light"),
            ("it's so gloomy in here", "turn on the living room light"),
            ("so gloomy in here", "turn on the living room light"),
        ),
        ("ana", "ben", "cara"),
        7,
        example("light_control", "gloomy"),
    ),
    Shortfall(
        "a brolly is about the weather",
        (("do i need a brolly", "do i need an umbrella today"), ("brolly today", "do i need an umbrella today")),
        ("ana", "dan"),
        8,
        example("weather_query", "brolly"),
    ),
    Shortfall(
        "freezing feet are about the heating",
        (("my feet are freezing", "turn up the thermostat"), ("my toes are freezing", "turn up the thermostat")),
        ("ben", "cara"),
        8,
        example("climate_control", "freezing"),
    ),
)

MODELLED = Shortfall(
    "only the language model knows about dust",
    (("see to the fluff under the sofa", "start the vacuum"), ("see to the fluff under the bed", "start the vacuum")),
    ("ana", "cara"),
    8,
    example("vacuum_control", "fluff"),
)
UNEXPLAINED = Shortfall(
    "nobody ever explains the porch lantern",
    (
        ("turn on the porch lantern", "turn on the porch light"),
        ("turn off the porch lantern", "turn off the porch light"),
    ),
    ("ana", "ben"),
    8,
    alias("porch lantern", "light.porch"),
)

PLANTED = (*SHORTFALLS, MODELLED, UNEXPLAINED)
DISPUTED = (
    alias("music box", "media_player.kitchen_speaker", "ana"),
    alias("music box", "media_player.bedroom_speaker", "ben"),
)
"""What two people call different things: each may have it as their own word, and the household not at all."""

HABITS = (
    "turn on the kitchen light",
    "turn off the kitchen light",
    "turn on the hall light",
    "turn off the bedroom light",
    "close the blinds",
    "open the blinds",
    "turn on the tv",
    "pause the kitchen speaker",
    "movie night",
    "is the garden door open",
    "what time is it",
    "how warm is it in the bedroom",
    "dim the living room light to 40",
    "turn on the bathroom fan",
    "start the vacuum",
    "turn up the thermostat",
    "what's the weather like",
)
STRAY = (
    ("turn on the pendulum", "turn on the dining table light"),
    ("turn on the drying rack", "turn on the bathroom fan"),
    ("turn on the glow worm", "turn on the star light"),
    ("kill the tunes", "pause the kitchen speaker"),
    ("let the sun in", "open the blinds"),
    ("it's stuffy in here", "turn on the bedroom fan"),
    ("i can't see a thing in here", "turn on the hall light"),
    ("silence the box", "mute the tv"),
    ("crumbs everywhere", "start the vacuum"),
    ("it's boiling", "turn down the thermostat"),
)
"""Things said once or twice, which are no habit of anybody's."""

OUTAGES = ((9, 11, 20), (10, 7, 21), (18, 8, 19))
"""Days and hours (from, to) in which the home is away; on the last it is the language model."""
AWAY = (
    ("turn on the heated rug", "turn on the bedroom fan"),
    ("switch on the aquarium lamp", "turn on the desk lamp"),
    ("turn on the heated rug please", "turn on the bedroom fan"),
)
"""What three people say while the home is away, and put right as if it were the name that is unknown."""


@dataclass(frozen=True)
class Line:
    """One thing to be said at an hour: by whom, what, and what is meant by it."""

    at: datetime
    person: str
    text: str
    wording: str
    kind: str = "plain"


def is_away(at: datetime) -> bool:
    """Tell whether the home or the language model is away."""
    day = (at.date() - BEGIN.date()).days
    return any(day == when and begin <= at.hour < end for when, begin, end in OUTAGES)


def plan(seed: int) -> list[Line]:
    """Return all that is to be said in four weeks, in its order."""
    chance = random.Random(seed)
    said: list[Line] = []

    def some_time(day: int | None = None, begin: int = 7, end: int = 22) -> datetime:
        whole = chance.randrange(DAYS) if day is None else day
        hours, minutes = chance.randrange(begin, end), chance.randrange(60)
        return BEGIN + timedelta(days=whole, hours=hours, minutes=minutes, seconds=chance.randrange(60))

    for day in range(DAYS):
        for _ in range(24):
            wording = chance.choice(HABITS)
            said.append(Line(some_time(day), chance.choice(PEOPLE), wording, wording))
    for one in PLANTED:
        kind = {MODELLED.name: "model", UNEXPLAINED.name: "unexplained"}.get(one.name, "plain")
        for person in one.people:
            for _ in range(one.times):
                said += [Line(some_time(), person, *chance.choice(one.said), kind)]
    for text, wording in STRAY:
        said += [Line(some_time(), chance.choice(PEOPLE), text, wording) for _ in range(chance.choice((1, 2)))]
    said += _out_of_the_way(chance, some_time)
    return sorted(said, key=lambda one: one.at)


def _out_of_the_way(chance: random.Random, some_time: Callable[..., datetime]) -> Iterable[Line]:
    """Yield what nothing may be learned from: outages, forwards, edits, guests, jokes, and two who disagree."""
    for day, begin, end in OUTAGES:
        for person in PEOPLE[:3]:
            for text, wording in AWAY:
                yield Line(some_time(day, begin, end), person, text, wording)
    for _ in range(8):
        yield Line(some_time(), chance.choice(PEOPLE), "turn on the snow globe", "turn on the star light", "forwarded")
        yield Line(some_time(), "gil", "brighten my evening", "turn on the living room light", "guest")
        yield Line(some_time(), "gus", "light me up", "turn on the living room light", "guest")
    for at in range(12):  # one evening, one person, over and over
        evening = BEGIN + timedelta(days=13, hours=20, minutes=3 * at)
        yield Line(evening, "dan", "release the kraken", "turn on the sprinkler", "joke")
    for _ in range(9):
        yield Line(some_time(), "ana", "turn on the music box", "turn on the kitchen speaker")
        yield Line(some_time(), "ben", "turn on the music box", "turn on the bedroom speaker")
