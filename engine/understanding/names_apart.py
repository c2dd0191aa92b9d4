"""Keeps the names of things apart from what the guards look for: "Sunday Lamp" names a lamp and no day."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.understanding.interpretation import Interpretation
from engine.understanding.scope import Scope
from engine.understanding.snapshot import Snapshot
from engine.understanding.vetoing import vetoed, why_not

_STANDS_IN = "lamp"  # a name that no guard stumbles over
_WORD = re.compile(r"\w+(?:'\w+)?")


def vetoed_but_for_names(meant: Interpretation, text: str, scope: Scope, snapshot: Snapshot) -> Interpretation:
    """Return what was understood of a text, vetoed where its words, without the names of what is meant, do not ask.

    Only the exact name of what is meant is set apart: where a scene is called "Tonight", "the light tonight" is still
    for later.
    """
    if not meant.exact_names or why_not(text) is None:
        return vetoed(meant, text)
    things = [snapshot.by_id[target] for target in meant.targets if target in snapshot.by_id]
    names = {name for thing in things for name in (thing.name, *thing.aliases)}
    if meant.mention and scope.names(meant.mention):
        names.add(meant.mention)
    return vetoed(meant, without_odd_names(text, names))


def without_odd_names(text: str, names: Iterable[str], stands_in: str = _STANDS_IN) -> str:
    """Return the text with another name for each of the names that a guard would veto by itself, the longest first."""
    for name in sorted(filter(odd_name, names), key=len, reverse=True):
        words = r"[\W_]+".join(re.escape(word) for word in _WORD.findall(name))
        text = re.sub(rf"(?<!\w){words}(?!\w)", stands_in, text, flags=re.IGNORECASE)
    return text


def odd_name(name: str) -> bool:
    """Tell whether a name alone would veto a command."""
    return bool(_WORD.search(name)) and why_not(name) is not None
