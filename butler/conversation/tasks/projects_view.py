"""The household's projects as they are shown."""

from __future__ import annotations

from butler.conversation.tasks.phrases import label, short
from butler.conversation.tasks.views import show_project
from butler.conversation.tasks.visible import open_tasks
from butler.conversation.turn import Effect, Option, Ports, Turn
from store import projects

_MOST = 20
_MOST_BUTTONS = 6


def show_projects(ports: Ports, turn: Turn) -> None:
    """Show the active projects, each with what is open of it for who asks."""
    active = projects.active(ports.store)
    if not active:
        turn.say("There are no projects yet. Try: add “buy paint” to the hall project.")
        return
    lines = [f"· {short(project.name, 40)}: {_open(ports, turn, project.id)}" for project in active[:_MOST]]
    left = len(active) - len(lines)
    more = [f"… and {left} more"] if left > 0 else []
    options = [
        Option(label(project.name), {"kind": "project", "project": project.key}) for project in active[:_MOST_BUTTONS]
    ]
    turn.offer("\n".join(["The projects here:", *lines, *more]), tuple(options))


def show_pressed(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Show the project of a pressed button."""
    show_project(ports, turn, str(effect["project"]))


def _open(ports: Ports, turn: Turn, project: int) -> str:
    """Return what is open of a project for who asks; what others have to do is theirs."""
    mine = [task for task in open_tasks(ports, turn) if task.project_id == project]
    if not mine:
        return "nothing open for you"
    first = short(mine[0].title, 60)
    return f"{first}" if len(mine) == 1 else f"{first}, and {len(mine) - 1} more"
