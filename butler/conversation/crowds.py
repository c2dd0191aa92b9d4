"""What came of an action on many things at once: which few changed, and how many of what are as asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from butler.conversation.describing import holds
from butler.conversation.phrasing import (
    MOST_NAMED,
    joined,
    kind_of,
    kinds_counted,
    names_of,
    one_of,
    opening,
    the,
    verb,
)
from butler.home.control import ActionReport
from butler.home.port import Outcome
from engine.understanding.snapshot import Entity

_MOST_CHANGED = 8


def crowd_text(report: ActionReport, slots: Mapping[str, Any]) -> str | None:
    """Return one sentence for many things that are all as asked; None for a few, or where they came out unlike."""
    changed = _entities(report, Outcome.CHANGED)
    already = _entities(report, Outcome.ALREADY)
    together = [*changed, *already]
    words = {_coarse(entity, slots) for entity in together}
    if len(together) <= MOST_NAMED or len(words) != 1:
        return None
    word = words.pop()
    if word is None:
        return None
    if not changed:
        return f"{opening(kinds_counted(already))} are {word} already."
    if not already or len(changed) > _MOST_CHANGED:
        return f"{opening(kinds_counted(together))} are {word}."
    named = opening(joined(the(name) for name in names_of(changed)))
    return f"{named} {verb(names_of(changed))} {word}; {_others(together, already)} {word} already."


def _others(together: Sequence[Entity], already: Sequence[Entity]) -> str:
    count = len(already)
    kind = kind_of(together)
    other = f"the other {one_of(kind, count)}" if count > 1 else f"the other {one_of(kind, 1).partition(' ')[2]}"
    return f"{other} {'was' if count == 1 else 'were'}"


def _entities(report: ActionReport, kind: Outcome) -> list[Entity]:
    return [outcome.after for outcome in report.with_outcome(kind) if outcome.after is not None]


def _coarse(entity: Entity, slots: Mapping[str, Any]) -> str | None:
    """Return "on", "off", "open", "closed" or "locked"; None where more than that was asked for."""
    if set(slots) & {"brightness", "color", "color_temp", "temperature", "position", "speed", "volume", "step"}:
        return None
    for positive, negative in (("locked", "unlocked"), ("open", "closed"), ("on", "off")):
        answer = holds(entity, positive)
        if answer is not None:
            return positive if answer else negative
    return None
