"""A household that talks to an engine under watch: turns are recorded, attributed, kept and looked at, as in a talk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from engine.api import Engine
from engine.embedding import HashedEncoder
from engine.learning.attribution import Attribution
from engine.learning.changes import Change, to_payload, to_row
from engine.learning.documents import to_document
from engine.learning.experience import Experience, Happened, Later, Saying
from engine.learning.fold import ActiveChange, in_order
from engine.learning.taken_back import TakenBack
from engine.learning.watch import Watch
from engine.learning.workshop import Workshop
from engine.understanding.interpretation import Interpretation
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from store import Proposal, Store, turns
from store.turns import NewTurn
from tests.engine.learning.conftest import AT

VERDICTS = {
    Saying.CORRECTION: "corrected",
    Saying.UNDO: "undone",
    Saying.PRESS: "disputed",
    Saying.COMPLAINT: "disputed",
    Saying.REPHRASE: "rephrased",
    Saying.PRAISE: "confirmed",
}


def deploy_untested(workshop: Workshop, encoder_id: str, change: Change, at: datetime, **more: str) -> int:
    """Put a change in force past its shadow test."""
    writer, now = workshop.writer, workshop.in_force.refresh()
    proposal = Proposal(change.type, 1, change.phrase, to_payload(change), **more)  # type: ignore[arg-type]  # by name
    number = writer.propose(proposal, actor="system", at=at)
    writer.record_test(number, passed=True, results={"accuracy": {"before": 1.0, "after": 0.98}}, at=at)
    writer.approve(number, actor="system", at=at)
    active = in_order((*now.active, ActiveChange(number, change)))
    digest = now.folded(active, now.head.version + 1).digest(encoder_id)
    head = writer.deploy(
        number, [to_row(change)], expected_head_digest=now.head.digest, new_digest=digest, actor="system", at=at
    )
    workshop.in_force.adopt(head, active)
    return number


@dataclass
class Household:
    """The clock is moved by hand; every turn is somebody's own words in a chat of their own."""

    engine: Engine
    store: Store
    encoder: HashedEncoder
    house: Snapshot
    now: datetime = AT
    told: list[TakenBack] = field(default_factory=list)
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = Watch(self.workshop, self.encoder)

    @property
    def workshop(self) -> Workshop:
        return self.engine._workshop

    def deploy(self, change: Change, **more: str) -> int:
        return deploy_untested(self.workshop, self.encoder.id, change, self.now, **more)

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    def meaning(self, text: str, user: str = "ana") -> Interpretation:
        return self.engine.understand(text, self.situation(user))

    def situation(self, user: str = "ana") -> Situation:
        return Situation(self.house, user, self.now)

    def attribution(self, text: str, user: str = "ana") -> Attribution:
        return self.watch.attribute(self.meaning(text, user), self.situation(user), text)

    def say(self, text: str, user: str = "ana", *, happened: Happened = Happened.ACTED, learnable: bool = True) -> int:
        found = self.meaning(text, user)
        attribution = self.watch.attribute(found, self.situation(user), text)
        number = self._begin(user, text, found)
        experience = Experience(
            number, user, user, "resident", self.now, text, self.house, found, happened, learnable=learnable
        )
        self._finish(experience, attribution)
        return number

    def about(self, turn: int, saying: Saying, meant: str | None = None, user: str = "ana") -> int:
        """Say something of an earlier turn, or press a button under it."""
        later = Later(turn, saying, self.meaning(meant, user) if meant else None)
        number = self._begin(user, None, None)
        happened = Happened.LESSON if saying is Saying.CORRECTION else Happened.OTHER
        blank = Experience(number, user, user, "resident", self.now, "", self.house, None, happened)
        if saying in VERDICTS:
            turns.judge(self.store, turn, VERDICTS[saying])  # type: ignore[arg-type]  # verdicts by name
        self._finish(replace(blank, later=later), Attribution())
        return number

    def look(self) -> tuple[TakenBack, ...]:
        found = self.watch.look(self.now)
        self.told += found
        self.watch.told(found)
        return found

    def _begin(self, user: str, text: str | None, found: Interpretation | None) -> int:
        document = to_document(found) if found else None
        row = NewTurn(user, user, self.now, text=text, interpretation=document, outcome="acted")
        return turns.append(self.store, row)

    def _finish(self, experience: Experience, attribution: Attribution) -> None:
        with self.store.atomic():
            self.watch.keep(experience, attribution)
        self.look()
