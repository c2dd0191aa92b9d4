"""Taking an improvement out of force, and saying what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from butler.conversation import wording
from butler.conversation.dialogue import Deed
from butler.conversation.journal import about_to_learn
from butler.conversation.messages import Role
from butler.conversation.phrasing import joined
from butler.conversation.turn import Draft, Option, Ports, Turn
from engine.learning import outcomes
from store import improvements

ROLLED_BACK = "rolled_back"
"""The kind of deed that a word taken back is: "undo" puts it in use again."""


def roll_back(
    ports: Ports,
    turn: Turn,
    number: int,
    reason: str,
    *,
    with_builders: bool = False,
    by_admin: bool = False,
    deed: bool = False,
) -> None:
    """Take improvement #number back and say what is so now; what others build on is asked about first.

    An admin who did it as such is offered to have it put back. As a `deed` of its own it is what "undo" speaks of.
    """
    known = improvements.get(ports.store, number)
    if not is_theirs_to_decide(turn, known):
        turn.outcome = "refused"
        turn.say(ports.words(wording.GUESTS_OWN_WORDS))
        return
    about_to_learn(ports, turn)
    outcome = ports.engine.roll_back(
        number, actor=turn.user, at=turn.incoming.at, reason=reason, with_builders=with_builders
    )
    turn.trace("roll_back", type(outcome).__name__, component="engine", improvement=number)
    match outcome:
        case outcomes.RolledBack(numbers=numbers):
            turn.outcome = "rolled_back"
            turn.improvements.extend(numbers)
            turn.dialogue = turn.dialogue.without_lessons(numbers)
            if by_admin or deed:
                keep_rollback(turn, numbers)
            told = f"Rolled back {_numbers(numbers)}: {_words(ports, numbers)} forgotten, and all else is as it was."
            turn.drafts.append(Draft(told, (redo_option(numbers),) if by_admin else ()))
        case outcomes.BuiltUpon(by=by):
            _ask_about_builders(turn, number, by, reason)
        case outcomes.NotNow(status=status):
            status_words = status.value.replace("_", " ")
            turn.say(f"#{number} isn't in use (it is {status_words}), so there is nothing to take back.")
        case _:
            turn.say(no_such(number) if known is None else f"#{number} can't be taken back now.")


def _ask_about_builders(turn: Turn, number: int, by: tuple[int, ...], reason: str) -> None:
    builds = "builds" if len(by) == 1 else "build"
    effect = {"kind": "roll_back_all", "improvement": number, "reason": reason}
    turn.ask(
        "forget",
        f"{_numbers(by)} {builds} on #{number}, so it can't be taken back alone. Take back {_numbers((number, *by))}?",
        (Option(f"Yes, take back {_numbers((number, *by))}", effect), Option("No", {"kind": "leave"})),
        about=f"taking back #{number}",
    )


def keep_rollback(turn: Turn, numbers: Sequence[int]) -> None:
    """Note that these improvements were taken back on purpose, so that "undo" puts them in use again."""
    undo = {"kind": ROLLED_BACK, "improvements": list(numbers)}
    turn.dialogue = turn.dialogue.did(Deed(turn.number, turn.incoming.at, undo=undo))


def redo_option(numbers: Sequence[int]) -> Option:
    """Return the button that puts back in force what was taken back."""
    return Option("Redo" if len(numbers) == 1 else "Redo all", {"kind": "redo", "improvements": list(numbers)})


def is_theirs_to_decide(turn: Turn, known: improvements.Improvement | None) -> bool:
    """Tell whether who speaks may take a word back or put it in use again: guests only their own."""
    if turn.incoming.user.role is not Role.GUEST or known is None:
        return True
    value = known.proposed_value
    return isinstance(value, dict) and value.get("owner") == turn.user


def _numbers(numbers: Sequence[int]) -> str:
    return joined(f"#{number}" for number in numbers)


def _words(ports: Ports, numbers: Sequence[int]) -> str:
    found = [improvements.get(ports.store, number) for number in numbers]
    words = [word for one in found if one and (word := _word(one))]
    return f"{joined(words)} {'is' if len(words) == 1 else 'are'}" if words else "it is"


def no_such(number: int) -> str:
    """Return the sentence for a number nothing bears."""
    return f"There is no improvement #{number}. /history shows those there are."


def _word(known: improvements.Improvement) -> str:
    value = known.proposed_value
    phrase = value.get("phrase") or value.get("text") if isinstance(value, dict) else None
    return f"“{phrase}”" if phrase else ""
