"""Four weeks in a household, made up from a seed: what its people say, what goes wrong, and what really lies behind it.

The home is the demo home and understanding is real. Who says something means a plainer wording of it; what Butler makes
of the words is right where it comes to the same. People react to what is wrong as people do, most of the time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from engine.learning.changes import AliasChange, Change, ExemplarChange
from engine.learning.documents import to_document
from engine.learning.drafts import Draft
from engine.learning.experience import Experience, Happened, Later, Saying, meant_document
from engine.learning.fold import ActiveChange, fold
from engine.learning.history import HistoryTurn
from engine.learning.rephrasing import rephrasing
from engine.learning.signals import signals_of
from engine.learning.understander import Situation, Understander
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.snapshot import Snapshot
from store.signals import NewSignal, Signal
from store.turns import Turn

ZONE = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 10, 5, tzinfo=ZONE)  # the night of 25 October is an hour longer
DAYS = 28
PEOPLE = ("ana", "ben", "cara", "dan")
Role = Literal["admin", "resident", "guest"]
Accepts = Callable[[Change], bool]
Look = Callable[["Household", list[Signal], tuple[Change, ...]], tuple[Draft, ...]]


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
    """Return what accepts one of some names (divided by "|") of a thing or room, a household's or somebody's own."""
    wanted = frozenset(phrases.split("|"))

    def accepts(change: Change) -> bool:
        fits = isinstance(change, AliasChange) and change.target == target and change.phrase in wanted
        return fits and change.owner == owner

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


@dataclass
class Log:
    """What the store would hold."""

    signals: list[NewSignal] = field(default_factory=list)
    turns: dict[int, Turn] = field(default_factory=dict)

    def since(self, processed: frozenset[str]) -> list[Signal]:
        """Return the signals that no proposal used, as the store gives them."""
        seen: dict[str, NewSignal] = {}
        for signal in self.signals:
            seen.setdefault(signal.id, signal)
        return [
            Signal(
                s.id,
                s.type,
                s.utterance,
                s.context,
                s.expected,
                s.actual,
                s.speaker,
                s.turn,
                s.at,
                processed=False,
                improvement=None,
            )
            for s in seen.values()
            if s.id not in processed
        ]

    def history(self) -> tuple[HistoryTurn, ...]:
        """Return what may be replayed."""
        kept = (t for t in self.turns.values() if t.learnable and t.outcome in {"acted", "answered"} and t.role)
        return tuple(found for turn in kept if (found := HistoryTurn.of(turn)))

    def verdicts(self) -> dict[int, str | None]:
        """Return what was said of turns later."""
        return {number: turn.verdict for number, turn in self.turns.items()}


@dataclass
class Household:
    """People who talk to Butler in one home, and the log of it."""

    interpreter: Understander
    snapshot: Snapshot
    chance: random.Random
    log: Log = field(default_factory=Log)
    number: int = 0
    previous: dict[str, int] = field(default_factory=dict)
    active: tuple[ActiveChange, ...] = ()
    plainly: Understander = field(init=False)

    def __post_init__(self) -> None:
        """Keep the understanding of the first day: what people mean does not change with what Butler learns."""
        self.plainly = self.interpreter

    def learn(self, changes: Sequence[Change]) -> None:
        """Put changes in force."""
        self.active += tuple(ActiveChange(len(self.active) + at, one) for at, one in enumerate(changes, start=1))
        base = self.plainly.knowledge.base
        self.interpreter = self.interpreter.with_knowledge(fold(base, self.active))

    def meant(self, wording: str) -> Interpretation:
        """Return what a plain wording means."""
        found = self.plainly.understand(wording, Situation(self.snapshot))
        assert found.disposition in {Disposition.ACT, Disposition.CONFIRM}, (wording, found)
        return found

    def say(
        self,
        person: str,
        text: str,
        at: datetime,
        *,
        later: Later | None = None,
        learnable: bool = True,
        role: Role = "resident",
        model: Interpretation | None = None,
    ) -> tuple[int, Interpretation]:
        """Have a turn, record its signals, and return its number and how it was understood."""
        self.number += 1
        lesson = later is not None
        found = self.interpreter.understand(text, Situation(self.snapshot, speaker=person, now=at))
        if model is not None and happened(found) is not Happened.ACTED and happened(found) is not Happened.ANSWERED:
            found = replace(model, text=text, stage=Stage.LLM, confidence=0.6)
        became = Happened.LESSON if lesson else (happened(found) if learnable else Happened.FAILED)
        experience = Experience(
            self.number, person, f"chat-{person}", role, at, text, self.snapshot,
            None if lesson else found, became, learnable=learnable, later=later,
        )  # fmt: skip
        before = self.log.turns.get(later.of_turn if later else self.previous.get(person, 0))
        self.log.signals += signals_of(experience, before)
        said_again = rephrasing(experience, before) if learnable else None
        self._judge(later or said_again)
        self.log.turns[self.number] = Turn(
            person, experience.chat, at, text=text, interpretation=None if lesson else to_document(found),
            outcome=became.value, learnable=learnable, role=role, number=self.number,
        )  # fmt: skip
        if not lesson:
            self.previous[person] = self.number
        return self.number, found

    def _judge(self, later: Later | None) -> None:
        verdicts: dict[Saying, Any] = {
            Saying.CORRECTION: "corrected",
            Saying.REPHRASE: "rephrased",
            Saying.UNDO: "undone",
            Saying.PRAISE: "confirmed",
            Saying.COMPLAINT: "disputed",
        }
        if later and later.saying in verdicts:
            meant = meant_document(later.meant) if later.meant else None
            turn = self.log.turns[later.of_turn]
            self.log.turns[later.of_turn] = replace(turn, verdict=verdicts[later.saying], meant=meant)

    def lives(self, person: str, text: str, wording: str, at: datetime, **how: Any) -> None:
        """Say something, and react to what comes of it: half of what is wrong is put right."""
        meant = self.meant(wording)
        number, found = self.say(person, text, at, **how)
        if comes_to(found, meant) and happened(found) is not Happened.ASKED:
            if found.stage is Stage.LLM or self.chance.random() < 0.02:
                self.say(person, "perfect", at + timedelta(seconds=20), later=Later(number, Saying.PRAISE))
            return
        self._react(Line(at, person, text, wording), number, found, how.get("role", "resident"))

    def _react(self, line: Line, number: int, found: Interpretation, role: Role) -> None:
        draw, soon = self.chance.random(), line.at + timedelta(seconds=self.chance.randint(10, 90))
        really = self.meant(line.wording)
        if draw < 0.45:
            wrong = self.chance.random() < 0.05
            later = Later(number, Saying.CORRECTION, self.meant(self.chance.choice(HABITS)) if wrong else really)
            self.say(line.person, f"no, i meant {line.wording}", soon, later=later, role=role)
        elif draw < 0.6:
            self.say(line.person, line.wording, soon, role=role)
        elif draw < 0.7 and set(really.targets) <= {target for choice in found.choices for target in choice.targets}:
            self.say(line.person, "", soon, later=Later(number, Saying.CHOICE, really), role=role)
        elif draw < 0.75:
            self.say(line.person, "that was wrong", soon, later=Later(number, Saying.COMPLAINT), role=role)


def happened(found: Interpretation) -> Happened:
    """Return what Butler would do about an interpretation."""
    parts = found.clauses or (found,)
    if any(part.disposition is Disposition.NONE for part in parts):
        return Happened.NOT_UNDERSTOOD
    if any(part.disposition in {Disposition.ASK, Disposition.CONFIRM} for part in parts):
        return Happened.ASKED
    if any(part.disposition is Disposition.REFUSE for part in parts):
        return Happened.REFUSED
    return Happened.ACTED if INTENTS[found.intent].acts else Happened.ANSWERED


def comes_to(found: Interpretation, meant: Interpretation) -> bool:
    """Tell whether two interpretations do the same."""
    return (found.intent, found.targets, dict(found.slots)) == (meant.intent, meant.targets, dict(meant.slots))


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
        begin = BEGIN + timedelta(days=13, hours=20, minutes=3 * at)
        yield Line(begin, "dan", "release the kraken", "turn on the sprinkler", "joke")
    for _ in range(9):
        yield Line(some_time(), "ana", "turn on the music box", "turn on the kitchen speaker")
        yield Line(some_time(), "ben", "turn on the music box", "turn on the bedroom speaker")


def live(household: Household, said: Sequence[Line]) -> None:
    """Let things be said, each in its way."""
    for one in said:
        if is_away(one.at):
            _live_without_a_home(household, one)
            continue
        match one.kind:
            case "model":
                household.lives(one.person, one.text, one.wording, one.at, model=household.meant(one.wording))
            case "unexplained":
                household.say(one.person, one.text, one.at)
            case "forwarded":
                number, _ = household.say(one.person, one.text, one.at, learnable=False)
                _put_right(household, one, number, "resident", learnable=False)
            case "guest":
                household.lives(one.person, one.text, one.wording, one.at, role="guest")
            case "joke":
                number, _ = household.say(one.person, one.text, one.at)
                _put_right(household, one, number, "resident")
            case _:
                household.lives(one.person, one.text, one.wording, one.at)


def _live_without_a_home(household: Household, one: Line) -> None:
    number, _ = household.say(one.person, one.text, one.at, learnable=False)
    _put_right(household, one, number, "resident", learnable=False)


def _put_right(household: Household, one: Line, number: int, role: Role, *, learnable: bool = True) -> None:
    later = Later(number, Saying.CORRECTION, household.meant(one.wording))
    household.say(
        one.person, f"no, i meant {one.wording}", one.at + timedelta(seconds=30), later=later, role=role,
        learnable=learnable,
    )  # fmt: skip


@dataclass(frozen=True)
class Night:
    """What one night's look at the evidence proposed."""

    day: int
    drafts: tuple[Draft, ...]


def nights(household: Household, lines: Sequence[Line], look: Look, *, turned_down: Accepts) -> list[Night]:
    """Live four weeks, looking at the evidence every night.

    What is proposed is in force from the next morning, but for what an admin turns down; either way its signals are
    used up.
    """
    found: list[Night] = []
    processed: frozenset[str] = frozenset()
    closed: tuple[Change, ...] = ()
    rest = list(lines)
    for day in range(DAYS + 1):
        until = BEGIN + timedelta(days=day, hours=3)
        now, rest = [one for one in rest if one.at < until], [one for one in rest if one.at >= until]
        live(household, now)
        drafts = look(household, household.log.since(processed), closed)
        processed |= {signal for draft in drafts for signal in draft.signals}
        refused = tuple(draft.change for draft in drafts if turned_down(draft.change))
        closed += refused
        household.learn([draft.change for draft in drafts if draft.change not in refused])
        found.append(Night(day, drafts))
    return found
