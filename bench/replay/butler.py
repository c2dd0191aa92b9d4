"""Butler's own policy: the engine as it is, over a real store, told of every turn as the conversation tells it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bench.replay.labelled import HOME, LabelledUnderstander, Shipped
from bench.replay.people import Waiting
from bench.replay.policies import SITUATION, Answer, Change, Heard
from bench.replay.stream import ADMIN, START, Spoken
from engine.api import Engine
from engine.learning.attribution import UNCHANGED, Attribution
from engine.learning.changes import ChangeError, ExemplarChange, from_payload, to_payload, to_row
from engine.learning.documents import plain_json, to_document
from engine.learning.experience import Experience, Happened, Later, Saying
from engine.learning.fold import ActiveChange, fold
from engine.learning.golden import GoldenSet
from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.knowledge import Exemplar, Knowledge
from store import LearningWriter, Proposal, improvements, open_store, turns
from store.turns import NewTurn

_HAPPENED = {
    Disposition.ACT: Happened.ACTED,
    Disposition.CONFIRM: Happened.ASKED,
    Disposition.ASK: Happened.ASKED,
    Disposition.NONE: Happened.NOT_UNDERSTOOD,
}
_HOUR = timedelta(hours=1)
NIGHT, COMPLETION, _WATCHED_EVERY = 3, 4, 6
"""The hours of the nightly analysis and of the daily completion."""


class Butler:
    """The engine behind the port of a policy; its store is a file in a folder of its own."""

    def __init__(self, base: LabelledUnderstander, golden: GoldenSet, ships: Shipped) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="butler-replay-"))
        self._store = open_store(self._folder / "butler.db")
        self._writer = LearningWriter(self._store)
        self._encoder = ships.encoder
        self._clock = START
        self._engine = Engine.open(
            self._store,
            ships.encoder,
            golden,
            at=START,
            base=ships.dataset.knowledge,
            build=lambda knowledge, _: base.with_knowledge(knowledge),
            intents=ships.dataset.intents,
        )

    def hear(self, spoken: Spoken) -> Heard:
        """Understand a turn, keep it, and look at once at what it says of what was learned."""
        return self._hear(spoken.person, spoken.text, spoken.at)

    def told(self, answer: Answer) -> None:
        """Tell the engine each press and each word as the turn it is."""
        spoken, turn, found = answer.spoken, answer.heard.turn, answer.heard.found
        pressed_at = spoken.at + timedelta(seconds=5)
        if answer.picked:
            self._say(spoken, pressed_at, Later(turn, Saying.CHOICE, _meant(found, found.intent)), "acted")
        if answer.verdict is not None:
            saying = Saying.PRAISE if answer.verdict else Saying.PRESS
            self._say(spoken, pressed_at, Later(turn, saying, pressed=True), "feedback")
        reaction = answer.reaction
        if reaction is None:
            return
        at = spoken.at + timedelta(seconds=reaction.seconds)
        if reaction.text is not None:
            self._hear(spoken.person, reaction.text, at)
        elif reaction.named is not None and reaction.kind == "press":
            press = Later(turn, Saying.CORRECTION, _meant(found, reaction.named), pressed=True)
            self._say(spoken, at, press, "corrected")
        elif reaction.named is not None:
            meant = _meant(found, reaction.named)
            self._say(spoken, at, Later(turn, Saying.CORRECTION, meant), "corrected", f"no, i meant {reaction.named}")
            if reaction.remember:
                press = Later(turn, Saying.CORRECTION, meant, pressed=True)
                self._say(spoken, at + timedelta(seconds=5), press, "corrected")
        else:
            saying = Saying.UNDO if reaction.kind == "undo" else Saying.COMPLAINT
            self._say(spoken, at, Later(turn, saying), reaction.kind, reaction.kind)

    def until(self, at: datetime) -> None:
        """Watch four times a day (a touched turn is looked at when it is said), analyse and complete once."""
        while self._clock + _HOUR <= at:
            self._clock += _HOUR
            if self._clock.hour % _WATCHED_EVERY == 0:
                self._engine.watch(self._clock)
            if self._clock.hour == NIGHT:
                self._engine.nightly(HOME, self._clock)
            if self._clock.hour == COMPLETION:
                self._engine.complete(HOME, self._clock)

    def waiting(self) -> Sequence[Waiting]:
        """Return the exemplars that wait for an admin."""
        changes = ((one.number, from_payload(one.proposed_value)) for one in self._engine.pending())
        return [Waiting(at, one.text, one.intent) for at, one in changes if isinstance(one, ExemplarChange)]

    def decided(self, number: int, at: datetime, *, approved: bool) -> None:
        """Put what waited in force, if it passes its test again, or reject it."""
        if approved:
            self._engine.approve(number, actor=ADMIN, at=at, snapshot=HOME)
        else:
            self._engine.reject(number, actor=ADMIN, at=at, reason="that is not what it means")

    def plant(self, text: str, label: str, at: datetime) -> int:
        """Put a change in force as if it had passed its test."""
        change = ExemplarChange(text, label)
        number = self._writer.propose(Proposal("exemplar", 1, text, to_payload(change)), actor="system", at=at)
        self._writer.record_test(number, passed=True, results={"planted": True}, at=at)
        self._writer.approve(number, actor="system", at=at)
        knowledge = self._engine.knowledge
        active = [*_active(knowledge), ActiveChange(number, change)]
        digest = fold(knowledge.base, active).digest(self._encoder.id)
        self._writer.deploy(
            number,
            [to_row(change)],
            expected_head_digest=self._engine.digest(),
            new_digest=digest,
            actor="system",
            at=at,
        )
        return number

    def changes(self) -> Sequence[Change]:
        """Return every exemplar that was ever in force."""
        found = []
        for one in improvements.listing(self._store)[::-1]:
            try:
                change = from_payload(one.proposed_value)
            except ChangeError:
                continue
            if isinstance(change, ExemplarChange) and one.applied_at is not None:
                found.append(Change(one.number, change.text, change.intent, one.applied_at, one.rolled_back_at))
        return found

    def close(self) -> None:
        """Close the store and remove it."""
        self._engine.close()
        self._writer.close()
        self._store.close()
        shutil.rmtree(self._folder)

    def _hear(self, person: str, text: str, at: datetime) -> Heard:
        situation = replace(SITUATION, speaker=person, now=at)
        found = self._engine.understand(text, situation)
        happened = _HAPPENED[found.disposition]
        attribution = self._engine.attribute(found, situation, text, person)
        if happened is not Happened.ACTED:
            attribution = replace(attribution, confirm=False)
        row = NewTurn(person, person, at, text, interpretation=plain_json(to_document(found)), outcome=happened.value)
        number = self._keep(row, happened, found, attribution=attribution)
        return Heard(found, number, attribution.confirm, tuple(one.found.intent for one in attribution.instead))

    def _say(self, spoken: Spoken, at: datetime, later: Later, outcome: str, text: str | None = None) -> None:
        row = NewTurn(spoken.person, spoken.person, at, text, outcome=outcome)
        happened = Happened.LESSON if outcome == "corrected" else Happened.OTHER
        self._keep(row, happened, later=later)

    def _keep(
        self,
        row: NewTurn,
        happened: Happened,
        found: Interpretation | None = None,
        *,
        later: Later | None = None,
        attribution: Attribution = UNCHANGED,
    ) -> int:
        with self._store.atomic():
            number = turns.append(self._store, replace(row, role="resident"))
            experience = Experience(
                *(number, row.user, row.chat, "resident", row.at, row.text or "", HOME, found, happened), later=later
            )
            self._engine.record(experience, attribution)
        self._engine.look(row.at)
        return number


def _meant(found: Interpretation, label: str) -> Interpretation:
    """Return what a turn should have been, as what corrects it is understood."""
    return Interpretation(found.text, label, 1.0, found.stage, disposition=Disposition.ACT)


def _active(knowledge: Knowledge) -> list[ActiveChange]:
    return [_change(exemplar) for exemplar in knowledge.learned]


def _change(exemplar: Exemplar) -> ActiveChange:
    return ActiveChange(exemplar.improvement or 0, ExemplarChange(exemplar.text, exemplar.intent, exemplar.verbatim))
