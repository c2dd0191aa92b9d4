"""Putting right on which list something was put: "no, I meant the hardware list"."""

from __future__ import annotations

import re

from butler.conversation.tasks.changing import CORRECTION
from butler.conversation.tasks.list_changing import put_on
from butler.conversation.turn import Ports, Turn
from engine.tasks.list_names import list_key
from store import lists
from store.lists import NewItem

_OTHER_LIST = re.compile(
    r"(?:(?:no+|nope|wait|actually|sorry|oops|i meant|i mean|put (?:it|them|that)|rather)[\s,.!]*)+"
    r"(?:(?:on|onto|to|for)\s+)?(?:the |my |our )?(?P<name>[\w'-]+(?: [\w'-]+){0,2}?) list(?: please| instead)?[.!]*",
    re.IGNORECASE,
)


def correct_list(ports: Ports, turn: Turn) -> bool:
    """Move what was just put on a list to the one that was meant; False where a text speaks of something else."""
    deed = turn.dialogue.deeds[-1] if turn.dialogue.deeds else None
    if deed is None or deed.undo is None or deed.undo["kind"] != "list_added":
        return False
    if turn.incoming.at - deed.at > CORRECTION or deed.turn < (turn.dialogue.attempt_turn or 0):
        return False
    meant = _OTHER_LIST.fullmatch(turn.text.strip())
    name = list_key(meant["name"], lists.names(ports.store)) if meant is not None else None
    if name is None or name == deed.undo["list"]:
        return False
    with ports.store.atomic():
        moved = lists.remove_ids(ports.store, deed.undo["items"], by=turn.user, at=turn.incoming.at)
        if not moved:
            return False
        turn.dialogue = turn.dialogue.undone(deed.turn, undo=deed.undo)
        turn.trace("list", "moved", component="tasks", outcome="correction", list=name, before=deed.undo["list"])
        put_on(ports, turn, name, [NewItem(item.item, item.key, item.quantity) for item in moved])
    turn.outcome = "kept"
    return True
