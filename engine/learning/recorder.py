"""What is kept of an experience: the verdict on an earlier turn, signals of a shortfall, and what the watch saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from engine.learning.attribution import UNCHANGED, Attribution
from engine.learning.documents import plain_json, to_document
from engine.learning.experience import Experience, Later, Saying
from engine.learning.rephrasing import rephrasing
from engine.learning.signals import signals_of
from engine.learning.watch import Watch
from store import signals, turns
from store.database import Store
from store.turns import Turn, Verdict

_VERDICTS: Mapping[Saying, Verdict] = MappingProxyType(
    {
        Saying.CORRECTION: "corrected",
        Saying.UNDO: "undone",
        Saying.PRESS: "disputed",
        Saying.COMPLAINT: "disputed",
        Saying.PRAISE: "confirmed",
        Saying.REPHRASE: "rephrased",
    }
)


@dataclass(frozen=True)
class Recorder:
    """Keeps what there is to learn from turns, within the transactions that end them: rows of the store only."""

    store: Store
    watch: Watch

    def record(self, experience: Experience, attribution: Attribution = UNCHANGED) -> None:
        """Keep one turn's evidence; what it says of an earlier turn is that one's verdict."""
        earlier = self._earlier(experience)
        later = experience.later or rephrasing(experience, earlier)
        told = experience if later is experience.later else replace(experience, later=later)
        if later is not None:
            self._judge(later)
        signals.add(self.store, signals_of(told, earlier))
        self.watch.keep(told, attribution)

    def _earlier(self, experience: Experience) -> Turn | None:
        if experience.later is not None:
            return turns.get(self.store, experience.later.of_turn)
        if experience.found is None:
            return None
        return turns.before(self.store, experience.user, experience.chat, experience.turn)

    def _judge(self, later: Later) -> None:
        verdict = _VERDICTS.get(later.saying)
        if verdict is not None:
            meant = plain_json(to_document(later.meant)) if later.meant else None
            turns.judge(self.store, later.of_turn, verdict, meant)
