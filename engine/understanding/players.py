"""Players are also meant by what they do: the one that plays, the one that has a source."""

from __future__ import annotations

import re

from engine.understanding.interpretation import Reason
from engine.understanding.scope import Resolution, Scope

_PLAYED = re.compile(r"\b(?:music|volume|sound|song|track|playback|audio|playing|tune)\b")
_BEFORE_SOURCE = re.compile(r"^(?:the|input|source)")
_UNNAMED = frozenset({Reason.MISSING_TARGET, Reason.NOTHING_TO_REFER_TO})


def or_the_playing_one(resolution: Resolution, intent: str | None, scope: Scope, mention: str) -> Resolution:
    """Return the only player that plays where none was named, else the resolution as it is."""
    if intent != "media_control" or resolution.targets or resolution.reason not in _UNNAMED:
        return resolution
    if resolution.choices and not _PLAYED.search(mention):
        return resolution
    players = scope.index.domain_members(("media_player",))
    playing = [e.entity_id for e in players if scope.states.get(e.entity_id, e.state) == "playing"]
    return Resolution((playing[0],), exact=False) if len(playing) == 1 else resolution


def source_of(said: str, resolution: Resolution, scope: Scope) -> str | None:
    """Return the source that was said as one of the targets calls it; None when none of them has it."""
    wanted = _BEFORE_SOURCE.sub("", said.replace(" ", "").lower())
    for target in resolution.targets:
        for source in scope.index.snapshot.by_id[target].attributes.get("source_list", ()):
            if str(source).replace(" ", "").lower() == wanted:
                return str(source)
    return None
