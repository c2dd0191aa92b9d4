"""A project as a whole: another name, its end, and taking it up again; each can be taken back."""

from __future__ import annotations

from butler.conversation.keeping import kept
from butler.conversation.phrasing import joined
from butler.conversation.tasks.phrases import short
from butler.conversation.tasks.telling import undo_option
from butler.conversation.tasks.visible import open_tasks
from butler.conversation.turn import Effect, Ports, Turn
from engine.tasks.orders import Do, Order
from store import projects
from store.projects import Project

_LONGEST_NAME = 40
_MOST_NAMED = 5


def change_project(ports: Ports, turn: Turn, project: Project, order: Order) -> None:
    """Do what is ordered of a project; its tasks stay on the lists of those whose they are."""
    is_over = project.status != "active"
    if is_over is not (order.do is Do.REOPEN):
        turn.say(f"The project {short(project.name, _LONGEST_NAME)} is {'over' if is_over else 'open'} already.")
        return
    with ports.store.unflushed():
        text = _done(ports, turn, project, order)
        if text is None:
            turn.outcome = "refused"
            turn.say(_refused(order))
            return
        undo: Effect = {"kind": "project", "project": project.id, "name": project.name, "status": project.status}
        kept(ports, turn, text, undo)
    turn.trace("project", order.do.value, component="tasks", project_id=project.id)
    turn.offer(text, (undo_option(turn, undo),))


def restore_project(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Give a project the name and the standing it had."""
    at, number = turn.incoming.at, int(undo["project"])
    with ports.store.atomic():
        if undo["status"] == "active":
            projects.reopen(ports.store, number, at)
        else:
            projects.finish(ports.store, number, at, status=undo["status"])
        named = projects.rename(ports.store, number, str(undo["name"]), at)
    turn.trace("undo", "project", project_id=number)
    name = short(str(undo["name"]), _LONGEST_NAME)
    if not named:
        return "There is another project of that name now, so I left it."
    return f"As before: the project {name}{'' if undo['status'] == 'active' else ', which is over'}."


def _done(ports: Ports, turn: Turn, project: Project, order: Order) -> str | None:
    """Write the change down and return what is said of it; None where it cannot be."""
    at, name = turn.incoming.at, short(project.name, _LONGEST_NAME)
    match order.do:
        case Do.RENAME:
            usable = projects.key_of(order.new) and len(order.new) <= _LONGEST_NAME
            if not usable or not projects.rename(ports.store, project.id, order.new, at):
                return None
            return f"The project {name} is called {order.new} now."
        case Do.REOPEN:
            projects.reopen(ports.store, project.id, at)
            return f"The project {name} is open again."
        case Do.FINISH:
            projects.finish(ports.store, project.id, at)
            return f"The project {name} is finished.{_left(ports, turn, project)}"
        case Do.DELETE:
            projects.finish(ports.store, project.id, at, status="dropped")
            return f"The project {name} is gone.{_left(ports, turn, project)}"


def _left(ports: Ports, turn: Turn, project: Project) -> str:
    """Return what is still to do of it for who speaks."""
    left = [task for task in open_tasks(ports, turn) if task.project_id == project.id]
    if not left:
        return ""
    named = joined([f"{short(task.title, 60)} ({task.id})" for task in left[:_MOST_NAMED]])
    more = f" and {len(left) - _MOST_NAMED} more" if len(left) > _MOST_NAMED else ""
    return f" Still on your list: {named}{more}."


def _refused(order: Order) -> str:
    if len(order.new) > _LONGEST_NAME:
        return f"A project needs a name of at most {_LONGEST_NAME} letters."
    return f"There is, or was, a project “{order.new}” already, so the name stays as it is."
