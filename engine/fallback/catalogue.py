"""What a model may say that people want: the intents that are built and that do no harm, with their actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.understanding.handlers import FIXED, ROUTES, HandlerRisk, handler_of
from engine.understanding.intents import INTENTS, OUT_OF_SCOPE, Intent
from engine.understanding.risk import RiskPolicy

NONE = "none"
_TALK = frozenset({"greeting", "thanks", "goodbye", "smalltalk"})


@dataclass(frozen=True)
class Catalogue:
    """The intents a model chooses among, "out of scope" first, and all their actions."""

    intents: tuple[Intent, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The intents by name."""
        return tuple(intent.name for intent in self.intents)

    @property
    def actions(self) -> tuple[str, ...]:
        """All actions, "none" first."""
        return tuple(dict.fromkeys((NONE, *(action for intent in self.intents for action in intent.actions))))

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains that the intents may switch."""
        return tuple(dict.fromkeys(domain for intent in self.intents for domain in intent.domains))


def catalogue(risk: RiskPolicy, routing: Mapping[str, str]) -> Catalogue:
    """Return what a household's model may choose: home commands without those for guarded things, and what only reads.

    What steers Butler itself, what is not built, and what writes down or deletes is never left to a model.
    """
    return Catalogue((INTENTS[OUT_OF_SCOPE], *_offered(risk, routing)))


def _offered(risk: RiskPolicy, routing: Mapping[str, str]) -> Iterable[Intent]:
    for intent in INTENTS.values():
        handler = handler_of(intent.name, routing)
        if intent.name in FIXED or intent.name in _TALK or handler.name != ROUTES[intent.name]:
            continue
        if intent.acts:
            if not set(intent.domains) <= risk.domains:
                yield intent
        elif handler.risk is HandlerRisk.READS or intent.name == "help":
            yield intent
