"""What a language model is asked for, declared once: each job may have a model of its own."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

UNDERSTAND = "understand"
NAMES = "names"
CLUSTERS = "clusters"
INSIGHTS = "insights"
TASKS = "tasks"


@dataclass(frozen=True)
class ModelJob:
    """One job; `about` stands behind "for"."""

    name: str
    about: str


JOBS = MappingProxyType(
    {
        job.name: job
        for job in (
            ModelJob(UNDERSTAND, "understanding what nothing else understood"),
            ModelJob(NAMES, "telling which of the home's things an unknown name means"),
            ModelJob(CLUSTERS, "naming sentences that say the same"),
            ModelJob(INSIGHTS, "wording what was found in the traces"),
            ModelJob(TASKS, "thinking about tasks and projects"),
        )
    }
)
