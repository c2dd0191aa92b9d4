"""Taking back: the home exactly as it was before a turn, or a lesson out of force again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from butler.conversation import wording
from butler.conversation.acting import perform
from butler.conversation.dialogue import Deed
from butler.conversation.imperatives import imperative_of_call
from butler.conversation.lateness import KIND as LATE
from butler.conversation.lateness import late_text
from butler.conversation.phrasing import joined, opening
from butler.conversation.reporting import report_text, short_text
from butler.conversation.stored import with_states
from butler.conversation.taking_back import take_back_written
from butler.conversation.turn import Option, Ports, Turn
from butler.conversation.undoing_lessons import take_back_lesson
from butler.home.port import Call
from butler.home.undo import undo_calls
from engine.learning.experience import Later, Saying
from engine.understanding.risk import is_guarded
from store import turns

States = Mapping[str, Any]
_NOTHING_OF_THAT = "There is nothing of that message that I could undo any more."
_OLDER_LESSON = (
    "Nothing changed since you taught me #{number}, so there is nothing to undo. "
    "To take the lesson back, say “forget” and the word."
)
_OLDER_NOTE = (
    "That changed nothing, so there is nothing of it to undo. "
    "To take back what I wrote down before, press its button or reply “undo” to it."
)
_AS_IT_WAS = "It is already as it was before, so there was nothing to undo."


def undo(ports: Ports, turn: Turn) -> None:
    """Take back the latest thing this person had done here, or what was done in the turn a reply speaks of."""
    deeds = turn.dialogue.deeds
    if turn.about is not None:
        deeds = tuple(deed for deed in deeds if deed.turn == turn.about)
    if not deeds:
        turn.say(ports.words(wording.NOTHING_TO_UNDO) if turn.about is None else _NOTHING_OF_THAT)
        return
    if turn.about is None and _is_older(ports, turn, deeds[-1]):
        lesson = deeds[-1].improvement
        turn.say(_OLDER_NOTE if lesson is None else _OLDER_LESSON.format(number=lesson))
        return
    if deeds[-1].undo is None:
        take_back(ports, turn, deeds[-1])
        return
    for deed in [deed for deed in deeds[::-1] if deed.turn == deeds[-1].turn and deed.undo is not None]:
        take_back(ports, turn, deed)


def _is_older(ports: Ports, turn: Turn, deed: Deed) -> bool:
    """Tell whether a command changed nothing since a lesson or a note: "undo" does not mean that then."""
    attempt = turn.dialogue.attempt_turn
    if (deed.improvement is None and deed.undo is None) or attempt is None or attempt <= deed.turn:
        return False
    row = turns.get(ports.store, attempt)
    return row is not None and row.verdict != "undone"


def take_back(ports: Ports, turn: Turn, deed: Deed) -> None:
    """Take back one deed, and say so."""
    if deed.undo is not None:
        take_back_written(ports, turn, deed)
        return
    turn.trace("undo", "lesson" if deed.improvement else "home", of_turn=deed.turn, improvement=deed.improvement)
    if deed.improvement is not None:
        take_back_lesson(ports, turn, deed, deed.improvement)
        return
    turn.later = Later(deed.turn, Saying.UNDO)
    text = take_back_home(ports, turn, deed.turn)
    if text:
        turn.say(opening(text if text.endswith(".") else f"{text}."))


def take_back_home(
    ports: Ports, turn: Turn, number: int, states: States | None = None, untold: Collection[str] = ()
) -> str:
    """Bring the home back to before turn `number` (to `states`, if given); guarded things are asked about.

    What becomes of `untold` is told by whoever changes it next, unless it went wrong.

    The answer is what is so now, empty when all there is to undo waits for a press.
    """
    turn.keeps_deed = False
    if not turn.reachable:
        return ports.words(wording.UNREACHABLE)
    free, guarded = _calls_back(ports, turn, states_before(ports, number) if states is None else states)
    if turn.late and (free or guarded):
        _ask_whether_still(turn, number, [*free, *guarded])
        return ""
    if guarded:
        _ask_about_guarded(ports, turn, number, guarded)
    if not free:
        if not guarded:
            turn.dialogue = turn.dialogue.undone(number)
        return "" if guarded else _AS_IT_WAS
    text = _carry_back(ports, turn, free, untold)
    if not guarded and turn.outcome == "acted":
        turn.dialogue = turn.dialogue.undone(number)
    return text


def take_back_guarded(ports: Ports, turn: Turn, number: int) -> None:
    """Bring back the guarded things of a turn, once a person has pressed for it."""
    turn.keeps_deed = False
    _, guarded = _calls_back(ports, turn, states_before(ports, number))
    text = _carry_back(ports, turn, guarded) if guarded else _AS_IT_WAS
    if not guarded or turn.outcome == "acted":
        turn.dialogue = turn.dialogue.undone(number)
    turn.say(opening(text if text.endswith(".") else f"{text}."))


def states_before(ports: Ports, number: int) -> States:
    """Return the states that the things touched by turn `number` had before it."""
    row = turns.get(ports.store, number)
    return (row.prior_states if row else None) or {}


def guarded_back(ports: Ports, turn: Turn, states: States) -> frozenset[str]:
    """Return the guarded things that going back to `states` would touch."""
    return frozenset(i for call in _calls_back(ports, turn, states)[1] for i in call.entity_ids)


def _calls_back(ports: Ports, turn: Turn, states: States) -> tuple[list[Call], list[Call]]:
    before = with_states(states, turn.snapshot)
    by_id = turn.snapshot.by_id
    free: list[Call] = []
    guarded: list[Call] = []
    for call in undo_calls(before, by_id):
        held = tuple(i for i in call.entity_ids if is_guarded(by_id[i], ports.settings.risk, by_id))
        rest = tuple(i for i in call.entity_ids if i not in held)
        guarded += [replace(call, entity_ids=held)] if held else []
        free += [replace(call, entity_ids=rest)] if rest else []
    return free, guarded


def _carry_back(ports: Ports, turn: Turn, calls: Sequence[Call], untold: Collection[str] = ()) -> str:
    report = perform(ports, turn, calls)
    if report is None:
        return ports.words(wording.UNREACHABLE)
    if report.succeeded:
        told = tuple(outcome for outcome in report.outcomes if outcome.entity_id not in untold)
        return short_text(replace(report, outcomes=told), {}, "back") or ""
    return report_text(report, (), {}, turn.snapshot)


def _ask_whether_still(turn: Turn, number: int, calls: Sequence[Call]) -> None:
    words = joined(imperative_of_call(call, turn.snapshot) for call in calls)
    effect = {"kind": "undo", "turn": number}
    text = f"{late_text(turn)} Shall I still {words}?"
    turn.ask(LATE, text, (Option(f"Yes, {words}", effect), Option("No", {"kind": "leave"})), about=words)


def _ask_about_guarded(ports: Ports, turn: Turn, number: int, calls: Sequence[Call]) -> None:
    words = joined(imperative_of_call(call, turn.snapshot) for call in calls)
    turn.trace("risk", "confirm", undo_of=number)
    turn.ask(
        "confirm",
        f"To undo that I would {words}. Shall I?",
        (Option(f"Yes, {words}", {"kind": "undo_guarded", "turn": number}), Option("No", {"kind": "leave"})),
        about=words,
        lasts_s=ports.settings.confirm_seconds,
    )
