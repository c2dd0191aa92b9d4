"""What a household may configure about how Butler talks and acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path

from butler.conversation.quiet_hours import QuietHours
from engine.understanding.risk import RiskPolicy


@dataclass(frozen=True)
class Place:
    """Where the home is, in degrees: north and east are positive."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Settings:
    """Names Butler answers to, the household's zone, what is guarded, the waits (in seconds), when it is quiet.

    An invitation is valid for `invitation_hours` where none are said. `golden_file` has the household's golden cases.
    `place` says when the sun rises and sets, None where that is not configured.
    """

    names: tuple[str, ...] = ("Butler",)
    time_zone: tzinfo = UTC
    risk: RiskPolicy = field(default_factory=RiskPolicy)
    confirm_seconds: float = 60.0
    call_timeout_s: float = 5.0
    quiet_hours: QuietHours = field(default_factory=QuietHours)
    invitation_hours: float = 24.0
    golden_file: Path | None = None
    place: Place | None = None
