"""What a change is judged on: the household's home, the knowledge in force, and who may do harm."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from engine.learning.catalogue import Catalogue
from engine.learning.fold import ActiveChange
from engine.learning.golden import DEFAULT_NOW
from engine.learning.meanings import Meanings
from engine.learning.task_knowledge import TaskKnowledge
from engine.learning.understander import Situation, Understander
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Interpretation
from engine.understanding.risk import DEFAULT_RISK_POLICY, RiskPolicy, is_guarded
from engine.understanding.snapshot import Snapshot


@dataclass(frozen=True)
class Grounds:
    """A home, the changes in force, and the interpreter over them; `speaker` is whose words count."""

    snapshot: Snapshot
    interpreter: Understander
    active: tuple[ActiveChange, ...] = ()
    speaker: str | None = None
    risk: RiskPolicy = DEFAULT_RISK_POLICY
    now: datetime = DEFAULT_NOW
    intents: Catalogue = field(default_factory=lambda: INTENTS)

    @cached_property
    def meanings(self) -> Meanings:
        """What phrases mean already."""
        return Meanings(self.snapshot, self.active)

    @cached_property
    def tasks(self) -> TaskKnowledge:
        """How thoughts and tasks are read."""
        return TaskKnowledge.of(self.active)

    def understand(self, text: str) -> Interpretation:
        """Return what `text` means now."""
        return self.interpreter.understand(
            text, Situation(snapshot=self.snapshot, speaker=self.speaker, now=self.now, risk=self.risk)
        )

    def guarded(self, entity_id: str) -> bool:
        """Tell whether acting on an entity may do harm; one that is not in the home is judged by its id."""
        entity = self.snapshot.by_id.get(entity_id)
        if entity is None:
            return entity_id.partition(".")[0] in self.risk.domains
        return is_guarded(entity, self.risk, self.snapshot.by_id)

    def guards(self, intent: str) -> bool:
        """Tell whether an intent of the catalogue acts on nothing but what is guarded."""
        domains = self.intents[intent].domains
        return bool(domains) and self.risk.domains.issuperset(domains)

    @cached_property
    def guarded_names(self) -> tuple[str, ...]:
        """The names and aliases of guarded entities, those that were taught among them."""
        named = {a.change.meaning for a in self.active if a.change.type == "alias"}
        guarded = {one for one in named.union(self.snapshot.by_id) if self.guarded(one)}
        own = [
            name
            for entity in self.snapshot.entities
            if entity.entity_id in guarded
            for name in (entity.name, *entity.aliases)
        ]
        taught = [a.change.phrase for a in self.active if a.change.type == "alias" and a.change.meaning in guarded]
        return tuple(dict.fromkeys((*own, *taught)))
