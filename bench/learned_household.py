"""A household that has lived with Butler for long: a large home, thousands of words, months of evidence, history."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.house import grown_snapshot
from engine.learning.changes import (
    AliasChange,
    Change,
    CommandChange,
    ExemplarChange,
    SynonymChange,
    to_payload,
    to_row,
)
from engine.learning.documents import plain_json, to_document
from engine.learning.experience import meant_document
from engine.understanding.interpretation import Interpretation
from engine.understanding.snapshot import Entity, Snapshot
from store import Proposal, signals, turns
from store.database import Store
from store.fields import utc_text
from store.learned import insertion
from store.proposals import proposal_insertion
from store.signals import NewSignal, SignalType
from store.status import Status
from store.turns import NewTurn

PEOPLE = ("ana", "ben", "cara", "dan", "eve", "finn", "gus", "hana")
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
DAYS = 90
UNDER_WATCH = 200
TURNED_DOWN = 500
_PUT = (
    "UPDATE improvements SET status = ?, shadow_test_passed = ?, shadow_test_results = ?, applied_at = ?, "
    "monitoring_start = ? WHERE number = ?"
)
_SYLLABLES = "zor blex quim tav oo nib fra dul wop jee kra min pogo sna vish lum tri guf bam yolk erk pli".split()
_LOOSE = (
    "honestly|hey|listen|well|you know|oh|so|okay then|right".split("|"),
    (
        "it is so gloomy in here|my eyes hurt from this glare|it got rather chilly|this room feels stuffy|"
        "it is boiling|i can hardly read|the baby fell asleep|somebody is at the door|we are about to eat|"
        "the film begins|nobody is downstairs|it smells of burnt toast"
    ).split("|"),
    (
        "can you do something|would you mind|help me out|sort it out|what do you say|fix that|please|"
        "as you did yesterday|for a while|before bed"
    ).split("|"),
)


@dataclass(frozen=True)
class Size:
    """How much there is of everything."""

    entities: int = 2_000
    rows: int = 10_000
    signals: int = 100_000
    history: int = 1_500

    def smaller(self, times: int) -> Size:
        """Return so many times less of everything."""
        return Size(*(max(1, value // times) for value in asdict(self).values()))


def home_of(size: Size, seed: int) -> Snapshot:
    """Return the home."""
    return grown_snapshot(size.entities, seed=seed)


def write_home(snapshot: Snapshot, path: Path) -> None:
    """Write a home as the file that Butler reads."""
    document = {part: [_plain(one) for one in getattr(snapshot, part)] for part in ("floors", "areas", "entities")}
    path.write_text(json.dumps(document), "utf-8")


def _plain(value: object) -> dict[str, Any]:
    return {name: plain_json(found) for name, found in vars(value).items() if found is not None}


def learned(snapshot: Snapshot, count: int, seed: int) -> list[Change]:
    """Return changes that do no harm: 90 % names, a tenth of them somebody's own, the rest wordings and examples."""
    chance = random.Random(seed)
    targets = [one.entity_id for one in snapshot.entities if one.domain in {"light", "switch", "fan"}]
    return [_change(number, targets, chance) for number in range(count)]


def _change(number: int, targets: Sequence[str], chance: random.Random) -> Change:
    word = made_up(number)
    kind = number % 100
    if kind >= 97:
        return SynonymChange(f"{word} up", "turn on")
    if kind >= 94:
        return CommandChange(f"{word} time", "turn on the kitchen ceiling light")
    if kind >= 90:
        return ExemplarChange(f"it is {word} in here please {word} it", "light_control")
    target = chance.choice(targets)
    if kind < 9:
        return AliasChange(f"{word} thing", "entity", target, "personal", chance.choice(PEOPLE))
    return AliasChange(f"{word} thing", "entity", target)


def made_up(number: int) -> str:
    """Return a word nobody else says, another for each number."""
    found = ""
    rest = number + len(_SYLLABLES) ** 2
    while rest:
        rest, digit = divmod(rest, len(_SYLLABLES))
        found += _SYLLABLES[digit]
    return found


def plant(store: Store, changes: Sequence[Change]) -> None:
    """Put changes in force as if each had passed its test; the next start records the digest as a new base."""
    results = json.dumps({"passed": True, "reasons": [], "better": [f"case-{n:03d}" for n in range(20)]} | _BOUND)
    with store.atomic():
        for number, change in enumerate(changes, start=1):
            at = NOW - timedelta(days=200) + timedelta(minutes=number)
            _propose(store, number, change, at)
            watched = number > len(changes) - UNDER_WATCH
            status = Status.APPLIED if watched else Status.COMPLETED
            since = utc_text(NOW - timedelta(days=2) if watched else at)
            store.database.execute_sql(_PUT, (status, True, results, since, since, number))
            store.database.execute_sql(*insertion(to_row(change), number, "voice_command", utc_text(at)))
        for number in range(len(changes) + 1, len(changes) + 1 + TURNED_DOWN):
            change = AliasChange(f"{made_up(10**6 + number)} thing", "entity", "light.gone")
            _propose(store, number, change, NOW - timedelta(days=20))
            store.database.execute_sql(_PUT, (Status.REJECTED, False, results, None, None, number))


_BOUND = {"checks": 5_500, "run": 12, "support": {"votes": 0, "people": [], "approved": False}}


def _propose(store: Store, number: int, change: Change, at: datetime) -> None:
    proposal = Proposal(change.type, 1, change.phrase, to_payload(change), source="voice_command", submitted_by="ana")
    store.database.execute_sql(*proposal_insertion(number, proposal, utc_text(at)))


@dataclass(frozen=True)
class AtHome:
    """A home, and what texts mean there."""

    snapshot: Snapshot
    understand: Callable[[str], Interpretation]


def plant_history(store: Store, count: int, at_home: AtHome) -> None:
    """Record turns that went well, each person's phrases once."""
    lights = [one for one in at_home.snapshot.entities if one.domain == "light" and one.exposed]
    with store.atomic():
        for number in range(count):
            person, one = PEOPLE[number % len(PEOPLE)], lights[number % len(lights)]
            text = f"turn {'on' if number // len(lights) % 2 else 'off'} {one.name.lower()}"
            found = plain_json(to_document(at_home.understand(text)))
            at = NOW - timedelta(days=DAYS) + timedelta(hours=number)
            turns.append(
                store, NewTurn(person, "home", at, text, interpretation=found, outcome="acted", role="resident")
            )


def plant_signals(store: Store, changes: Sequence[Change], size: Size, seed: int, at_home: AtHome) -> None:
    """Record evidence of three months."""
    maker = _Evidence(at_home.snapshot, changes, random.Random(seed), at_home.understand)
    found = [maker.signal(size.history + number, size.signals) for number in range(size.signals)]
    for start in range(0, len(found), 10_000):
        signals.add(store, found[start : start + 10_000])


@dataclass
class _Evidence:
    """Makes signals up: mostly what nobody explains, some that was put right since, little that is new and agreed."""

    snapshot: Snapshot
    changes: Sequence[Change]
    chance: random.Random
    understand: Callable[[str], Interpretation]

    def __post_init__(self) -> None:
        self._actual: dict[str, dict[str, Any]] = {}
        self._things = [one for one in self.snapshot.entities if one.domain == "light"]
        self._known = [one for one in self.changes if isinstance(one, AliasChange) and one.owner is None]

    def signal(self, turn: int, of: int) -> NewSignal:
        """Return the signal of a turn, one kind after the other as chance has it."""
        (make,) = self.chance.choices(
            (self._loose, self._unknown, self._put_right, self._otherwise, self._complaint, self._new),
            weights=(52, 23, 14, 1, 9, 1),
        )
        at = NOW - timedelta(days=DAYS) * (1 - (turn % of) / of)
        return make(turn, at)

    def _loose(self, turn: int, at: datetime) -> NewSignal:
        kind = self.chance.choice((SignalType.LOW_CONFIDENCE,) * 5 + (SignalType.LLM_FALLBACK,))
        return self._told(kind, " ".join(self.chance.choice(part) for part in _LOOSE), turn, at)

    def _unknown(self, turn: int, at: datetime) -> NewSignal:
        name = f"{made_up(10**5 + self._often(2_000))} {self.chance.choice(('lamp', 'corner', 'box'))}"
        return self._told(SignalType.ENTITY_FAIL, f"turn on the {name}", turn, at)

    def _put_right(self, turn: int, at: datetime) -> NewSignal:
        alias = self._known[self._often(len(self._known))]
        meant = _meant("light_control", "on", alias.target)
        return self._told(SignalType.CORRECTION, f"turn on the {alias.phrase}", turn, at, meant)

    def _otherwise(self, turn: int, at: datetime) -> NewSignal:
        """Return what people put right once and again, each time as something else."""
        text = f"{self.chance.choice(('make', 'do', 'get'))} the {made_up(2 * 10**5 + self._often(600))} nice"
        meant = _meant("light_control", self.chance.choice(("on", "off")), self.chance.choice(self._things).entity_id)
        return self._told(SignalType.CORRECTION, text, turn, at, meant)

    def _complaint(self, turn: int, at: datetime) -> NewSignal:
        one = self.chance.choice(self._things)
        return self._told(SignalType.FEEDBACK, f"turn on {one.name.lower()}", turn, at)

    def _new(self, turn: int, at: datetime) -> NewSignal:
        which = self.chance.randrange(20)
        one: Entity = self._things[which]
        text = f"turn {self.chance.choice(('on', 'off'))} the {made_up(3 * 10**5 + which)} light"
        action = "on" if " on " in text else "off"
        return self._told(SignalType.ENTITY_FAIL, text, turn, at, _meant("light_control", action, one.entity_id))

    def _often(self, count: int) -> int:
        """Return a number below `count`, low ones far more often."""
        return int(count ** self.chance.random()) - 1

    def _told(self, kind: SignalType, text: str, turn: int, at: datetime, meant: Any = None) -> NewSignal:
        if text not in self._actual:
            document = plain_json(to_document(self.understand(text)))
            kept = ("intent", "slots", "targets", "stage", "confidence", "disposition", "reason", "mention")
            self._actual[text] = {name: document[name] for name in kept if document[name] is not None}
        context: dict[str, Any] = {"role": "resident", "chat": "home", "of_turn": turn}
        if meant is not None:
            context |= {"evidence": "correction"}
        person = self.chance.choice(PEOPLE)
        return NewSignal(kind, text, person, turn, at, meant, self._actual[text] | {"outcome": "asked"}, context)


def _meant(intent: str, action: str, target: str) -> Mapping[str, Any]:
    return meant_document(Interpretation("", intent, slots={"action": action}, targets=(target,)))
