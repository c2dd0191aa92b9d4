"""Taught words whose thing has left the home."""

from __future__ import annotations

from collections.abc import Iterator

from butler.conversation.nearest import nearest_names
from butler.conversation.phrasing import joined, the
from butler.conversation.turn import Ports, Turn
from engine.understanding.home_index import key_of
from engine.understanding.plain import plain
from engine.understanding.taught_names import Alias


def gone_thing(ports: Ports, turn: Turn, mention: str | None) -> str | None:
    """Return what a word stood for that was taught for something the home no longer has, or None.

    What is gone has no name any more, so it is called by its id's words.
    """
    if not mention or not turn.reachable:
        return None
    key = key_of(mention)
    return next((_name(alias) for alias in _gone(ports, turn) if key in {*alias.keys, key_of(alias.phrase)}), None)


def gone_text(ports: Ports, turn: Turn, said: str) -> str | None:
    """Return what is told of a text that nothing else was made of and that names such a thing, or None."""
    words = f" {plain(said)} "
    for alias in _gone(ports, turn) if turn.reachable else ():
        if f" {plain(alias.phrase)} " in words:
            name = _name(alias)
            near = [found for found, _ in nearest_names(turn.snapshot, name, most=2)]
            told = f"“{alias.phrase}” was {the(name)}, which is no longer in the home, so I've done nothing."
            if not near:
                return told
            lesson = f"“when I say {alias.phrase} I mean {the(near[0])}” teaches me what it is now"
            return (
                f"{told} The nearest to it here {'is' if len(near) == 1 else 'are'} {joined(map(the, near))}; {lesson}."
            )
    return None


def _gone(ports: Ports, turn: Turn) -> Iterator[Alias]:
    """Yield the words this person may use whose thing is not in the home, the latest first."""
    for alias in reversed(ports.engine.knowledge.aliases):
        there = turn.snapshot.by_id if alias.kind == "entity" else turn.snapshot.areas_by_id
        if (alias.scope == "household" or alias.owner == turn.user) and alias.target not in there:
            yield alias


def _name(alias: Alias) -> str:
    return alias.target.rpartition(".")[2].replace("_", " ")
