"""The household's lists as they are spoken of: put on, take off, clear, read, and which there are."""

from __future__ import annotations

from collections.abc import Sequence

from butler.conversation.home_lists import on_home_list
from butler.conversation.tasks.amending import amend_spoken
from butler.conversation.tasks.asking import answer_query
from butler.conversation.tasks.capturing import take_down
from butler.conversation.tasks.item_words import counted, key_of, on_list, the_list, thing, things
from butler.conversation.tasks.list_changing import ask_to_empty, put_on, take_off
from butler.conversation.tasks.phrases import moment, short
from butler.conversation.tasks.reading import rules_of, with_slots
from butler.conversation.turn import Ports, Turn
from engine.tasks.items import MOST_ITEMS
from engine.tasks.kinds import Kind
from engine.tasks.list_names import find_list, list_key
from engine.tasks.list_parts import list_parts
from engine.tasks.listing import Item, ListOp, ListRequest, parse_list
from engine.tasks.times import find_time
from engine.understanding.interpretation import Interpretation
from store import lists
from store.lists import NewItem

SHOPPING = "shopping"
_MOST_READ = 40
_MOST_LISTS = 20
_LONGEST_NAME = 40


def answer_list(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Answer what was said about a list."""
    known = lists.names(ports.store)
    several = _several(found, known)
    if several:
        items = [_document(item) for one in several for item in one.items]
        with_slots(turn, found, list=several[0].list, items=items)
        for one in several:
            carry_out(ports, turn, one)
        return
    request = parse_list(found.text, found.intent, known)
    if request is None:
        _answer_other(ports, turn, found)
        return
    if request.op is ListOp.ADD and _is_for_a_day(ports, turn, found.text):
        take_down(ports, turn, found, Kind.TASK)
        return
    with_slots(turn, found, list=request.list, items=[_document(item) for item in request.items])
    carry_out(ports, turn, request)


def _several(found: Interpretation, known: Sequence[str]) -> list[ListRequest]:
    """Return the requests of a sentence that makes more than one, each of which can be read; else none."""
    parts = list_parts(found.text, found.intent, known)
    read = [parse_list(part.text, part.intent, known) for part in parts] if len(parts) > 1 else []
    requests = [one for one in read if one is not None]
    return requests if len(requests) == len(read) else []


def _answer_other(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Answer what speaks of the to-do list, which is no list but the person's tasks, or names nothing."""
    if not find_list(found.text).is_tasks:
        turn.outcome = "asked"
        turn.trace("list", "unclear", component="tasks", intent=found.intent)
        turn.say("What should I do with which list? Say for example “put milk on the shopping list”.")
    elif found.intent == "list_add":
        take_down(ports, turn, found, Kind.TASK)
    elif found.intent == "list_query":
        answer_query(ports, turn, found)
    else:
        amend_spoken(ports, turn, found)


def _is_for_a_day(ports: Ports, turn: Turn, text: str) -> bool:
    """Tell whether what names no list says when: "I need to buy milk today" is something to do."""
    if find_list(text, lists.names(ports.store)).said:
        return False
    return find_time(text, moment(turn), ports.settings.time_zone, rules_of(ports, turn.user).times) is not None


def carry_out(ports: Ports, turn: Turn, request: ListRequest) -> None:
    """Do what is asked of a list: the home's own where it keeps one of that name, else one of Butler's."""
    if not on_home_list(ports, turn, request):
        _carry_out_here(ports, turn, request)


def _carry_out_here(ports: Ports, turn: Turn, request: ListRequest) -> None:
    match request.op:
        case ListOp.ADD if request.items:
            put_on(ports, turn, request.list, _new(request))
            if len(request.items) >= MOST_ITEMS:
                turn.say(f"That was a lot: I took the first {MOST_ITEMS}. Please say the rest once more.")
        case ListOp.ADD:
            turn.say(f"What should I put on {the_list(request.list)}?")
        case ListOp.REMOVE if request.items:
            take_off(ports, turn, request.list, [item.name for item in request.items])
        case ListOp.REMOVE:
            turn.say(f"What should I take off {the_list(request.list)}?")
        case ListOp.CLEAR:
            ask_to_empty(ports, turn, request.list)
        case ListOp.NAMES:
            turn.say(names_text(ports))
        case ListOp.QUERY if request.items:
            turn.say(" ".join(whether_on(ports, request.list, item.name) for item in request.items))
        case ListOp.QUERY:
            turn.say(list_text(ports, request.list))


def whether_on(ports: Ports, name: str, item: str) -> str:
    """Return whether something is on a list."""
    found = on_list(lists.items(ports.store, name), item)
    if not found:
        return f"No, there is no {thing(NewItem(item, item))} on {the_list(name)}."
    return f"Yes: {things(found)} {'is' if len(found) == 1 else 'are'} on {the_list(name)}."


def list_text(ports: Ports, name: str) -> str:
    """Return what is on a list."""
    there = lists.items(ports.store, name)
    if not there:
        others = [other for other in lists.names(ports.store) if other != name and lists.count(ports.store, other)]
        more = f" There is something on {' and '.join(the_list(other) for other in others[:2])}." if others else ""
        return f"There is nothing on {the_list(name)}.{more}"
    left = len(there) - _MOST_READ
    rest = [f"… and {left} more"] if left > 0 else []
    return "\n".join([f"On {the_list(name)}:", *(f"· {thing(item)}" for item in there[:_MOST_READ]), *rest])


def names_text(ports: Ports) -> str:
    """Return which lists there are, and how much is on each."""
    counts = {name: lists.count(ports.store, name) for name in lists.names(ports.store)[:_MOST_LISTS]}
    known = {name: count for name, count in counts.items() if count or name == SHOPPING}
    if not known:
        return "There is nothing on any list. Try: put milk on the shopping list."
    return "\n".join(
        ["The lists here:", *(f"· {short(name, _LONGEST_NAME)}: {counted(count)}" for name, count in known.items())]
    )


def lists_text(ports: Ports, name: str) -> str:
    """Return what is on the list of a name, or which lists there are."""
    if not name:
        return names_text(ports)
    return list_text(ports, list_key(name, lists.names(ports.store)))


def _new(request: ListRequest) -> list[NewItem]:
    once = {key_of(item.name): NewItem(item.name, key_of(item.name), item.quantity) for item in request.items}
    return list(once.values())


def _document(item: Item) -> str:
    return f"{item.quantity} {item.name}" if item.quantity else item.name
