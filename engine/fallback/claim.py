"""What a model claims was said, checked for sense: against the catalogue, the home and itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.fallback.catalogue import NONE
from engine.understanding.intents import INTENTS, Intent
from engine.understanding.situation import Situation

_CHOICES = ("action", "device", "place", "color")


@dataclass(frozen=True)
class Claim:
    """An intent, an action, one device or a place, a value and a colour; None where the model names none."""

    intent: str
    confidence: float
    action: str | None = None
    device: str | None = None
    place: str | None = None
    value: float | None = None
    color: str | None = None

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Claim:
        """Return the claim that an answer which fits its schema makes."""
        named = {
            name: None if answer[name] == NONE else answer[name] for name in ("action", "device", "place", "color")
        }
        return cls(answer["intent"], answer["confidence"], value=answer["value"], **named)


def senseless(claim: Claim, situation: Situation) -> str | None:
    """Return why a claim makes no sense, or None: the schema says what each part may be, not what fits together."""
    intent = INTENTS.get(claim.intent)
    if intent is None:
        return f"there is no intent {claim.intent}"
    if not 0 <= claim.confidence <= 1:
        return f"{claim.confidence:g} is no confidence"
    if claim.device is not None and claim.device not in situation.snapshot.by_id:
        return f"there is no device {claim.device}"
    return _clash(claim, intent) if intent.acts else None


def _clash(claim: Claim, intent: Intent) -> str | None:
    if claim.action is not None and claim.action not in intent.actions:
        return f"{claim.action} is no action of {claim.intent}"
    if claim.device is not None and claim.device.partition(".")[0] not in intent.domains:
        return f"{claim.intent} is not about {claim.device}"
    return None
