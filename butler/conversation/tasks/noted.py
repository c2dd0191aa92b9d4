"""Questions about what was written down, answered with the note that has it."""

from __future__ import annotations

from butler.conversation.tasks.phrases import short
from butler.conversation.tasks.reading import KEPT
from butler.conversation.tasks.visible import visible
from butler.conversation.turn import Ports, Turn
from engine.tasks.matching import find_tasks
from engine.tasks.note_questions import is_question, sought
from engine.understanding.interpretation import Interpretation
from store import thoughts
from store.thoughts import Thought

_MOST_SEARCHED = 500
_MOST_TOLD = 5
_LIKELY = 0.6  # of the words that are sought
_SURE = 0.8


def answer_from_notes(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Answer a question with the note that has all it seeks; False where it is none, or no note has."""
    if not is_question(found.text):
        return False
    known = _found(ports, turn, sought(found.text), _SURE)
    if known:
        _tell(turn, known)
        turn.outcome = KEPT
    return bool(known)


def answer_noted(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Answer a question with the notes that have what it seeks, or say that none has."""
    words = sought(found.text)
    known = _found(ports, turn, words, _LIKELY)
    if known:
        _tell(turn, known)
        return
    turn.trace("notes", "none_found", component="tasks", words=words)
    about = f" about “{short(words, 60)}”" if words else ""
    turn.say(f"I have no note{about}. To have it written down, say “note: …”.")


def _found(ports: Ports, turn: Turn, words: str, least: float) -> list[Thought]:
    """Return what was written down that has the words, the best first; of equal ones the newer first."""
    kinds, statuses = ("note", "idea", "question"), ("captured", "filed")
    theirs = thoughts.of_user(ports.store, turn.user, kinds=kinds, statuses=statuses, limit=_MOST_SEARCHED)
    known = {thought.id: thought for thought in visible(turn, theirs)}
    matches = find_tasks(words, {number: thought.title for number, thought in known.items()}) if words else ()
    likely = [match for match in matches if match.score >= least]
    best = max((match.score for match in likely), default=0.0)
    return [known[match.task] for match in likely if match.score >= best - (1 - _SURE)][:_MOST_TOLD]


def _tell(turn: Turn, known: list[Thought]) -> None:
    turn.trace("notes", "found", component="tasks", thoughts=[thought.id for thought in known])
    if len(known) == 1:
        turn.say(f"You wrote down: {short(known[0].title, 400)}")
    else:
        turn.say("\n".join(["You wrote down:", *(f"· {short(thought.title)}" for thought in known)]))
