"""A list as a whole: another name for it, or gone with all that is on it; both can be taken back."""

from __future__ import annotations

from butler.conversation.keeping import kept
from butler.conversation.tasks.item_words import counted, the_list, things
from butler.conversation.tasks.telling import undo_option
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.tasks.list_names import DEFAULT_LIST, list_key
from store import lists

_LONGEST_NAME = 40


def rename_list(ports: Ports, turn: Turn, name: str, new: str) -> None:
    """Give a list another name; what is on both afterwards is there once."""
    known = lists.names(ports.store)
    old, to = list_key(name, known), list_key(new, known)
    there = lists.items(ports.store, old)
    problem = _problem(name, old, to, new, empty=not there)
    if problem:
        turn.outcome = "refused"
        turn.say(problem)
        return
    before = lists.count(ports.store, to)
    with ports.store.unflushed():
        moved = lists.move(ports.store, [item.id for item in there], to)
        doubled = [item.id for item in there if item.id not in moved]
        lists.remove_ids(ports.store, doubled, by=turn.user, at=turn.incoming.at)
        undo: Effect = {"kind": "list_renamed", "list": old, "new": to, "items": moved, "doubled": doubled}
        joined = f" {counted(before).capitalize()} {'was' if before == 1 else 'were'} there already." if before else ""
        text = f"{the_list(old).capitalize()} is {the_list(to)} now, with {things(there)}.{joined}"
        kept(ports, turn, text, undo)
    turn.trace("list", "renamed", component="tasks", list=old, new=to)
    turn.offer(text, (undo_option(turn, undo),))


def _problem(name: str, old: str, to: str, new: str, *, empty: bool) -> str:
    """Return why a list cannot have another name, or nothing."""
    if not to or len(new) > _LONGEST_NAME:
        return f"A list needs a name of at most {_LONGEST_NAME} letters."
    if old == to:
        return f"“{name}” and “{new}” are the same list here: {the_list(old)}."
    if old == DEFAULT_LIST:
        return (
            f"{the_list(old).capitalize()} keeps its name: what is to be bought goes there. “Groceries” means it too."
        )
    return f"There is nothing on {the_list(old)}, so there is nothing to rename." if empty else ""


def ask_to_delete(ports: Ports, turn: Turn, name: str) -> None:
    """Ask whether a list is to go with what is on it."""
    there = lists.items(ports.store, name)
    if not there:
        turn.say(f"There is nothing on {the_list(name)}, so it is gone already.")
        return
    words = f"delete {the_list(name)}"
    effect = {"kind": "list_delete", "list": name, "items": [item.id for item in there]}
    options = (Option(f"Yes, {words}", effect), Option("No", {"kind": "leave"}))
    turn.trace("list", "delete", component="tasks", outcome="asked", list=name)
    ask = f"Shall I {words}, with {counted(len(there))} on it: {things(there)}?"
    turn.ask("confirm", ask, options, about=words, lasts_s=ports.settings.confirm_seconds * 10)


def delete_list(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Take everything off a list that was on it when its end was asked about, by a press."""
    name = str(effect["list"])
    with ports.store.unflushed():
        gone = lists.remove_ids(ports.store, effect["items"], by=turn.user, at=turn.incoming.at)
        left = lists.count(ports.store, name)
        if not gone:
            turn.say(f"{the_list(name).capitalize()} is gone already.")
            return
        end = "What came on it since is still there." if left else "It is no list any more."
        text = f"Deleted {the_list(name)}, with {things(gone)}. {end}"
        undo: Effect = {"kind": "list_removed", "list": name, "items": [item.id for item in gone]}
        kept(ports, turn, text, undo)
    turn.trace("list", "delete", component="tasks", outcome="written", list=name)
    turn.offer(text, (undo_option(turn, undo),))


def name_again(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Give a list its name from before."""
    with ports.store.atomic():
        back = lists.move(ports.store, undo["items"], str(undo["list"]))
        back += [item.id for item in lists.put_back(ports.store, undo["doubled"])]
    turn.trace("undo", "list", list=undo["list"])
    return f"It is {the_list(str(undo['list']))} again." if back else "Nothing of that is there any more."
