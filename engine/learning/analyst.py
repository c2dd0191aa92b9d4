"""The analyst: reads what the store has of evidence and history, and has it analysed against the home of now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from engine.embedding.port import Encoder
from engine.learning.analysis import analyse
from engine.learning.analysis_grounds import AnalysisGrounds
from engine.learning.changes import Change, ChangeError, ExemplarChange, from_payload
from engine.learning.drafts import Analysis
from engine.learning.radius import radii_for
from engine.learning.trust import doubted
from engine.learning.workshop import Workshop
from engine.llm.port import LanguageModel
from engine.understanding.snapshot import Snapshot
from store import Status, improvements, people, turns
from store.improvements import Improvement
from store.signals import Signal

_DECIDED = frozenset({Status.REJECTED, Status.ROLLED_BACK, Status.PENDING, Status.APPROVED})


@dataclass(frozen=True)
class Analyst:
    """Analyses evidence; `zone` is the household's, in which a day is a day."""

    workshop: Workshop
    encoder: Encoder
    zone: tzinfo
    model: LanguageModel | None = None

    def analysis(self, signals: Sequence[Signal], snapshot: Snapshot, at: datetime) -> Analysis:
        """Return what the evidence says should change, and what people should look at."""
        now = self.workshop.in_force.refresh(at)
        deployer = self.workshop.deployer
        household = deployer.household
        store = self.workshop.store
        spoken = {one.context.get("of_turn", one.turn) for one in signals}
        return analyse(
            signals,
            AnalysisGrounds(
                self.workshop.grounds(now, snapshot, None),
                self.encoder,
                deployer.golden,
                history=household.history() if household else (),
                verdicts=turns.verdicts(store, [number for number in spoken if number is not None]),
                closed=self._closed(),
                zone=self.zone,
                radii=radii_for(self.encoder.id, deployer.golden.digest),
                model=self.model,
                doubted=doubted(store, at),
                names={user: people.name_of(store, user) for user in {one.speaker for one in signals} if user},
            ),
        )

    def _closed(self) -> tuple[Change, ...]:
        """Return the changes that were decided about, or wait: none of them is proposed again."""
        return tuple(change for one in improvements.listing(self.workshop.store, _DECIDED) for change in _closes(one))


def _closes(one: Improvement) -> tuple[Change, ...]:
    """Return what is not proposed again because of one improvement.

    An example that failed its test for what it does to others may still be right of its very words.
    """
    try:
        change = from_payload(one.proposed_value)
    except ChangeError:
        return ()
    if not isinstance(change, ExemplarChange) or change.verbatim or one.shadow_test_passed is False:
        return (change,)
    return change, replace(change, verbatim=True)
