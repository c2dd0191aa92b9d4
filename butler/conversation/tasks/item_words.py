"""How things and lists stand in a sentence: "2 lemons", "the shopping list"."""

from __future__ import annotations

from collections.abc import Sequence

from butler.conversation.phrasing import joined
from butler.conversation.tasks.phrases import short
from engine.understanding.plain import plain
from store.lists import ListItem, NewItem

_MOST_IN_SENTENCE = 12
_LONGEST_ITEM = 80
_LONGEST_NAME = 40


def thing(item: ListItem | NewItem) -> str:
    """Return one thing with its quantity."""
    name = short(item.item, _LONGEST_ITEM)
    return f"{item.quantity} {name}" if item.quantity else name


def things(items: Sequence[ListItem | NewItem]) -> str:
    """Return things within a sentence: "milk, eggs and 2 lemons"."""
    shown = [thing(item) for item in items[:_MOST_IN_SENTENCE]]
    left = len(items) - len(shown)
    return joined([*shown, f"{left} more"] if left else shown)


def counted(number: int) -> str:
    """Return how many things there are."""
    return "nothing" if not number else "1 thing" if number == 1 else f"{number} things"


def the_list(name: str) -> str:
    """Return a list by its name."""
    return f"the {short(name, _LONGEST_NAME)} list"


def key_of(name: str) -> str:
    """Return an item's plain spelling, by which the same thing is there once."""
    return plain(name) or name.strip().casefold()


def on_list(there: Sequence[ListItem], said: str) -> list[ListItem]:
    """Return what is meant of a list: that very thing, else what has all the words in its name ("milk": oat milk)."""
    key = key_of(said)
    exact = [item for item in there if item.key in _spellings(key)]
    words = set(key.split())
    return exact or [item for item in there if words and words <= set(item.key.split())]


def _spellings(key: str) -> set[str]:
    return {key, f"{key}s", f"{key}es", key.removesuffix("s"), key.removesuffix("es")}
