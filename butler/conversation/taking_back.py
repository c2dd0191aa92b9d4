"""Taking back what was written down, by the kind of deed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from butler.conversation.dialogue import Deed
from butler.conversation.home_lists import EFFECT as HOME_LIST
from butler.conversation.home_lists import take_back_on_home_list
from butler.conversation.later.changing import put_back as plan_again
from butler.conversation.later.moving import unmove
from butler.conversation.later.noticing import unmute as tell_again
from butler.conversation.later.noticing import unset as unwatch
from butler.conversation.later.setting import unset as unplan
from butler.conversation.ringing.cancelling import put_back
from butler.conversation.ringing.undoing import unanswer, unset, unset_capture
from butler.conversation.rolling import ROLLED_BACK
from butler.conversation.rolling_several import put_in_use_again
from butler.conversation.tasks import list_changing, restoring
from butler.conversation.tasks.list_ordering import name_again
from butler.conversation.tasks.project_ordering import restore_project
from butler.conversation.turn import Effect, Ports, Turn
from engine.learning.experience import Later, Saying

Way = Callable[[Ports, Turn, Effect], str]
"""Takes one thing back and returns what is so now, as a sentence."""


def take_back_written(ports: Ports, turn: Turn, deed: Deed) -> None:
    """Take back what a deed wrote down, and say what is so now."""
    if deed.undo is None:
        return
    turn.dialogue = turn.dialogue.undone(deed.turn, undo=deed.undo)
    turn.outcome = "undone"
    turn.later = turn.later or Later(deed.turn, Saying.UNDO)
    turn.trace("undo", "written", of_turn=deed.turn, way=deed.undo["kind"])
    turn.say(WAYS[deed.undo["kind"]](ports, turn, deed.undo))


def take_back_pressed(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Take back what the message of a pressed button was about."""
    take_back_written(ports, turn, Deed(effect["turn"], turn.incoming.at, undo=effect["undo"]))


WAYS: Mapping[str, Way] = MappingProxyType(
    {
        ROLLED_BACK: put_in_use_again,
        "capture": restoring.remove_capture,
        "task": restoring.restore_task,
        "list_added": list_changing.take_off_again,
        "list_removed": list_changing.put_back,
        "list_renamed": name_again,
        HOME_LIST: take_back_on_home_list,
        "project": restore_project,
        "later_set": unplan,
        "notice_set": unwatch,
        "notice_muted": tell_again,
        "later_changed": plan_again,
        "later_moved": unmove,
        "ring_set": unset,
        "ring_capture": unset_capture,
        "ring_cancelled": put_back,
        "ring_answered": unanswer,
    }
)
