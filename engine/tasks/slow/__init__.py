"""The slow path over thoughts and projects: what could be done about one that the fast path left open."""

from engine.tasks.slow.proposed import Matter, Proposed, StalledProject, Step
from engine.tasks.slow.thinking import asked_about_project, asked_about_thought
from engine.tasks.slow.without_model import about_project, about_thought

__all__ = [
    "Matter",
    "Proposed",
    "StalledProject",
    "Step",
    "about_project",
    "about_thought",
    "asked_about_project",
    "asked_about_thought",
]
