"""What Butler is in the middle of with one person in one chat: the open question, the last command, what was done."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from engine.learning.documents import from_document, to_document
from engine.understanding.interpretation import Interpretation
from engine.understanding.plain import plain
from store import buttons, dialogue
from store.database import Store
from store.fields import utc_datetime, utc_text

MOST_REMEMBERED = 10
CORRECTABLE = timedelta(minutes=10)
FEEDBACK_WINDOW = timedelta(seconds=120)
YES_WORDS = frozenset(
    ["yes", "y", "yeah", "yep", "yup", "sure", "ok", "okay", "confirm", "confirmed", "aye"]
) | frozenset(("do it", "yes please", "go ahead", "please do", "yes do it", "yes go ahead"))
NO_WORDS = frozenset(["no", "n", "nope", "nah", "cancel", "stop", "none", "neither", "keep"]) | frozenset(
    ("never mind", "nevermind", "no thanks", "no thank you", "dont", "don't", "leave it", "forget it", "none of them")
)


_CHOICES = frozenset({"choose", "teach_target"})
_IT_IS = re.compile(r"^(?:(?:it|that|this)(?:'s| is)|its|thats|i mean|i want|use|take) (?=\S)")
_YES_KINDS = frozenset({"confirm", "forget", "late", "write_down", "notice_offer"})
_ONE_CHOICE = 2  # buttons: the choice, and the one that leaves it
_PLACES: Mapping[str, int] = MappingProxyType({"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1})


@dataclass(frozen=True)
class Question:
    """A question that waits: its kind, what it is about, and its buttons (id and label) in order."""

    kind: str
    about: str
    buttons: tuple[tuple[str, str], ...]
    expires: datetime | None = None

    def expired(self, now: datetime) -> bool:
        """Tell whether an answer at `now` comes too late; the instant of expiry still counts."""
        return self.expires is not None and now > self.expires

    def answer(self, text: str) -> str | None:
        """Return the id of the button that a typed answer means: its number, its label, or a plain yes or no."""
        said = plain(text)
        if self.kind in _CHOICES:
            said = _IT_IS.sub("", said)
        said = said.removeprefix("the ").strip()
        labels = [plain(label) for _, label in self.buttons]
        if said.isdecimal() and 1 <= int(said) <= len(self.buttons):
            return self.buttons[int(said) - 1][0]
        for (button, _), label in zip(self.buttons, labels, strict=True):
            if said and said in {label, label.removeprefix("the ")}:
                return button
        partly = self._in_part(said, labels)
        if partly is not None:
            return partly
        one_choice = self.kind in _CHOICES and len(self.buttons) == _ONE_CHOICE
        if (self.kind in _YES_KINDS or one_choice) and said in YES_WORDS:
            return self.buttons[0][0]
        if said in NO_WORDS:
            return next((b for (b, _), label in zip(self.buttons, labels, strict=True) if label in NO_WORDS), None)
        return None

    def _in_part(self, said: str, labels: Sequence[str]) -> str | None:
        """Return the one choice that "the bathroom one" or "the second one" speaks of; the last button is no choice."""
        if self.kind not in _CHOICES:
            return None
        words = set(said.removesuffix(" please").removesuffix(" one").split())
        place = _PLACES.get(" ".join(words))
        if place is not None:
            choices = self.buttons[:-1]
            return choices[place][0] if -1 <= place < len(choices) else None
        found = [at for at, label in enumerate(labels[:-1]) if words and words <= set(label.split())]
        return self.buttons[found[0]][0] if len(found) == 1 and said not in NO_WORDS else None


@dataclass(frozen=True)
class Deed:
    """Something done that can be taken back: a turn that acted on the home, or a lesson that went live.

    `undo` is how something that was written down is taken back: a kind of `taking_back.WAYS` and what it needs.
    """

    turn: int
    at: datetime
    improvement: int | None = None
    undo: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Written:
    """What was written down last, or spoken of since: the thought, and the task if it became one."""

    thought: int
    task: int | None
    turn: int
    at: datetime


@dataclass(frozen=True)
class Dialogue:
    """The state between turns. `previous` is what was last spoken of ("it"); `deeds` are the latest last.

    `attempt` is the last command, done or not, which a correction speaks of; `attempt_before` are the states before
    it where a correction is what did it (before the first of them); `meant` says that Butler asked for it. `written`
    is the thought or task that was last spoken of.
    """

    question: Question | None = None
    previous: Interpretation | None = None
    attempt: Interpretation | None = None
    attempt_turn: int | None = None
    attempt_at: datetime | None = None
    attempt_before: Mapping[str, Any] | None = None
    meant: bool = False
    deeds: tuple[Deed, ...] = ()
    last_turn: int | None = None
    written: Written | None = None

    @property
    def wrote_last(self) -> bool:
        """Whether something was written down after the last command, so that a correction speaks of that."""
        return self.written is not None and self.written.turn > (self.attempt_turn or 0)

    def without_lessons(self, numbers: Sequence[int]) -> Dialogue:
        """Return the state without the deeds of teaching these improvements."""
        return replace(self, deeds=tuple(deed for deed in self.deeds if deed.improvement not in numbers))

    def did(self, deed: Deed) -> Dialogue:
        """Return the state with one more deed."""
        return replace(self, deeds=(*self.deeds, deed)[-MOST_REMEMBERED:])

    def undone(self, turn: int, improvement: int | None = None, undo: Mapping[str, Any] | None = None) -> Dialogue:
        """Return the state without a deed that was taken back."""
        kept = tuple(d for d in self.deeds if (d.turn, d.improvement, d.undo) != (turn, improvement, undo))
        return replace(self, deeds=kept)

    def attempted(self, found: Interpretation, turn: int, at: datetime) -> Dialogue:
        """Return the state after a command was tried."""
        return replace(
            self, previous=found, attempt=found, attempt_turn=turn, attempt_at=at, attempt_before=None, meant=False
        )

    def correctable(self, now: datetime) -> bool:
        """Tell whether there is a command that a correction can speak of."""
        return self.attempt_at is not None and now - self.attempt_at <= CORRECTABLE

    def praisable(self, now: datetime, next_turn: int) -> bool:
        """Tell whether feedback now speaks of the last command: within the next turn or two minutes."""
        if self.attempt_at is None or self.attempt_turn is None:
            return False
        return now - self.attempt_at <= FEEDBACK_WINDOW or next_turn == self.attempt_turn + 1


def load(store: Store, user: str, chat: str) -> Dialogue:
    """Return the state between the last turn and this one."""
    return _from_json(dialogue.load(store, user, chat))


def save(store: Store, user: str, chat: str, state: Dialogue, *, at: datetime) -> None:
    """Keep the state for the next turn."""
    dialogue.save(store, user, chat, _to_json(state), at=at)


def forget_all(store: Store) -> None:
    """Forget all open questions, buttons and last turns."""
    dialogue.clear_all(store)
    buttons.clear_all(store)


def close(store: Store, question: Question, *, at: datetime, turn: int | None = None) -> None:
    """Take a question back: none of its buttons does anything any more."""
    for button, _ in question.buttons:
        buttons.use(store, button, at=at, turn=turn)


def _to_json(state: Dialogue) -> dict[str, Any]:
    document: dict[str, Any] = {}
    if state.question:
        question = state.question
        document["question"] = {
            "kind": question.kind,
            "about": question.about,
            "buttons": [list(pair) for pair in question.buttons],
            "expires": utc_text(question.expires) if question.expires else None,
        }
    if state.previous:
        document["previous"] = to_document(state.previous)
    if state.attempt and state.attempt_at:
        document["attempt"] = {
            "interpretation": to_document(state.attempt),
            "turn": state.attempt_turn,
            "at": utc_text(state.attempt_at),
            "before": state.attempt_before,
            "meant": state.meant,
        }
    if state.deeds:
        document["deeds"] = [_deed_json(deed) for deed in state.deeds]
    if state.written:
        document["written"] = {**vars(state.written), "at": utc_text(state.written.at)}
    if state.last_turn is not None:
        document["last_turn"] = state.last_turn
    return document


def _from_json(document: Mapping[str, Any]) -> Dialogue:
    attempt = document.get("attempt")
    return Dialogue(
        question=_question(document["question"]) if "question" in document else None,
        previous=from_document(document["previous"]) if "previous" in document else None,
        attempt=from_document(attempt["interpretation"]) if attempt else None,
        attempt_turn=attempt["turn"] if attempt else None,
        attempt_at=utc_datetime(attempt["at"]) if attempt else None,
        attempt_before=attempt.get("before") if attempt else None,
        meant=bool(attempt and attempt["meant"]),
        deeds=tuple(_deed(deed) for deed in document.get("deeds", ())),
        last_turn=document.get("last_turn"),
        written=_written(document["written"]) if "written" in document else None,
    )


def _deed_json(deed: Deed) -> dict[str, Any]:
    how = {"undo": dict(deed.undo)} if deed.undo is not None else {}
    return {"turn": deed.turn, "at": utc_text(deed.at), "improvement": deed.improvement, **how}


def _deed(document: Mapping[str, Any]) -> Deed:
    return Deed(document["turn"], utc_datetime(document["at"]), document["improvement"], document.get("undo"))


def _written(document: Mapping[str, Any]) -> Written:
    return Written(document["thought"], document["task"], document["turn"], utc_datetime(document["at"]))


def _question(document: Mapping[str, Any]) -> Question:
    expires = document["expires"]
    pairs = tuple((str(button), str(label)) for button, label in document["buttons"])
    return Question(document["kind"], document["about"], pairs, utc_datetime(expires) if expires else None)
