"""The journal of a turn: what it is about to do is on record before it is done, so that a crash never repeats it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from butler.conversation.stored import states_of
from butler.conversation.turn import Ports, Turn
from butler.home.control import SEQUENCE_DOMAINS
from butler.home.port import Call
from engine.learning.documents import plain_json, to_document
from store import improvements, turns

ACTING = "acting"
HOME = "home"
LEARNING = "learning"


def about_to_call(ports: Ports, turn: Turn, calls: Sequence[Call]) -> None:
    """Record calls and the states before them; raises a HomeError when the home cannot be read."""
    seen = ports.home.snapshot().by_id
    wanted = {i for call in calls for i in call.entity_ids}
    if any(call.service.partition(".")[0] in SEQUENCE_DOMAINS for call in calls):
        wanted = set(seen)  # what a scene or script moves shows only afterwards
    before = states_of({i: seen[i] for i in sorted(wanted & seen.keys())})
    known = turn.effect.get(HOME, {"calls": [], "before": {}})
    planned = [plain_json(call.to_json()) for call in calls]
    turn.effect[HOME] = {"calls": [*known["calls"], *planned], "before": {**before, **known["before"]}}
    _write(ports, turn)


def about_to_learn(ports: Ports, turn: Turn) -> None:
    """Record that lessons are about to be proposed, decided on or taken back."""
    if LEARNING in turn.effect:
        return
    newest = improvements.audit(ports.store, limit=1)
    turn.effect[LEARNING] = {"after": newest[0].number if newest else 0}
    _write(ports, turn)


def about_to(ports: Ports, turn: Turn, kind: str, said: str, **facts: Any) -> None:
    """Record any other deed that must not be done twice; `said` is what a person is told if it was cut off."""
    turn.effect[kind] = {"said": said, **plain_json(facts)}
    _write(ports, turn)


def _write(ports: Ports, turn: Turn) -> None:
    found = turn.interpretation
    interpretation = plain_json(to_document(found)) if found else None
    # What is done to the store lies behind this in its log; a call to the home flushes it first.
    with ports.store.unflushed():
        turns.amend(ports.store, turn.number, outcome=ACTING, effect=turn.effect, interpretation=interpretation)
