"""Deleting a note, idea or question by its number, its words, or as the last one; it can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from butler.conversation.tasks.amending import tell
from butler.conversation.tasks.finishing import remove
from butler.conversation.tasks.phrases import kinds, label, short
from butler.conversation.tasks.visible import visible
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.tasks.matching import clear_match, find_tasks
from engine.tasks.orders import Order
from store import thoughts
from store.thoughts import Thought

_MOST_SEARCHED = 500
_MOST_OFFERED = 5


def finds_note(ports: Ports, turn: Turn, order: Order) -> bool:
    """Tell whether there is something written down that an order means, or may mean."""
    return bool(_meant(ports, turn, order))


def delete_note(ports: Ports, turn: Turn, order: Order) -> None:
    """Delete what an order means, or ask which one; nothing goes where that is not clear."""
    found = _meant(ports, turn, order)
    if order.all and len(found) > 1:
        turn.say(f"I delete {kinds(order.kind)} one at a time, so that none goes by mistake. Which one?")
        _ask_which(turn, found)
    elif len(found) == 1:
        tell(ports, turn, remove(ports, turn, found[0]))
    elif found:
        _ask_which(turn, found)
    else:
        turn.outcome = "nothing_found"
        turn.say(_nothing(order))


def delete_pressed(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Delete what a pressed button names."""
    thought = thoughts.get(ports.store, effect["thought"], user=turn.user)
    if thought is None or thought.status == "removed":
        turn.say("That is gone already.")
        return
    tell(ports, turn, remove(ports, turn, thought))


def _meant(ports: Ports, turn: Turn, order: Order) -> list[Thought]:
    """Return what an order may mean, the newest first; one where that is clear."""
    known = {thought.id: thought for thought in _written(ports, turn, order)}
    if order.number is not None:
        return [known[order.number]] if order.number in known else []
    if order.name:
        ranked = find_tasks(order.name, {number: f"{one.title} {one.text}" for number, one in known.items()})
        clear = clear_match(ranked)
        return [known[match.task] for match in ([clear] if clear else ranked[:_MOST_OFFERED])]
    written = turn.dialogue.written
    if not order.all and not order.last and written is not None and written.thought in known:
        return [known[written.thought]]
    newest = sorted(known.values(), key=lambda one: -one.id)
    return newest[:1] if order.last else newest


def _written(ports: Ports, turn: Turn, order: Order) -> Sequence[Thought]:
    """Return what a person wrote down here; words find a note also where it is kept as an idea."""
    named = ("note", "idea", "question") if order.name else (order.kind.value,)
    theirs = thoughts.of_user(ports.store, turn.user, kinds=named, statuses=("captured", "filed"), limit=_MOST_SEARCHED)
    return [thought for thought in visible(turn, theirs) if thought.title]


def _ask_which(turn: Turn, found: Sequence[Thought]) -> None:
    options = [
        Option(f"{thought.id}. {label(thought.title)}", {"kind": "note_delete", "thought": thought.id})
        for thought in found[:_MOST_OFFERED]
    ]
    leave = Option("None of these", {"kind": "leave"})
    turn.ask("choose", "Which one shall I delete?", (*options, leave), about="which one to delete")


def _nothing(order: Order) -> str:
    kind = order.kind.value
    if order.number is not None:
        return f"You have no {kind} {order.number}. “Show my {kinds(order.kind)}” tells their numbers."
    if order.name:
        return f"I find no {kind} about “{short(order.name, 60)}”, so I deleted nothing."
    return f"You have no {kinds(order.kind)}."
