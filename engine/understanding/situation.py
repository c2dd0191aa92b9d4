"""What understanding may know beside the words: the home, who speaks, when, and what was just done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.understanding.interpretation import Interpretation
from engine.understanding.risk import DEFAULT_RISK_POLICY, RiskPolicy
from engine.understanding.snapshot import Snapshot


@dataclass(frozen=True)
class Situation:
    """The circumstances of an utterance; `previous` is the last interpretation, for "it", "there" and "again"."""

    snapshot: Snapshot
    speaker: str | None = None
    now: datetime | None = None
    previous: Interpretation | None = None
    risk: RiskPolicy = DEFAULT_RISK_POLICY
