"""Correcting the last thing that was written down: `/summon TEXT`, "no, that's a note", "I meant friday"."""

from __future__ import annotations

import re
from dataclasses import replace

from butler.conversation.tasks.amending import amend_task, amend_thought, slots_of, tell
from butler.conversation.tasks.amendment_reading import amendment_in
from butler.conversation.tasks.capturing import read, trace_capture, write_down
from butler.conversation.tasks.changing import CORRECTION, By
from butler.conversation.tasks.offering import OFFER
from butler.conversation.tasks.phrases import short
from butler.conversation.tasks.reading import mark_kept
from butler.conversation.turn import Ports, Turn
from butler.conversation.understood import is_name
from engine.tasks.amendments import Amendment
from engine.tasks.kinds import Kind, Priority
from engine.understanding.feedback import parse_feedback
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.judging import EXACT
from engine.understanding.plain import plain
from store import tasks, thoughts, turns
from store.thoughts import Thought

_SPEAKS_OF_KIND = re.compile(r"\b(?:tasks?|to-?do|notes?|ideas?|questions?|reminders?)\b", re.IGNORECASE)
_MOST_WORDS = 25
_MOST_LOOKED_THROUGH = 200
_HOW = "Write what the last one should be: “/summon a note”, “/summon friday”, “/summon buy oat milk tomorrow”."


def correct_written(ports: Ports, turn: Turn) -> bool:
    """Correct what was written down last, or what a reply is to; False where a text speaks of something else."""
    if len(turn.text.split()) > _MOST_WORDS:
        return False
    question = turn.dialogue.question
    offered = question is not None and question.kind == OFFER
    thought = None if offered else _spoken_of(ports, turn)
    opinion = parse_feedback(turn.text)
    if (thought is None and not _SPEAKS_OF_KIND.search(turn.text)) or (opinion is not None and opinion.positive):
        return False
    wanted = amendment_in(ports, turn, turn.text, after_capture=True)
    if wanted is None:
        return opinion is not None and thought is not None and _ask_what_instead(turn, thought)
    if wanted.target is not None or _is_of_the_home(ports, turn, wanted):
        return False
    if thought is None:
        return wanted.kind is not None and _take_up(ports, turn, wanted)
    _correct(ports, turn, thought, wanted, "talk")
    return True


def _ask_what_instead(turn: Turn, thought: Thought) -> bool:
    """Ask what a thought should have been; nothing is changed by a complaint alone."""
    mark_kept(turn)
    turn.trace("feedback", "disputed", component="tasks", thought=thought.id, of_turn=thought.turn)
    said = f"“{short(thought.title, 60)}”" if thought.title else "it"
    turn.say(f"Sorry. What should {said} be? Say for example “that's a note”, “for friday” or “undo”.")
    return True


def summon(ports: Ports, turn: Turn, text: str) -> None:
    """Have the last thing that was written down be what the text says."""
    if not text:
        turn.say(_HOW)
        return
    thought = _replied_to(ports, turn) or _last(ports, turn)
    wanted = _summoned(ports, turn, text)
    turn.trace("summon", "correction" if thought else "nothing_before", component="tasks", text=text)
    if thought is not None:
        _correct(ports, turn, thought, wanted or _whole(ports, turn, text, thought), "summon")
    elif wanted is None or wanted.kind is None or not _take_up(ports, turn, wanted):
        turn.say(f"There is nothing written down yet that I could correct. {_HOW}")


def _correct(ports: Ports, turn: Turn, thought: Thought, wanted: Amendment, by: By) -> None:
    intent = "task_complete" if wanted.done else "task_amend"
    slots = {name: value for name, value in slots_of(wanted).items() if value}
    turn.interpretation = Interpretation(turn.text, intent, EXACT, Stage.PATTERN, slots, disposition=Disposition.ACT)
    mark_kept(turn)
    task = tasks.of_thought(ports.store, thought.id)
    if task is not None and task.status != "open" and thought.status == "task" and wanted.kind is None:
        said = "done" if task.status == "done" else "off your list"
        turn.say(f"That is {said} already: {short(task.title)}. (task {task.id})")
        return
    if task is not None and task.status == "open":
        tell(ports, turn, amend_task(ports, turn, task, wanted, by))
    else:
        tell(ports, turn, amend_thought(ports, turn, thought, wanted, by))
    if thought.turn is not None and wanted.kind is not None and wanted.kind.value != thought.kind:
        # Its words were taken for something else than was meant, so no change is held to that.
        turns.judge(ports.store, thought.turn, "corrected")


def _spoken_of(ports: Ports, turn: Turn) -> Thought | None:
    """Return the thought a text may speak of: the one replied to, else the last if nothing was done since."""
    if turn.about is not None:
        return _replied_to(ports, turn)
    written = turn.dialogue.written
    if written is None or not turn.dialogue.wrote_last or turn.incoming.at - written.at > CORRECTION:
        return None
    return _kept(thoughts.get(ports.store, written.thought, user=turn.user))


def _replied_to(ports: Ports, turn: Turn) -> Thought | None:
    """Return the thought that the turn replied to wrote down or changed."""
    if turn.about is None:
        return None
    for deed in turn.dialogue.deeds:
        changed = (deed.undo or {}).get("before") or {}
        if deed.turn == turn.about and changed.get("thought"):
            return _kept(thoughts.get(ports.store, changed["thought"]["id"], user=turn.user))
    written = turn.dialogue.written
    if written is not None and written.turn == turn.about:
        return _kept(thoughts.get(ports.store, written.thought, user=turn.user))
    theirs = thoughts.of_user(ports.store, turn.user, limit=_MOST_LOOKED_THROUGH)
    return next((thought for thought in theirs if thought.turn == turn.about), None)


def _last(ports: Ports, turn: Turn) -> Thought | None:
    written = turn.dialogue.written
    known = _kept(thoughts.get(ports.store, written.thought, user=turn.user)) if written else None
    return known or thoughts.last_of(ports.store, turn.user, turn.incoming.chat)


def _kept(thought: Thought | None) -> Thought | None:
    return thought if thought is not None and thought.status != "removed" else None


def _summoned(ports: Ports, turn: Turn, text: str) -> Amendment | None:
    """Return what the words behind a command ask for; "note" alone is said as "that's a note"."""
    for said in (text, f"that's {text}", f"that's a {text}"):
        wanted = amendment_in(ports, turn, said, after_capture=True)
        if wanted is not None and wanted.target is None:
            return wanted
    return None


def _whole(ports: Ports, turn: Turn, text: str, thought: Thought) -> Amendment:
    """Return what a text is as a thought of its own, which the last one is to be instead."""
    captured = read(ports, turn, text, Kind(thought.kind))
    if captured is None or not captured.title:
        return Amendment(title=text)
    pressing = captured.priority if captured.priority is not Priority.NORMAL else None
    kind = captured.kind if captured.kind.value != thought.kind else None
    return Amendment(kind=kind, title=captured.title, due=captured.due, priority=pressing, project=captured.project)


def _take_up(ports: Ports, turn: Turn, wanted: Amendment) -> bool:
    """Write down the message before, or the one replied to, as what it is said to be; False where there is none."""
    number = turn.about if turn.about is not None else turn.dialogue.last_turn
    row = turns.get(ports.store, number) if number is not None else None
    if row is None or row.user != turn.user or not row.text or row.outcome not in {"not_understood", "declined"}:
        return False
    captured = read(ports, turn, row.text, wanted.kind)
    if captured is None or not captured.title:
        return False
    pressing = wanted.priority or captured.priority
    meant = replace(captured, kind=wanted.kind or captured.kind, due=wanted.due or captured.due, priority=pressing)
    meant = replace(meant, project=wanted.project or captured.project, asks=())
    trace_capture(turn, meant, 0.0)
    turn.interpretation = Interpretation(row.text, "task_add", EXACT, Stage.PATTERN, disposition=Disposition.ACT)
    mark_kept(turn)
    write_down(ports, turn, meant)
    return True


def _is_of_the_home(ports: Ports, turn: Turn, wanted: Amendment) -> bool:
    """Tell whether what looks like a new title names something in the home, which a correction may speak of."""
    only_title = Amendment(title=wanted.title) == replace(wanted, target=None)
    return bool(only_title and wanted.title and turn.dialogue.attempt and is_name(ports, turn, plain(wanted.title)))
