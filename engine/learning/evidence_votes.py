"""What the signals say, one instance a turn, and how many voices that makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from engine.learning.breathing import breathe
from engine.understanding.plain import plain
from store.signals import Signal, SignalType

_STOOD = frozenset({"accepted", "confirmed"})


@dataclass(frozen=True)
class Vote:
    """One person's evidence on one day of the household's calendar."""

    person: str
    day: date


@dataclass(frozen=True)
class Instance:
    """One turn that fell short: what was said, how it was understood, and what it should have been, if anybody said so.

    `evidence` is how that was said ("correction", "choice", "rephrase", "press"); `pressed` that a resident confirmed
    it by a press. `said_by` is whose words they were, `person` whose evidence it is; a guest's has no
    vote. `learned` is what was taught by it at once.
    """

    turn: int
    kind: SignalType
    utterance: str
    said_by: str
    person: str
    day: date
    actual: Mapping[str, Any]
    signals: tuple[str, ...]
    expected: Mapping[str, Any] | None = None
    evidence: str | None = None
    pressed: bool = False
    guest: bool = False
    learned: bool = False

    @property
    def text(self) -> str:
        """The plain words."""
        return plain(self.utterance)

    @property
    def vote(self) -> Vote:
        """Whose evidence it is, and of which day."""
        return Vote(self.person, self.day)

    @property
    def mention(self) -> str | None:
        """The words that were taken to name something."""
        mention = self.actual.get("mention")
        return mention if isinstance(mention, str) else None


def instances_of(signals: Iterable[Signal], verdicts: Mapping[int, str | None], zone: tzinfo) -> tuple[Instance, ...]:
    """Return one instance a turn and meaning, in the order of turns: what somebody said it should have been goes first.

    Of turns that were confirmed good later nothing is left, but for choices that were part of them and for what a
    language model understood, whose reading then is what was meant.
    """
    by_turn: dict[int, list[Signal]] = {}
    for signal in signals:
        breathe()
        turn = signal.context.get("of_turn", signal.turn)
        if turn is not None and signal.speaker is not None and signal.type is not SignalType.FEEDBACK:
            by_turn.setdefault(turn, []).append(signal)
    found = (
        instance for turn in sorted(by_turn) for instance in _of_turn(turn, by_turn[turn], verdicts.get(turn), zone)
    )
    return tuple(found)


def _of_turn(turn: int, signals: Sequence[Signal], verdict: str | None, zone: tzinfo) -> Iterable[Instance]:
    stood = verdict in _STOOD
    labelled = [s for s in signals if s.expected is not None and (not stood or s.context.get("evidence") == "choice")]
    ids = tuple(sorted(s.id for s in signals))
    if labelled:
        # The latest word of each person counts.
        latest = {signal.speaker: signal for signal in sorted(labelled, key=_age)}
        return [_instance(turn, signal, ids, zone, signal.expected) for signal in latest.values()]
    own = [s for s in signals if s.context.get("evidence") is None]
    if stood:
        own = [s for s in own if s.type is SignalType.LLM_FALLBACK]
    said = min(own or ([] if stood else signals), key=_preference, default=None)
    if said is None:
        return []
    accepted = stood and said.type is SignalType.LLM_FALLBACK
    return [_instance(turn, said, ids, zone, _meant(said.actual) if accepted else None)]


def _age(signal: Signal) -> tuple[Any, ...]:
    return signal.created_at, signal.turn or 0, signal.id


def _preference(signal: Signal) -> tuple[Any, ...]:
    order = (SignalType.LLM_FALLBACK, SignalType.ENTITY_FAIL, SignalType.LOW_CONFIDENCE, SignalType.CORRECTION)
    return order.index(signal.type), signal.id


def _meant(actual: Any) -> dict[str, Any]:
    return {name: actual[name] for name in ("intent", "slots", "targets", "clauses") if name in actual}


def _instance(turn: int, signal: Signal, ids: tuple[str, ...], zone: tzinfo, expected: Any) -> Instance:
    context = signal.context
    person = signal.speaker or ""
    evidence = context.get("evidence")
    guest = context.get("role") == "guest"
    return Instance(
        turn,
        signal.type,
        signal.utterance,
        context.get("said_by") or person,
        person,
        signal.created_at.astimezone(zone).date(),
        signal.actual or {},
        ids,
        expected,
        evidence,
        pressed=is_pressed(signal) and not guest,
        guest=guest,
        learned=context.get("learned") is not None,
    )


def is_pressed(signal: Signal) -> bool:
    """Tell whether somebody confirmed by a press what was meant: of a correction, or that Butler's own guess was right.

    A choice among other readings says what was meant that time, and no more.
    """
    evidence = signal.context.get("evidence")
    if evidence == "choice":
        guess, meant = signal.actual or {}, signal.expected or {}
        return guess.get("reason") == "unsure" and guess.get("intent") == meant.get("intent")
    return bool(signal.context.get("pressed")) and evidence in {"correction", "press"}


def votes_of(instances: Iterable[Instance]) -> frozenset[Vote]:
    """Return the votes of instances: one a person a day, and none of guests."""
    return frozenset(instance.vote for instance in instances if not instance.guest)


def people_of(votes: Iterable[Vote]) -> tuple[str, ...]:
    """Return whose votes they are."""
    return tuple(sorted({vote.person for vote in votes}))
