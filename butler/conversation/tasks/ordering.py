"""What a sentence orders of a note, a list or a project as a whole, and who carries it out."""

from __future__ import annotations

from butler.conversation import wording
from butler.conversation.messages import Role
from butler.conversation.tasks.list_ordering import ask_to_delete, rename_list
from butler.conversation.tasks.note_deleting import delete_note, finds_note
from butler.conversation.tasks.project_ordering import change_project
from butler.conversation.tasks.reading import mark_kept
from butler.conversation.turn import Ports, Turn
from engine.tasks.list_names import DEFAULT_LIST, list_key
from engine.tasks.orders import Do, Order, What, read_order
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.judging import EXACT
from store import lists, projects
from store.projects import Project


def order_in(ports: Ports, turn: Turn) -> Order | None:
    """Return the order about a note, list or project that a turn's words are; None where they mean something else."""
    order = read_order(turn.text)
    if order is None:
        return None
    match order.what:
        case What.NOTE:
            return order if order.sure or finds_note(ports, turn, order) else None
        case What.LIST:
            known = lists.names(ports.store)
            name = list_key(order.name, known)
            deletes = order.do is Do.DELETE and name in known and name != DEFAULT_LIST
            return order if deletes or order.do is Do.RENAME else None
        case What.PROJECT:
            return order if project_meant(ports, order) is not None else None


def project_meant(ports: Ports, order: Order) -> Project | None:
    """Return the project an order is about, which may be over."""
    return projects.by_key(ports.store, order.name) or projects.by_key(ports.store, f"{order.name} project")


def _intent(order: Order) -> str:
    return "list_clear" if order.what is What.LIST and order.do is Do.DELETE else "task_amend"


def carry_out_order(ports: Ports, turn: Turn, order: Order) -> None:
    """Do what an order asks for, or ask; what is the household's own is not a guest's to change."""
    turn.interpretation = Interpretation(turn.text, _intent(order), EXACT, Stage.PATTERN, disposition=Disposition.ACT)
    turn.trace("order", f"{order.do.value}_{order.what.value}", component="tasks")
    mark_kept(turn)
    if order.what is What.NOTE:
        delete_note(ports, turn, order)
    elif turn.incoming.user.role is Role.GUEST:
        turn.outcome = "refused"
        turn.say(ports.words(wording.ABOVE_ROLE[Role.RESIDENT], what="that"))
    elif order.what is What.PROJECT:
        project = project_meant(ports, order)
        if project is not None:
            change_project(ports, turn, project, order)
    elif order.do is Do.RENAME:
        rename_list(ports, turn, order.name, order.new)
    else:
        ask_to_delete(ports, turn, list_key(order.name, lists.names(ports.store)))
