"""Habits planted in a log, each with what a review of it ought to recommend, and logs in which there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from bench.review_logs import (
    BIG,
    OTHER,
    PEOPLE,
    SMALL,
    ZONE,
    Log,
    Written,
    amend,
    answer,
    ask_model,
    due,
    expire,
    guess,
    offer,
    ordinary,
    press,
    shuffled,
    tell,
    write_down,
)

IN_USE: Mapping[str, str] = MappingProxyType({"understand": SMALL, "tasks": BIG})
Step = Callable[[], object]


@dataclass(frozen=True)
class Habit:
    """A habit: the type of insight it is to give, what that is about, its value, and whose it is."""

    name: str
    kind: str
    about: Collection[str]
    values: Collection[Any]
    owner: str | None
    steps: Callable[[Log], Sequence[Step]]

    def is_met_by(self, change: Mapping[str, Any], owner: str | None) -> bool:
        """Tell whether a change is what the habit asks for."""
        named = {"threshold": "name", "model_choice": "job"}.get(self.kind, "phrase")
        valued = {"keyword_rule": "priority", "ambiguity_rule": "asks", "time_mapping": "meaning"}
        valued |= {"threshold": "value", "model_choice": "model", "report_hour": "hour"}
        same = change.get("type") == self.kind and owner == self.owner and change.get(valued[self.kind]) in self.values
        return same and (self.kind == "report_hour" or change.get(named) in self.about)


def _thought_then(log: Log, user: str, text: str, wait_s: float, then: Callable[[Written], object]) -> None:
    written = write_down(log, user, text, asks=False)
    log.wait(seconds=wait_s)
    then(written)


def _pressing(log: Log) -> Sequence[Step]:
    texts = (
        "call the dentist {}",
        "book the dentist {}",
        "dentist for milo {}",
        "ask the dentist about the bill {}",
        "move the dentist to the afternoon {}",
        "pay the dentist {}",
    )
    set_high = partial(amend, log, priority="high")
    return [
        partial(_thought_then, log, "ana", text.format(when).strip(), 90, set_high)
        for text, when in zip(texts, ("", "tomorrow", "on friday", "", "next week", ""), strict=True)
    ]


def _summoned(log: Log) -> Sequence[Step]:
    texts = ("scan old photos", "sort the photos", "print photos", "upload photos for mum", "back up photos", "photos")
    set_low = partial(amend, log, by="summon", priority="low")
    return [partial(_thought_then, log, "cleo", f"{text} of the trip", 200, set_low) for text in texts]


def _after_work(log: Log) -> Sequence[Step]:
    texts = ("buy milk", "pick up the parcel", "call mum", "water the garden", "fetch the bike", "go to the gym")

    def at_six(written: Written) -> None:
        amend(log, written, due=due(log, "at 18:00"))

    return [partial(_morning, log, "ben", f"{text} after work", at_six) for text in texts]


def _morning(log: Log, user: str, text: str, then: Callable[[Written], object]) -> None:
    while not 7 <= log.now.hour < 14:
        log.wait(hours=1)
    _thought_then(log, user, text, 60, then)


def _weekend(log: Log) -> Sequence[Step]:
    texts = ("mow the lawn", "clean the car", "bake bread", "paint the wall", "visit the market", "tidy the attic")

    def saturday(written: Written) -> None:
        amend(log, written, due=due(log, "saturday at 09:00"))

    return [
        partial(_weekday, log, user, f"{text} this weekend", saturday)
        for text, user in zip(texts, ("ana", "cleo") * 3, strict=True)
    ]


def _weekday(log: Log, user: str, text: str, then: Callable[[Written], object]) -> None:
    while log.now.weekday() > 3:
        log.wait(days=1)
    _thought_then(log, user, text, 60, then)


def _unclear(log: Log) -> Sequence[Step]:
    texts = ("the report", "the garden plan", "the cellar", "the slides", "the novel", "the roof", "the song")
    to_idea = partial(amend, log, by="summon", kind="idea")
    return [
        partial(_thought_then, log, user, f"work on {text}", 40, to_idea)
        for text, user in zip(texts, ("ben", "dora") * 3 + ("ben",), strict=True)
    ]


def _timeless(log: Log) -> Sequence[Step]:
    texts = (
        "the vet for milo",
        "ask the vet",
        "vet again",
        "the vet and the cat",
        "vet about pills",
        "vet bill",
        "vet",
    )
    times = ("tomorrow at 10:00", "friday at 16:00", "in 5 days", "monday", "at 17:30", "in 9 days", "sunday at 12:00")

    def step(text: str, wording: str) -> None:
        written = write_down(log, "dora", f"see {text}", asks=False)
        log.wait(seconds=45)
        amend(log, written, by="summon", due=due(log, wording))

    return [partial(step, text, wording) for text, wording in zip(texts, times, strict=True)]


def _amended(log: Log) -> Sequence[Step]:
    def step(sure: float) -> None:
        written = write_down(log, log.random.choice(PEOPLE), ordinary(log), sure=sure, asks=False)
        log.wait(seconds=120)
        amend(log, written, kind="note")

    return [partial(step, sure) for sure in (0.63, 0.72) * 5]


def _needless(log: Log) -> Sequence[Step]:
    def step() -> None:
        written = write_down(log, log.random.choice(PEOPLE), f"{ordinary(log)} tomorrow", sure=0.56, asks=True)
        log.wait(seconds=30)
        answer(log, written, helped=False)

    return [step] * 11


def _unanswered(log: Log) -> Sequence[Step]:
    def step() -> None:
        written = write_down(log, log.random.choice(PEOPLE), f"idea: {ordinary(log)}", sure=0.45, asks=True)
        log.wait(hours=24)
        expire(log, written)

    return [step] * 8


def _guessed(log: Log) -> Sequence[Step]:
    return [partial(guess, log, "dora", "cover_control", 0.53, wrong=True)] * 7 + [
        partial(guess, log, "dora", "cover_control", 0.83, wrong=False)
    ] * 5


def _better_model(log: Log) -> Sequence[Step]:
    chance = log.random.random
    return [
        lambda: ask_model(log, log.random.choice(PEOPLE), BIG, useful=chance() < 0.9, seconds=4 + chance())
    ] * 45 + [
        lambda: ask_model(log, log.random.choice(PEOPLE), SMALL, useful=chance() < 0.4, seconds=1 + chance())
    ] * 45


def _faster_model(log: Log) -> Sequence[Step]:
    def step(model: str, seconds: float) -> None:
        user = log.random.choice(PEOPLE)
        said: dict[str, Any] = {"job": "tasks", "tokens_per_second": 30.0}
        log.outside(
            "work",
            user,
            stage="model",
            component="tasks",
            model=model,
            decision="answered",
            duration_ms=seconds * 1000,
            metadata=said,
        )
        log.wait(minutes=5)
        offer(log, user, model, "taken" if log.random.random() < 0.85 else "skipped")

    return [partial(step, BIG, 9.0)] * 80 + [partial(step, OTHER, 2.0)] * 80


def _evening(log: Log) -> Sequence[Step]:
    def step(hour: int, chance: float) -> None:
        while log.now.astimezone(ZONE).hour != hour:
            log.wait(minutes=60 - log.now.minute)
        notice = tell(log, "dora")
        if log.random.random() < chance:
            press(log, "dora", notice, log.random.randint(20, 600))

    return [partial(step, 20, 1.0)] * 9 + [partial(step, hour, 0.15) for hour in (9, 12, 15, 17) * 5]


HABITS: tuple[Habit, ...] = (
    Habit("priority by hand", "keyword_rule", {"dentist", "the dentist"}, ("high",), "ana", _pressing),
    Habit("priority by /summon", "keyword_rule", {"photos", "photos of the trip", "trip"}, ("low",), "cleo", _summoned),
    Habit("a time never read", "time_mapping", {"after work"}, ("at 18:00",), "ben", _after_work),
    Habit("a range made certain", "time_mapping", {"this weekend"}, ("saturday at 09:00",), None, _weekend),
    Habit("ambiguous words", "ambiguity_rule", {"work on"}, ("kind",), None, _unclear),
    Habit("a time each time", "ambiguity_rule", {"vet", "see vet"}, ("when",), "dora", _timeless),
    Habit("amended within minutes", "threshold", {"capture:task"}, (0.7, 0.8), None, _amended),
    Habit("asked without need", "threshold", {"capture:with_deadline"}, (0.5,), None, _needless),
    Habit("nobody answers", "threshold", {"capture:idea"}, (0.4,), None, _unanswered),
    Habit("guesses put right", "threshold", {"intent:cover_control"}, (0.6,), None, _guessed),
    Habit("a better model", "model_choice", {"understand"}, (BIG,), None, _better_model),
    Habit("a faster model", "model_choice", {"tasks"}, (OTHER,), None, _faster_model),
    Habit("answers in the evening", "report_hour", {"reports"}, (20,), "dora", _evening),
)


@dataclass(frozen=True)
class _Noise:
    """What happens in any household, and means nothing."""

    log: Log

    def thought(self) -> None:
        """Have somebody write something down, and now and then change it."""
        log, choice = self.log, self.log.random.choice
        written = write_down(log, choice(PEOPLE), ordinary(log))
        log.wait(seconds=log.random.randint(20, 900))
        fate = log.random.random()
        if fate < 0.06:
            amend(log, written, by=choice(("talk", "summon", "press")), priority=choice(("high", "low", "urgent")))
        elif fate < 0.11:
            amend(log, written, due=due(log, choice(("tomorrow", "friday at 10:00", "in 3 days", "at 22:30"))))
        elif fate < 0.15:
            amend(log, written, by="summon", kind=choice(("note", "idea")))

    def told(self) -> None:
        """Have somebody be told something, and answer it at any time or not at all."""
        user = self.log.random.choice(PEOPLE)
        notice = tell(self.log, user)
        if self.log.random.random() < 0.4:
            press(self.log, user, notice, self.log.random.randint(20, 4000))

    def asked(self) -> None:
        """Have somebody be asked about what they wrote."""
        log = self.log
        written = write_down(
            log, log.random.choice(PEOPLE), ordinary(log), sure=log.random.choice((0.41, 0.48)), asks=True
        )
        fate = log.random.random()
        log.wait(minutes=2)
        if fate < 0.25:
            log.wait(hours=24)
            expire(log, written)
        elif fate < 0.6:
            answer(log, written, helped=True, kind="note")
        else:
            answer(log, written, helped=False)

    def guessed(self) -> None:
        """Have a command be guessed, and be wrong now and then."""
        chance = self.log.random.random
        intent = self.log.random.choice(("light_control", "fan_control", "media_control"))
        guess(self.log, self.log.random.choice(PEOPLE), intent, round(0.5 + chance() / 2, 2), wrong=chance() < 0.12)

    def modelled(self) -> None:
        """Have one of two models that are as good and as fast be asked."""
        log, chance = self.log, self.log.random.random
        model = log.random.choice(("one:7b", "two:7b"))
        useful = chance() < 0.6
        ask_model(log, log.random.choice(PEOPLE), model, useful=useful, seconds=2 + chance(), wrong=chance() < 0.1)


def noise(log: Log, thoughts: int, *, models: bool = True) -> Sequence[Step]:
    """Return so many thoughts of any household, and what else happens meanwhile."""
    one, few = _Noise(log), max(thoughts // 4, 1)
    return [one.thought] * thoughts + [one.told, one.asked, one.guessed] * few + [one.modelled] * (few * models)


def planted(seed: int, *, thoughts: int = 60) -> tuple[Log, tuple[Habit, ...]]:
    """Return a log in which the habits are hidden among what any household does."""
    log = Log.of(seed)
    steps = [step for habit in HABITS for step in habit.steps(log)]
    shuffled(log, [*steps, *noise(log, thoughts, models=False)])
    return log, HABITS


def null(seed: int, *, thoughts: int = 200) -> Log:
    """Return a log in which nothing follows from anything."""
    log = Log.of(seed)
    shuffled(log, noise(log, thoughts))
    return log
