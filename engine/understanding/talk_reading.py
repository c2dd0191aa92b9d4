"""Reads what a sentence pattern says that is about no device: talk, timers, lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.judging import INEXACT
from engine.understanding.patterns import PatternMatch
from engine.understanding.slots import prepare, seconds_in


def read_talk(matches: Iterable[PatternMatch], text: str, bare: str) -> Interpretation | None:
    """Return the meaning of the first pattern that is about no device, if there is one."""
    for match in matches:
        intent = match.pattern.intent
        if not intent or INTENTS[intent].acts:
            continue
        value = match.captures.get("value")
        if value is None or seconds_in(prepare(value)):
            slots = {**_spoken_slots(match, intent, bare), **dict(match.pattern.slots)}
            number = match.pattern.improvement
            used = () if number is None else (number,)
            return Interpretation(text, intent, INEXACT, Stage.PATTERN, slots, disposition=Disposition.ACT, used=used)
    return None


def _spoken_slots(match: PatternMatch, intent: str, bare: str) -> dict[str, Any]:
    slots: dict[str, Any] = {name: match.captures[name] for name in ("name", "title") if name in match.captures}
    if intent == "timer_set" and (duration := seconds_in(bare)) is not None:
        return {"duration": duration, **slots}
    return slots
