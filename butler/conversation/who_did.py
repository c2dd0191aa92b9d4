"""Who had Butler switch something, as far as the latest turns tell; what was done by hand Butler does not see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from butler.conversation.messages import Role
from butler.conversation.phrasing import many, opening
from butler.conversation.ringing.words import clock_words
from butler.conversation.tasks.reading import mark_kept
from butler.conversation.turn import Ports, Turn
from butler.conversation.understood import named
from butler.home.port import Call
from engine.understanding.plain import plain
from store import people, turns

_MOST_TURNS = 200
_DONE = frozenset({"acted", "confirmed", "asked"})
_SERVICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "on": ("turn_on", "toggle"),
        "off": ("turn_off", "toggle"),
        "opened": ("open", "set_cover_position"),
        "closed": ("close", "set_cover_position"),
        "shut": ("close", "set_cover_position"),
        "locked": ("lock",),
        "unlocked": ("unlock",),
        "started": ("start", "turn_on"),
        "stopped": ("stop", "turn_off"),
    }
)
_WHO = r"(?:who|tell me who)(?: has| have|'s)?(?: just)? "
_ASKED = (
    re.compile(rf"{_WHO}(?:turned|switched|put) (?P<done>on|off) (?P<thing>.+)"),
    re.compile(rf"{_WHO}(?:turned|switched|put|left) (?P<thing>.+) (?P<done>on|off)"),
    re.compile(rf"{_WHO}(?P<done>opened|closed|shut|locked|unlocked|started|stopped) (?P<thing>.+)"),
)


def answer_who_did(ports: Ports, turn: Turn) -> bool:
    """Tell who had something switched, or that nobody knows; False where a text asks for no such thing."""
    said = plain(turn.text)
    found = next((match for pattern in _ASKED if (match := pattern.fullmatch(said))), None)
    targets = frozenset(named(ports, turn, found["thing"]).targets) if found is not None else frozenset()
    if found is None or not targets:
        return False
    what = many([turn.snapshot.by_id[i] for i in sorted(targets) if i in turn.snapshot.by_id])
    deed = _last(ports, turn, targets, _SERVICES[found["done"]])
    if deed is None:
        turn.say(f"I don't know who did that with {what}. What is done by hand I can't see.")
    else:
        who = "You" if deed.user == turn.user else opening(people.name_of(ports.store, deed.user))
        at = clock_words(deed.at, turn.incoming.at, ports.settings.time_zone)
        turn.say(f"{who} told me to, {at}. What was done by hand since I can't see.")
    turn.trace("who_did", "told" if deed is not None else "unknown")
    mark_kept(turn, as_understood=False)
    return True


def _last(ports: Ports, turn: Turn, targets: frozenset[str], services: tuple[str, ...]) -> turns.Turn | None:
    """Return the latest turn that did so with any of the targets; a guest is told of their own alone."""
    own = turn.incoming.user.role is Role.GUEST
    for one in reversed(turns.recent(ports.store, _MOST_TURNS)):
        if one.outcome not in _DONE or (own and one.user != turn.user):
            continue
        for call in map(Call.from_json, one.calls or ()):
            if call.service.partition(".")[2].startswith(services) and not targets.isdisjoint(call.entity_ids):
                return one
    return None
