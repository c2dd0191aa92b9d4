"""Putting things on the household's lists and taking them off, each of which can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from butler.conversation.keeping import kept
from butler.conversation.tasks.item_words import counted, on_list, the_list, things
from butler.conversation.turn import Effect, Option, Ports, Turn
from store import lists
from store.lists import Added, ListItem, NewItem


def put_on(ports: Ports, turn: Turn, name: str, wanted: Sequence[NewItem]) -> None:
    """Put things on a list, and say which are new there."""
    undo: Effect | None = None
    with ports.store.unflushed():
        before = {item.id: item.quantity for item in lists.items(ports.store, name)}
        added = lists.add(ports.store, name, wanted, by=turn.user, at=turn.incoming.at, turn=turn.number)
        if added.new or added.changed:
            quantities = [[item.id, item.quantity, before.get(item.id)] for item in added.changed]
            new = [item.id for item in added.new]
            undo = {"kind": "list_added", "list": name, "items": new, "quantities": quantities}
            kept(ports, turn, _added_text(name, added), undo)
    turn.trace("list", "add", component="tasks", outcome=_outcome(added.new or added.changed), list=name)
    _tell(turn, _added_text(name, added), undo)


def take_off(ports: Ports, turn: Turn, name: str, said: Sequence[str]) -> None:
    """Take things off a list by what they are called, and say which were not there."""
    there = lists.items(ports.store, name)
    meant = {word: on_list(there, word) for word in said}
    numbers = [item.id for word in said for item in meant[word][:1] if len(meant[word]) == 1]
    with ports.store.unflushed():
        gone = lists.remove_ids(ports.store, numbers, by=turn.user, at=turn.incoming.at)
        undo = _kept_removed(ports, turn, name, gone)
    turn.trace("list", "remove", component="tasks", outcome=_outcome(gone), list=name)
    told = [f"Took {things(gone)} off {the_list(name)}."] if gone else []
    missing = [NewItem(word, word) for word in said if not meant[word]]
    if missing:
        told.append(f"There is no {things(missing)} on {the_list(name)}.")
    told += [f"Which one do you mean: {things(found)}?" for found in meant.values() if len(found) > 1]
    _tell(turn, " ".join(told), undo)


def empty(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Take everything off a list that was on it when that was asked about."""
    name = str(effect["list"])
    with ports.store.unflushed():
        gone = lists.remove_ids(ports.store, effect["items"], by=turn.user, at=turn.incoming.at)
        undo = _kept_removed(ports, turn, name, gone)
    turn.trace("list", "clear", component="tasks", outcome=_outcome(gone), list=name)
    if not gone:
        turn.say(f"There is nothing of that on {the_list(name)} any more.")
        return
    left = lists.count(ports.store, name)
    told = f"Took {counted(len(gone))} off {the_list(name)}."
    _tell(turn, f"{told} What came on it since is still there." if left else f"{told} It is empty now.", undo)


def ask_to_empty(ports: Ports, turn: Turn, name: str) -> None:
    """Ask whether a list is to be emptied."""
    there = lists.items(ports.store, name)
    if not there:
        turn.say(f"There is nothing on {the_list(name)}.")
        return
    ask = f"Shall I take {counted(len(there))} off {the_list(name)}: {things(there)}?"
    effect = {"kind": "list_empty", "list": name, "items": [item.id for item in there]}
    words = f"clear {the_list(name)}"
    options = (Option(f"Yes, {words}", effect), Option("No", {"kind": "leave"}))
    turn.trace("list", "clear", component="tasks", outcome="asked", list=name)
    turn.ask("confirm", ask, options, about=words, lasts_s=ports.settings.confirm_seconds * 10)


def take_off_again(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Take off again what was put on a list, and want as much as before of what was there."""
    with ports.store.atomic():
        gone = lists.remove_ids(ports.store, undo["items"], by=turn.user, at=turn.incoming.at)
        back = [item for said in undo.get("quantities", ()) if (item := _as_before(ports, *said)) is not None]
    name = the_list(str(undo["list"]))
    told = [f"Took {things(gone)} off {name} again."] if gone else []
    if back:
        told.append(f"{'It' if gone else _opened_name(name)} says {things(back)} there again.")
    return " ".join(told) or f"That is not on {name} any more."


def _as_before(ports: Ports, number: int, quantity: str | None, before: str | None) -> ListItem | None:
    """Want as much of a thing as before, where nobody has changed that since."""
    item = lists.get(ports.store, number)
    if item is None or item.quantity != quantity or not lists.set_quantity(ports.store, number, before):
        return None
    return lists.get(ports.store, number)


def put_back(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Put back what was taken off a list."""
    turn.trace("undo", "list", list=undo["list"])
    back = lists.put_back(ports.store, undo["items"])
    name = the_list(str(undo["list"]))
    return f"Put {things(back)} back on {name}." if back else f"That is on {name} already."


def _kept_removed(ports: Ports, turn: Turn, name: str, gone: Sequence[ListItem]) -> Effect | None:
    if not gone:
        return None
    undo = {"kind": "list_removed", "list": name, "items": [item.id for item in gone]}
    kept(ports, turn, f"Took {things(gone)} off {the_list(name)}.", undo)
    return undo


def _added_text(name: str, added: Added) -> str:
    parts = []
    if added.new:
        parts.append(f"Put {things(added.new)} on {the_list(name)}.")
    if added.changed:
        parts.append(f"It says {things(added.changed)} there now." if parts else f"{_opened(name)} {_now(added)} now.")
    if added.already:
        there = things(added.already)
        where = "it" if parts else the_list(name)
        parts.append(
            f"{there[:1].upper()}{there[1:]} {'was' if len(added.already) == 1 else 'were'} on {where} already."
        )
    return " ".join(parts)


def _opened(name: str) -> str:
    return f"{_opened_name(the_list(name))} says"


def _opened_name(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"


def _now(added: Added) -> str:
    return things(added.changed)


def _tell(turn: Turn, text: str, undo: Effect | None) -> None:
    if undo is None:
        turn.say(text)
        return
    turn.offer(text, (Option("Undo", {"kind": "take_back_written", "turn": turn.number, "undo": dict(undo)}),))


def _outcome(changed: Sequence[ListItem]) -> str:
    return "written" if changed else "nothing_changed"
