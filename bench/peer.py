"""Beside the matcher a user would pick instead: `python -m bench.peer [--seed N]`.

gazetteer-matcher, with the sentences' intents of home-assistant-intents, and Butler read the same words about the same
houses: golden sentences that switch, open or lock devices, sentences that must not act, and misspelt device names. The
golden sentences were written along with Butler; the misspelt names are made up from a seed and favour nobody.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gazetteer_matcher import GazetteerMatcher

from bench.house import SWITCHED, grown_snapshot
from bench.names import misspelt
from bench.report import Figure, show
from engine.embedding import FastembedEncoder, VectorCache
from engine.embedding.precompute import SHIPPED
from engine.learning.golden import DEFAULT_NOW, GoldenSet
from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from engine.understanding.plain import plain
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot

Effect = frozenset[tuple[str, str]]
"""What would happen: entity ids, each with one of on, off, open, close, lock, unlock."""

Reader = Callable[[str], Effect]
_NOTHING: Effect = frozenset()
_PAIRS = {"on": {"cover": "open", "lock": "lock"}, "off": {"cover": "close", "lock": "unlock"}}
_ACTIONS = frozenset({"on", "off", "open", "close", "lock", "unlock"})
_INTENTS = frozenset({"light_control", "switch_control", "fan_control", "cover_control", "lock_control"})
_HASS = {"HassTurnOn": "on", "HassTurnOff": "off"}


@dataclass(frozen=True)
class Said:
    """A sentence and what it is to do."""

    text: str
    meant: Effect


@dataclass(frozen=True)
class Read:
    """Shares of sentences: done as meant, done otherwise; the median processor time in milliseconds."""

    right: float
    wrong: float
    milliseconds: float


def peer(house: Snapshot) -> Reader:
    """Return how the peer reads sentences in a house."""
    matcher = GazetteerMatcher(home=_home(house))

    def read(text: str) -> Effect:
        found = matcher.interpret(text)
        return frozenset().union(*(_of_frame(frame, house) for frame in found.frames)) if found.accepted else _NOTHING

    return read


def _home(house: Snapshot) -> dict[str, Any]:
    return {
        "floors": {floor.id: {"name": floor.name, "aliases": list(floor.aliases)} for floor in house.floors},
        "areas": {
            area.id: {"name": area.name, "aliases": list(area.aliases), **({"floor": area.floor} if area.floor else {})}
            for area in house.areas
        },
        "entities": {
            entity.entity_id: {
                "name": entity.name,
                "aliases": list(entity.aliases),
                **({"area": entity.area} if entity.area else {}),
            }
            for entity in house.entities
        },
    }


def _of_frame(frame: Any, house: Snapshot) -> Effect:
    action, slots = _HASS.get(frame.intent), frame.slots
    if action is None:
        return _NOTHING
    if "name" in slots:
        return frozenset({(slots["name"], _PAIRS[action].get(slots["name"].partition(".")[0], action))})
    floors = {area.id: area.floor for area in house.areas}
    wanted = (
        entity
        for entity in house.entities
        if slots.get("area", entity.area) == entity.area
        and slots.get("floor", floors.get(entity.area or "")) == floors.get(entity.area or "")
        and slots.get("domain", entity.domain) == entity.domain
    )
    return frozenset((entity.entity_id, _PAIRS[action].get(entity.domain, action)) for entity in wanted)


def butler(house: Snapshot, interpreter: Interpreter) -> Reader:
    """Return how Butler reads sentences in a house, with base knowledge alone; what it asks about it does not do."""
    situation = Situation(house, now=DEFAULT_NOW)

    def read(text: str) -> Effect:
        found = interpreter.understand(text, situation)
        return frozenset().union(*(_of_part(part) for part in found.clauses or (found,)))

    return read


def _of_part(part: Interpretation) -> Effect:
    action = str(part.slots.get("action"))
    if part.disposition not in {Disposition.ACT, Disposition.CONFIRM} or action not in _ACTIONS:
        return _NOTHING
    return frozenset((target, action) for target in part.targets)


def orders(golden: GoldenSet) -> list[Said]:
    """Return the golden sentences that switch, open or lock devices they name, and do nothing else."""
    said = []
    for case in golden.cases:
        expected = case.expected
        if expected is None or case.context or case.clauses or expected.intent not in _INTENTS:
            continue
        entities = dict(expected.entities)
        devices, action = entities.pop("device", None), entities.pop("action", None)
        if entities or devices is None or action not in _ACTIONS:
            continue
        listed = [devices] if isinstance(devices, str) else devices
        said.append(Said(case.utterance, frozenset((device, action) for device in listed)))
    return said


def misnamed(house: Snapshot, seed: int, count: int) -> list[Said]:
    """Return orders to switch made-up devices whose names are misspelt."""
    chance = random.Random(seed)
    switched = {entity.name: entity.entity_id for entity in house.entities if entity.entity_id.startswith(SWITCHED)}
    real = {plain(entity.name) for entity in house.entities}
    pairs = (misspelt(list(switched), real, chance) for _ in range(count))
    return [Said(f"turn on the {said}", frozenset({(switched[meant], "on")})) for meant, said in pairs]


def judge(sentences: Sequence[Said], read: Reader) -> Read:
    """Have sentences read; the first once more before, so that nothing is loaded while the clock runs."""
    read(sentences[0].text)
    times, found = [], []
    for said in sentences:
        began = time.process_time()
        found.append(read(said.text))
        times.append(time.process_time() - began)
    right = sum(effect == said.meant for effect, said in zip(found, sentences, strict=True))
    wrong = sum(bool(effect) and effect != said.meant for effect, said in zip(found, sentences, strict=True))
    return Read(right / len(found), wrong / len(found), statistics.median(times) * 1_000)


def beside(what: str, sentences: Sequence[Said], readers: Iterable[tuple[str, Reader]]) -> list[Figure]:
    """Return the figures of all who read the same sentences."""
    figures = []
    for name, read in readers:
        found = judge(sentences, read)
        share = f"{found.right:.1%} right, " if any(said.meant for said in sentences) else ""
        measured = f"{share}{found.wrong:.1%} wrong, {found.milliseconds:.2f} ms"
        figures.append(Figure(f"{what} ({len(sentences)}): {name}", measured))
    return figures


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.peer", description="Butler beside gazetteer-matcher.")
    parser.add_argument("--seed", type=int, default=11, help="of the misspelt names")
    chosen = parser.parse_args(argv)
    golden = GoldenSet.packaged()
    interpreter = Interpreter.build(Knowledge(BaseKnowledge.load()), VectorCache(FastembedEncoder(), SHIPPED))
    readers = [("Butler", butler(golden.house, interpreter)), ("gazetteer-matcher", peer(golden.house))]
    figures = beside("golden orders", orders(golden), readers)
    silent = [
        Said(case.utterance, _NOTHING)
        for case in golden.must_not_act
        # Guarded things are asked about by Butler, and the peer has no such thing.
        if case.category != "guarded" and not case.context and not case.must_not_touch
    ]
    figures += beside("must not act", silent, readers)
    for count in (200, 2_000):
        house = grown_snapshot(count, seed=chosen.seed)
        readers = [("Butler", butler(house, interpreter)), ("gazetteer-matcher", peer(house))]
        figures += beside(f"misspelt among {count:,} devices", misnamed(house, chosen.seed, 300), readers)
    show(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
