"""The support of a change: the instances that speak for it, counted in votes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.learning.changes import Change
from engine.learning.drafts import Draft
from engine.learning.evidence_votes import Instance, Vote, people_of, votes_of

LEAST_VOTES = 3


@dataclass(frozen=True)
class Support:
    """Instances that agree, in the order of turns; nothing is learned by itself from what guests say."""

    instances: tuple[Instance, ...]

    @classmethod
    def of(cls, instances: Iterable[Instance]) -> Support:
        """Order instances by turn and person, those of guests left out."""
        counted = (one for one in instances if not one.guest)
        return cls(tuple(sorted(counted, key=lambda one: (one.turn, one.person))))

    def joined(self, others: Iterable[Instance]) -> Support:
        """Return the support of these and others, no turn twice."""
        known = {one.turn for one in self.instances}
        return Support.of((*self.instances, *(one for one in others if one.turn not in known)))

    @property
    def votes(self) -> frozenset[Vote]:
        """One vote a person a day."""
        return votes_of(self.instances)

    @property
    def people(self) -> tuple[str, ...]:
        """Whose votes they are."""
        return people_of(self.votes)

    @property
    def pressed_by(self) -> frozenset[str]:
        """Who confirmed it by a press."""
        return frozenset(one.person for one in self.instances if one.pressed)

    @property
    def explicit(self) -> bool:
        """Whether somebody confirmed it by a press, which is as good as teaching it."""
        return bool(self.pressed_by)

    @property
    def suffices(self) -> bool:
        """Whether three votes or a press speak for it."""
        return self.explicit or len(self.votes) >= LEAST_VOTES

    @property
    def signals(self) -> tuple[str, ...]:
        """The ids of the signals, sorted."""
        return tuple(sorted({signal for one in self.instances for signal in one.signals}))

    def draft(self, change: Change, rationale: str) -> Draft:
        """Return the draft of a change with this support."""
        return Draft(change, self.signals, len(self.votes), self.people, rationale, self.explicit)
