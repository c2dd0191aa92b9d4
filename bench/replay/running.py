"""One run of the replay, apart from `__main__`, which the processes that make runs do not import."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.replay.butler import Butler
from bench.replay.dataset import load
from bench.replay.household import Household, Maker, Plan
from bench.replay.labelled import Shipped
from bench.replay.measures import Row
from bench.replay.policies import Immediate, NoLearning, ToTheLetter
from bench.replay.table import POLICY
from bench.replay.vectors import CachedEncoder
from engine.embedding import FastembedEncoder, HashedEncoder


@dataclass(frozen=True)
class Sources:
    """The data sets of a benchmark, the file that keeps vectors, and what makes them: the model, or its stand-in."""

    files: tuple[str, ...]
    cached: str | None = None
    hashed: bool = False


@cache
def shipped(sources: Sources, file: str) -> Shipped:
    """Return what ships for a data set, read and fitted once a process."""
    dataset = load(Path(file), [Path(other) for other in sources.files if other != file])
    model = HashedEncoder() if sources.hashed else FastembedEncoder()
    encoder = CachedEncoder(model, Path(sources.cached) if sources.cached else None)
    encoder.load(dataset.texts)
    return Shipped.of(dataset, encoder)


def maker(policy: str, ships: Shipped) -> Maker:
    """Return what makes a policy of a name."""
    makers: dict[str, Maker] = {
        "none": lambda base, _: NoLearning(base),
        "immediate": lambda base, _: Immediate(base),
        "letter": lambda base, golden: ToTheLetter(base, golden=golden),
        POLICY: lambda base, golden: Butler(base, golden, ships),
    }
    return makers[policy]


def one(sources: Sources, file: str, plan: Plan) -> Row:
    """Make one run; the same plan always gives the same row, but for times."""
    ships = shipped(sources, file)
    return Household.of(plan, ships).run(maker(plan.policy, ships))
