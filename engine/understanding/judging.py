"""What a reading's risk allows: it may act, must be confirmed, asks, or is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from engine.understanding.draft import Draft
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Choice, Disposition, Interpretation, Reason, RunnerUp, Stage
from engine.understanding.offers import MAX_CHOICES
from engine.understanding.risk import is_guarded, is_read_only
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Entity

EXACT = 0.99  # the confidence in a sentence pattern whose names are known exactly
INEXACT = 0.93  # in one whose targets were found by a part of a name, by kind, or in spite of a slip
_EVERY = re.compile(r"\b(?:all|every|both|everything)\b")


def judge(
    draft: Draft,
    text: str,
    stage: Stage,
    situation: Situation,
    *,
    confidence: float | None = None,
    runners_up: tuple[RunnerUp, ...] = (),
) -> Interpretation:
    """Return the draft of `text` as an interpretation; its confidence is that of a pattern unless one is given."""
    resolution = draft.resolution
    meant = Interpretation(
        text=text,
        intent=draft.intent,
        confidence=confidence if confidence is not None else EXACT if resolution.exact else INEXACT,
        stage=stage,
        slots=draft.slots,
        targets=tuple(sorted(resolution.targets)),
        disposition=Disposition.ACT,
        mention=draft.mention or None,
        choices=resolution.choices,
        runners_up=runners_up,
        used=resolution.used,
        exact_names=resolution.exact,
    )
    missing = _missing(draft)
    if missing:
        return replace(meant, disposition=Disposition.ASK, reason=missing)
    return _risked(meant, situation, group=resolution.group) if INTENTS[draft.intent].acts else meant


def _missing(draft: Draft) -> Reason | None:
    """Return what must be asked before anything can be done."""
    if not draft.holds:
        return draft.resolution.reason or Reason.MISSING_TARGET
    if not INTENTS[draft.intent].acts:
        return None
    if "action" not in draft.slots:
        return Reason.MISSING_ACTION
    nothing_to_set = draft.slots["action"] == "set" and not set(draft.slots) - {"action", "area", "floor"}
    return Reason.MISSING_VALUE if nothing_to_set else None


def _risked(meant: Interpretation, situation: Situation, *, group: bool) -> Interpretation:
    home = situation.snapshot.by_id
    guarded = [home[t] for t in meant.targets if t in home and is_guarded(home[t], situation.risk, home)]
    if not guarded:
        return meant
    if len(guarded) < len(meant.targets):
        ids = {entity.entity_id for entity in guarded}
        rest = tuple(target for target in meant.targets if target not in ids)
        return replace(meant, targets=rest, reason=Reason.GUARDED, choices=_choices(guarded))
    if any(is_read_only(entity, situation.risk) for entity in guarded):
        return replace(meant, disposition=Disposition.REFUSE, reason=Reason.READ_ONLY)
    if meant.exact_names or (group and _EVERY.search(meant.text.lower())):
        return replace(meant, disposition=Disposition.CONFIRM, reason=Reason.GUARDED)
    choices = meant.choices or _choices(guarded)
    return replace(meant, disposition=Disposition.ASK, reason=Reason.GUARDED_INEXACT, choices=choices, targets=())


def _choices(entities: Iterable[Entity]) -> tuple[Choice, ...]:
    return tuple(Choice(entity.name, (entity.entity_id,)) for entity in entities)[:MAX_CHOICES]
