"""What one clause was read as, before guards and risk have their say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from engine.understanding.scope import Resolution


@dataclass(frozen=True)
class Draft:
    """A reading of a home command: its intent, slots and what its target phrase stands for.

    `unread` says that words were left over which nothing explains.
    """

    intent: str
    slots: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    resolution: Resolution = field(default_factory=Resolution)
    mention: str = ""
    unread: bool = False

    @classmethod
    def of(
        cls, intent: str, action: str | None, values: Mapping[str, Any], resolution: Resolution, mention: str
    ) -> Draft:
        """Return the draft whose slots are the action, the values, and the place that chose the targets."""
        slots = {"action": action, **values} if action else dict(values)
        places = {"area": resolution.area, "floor": resolution.floor}
        return cls(intent, {**slots, **{name: place for name, place in places.items() if place}}, resolution, mention)

    @property
    def holds(self) -> bool:
        """Whether the target phrase stands for something."""
        return bool(self.resolution.targets)
