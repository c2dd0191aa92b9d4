"""The table of a replay: mean, least and most over the seeds, with the goal beside each figure it is held to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from bench.replay.measures import Row
from bench.report import Figure

POLICY = "butler"
"""The policy that is held to the goals."""

REDUCTION: Mapping[str, float] = MappingProxyType({"clean": 0.45, "poison3": 0.42, "poison10": 0.38})
WINS_A_LOSS: Mapping[str, float] = MappingProxyType({"clean": 100, "poison3": 30, "poison10": 20})
MOST_HEALTHY_BACK = 0.01
MOST_HARMFUL_TURNS, MOST_HARMFUL_TURNS_90 = 1.5, 3


def table(rows: Iterable[Row]) -> list[Figure]:
    """Return the figures of all rows, by data set, policy and arm."""
    ordered = sorted(rows, key=lambda row: row.key)
    found: list[Figure] = []
    for (dataset, arm, policy), group in groupby(ordered, key=lambda row: row.key[:3]):
        found += _figures(f"{dataset} {arm} {policy}", list(group), goals=policy == POLICY)
    return found


def _figures(name: str, rows: Sequence[Row], *, goals: bool) -> Iterable[Figure]:
    arm = rows[0].arm
    reductions = [row.reduction for row in rows]
    wins, losses = sum(row.wins for row in rows), sum(row.losses for row in rows)
    wanted, ratio = REDUCTION.get(arm), WINS_A_LOSS.get(arm)
    yield _figure(f"{name}: defects taken away ({len(rows)} seeds)", reductions, "{:.1%}", wanted if goals else None)
    won = wins / max(losses, 1)
    told = f"{won:.1f} ({wins:,} / {losses:,})"
    yield Figure(f"{name}: wins a loss", told, *(_goal(f"≥ {ratio}", won >= ratio) if goals and ratio else ()))
    least = min(reductions)
    yield Figure(f"{name}: worst seed", f"{least:.1%}", *(_goal("≥ 0 %", least >= 0) if goals else ()))
    yield Figure(f"{name}: live, harmful of them, a run", _means(rows, "deployed", "harmful"))
    hijacks = sum(row.hijacks for row in rows)
    told = f"{hijacks} ({sum(row.guarded_asked for row in rows)} asked for a press)"
    yield Figure(f"{name}: guarded hijacks", told, *(_goal("0", hijacks == 0) if goals else ()))
    yield from _watched(name, rows, goals=goals)
    times = [row.turn_ms for row in rows]
    yield Figure(f"{name}: a turn", f"{sum(times) / len(times):.2f} ms (a run {max(r.seconds for r in rows):.0f} s)")


def _watched(name: str, rows: Sequence[Row], *, goals: bool) -> Iterable[Figure]:
    healthy, back = sum(row.healthy for row in rows), sum(row.healthy_back for row in rows)
    if healthy:
        share = back / healthy
        goal = _goal(f"≤ {MOST_HEALTHY_BACK:.0%}", share <= MOST_HEALTHY_BACK) if goals and rows[0].arm == "aa" else ()
        yield Figure(f"{name}: healthy ones taken back in 14 days", f"{share:.2%} ({back} of {healthy})", *goal)
    turns = sorted(count for row in rows for count in row.harmful_turns)
    if turns:
        mean, ninety = sum(turns) / len(turns), turns[math.ceil(0.9 * len(turns)) - 1]
        never = sum(row.never_back for row in rows)
        told = f"{mean:.2f}, 90th {ninety}, most {turns[-1]}; {never} of {len(turns)} never taken back"
        reached = mean <= MOST_HARMFUL_TURNS and ninety <= MOST_HARMFUL_TURNS_90
        goal = _goal(f"≤ {MOST_HARMFUL_TURNS}, 90th ≤ {MOST_HARMFUL_TURNS_90}", reached) if goals else ()
        yield Figure(f"{name}: harmful turns of a trojan", told, *goal)


def _figure(what: str, values: Sequence[float], shape: str, goal: float | None) -> Figure:
    mean = sum(values) / len(values)
    told = f"{shape.format(mean)} ({shape.format(min(values))} … {shape.format(max(values))})"
    return Figure(what, told, *(_goal(f"≥ {shape.format(goal)}", mean >= goal) if goal is not None else ()))


def _means(rows: Sequence[Row], *names: str) -> str:
    return ", ".join(f"{sum(getattr(row, name) for row in rows) / len(rows):.1f}" for name in names)


def _goal(goal: str, reached: object) -> tuple[str, bool]:
    return goal, bool(reached)
