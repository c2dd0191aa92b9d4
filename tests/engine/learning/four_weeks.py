"""Four weeks in a household, made up from a seed: what its people say, what goes wrong, and what really lies behind it.

The home is the demo home and understanding is real. Who says something means a plainer wording of it; what Butler makes
of the words is right where it comes to the same. People react to what is wrong as people do, most of the time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from engine.learning.changes import Change
from engine.learning.documents import to_document
from engine.learning.drafts import Draft
from engine.learning.experience import Experience, Happened, Later, Saying, meant_document
from engine.learning.fold import ActiveChange, fold
from engine.learning.history import HistoryTurn
from engine.learning.rephrasing import rephrasing
from engine.learning.signals import signals_of
from engine.learning.understander import Situation, Understander
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.snapshot import Snapshot
from store.signals import NewSignal, Signal
from store.turns import Turn
from tests.engine.learning.four_weeks_said import BEGIN, DAYS, HABITS, Accepts, Line, Role, is_away

Look = Callable[["Household", list[Signal], tuple[Change, ...]], tuple[Draft, ...]]


@dataclass
class Log:
    """What the store would hold."""

    signals: list[NewSignal] = field(default_factory=list)
    turns: dict[int, Turn] = field(default_factory=dict)

    def since(self, processed: frozenset[str]) -> list[Signal]:
        """Return the signals that no proposal used, as the store gives them."""
        seen: dict[str, NewSignal] = {}
        for signal in self.signals:
            seen.setdefault(signal.id, signal)
        return [
            Signal(
                s.id,
                s.type,
                s.utterance,
                s.context,
                s.expected,
                s.actual,
                s.speaker,
                s.turn,
                s.at,
                processed=False,
                improvement=None,
            )
            for s in seen.values()
            if s.id not in processed
        ]

    def history(self) -> tuple[HistoryTurn, ...]:
        """Return what may be replayed."""
        kept = (t for t in self.turns.values() if t.learnable and t.outcome in {"acted", "answered"} and t.role)
        return tuple(found for turn in kept if (found := HistoryTurn.of(turn)))

    def verdicts(self) -> dict[int, str | None]:
        """Return what was said of turns later."""
        return {number: turn.verdict for number, turn in self.turns.items()}


@dataclass
class Household:
    """People who talk to Butler in one home, and the log of it."""

    interpreter: Understander
    snapshot: Snapshot
    chance: random.Random
    log: Log = field(default_factory=Log)
    number: int = 0
    previous: dict[str, int] = field(default_factory=dict)
    active: tuple[ActiveChange, ...] = ()
    plainly: Understander = field(init=False)

    def __post_init__(self) -> None:
        """Keep the understanding of the first day: what people mean does not change with what Butler learns."""
        self.plainly = self.interpreter

    def learn(self, changes: Sequence[Change]) -> None:
        """Put changes in force."""
        self.active += tuple(ActiveChange(len(self.active) + at, one) for at, one in enumerate(changes, start=1))
        base = self.plainly.knowledge.base
        self.interpreter = self.interpreter.with_knowledge(fold(base, self.active))

    def meant(self, wording: str) -> Interpretation:
        """Return what a plain wording means."""
        found = self.plainly.understand(wording, Situation(self.snapshot))
        assert found.disposition in {Disposition.ACT, Disposition.CONFIRM}, (wording, found)
        return found

    def say(
        self,
        person: str,
        text: str,
        at: datetime,
        *,
        later: Later | None = None,
        learnable: bool = True,
        role: Role = "resident",
        model: Interpretation | None = None,
    ) -> tuple[int, Interpretation]:
        """Have a turn, record its signals, and return its number and how it was understood."""
        self.number += 1
        lesson = later is not None
        found = self.interpreter.understand(text, Situation(self.snapshot, speaker=person, now=at))
        if model is not None and happened(found) is not Happened.ACTED and happened(found) is not Happened.ANSWERED:
            found = replace(model, text=text, stage=Stage.LLM, confidence=0.6)
        became = Happened.LESSON if lesson else (happened(found) if learnable else Happened.FAILED)
        experience = Experience(
            self.number, person, f"chat-{person}", role, at, text, self.snapshot,
            None if lesson else found, became, learnable=learnable, later=later,
        )  # fmt: skip
        before = self.log.turns.get(later.of_turn if later else self.previous.get(person, 0))
        self.log.signals += signals_of(experience, before)
        said_again = rephrasing(experience, before) if learnable else None
        self._judge(later or said_again)
        self.log.turns[self.number] = Turn(
            person, experience.chat, at, text=text, interpretation=None if lesson else to_document(found),
            outcome=became.value, learnable=learnable, role=role, number=self.number,
        )  # fmt: skip
        if not lesson:
            self.previous[person] = self.number
        return self.number, found

    def _judge(self, later: Later | None) -> None:
        verdicts: dict[Saying, Any] = {
            Saying.CORRECTION: "corrected",
            Saying.REPHRASE: "rephrased",
            Saying.UNDO: "undone",
            Saying.PRAISE: "confirmed",
            Saying.COMPLAINT: "disputed",
        }
        if later and later.saying in verdicts:
            meant = meant_document(later.meant) if later.meant else None
            turn = self.log.turns[later.of_turn]
            self.log.turns[later.of_turn] = replace(turn, verdict=verdicts[later.saying], meant=meant)

    def lives(self, person: str, text: str, wording: str, at: datetime, **how: Any) -> None:
        """Say something, and react to what comes of it: half of what is wrong is put right."""
        meant = self.meant(wording)
        number, found = self.say(person, text, at, **how)
        if comes_to(found, meant) and happened(found) is not Happened.ASKED:
            if found.stage is Stage.LLM or self.chance.random() < 0.02:
                self.say(person, "perfect", at + timedelta(seconds=20), later=Later(number, Saying.PRAISE))
            return
        self._react(Line(at, person, text, wording), number, found, how.get("role", "resident"))

    def _react(self, line: Line, number: int, found: Interpretation, role: Role) -> None:
        draw, soon = self.chance.random(), line.at + timedelta(seconds=self.chance.randint(10, 90))
        really = self.meant(line.wording)
        if draw < 0.45:
            wrong = self.chance.random() < 0.05
            later = Later(number, Saying.CORRECTION, self.meant(self.chance.choice(HABITS)) if wrong else really)
            self.say(line.person, f"no, i meant {line.wording}", soon, later=later, role=role)
        elif draw < 0.6:
            self.say(line.person, line.wording, soon, role=role)
        elif draw < 0.7 and set(really.targets) <= {target for choice in found.choices for target in choice.targets}:
            self.say(line.person, "", soon, later=Later(number, Saying.CHOICE, really), role=role)
        elif draw < 0.75:
            self.say(line.person, "that was wrong", soon, later=Later(number, Saying.COMPLAINT), role=role)


def happened(found: Interpretation) -> Happened:
    """Return what Butler would do about an interpretation."""
    parts = found.clauses or (found,)
    if any(part.disposition is Disposition.NONE for part in parts):
        return Happened.NOT_UNDERSTOOD
    if any(part.disposition in {Disposition.ASK, Disposition.CONFIRM} for part in parts):
        return Happened.ASKED
    if any(part.disposition is Disposition.REFUSE for part in parts):
        return Happened.REFUSED
    return Happened.ACTED if INTENTS[found.intent].acts else Happened.ANSWERED


def comes_to(found: Interpretation, meant: Interpretation) -> bool:
    """Tell whether two interpretations do the same."""
    return (found.intent, found.targets, dict(found.slots)) == (meant.intent, meant.targets, dict(meant.slots))


def live(household: Household, said: Sequence[Line]) -> None:
    """Let things be said, each in its way."""
    for one in said:
        if is_away(one.at):
            _live_without_a_home(household, one)
            continue
        match one.kind:
            case "model":
                household.lives(one.person, one.text, one.wording, one.at, model=household.meant(one.wording))
            case "unexplained":
                household.say(one.person, one.text, one.at)
            case "forwarded":
                number, _ = household.say(one.person, one.text, one.at, learnable=False)
                _put_right(household, one, number, "resident", learnable=False)
            case "guest":
                household.lives(one.person, one.text, one.wording, one.at, role="guest")
            case "joke":
                number, _ = household.say(one.person, one.text, one.at)
                _put_right(household, one, number, "resident")
            case _:
                household.lives(one.person, one.text, one.wording, one.at)


def _live_without_a_home(household: Household, one: Line) -> None:
    number, _ = household.say(one.person, one.text, one.at, learnable=False)
    _put_right(household, one, number, "resident", learnable=False)


def _put_right(household: Household, one: Line, number: int, role: Role, *, learnable: bool = True) -> None:
    later = Later(number, Saying.CORRECTION, household.meant(one.wording))
    household.say(
        one.person, f"no, i meant {one.wording}", one.at + timedelta(seconds=30), later=later, role=role,
        learnable=learnable,
    )  # fmt: skip


@dataclass(frozen=True)
class Night:
    """What one night's look at the evidence proposed."""

    day: int
    drafts: tuple[Draft, ...]


def nights(household: Household, lines: Sequence[Line], look: Look, *, turned_down: Accepts) -> list[Night]:
    """Live four weeks, looking at the evidence every night.

    What is proposed is in force from the next morning, but for what an admin turns down; either way its signals are
    used up.
    """
    found: list[Night] = []
    processed: frozenset[str] = frozenset()
    closed: tuple[Change, ...] = ()
    rest = list(lines)
    for day in range(DAYS + 1):
        until = BEGIN + timedelta(days=day, hours=3)
        now, rest = [one for one in rest if one.at < until], [one for one in rest if one.at >= until]
        live(household, now)
        drafts = look(household, household.log.since(processed), closed)
        processed |= {signal for draft in drafts for signal in draft.signals}
        refused = tuple(draft.change for draft in drafts if turned_down(draft.change))
        closed += refused
        household.learn([draft.change for draft in drafts if draft.change not in refused])
        found.append(Night(day, drafts))
    return found
