"""Corrections: the wrong action undone, the right one done, and the word learned, in one turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from butler.conversation import wording
from butler.conversation.acting import Acted, Done, act, ask_to_confirm
from butler.conversation.experiences import learnable
from butler.conversation.imperatives import imperative
from butler.conversation.mentions import sentence_to_keep, word_to_learn
from butler.conversation.nearest import MOST_OFFERED, nearest_names
from butler.conversation.others import means_other, others
from butler.conversation.phrasing import opening, the
from butler.conversation.redo import intended
from butler.conversation.reporting import short_text
from butler.conversation.stored import states_of
from butler.conversation.teaching import from_now_on, meaning_words, propose, tell
from butler.conversation.turn import Option, Ports, Turn
from butler.conversation.understood import is_name, named, would_act
from butler.conversation.undoing import guarded_back, states_before, take_back_home
from engine.learning import outcomes
from engine.learning.changes import AliasChange, to_payload
from engine.learning.experience import Later, Saying
from engine.learning.foreseen import taken_back_by
from engine.understanding.interpretation import Disposition, Interpretation, Reason, Stage
from engine.understanding.lesson import Correct


def correct(ports: Ports, turn: Turn, lesson: Correct) -> None:
    """Put right what was done, as far as the words say what was wanted."""
    turn.trace("lesson", "correction", wanted=lesson.wanted, negated=lesson.negated)
    attempt = turn.dialogue.attempt
    if attempt is None or not turn.dialogue.correctable(turn.incoming.at):
        turn.outcome = "nothing_before"
        turn.say(ports.words(wording.NOTHING_BEFORE))
        return
    if lesson.wanted is None:
        complain(ports, turn)
        return
    put_right(ports, turn, attempt, lesson.wanted)


def complain(ports: Ports, turn: Turn) -> None:
    """Take the last turn as wrong, and ask what was meant; nothing is undone by that alone."""
    _tell_of(turn, Saying.COMPLAINT)
    turn.outcome = "feedback_negative"
    turn.dialogue = replace(turn.dialogue, meant=True)
    turn.say(ports.words(wording.WHAT_WAS_MEANT))


def praise(ports: Ports, turn: Turn) -> None:
    """Take the last turn as confirmed."""
    _tell_of(turn, Saying.PRAISE)
    turn.outcome = "feedback_positive"
    turn.dialogue = replace(turn.dialogue, meant=False)
    turn.say(ports.words(wording.PRAISED))


def _tell_of(turn: Turn, saying: Saying, meant: Interpretation | None = None) -> None:
    """Keep what this turn says of the last command, for learning."""
    if turn.dialogue.attempt_turn is not None:
        turn.trace("feedback", saying.value, of_turn=turn.dialogue.attempt_turn)
        pressed = turn.pressed is not None
        turn.later = Later(turn.dialogue.attempt_turn, saying, meant, pressed=pressed)


def put_right(ports: Ports, turn: Turn, attempt: Interpretation, wanted: str) -> None:
    """Undo the attempt, do what was wanted instead, and learn the word that misled."""
    candidates = others(turn.snapshot, attempt, wanted) if means_other(wanted) else []
    if len(candidates) > 1:
        _offer_names(turn, "Which other one do you mean?", [entity.name for entity in candidates[:MOST_OFFERED]])
        return
    wanted = candidates[0].name if candidates else wanted
    found = intended(ports, turn, attempt, wanted)
    if not would_act(found) or not _is_about(ports, turn, found, wanted):
        _ask_what_was_wanted(ports, turn, attempt, found, wanted)
        return
    put_in_place(ports, turn, attempt, found)


def put_in_place(ports: Ports, turn: Turn, attempt: Interpretation, found: Interpretation) -> None:
    """Undo the attempt, do what was understood as wanted instead, and learn the word that misled."""
    turn.interpretation = found
    number = turn.dialogue.attempt_turn
    # A part that was only asked about did nothing; what the rest of its turn did was right.
    acted_before = attempt.disposition is not Disposition.ASK and any(
        deed.turn == number and deed.improvement is None for deed in turn.dialogue.deeds
    )
    _tell_of(turn, Saying.CORRECTION, found)
    before = turn.dialogue.attempt_before or (states_before(ports, number) if number is not None else {})
    guarded = guarded_back(ports, turn, before) if acted_before else frozenset()
    told_anew = {i for clause in found.clauses or (found,) for i in clause.targets}
    back = take_back_home(ports, turn, number, before, told_anew) if acted_before and number is not None else ""
    turn.keeps_deed = True
    acted = [act(ports, turn, clause) for clause in found.clauses or (found,)]
    if acted_before:
        turn.dialogue = replace(turn.dialogue, attempt_before={**states_of(turn.before), **before})
    redone = {i for one in acted if one.done and one.done.report for i in one.done.report.after}
    text = _told(ports, turn, "" if set(turn.before) <= redone else back, acted)
    _learn_word(ports, turn, attempt, found, text)
    held = [one.held for one in acted if one.held]
    if guarded and guarded <= {i for one in held for i in one.targets}:
        # What is asked for now covers what would be taken back: one question is enough.
        turn.drafts[:] = [draft for draft in turn.drafts if draft.kind != "confirm"]
    if held:
        ask_to_confirm(ports, turn, held)


def _is_about(ports: Ports, turn: Turn, found: Interpretation, wanted: str) -> bool:
    """Tell whether what would be done touches what was wanted, where that is a name."""
    meant = set(named(ports, turn, wanted).targets) if is_name(ports, turn, wanted) else set()
    touched = {i for clause in found.clauses or (found,) for i in clause.targets}
    return not meant or bool(meant & touched)


def _ask_what_was_wanted(ports: Ports, turn: Turn, attempt: Interpretation, found: Interpretation, wanted: str) -> None:
    """Ask, naming real things; nothing is undone, done or learned, and what was attempted stays correctable."""
    turn.trace("ask", found.reason.value if found.reason else "unknown_name", mention=wanted)
    choices = () if found.reason is Reason.UNSURE else found.choices
    names = [choice.label for choice in choices] or [name for name, _ in nearest_names(turn.snapshot, wanted)]
    known = named(ports, turn, wanted)
    if is_name(ports, turn, wanted) and known.targets:
        said = imperative(attempt, [turn.snapshot.by_id[i] for i in known.targets])
        turn.outcome = "correction_unclear"
        turn.say(f"I don't know how to {said}, so I've changed nothing. What would you like me to do?")
        return
    text = f"I'm not sure what “{wanted}” is here, so I've changed nothing."
    _offer_names(turn, f"{text} {'Do you mean one of these?' if names else 'What is it called?'}", names)


def _offer_names(turn: Turn, text: str, names: Sequence[str]) -> None:
    turn.dialogue = replace(turn.dialogue, meant=True)
    turn.outcome = "correction_unclear"
    options = tuple(Option(name, {"kind": "meant", "wanted": name}) for name in names)
    if options:
        leave = Option("None of these", {"kind": "leave"})
        turn.ask("choose", text, (*options, leave), about="what you meant")
    else:
        turn.say(text)


def _told(ports: Ports, turn: Turn, back: str, acted: list[Acted]) -> str:
    """Return "Kitchen light back off, bedroom light on.", or whole sentences where something went wrong."""
    done = [one.done for one in acted if one.done]
    short = [_short(one) for one in done]
    joinable = not back.endswith(".") and all(short)
    if joinable and (back or short):
        return opening(", ".join(part for part in (back, *(s or "" for s in short)) if part)) + "."
    parts = [opening(back if back.endswith(".") else f"{back}.")] if back else []
    return " ".join([*parts, *(one.text(ports, turn.snapshot) for one in done)])


def _short(done: Done) -> str | None:
    if done.report is None or done.plan.unsupported:
        return None
    return short_text(done.report, done.slots)


def _learn_word(ports: Ports, turn: Turn, attempt: Interpretation, found: Interpretation, text: str) -> None:
    # Of a guess that was of another kind of thing, what was taken for a name is none.
    guessed = attempt.stage is not Stage.PATTERN and attempt.intent != found.intent
    change = None if found.clauses or guessed else word_to_learn(ports, turn, attempt, found.targets)
    undo_option = Option("Undo", {"kind": "undo", "turn": turn.number})
    acted = turn.changed
    if change is None:
        keep = sentence_to_keep(turn, attempt, found)
        if text:
            turn.offer(text, (*((undo_option,) if acted else ()), *((keep,) if keep else ())))
        return
    outcome = propose(ports, turn, change, rationale=turn.text)
    turn.outcome = "corrected"
    if isinstance(outcome, outcomes.Live):
        turn.later = replace(turn.later, learned=outcome.number) if turn.later else None
        forget = Option("Don't remember", {"kind": "dont_remember", "improvement": outcome.number})
        said = f"{text} {from_now_on(turn, change, outcome.number)}".strip()
        turn.offer(said, (undo_option, forget) if acted else (forget,))
        return
    if text:
        turn.offer(text, (undo_option,) if acted else ())
    if isinstance(outcome, outcomes.Conflict) and _goes_anyway(ports, turn, outcome):
        _offer_instead(turn, change, outcome)
    elif isinstance(outcome, outcomes.Held | outcomes.Conflict):
        tell(turn, change, outcome)


def _goes_anyway(ports: Ports, turn: Turn, conflict: outcomes.Conflict) -> bool:
    """Tell whether this very correction takes back what the word means, so that there is nothing to replace."""
    if turn.later is None or not learnable(turn):
        return False
    return conflict.meaning.number in taken_back_by(ports.store, turn.later, turn.user, turn.incoming.at)


def _offer_instead(turn: Turn, change: AliasChange, conflict: outcomes.Conflict) -> None:
    words = meaning_words(turn, change)
    turn.outcome = "corrected"
    turn.offer(
        f"I take back that “{conflict.phrase}” means {the(conflict.meaning.text)} (#{conflict.meaning.number}). "
        f"Shall I remember that it is {words} instead?",
        (Option("Remember it", {"kind": "teach_target", "change": to_payload(change)}),),
    )
