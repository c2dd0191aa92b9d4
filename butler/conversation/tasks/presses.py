"""What the buttons of thoughts, tasks and lists do, by the kind of their effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from butler.conversation.tasks.amending import amend_pressed
from butler.conversation.tasks.clarifying import answer_pressed
from butler.conversation.tasks.list_changing import empty
from butler.conversation.tasks.list_ordering import delete_list
from butler.conversation.tasks.moving import pick_day, pick_task
from butler.conversation.tasks.note_deleting import delete_pressed
from butler.conversation.tasks.offering import OFFER, write_offered
from butler.conversation.tasks.projects_view import show_pressed
from butler.conversation.tasks.proposals import change_proposed, skip_proposed, take_proposed
from butler.conversation.tasks.views import show_next_page
from butler.conversation.turn import Effect, Ports, Turn

TASK_PRESSES: Mapping[str, Callable[[Ports, Turn, Effect], None]] = MappingProxyType(
    {
        "clarified": answer_pressed,
        "task_change": amend_pressed,
        "task_pick": pick_task,
        "task_when": pick_day,
        "task_page": show_next_page,
        "project": show_pressed,
        "list_empty": empty,
        "list_delete": delete_list,
        "note_delete": delete_pressed,
        "proposal_take": take_proposed,
        "proposal_skip": skip_proposed,
        "proposal_change": change_proposed,
        OFFER: write_offered,
    }
)
