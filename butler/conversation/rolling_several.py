"""`/rollback` and `/redo`: one improvement, all since one, all that a person taught, and putting back in force."""

from __future__ import annotations

import re
from collections.abc import Sequence

from butler.conversation import wording
from butler.conversation.dialogue import Deed
from butler.conversation.improvement_words import change_words, improvement_line
from butler.conversation.journal import about_to_learn
from butler.conversation.phrasing import joined
from butler.conversation.rolling import is_theirs_to_decide, keep_rollback, no_such, redo_option, roll_back
from butler.conversation.teachers import first_named
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.learning import outcomes
from store import improvements, people
from store.improvements import Improvement
from store.status import IN_FORCE

_ONE = re.compile(r"#?(?P<number>\d{1,9})(?:\s+(?P<rest>.*))?", re.DOTALL)
_SINCE = re.compile(r"since\s+#?(?P<number>\d{1,9})(?:\s+(?P<rest>.*))?", re.DOTALL | re.IGNORECASE)
_BY = re.compile(r"by\s+(?P<rest>\S.*)", re.DOTALL | re.IGNORECASE)
_FORM = "Which one? Write it like this: /rollback 12, /rollback since 12, or /rollback by Ben; a reason may follow."
_REASON = "asked for by an admin"
_MOST_SHOWN = 10


def roll_back_said(ports: Ports, turn: Turn, said: str) -> None:
    """Take back what the words behind `/rollback` name; several are shown first, and wait for a press."""
    if one := _ONE.fullmatch(said):
        roll_back(ports, turn, int(one["number"]), one["rest"] or _REASON, by_admin=True)
    elif since := _SINCE.fullmatch(said):
        _ask_since(ports, turn, int(since["number"]), since["rest"] or _REASON)
    elif by := _BY.fullmatch(said):
        _ask_by(ports, turn, by["rest"].split())
    else:
        turn.say(_FORM)


def _ask_since(ports: Ports, turn: Turn, number: int, reason: str) -> None:
    found = [one for one in improvements.listing(ports.store, IN_FORCE) if one.number >= number]
    effect = {"kind": "roll_back_since", "improvement": number, "reason": reason}
    _ask(ports, turn, found, f"learned since #{number}", effect)


def _ask_by(ports: Ports, turn: Turn, words: Sequence[str]) -> None:
    found, taken = first_named(ports.store, words)
    if len(found) != 1:
        several = f"may be {' or '.join(found)}: name one of these" if found else "is nobody I know. " + _FORM
        turn.say(f"“{' '.join(words[: taken or 1])}” {several}")
        return
    taught = improvements.listing(ports.store, IN_FORCE, submitted_by=found[0])
    reason = " ".join(words[taken:]) or _REASON
    effect = {"kind": "roll_back_by", "user": found[0], "reason": reason}
    _ask(ports, turn, taught, f"that {people.name_of(ports.store, found[0])} taught me", effect)


def _ask(ports: Ports, turn: Turn, found: Sequence[Improvement], which: str, effect: Effect) -> None:
    if not found:
        turn.say(f"There is nothing in use {which}.")
        return
    lines = [improvement_line(ports.store, turn.snapshot, one) for one in found[:_MOST_SHOWN]]
    if len(found) > _MOST_SHOWN:
        lines.append(f"and {len(found) - _MOST_SHOWN} more")
    count = f"the one thing {which}" if len(found) == 1 else f"all {len(found)} things {which}"
    title = f"This would take back {count}, with whatever builds on it:"
    label = "Yes, take it back" if len(found) == 1 else f"Yes, take back all {len(found)}"
    turn.ask(
        "forget",
        "\n".join([title, *lines, "Shall I?"]),
        (Option(label, effect), Option("No", {"kind": "leave"})),
        about=f"taking back {which.replace('that ', 'what ', 1) if which.startswith('that ') else f'what was {which}'}",
    )


def roll_back_since(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Take everything back that was learned as one improvement or later."""
    about_to_learn(ports, turn)
    number, reason, at = effect["improvement"], effect["reason"], turn.incoming.at
    _tell(turn, ports.engine.roll_back_since(number, actor=turn.user, at=at, reason=reason))


def roll_back_by(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Take everything back that a person taught."""
    about_to_learn(ports, turn)
    user, reason, at = effect["user"], effect["reason"], turn.incoming.at
    _tell(turn, ports.engine.roll_back_taught_by(user, actor=turn.user, at=at, reason=reason))


def _tell(turn: Turn, outcome: outcomes.RolledBack) -> None:
    numbers = outcome.numbers
    turn.trace("roll_back", "RolledBack", component="engine", improvements=list(numbers))
    if not numbers:
        turn.say("There is nothing of it in use any more, so there was nothing to take back.")
        return
    turn.outcome = "rolled_back"
    turn.improvements.extend(numbers)
    turn.dialogue = turn.dialogue.without_lessons(numbers)
    keep_rollback(turn, numbers)
    turn.offer(f"Rolled back {_numbers(numbers)}. All else is as it was.", (redo_option(numbers),))


def redo(ports: Ports, turn: Turn, numbers: Sequence[int]) -> None:
    """Put improvements in force again that were taken back, each once it passes its test again, and say which."""
    for number, outcome, text in _redo_all(ports, turn, numbers):
        if isinstance(outcome, outcomes.Live):
            turn.dialogue = turn.dialogue.did(Deed(turn.number, turn.incoming.at, number))
        turn.say(text)


def put_in_use_again(ports: Ports, turn: Turn, effect: Effect) -> str:
    """Undo taking words back, and return what is so now."""
    known = [improvements.get(ports.store, number) for number in effect["improvements"]]
    if not all(is_theirs_to_decide(turn, one) for one in known):
        return ports.words(wording.GUESTS_OWN_WORDS)
    return " ".join(text for _, _, text in _redo_all(ports, turn, effect["improvements"]))


def _redo_all(ports: Ports, turn: Turn, numbers: Sequence[int]) -> list[tuple[int, outcomes.Redo, str]]:
    about_to_learn(ports, turn)
    done: list[tuple[int, outcomes.Redo, str]] = []
    for number in sorted(numbers):
        outcome = ports.engine.redo(number, actor=turn.user, at=turn.incoming.at, snapshot=turn.snapshot)
        turn.trace("redo", type(outcome).__name__, component="engine", improvement=number)
        done.append((number, outcome, _redone(ports, turn, number, outcome)))
    turn.readings.clear()
    return done


def _redone(ports: Ports, turn: Turn, number: int, outcome: outcomes.Redo) -> str:
    match outcome:
        case outcomes.Live():
            turn.improvements.append(number)
            found = improvements.get(ports.store, number)
            words = change_words(ports.store, turn.snapshot, found.proposed_value) if found else ""
            return f"#{number} is in use again{f': {words}' if words else ''}."
        case outcomes.Failed(reasons=reasons):
            return f"#{number} failed its test ({'; '.join(reasons)}), so it stays taken back."
        case outcomes.NotNow(status=status):
            return f"#{number} wasn't taken back (it is {status.replace('_', ' ')}), so there is nothing to redo."
        case _:
            return no_such(number)


def _numbers(numbers: Sequence[int]) -> str:
    return joined(f"#{number}" for number in numbers)
