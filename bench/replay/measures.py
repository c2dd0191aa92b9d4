"""What is measured of a run: every turn beside the same turn without learning, judged by the labels of the set."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from bench.replay.policies import Change, Heard, outcome
from bench.replay.stream import Spoken
from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.plain import plain

WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class Row:
    """The figures of one run; poison turns count in none of them but `digest`.

    A defect is a turn whose outcome is not what was meant. `hijacks` are guarded actions carried out with nobody's
    press on a turn that meant something else, `guarded_asked` such turns that asked for a press because of learning.
    `healthy_back` of `healthy` right changes were taken back within 14 days (of those planted, where some were);
    `harmful_turns` are the turns each planted harmful change spoilt until it was taken back.
    """

    dataset: str
    arm: str
    policy: str
    seed: int
    turns: int
    defects_without: int
    defects: int
    wins: int
    losses: int
    deployed: int
    harmful: int
    hijacks: int
    guarded_asked: int
    healthy: int
    healthy_back: int
    harmful_turns: tuple[int, ...]
    never_back: int
    digest: str
    turn_ms: float = 0.0
    seconds: float = 0.0

    @property
    def reduction(self) -> float:
        """The share of defects that learning took away; below zero where it added some."""
        return 1.0 - self.defects / self.defects_without if self.defects_without else 0.0

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What the row is of."""
        return self.dataset, self.arm, self.policy, self.seed

    def to_json(self) -> dict[str, object]:
        """Return the row as JSON values."""
        return asdict(self)

    @classmethod
    def of_json(cls, document: Mapping[str, object]) -> Row:
        """Return the row that `to_json` wrote."""
        return cls(**{**document, "harmful_turns": tuple(document["harmful_turns"])})  # type: ignore[arg-type]  # JSON is untyped


@dataclass
class Ledger:
    """Takes a run down, turn by turn."""

    turns: int = 0
    defects_without: int = 0
    defects: int = 0
    wins: int = 0
    losses: int = 0
    hijacks: int = 0
    guarded_asked: int = 0
    spoilt: list[tuple[Spoken, str]] = field(default_factory=list)
    meanings: dict[str, set[str]] = field(default_factory=dict)
    _digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def note(self, spoken: Spoken, heard: Heard, without: Interpretation) -> None:
        """Take one turn down."""
        now, then = outcome(heard.found), outcome(without)
        self._digest.update(f"{spoken.number} {now} {heard.found.confidence:.9f} {heard.asks}\n".encode())
        if spoken.kind == "poison":
            return
        self.turns += 1
        self.meanings.setdefault(plain(spoken.text), set()).add(spoken.truth or "")
        right, was_right = now == spoken.truth, then == spoken.truth
        self.defects += not right
        self.defects_without += not was_right
        self.wins += right and not was_right
        self.losses += was_right and not right
        if now is not None and not right and now != then:
            self.spoilt.append((spoken, now))
            self._guard(heard.found)

    def _guard(self, found: Interpretation) -> None:
        self.guarded_asked += found.disposition is Disposition.CONFIRM

    def executed(self, found: Interpretation, guarded: frozenset[str], spoken: Spoken) -> None:
        """Count a guarded action that was carried out, unpressed, where something else was meant."""
        acts = found.disposition is Disposition.ACT and found.intent in guarded
        self.hijacks += acts and spoken.kind != "poison" and found.intent != spoken.truth

    def digest(self, changes: Sequence[Change]) -> str:
        """Return the SHA-256 of every outcome and of every change with its dates."""
        self._digest.update(repr(changes).encode())
        return self._digest.hexdigest()

    def is_harmful(self, change: Change) -> bool:
        """Tell whether a change says of known words what they never meant."""
        meant = self.meanings.get(plain(change.text))
        return meant is not None and change.label not in meant

    def spoilt_by(self, change: Change) -> int:
        """Return how many turns came out as a change says, and wrong, while it was in force."""
        return sum(
            label == change.label and change.live <= spoken.at and (change.back is None or spoken.at <= change.back)
            for spoken, label in self.spoilt
        )


def taken_back_soon(change: Change) -> bool:
    """Tell whether a change was taken back within 14 days."""
    return change.back is not None and change.back - change.live <= WITHIN
