"""What is for people to look at: complaints, lessons that failed their test, and corrections nothing came of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from engine.api import Engine
from engine.learning.changes import AliasChange, Change, ChangeError, ExemplarChange, from_payload
from engine.learning.drafts import ForReview
from engine.understanding.snapshot import Snapshot
from store import Status, improvements, reviews, signals, turns
from store.database import Store
from store.improvements import Improvement
from store.signals import Signal, SignalType

_KEPT = timedelta(days=90)
_TAUGHT = frozenset({"voice_command", "user_suggestion"})

Kind = Literal["feedback", "failed", "cluster"]


@dataclass(frozen=True)
class Matter:
    """One thing to look at. Its `key` holds nobody's words; `meant` is what it should have been, where that is known.

    `taken` is what it was taken for, `change` what can be proposed about it, `improvement` the lesson that failed.
    """

    key: str
    kind: Kind
    utterance: str
    reason: str
    at: datetime
    votes: int = 1
    person: str | None = None
    meant: Mapping[str, Any] | None = None
    taken: Mapping[str, Any] | None = None
    change: Change | None = None
    improvement: int | None = None
    signals: tuple[str, ...] = field(default=(), repr=False)


def cluster_fact(key: str) -> str:
    """Return under which fact the name of a cluster is kept that a language model gave it."""
    return f"cluster_name:{key}"


def open_matters(engine: Engine, store: Store, snapshot: Snapshot, at: datetime) -> list[Matter]:
    """Return what nobody closed yet, each once, the newest first."""
    closed = reviews.closed_keys(store)
    found = {matter.key: matter for matter in _all(engine, store, snapshot, at)}
    left = [matter for key, matter in found.items() if key not in closed]
    return sorted(left, key=lambda matter: (matter.at, matter.key), reverse=True)


def _all(engine: Engine, store: Store, snapshot: Snapshot, at: datetime) -> Iterable[Matter]:
    for one in engine.review(snapshot, at).for_review:
        told = signals.get(store, one.signals)
        if told and all(signal.type is SignalType.FEEDBACK for signal in told):
            yield from (_complaint(store, signal) for signal in told)
        elif told:
            yield _cluster(one, told)
    for lesson in improvements.listing(store, {Status.REJECTED}, since=at - _KEPT):
        if lesson.source in _TAUGHT and lesson.shadow_test_passed is False:
            yield _failed(lesson)


def _complaint(store: Store, signal: Signal) -> Matter:
    turn = turns.get(store, int(signal.context.get("of_turn") or signal.turn or 0))
    meant = turn.meant if turn is not None and isinstance(turn.meant, Mapping) else None
    return Matter(
        key=f"feedback-{signal.id}",
        kind="feedback",
        utterance=signal.utterance,
        reason="somebody said that it was wrong",
        at=signal.created_at,
        person=signal.speaker,
        meant=meant,
        taken=signal.actual if isinstance(signal.actual, Mapping) else None,
        change=_change_for(signal.utterance, signal, meant),
        signals=(signal.id,),
    )


def _cluster(one: ForReview, told: Sequence[Signal]) -> Matter:
    first = min(told, key=lambda signal: (signal.turn or 0, signal.id))
    last = next((signal for signal in reversed(told) if isinstance(signal.expected, Mapping)), told[-1])
    meant = last.expected if isinstance(last.expected, Mapping) else None
    return Matter(
        key=f"cluster-{first.id}",  # the oldest: what comes later to the same cluster leaves the key as it is
        kind="cluster",
        utterance=one.utterance,
        reason=one.reason,
        at=told[-1].created_at,
        votes=one.votes,
        person=last.speaker if len({signal.speaker for signal in told}) == 1 else None,
        meant=meant,
        taken=last.actual if isinstance(last.actual, Mapping) else None,
        change=_change_for(last.utterance, last, meant),
        signals=one.signals,
    )


def _failed(lesson: Improvement) -> Matter:
    try:
        change = from_payload(lesson.proposed_value)
    except ChangeError:
        change = None
    results = lesson.shadow_test_results if isinstance(lesson.shadow_test_results, Mapping) else {}
    return Matter(
        key=f"failed-{lesson.number}",
        kind="failed",
        utterance=lesson.target,
        reason="; ".join(str(reason) for reason in results.get("reasons") or ()) or "its test failed",
        at=lesson.created_at,
        person=lesson.submitted_by,
        change=change,
        improvement=lesson.number,
    )


def _change_for(utterance: str, signal: Signal, meant: Mapping[str, Any] | None) -> Change | None:
    """Return the change that would put an utterance right, where what it should have been says so."""
    if meant is None or meant.get("clauses"):
        return None
    taken = signal.actual if isinstance(signal.actual, Mapping) else {}
    intent, targets = str(meant.get("intent")), [str(target) for target in meant.get("targets") or ()]
    mention = signal.context.get("mention")
    try:
        if intent != taken.get("intent"):
            return ExemplarChange(utterance, intent)
        if mention and len(targets) == 1 and targets != list(taken.get("targets") or ()):
            return AliasChange(str(mention), "entity", targets[0])
    except ChangeError:
        return None
    return None
