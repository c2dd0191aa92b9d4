"""What came of a turn that a change altered: reverted, corrected or accepted, told from what was said of it next.

R: a correction, choice, press or rewording lands on the outcome the turn would have had without the change. Undo, a
complaint or ❌ says only that the outcome was wrong. Where nothing would have been done without the change, that alone
brings about what would have been: R, too. Otherwise it waits for what the person does next, R if that lands, else C. A
complaint nobody asked for brings nothing about where something else would have been answered: it waits, too.
Who taught a word and undoes its use has not taken the word back, for which there are "forget" and a button: C.
A correction that picks what the question asked without the change would have offered lands as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.learning.e_process import Outcome
from engine.learning.experience import Later, Saying
from engine.understanding.intents import INTENTS, OUT_OF_SCOPE
from engine.understanding.interpretation import Disposition, Interpretation, Reason
from store import canonical_json

WINDOW = timedelta(seconds=120)
"""How long after a turn its outcome is known at the latest, and how long after that a complaint waits for more."""

DOUBTED = frozenset({"undone", "disputed"})
_PLACES = frozenset({"area", "floor"})


@dataclass(frozen=True)
class Without:
    """What a changed turn would have been without the change: as much of it as decides, not what was said.

    `milliseconds` are of both readings, with the change and without; `understood` says the same of whether anything
    was understood. `acts` tells of the home, `answers` of everything else that would have been done.
    """

    effect: Any
    acts: bool
    offered: tuple[tuple[str, ...], ...] = ()
    version: int = 0
    milliseconds: tuple[float, float] = (0.0, 0.0)
    understood: tuple[bool, bool] = (True, True)
    answers: bool = False

    @classmethod
    def of(
        cls, without: Interpretation, found: Interpretation, *, version: int, milliseconds: tuple[float, float]
    ) -> Without:
        """Take in the two readings of a turn, and the version of the knowledge that changed it."""
        clauses = without.clauses or (without,)
        asked = [one for one in clauses if one.disposition is Disposition.ASK]
        return cls(
            effect_of(without),
            any(_acts(one) for one in clauses),
            tuple(choice.targets for one in asked for choice in one.choices),
            version,
            milliseconds,
            (understood(found), understood(without)),
            answers=any(_answers(one) for one in clauses),
        )

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Without:
        """Read what `to_json` wrote."""
        return cls(
            document["effect"],
            document["acts"],
            tuple(tuple(targets) for targets in document["offered"]),
            document["version"],
            (document["milliseconds"][0], document["milliseconds"][1]),
            (document["understood"][0], document["understood"][1]),
            answers=document.get("answers", False),
        )

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "effect": self.effect,
            "acts": self.acts,
            "offered": [list(targets) for targets in self.offered],
            "version": self.version,
            "milliseconds": [round(each, 3) for each in self.milliseconds],
            "understood": list(self.understood),
            "answers": self.answers,
        }

    def is_same_as(self, meant: Interpretation) -> bool:
        """Tell whether what a person meant is what this would have been."""
        return bool(effect_of(meant) == self.effect)

    def is_landed_on(self, meant: Interpretation | None) -> bool:
        """Tell whether what a person meant or did is what this would have been, or what it would have offered."""
        if meant is None:
            return False
        return self.is_same_as(meant) or (bool(meant.targets) and meant.targets in self.offered)


def effect_of(found: Interpretation) -> Any:
    """Return what an interpretation brings about as JSON values: how the targets were named does not matter."""
    slots = {name: value for name, value in found.slots.items() if not found.targets or name not in _PLACES}
    own = [found.intent, slots, list(found.targets)]
    clauses = [effect_of(clause) for clause in found.clauses]
    return json.loads(canonical_json([own, clauses] if clauses else own))


def understood(found: Interpretation) -> bool:
    """Tell whether an interpretation is more than "not understood"."""
    return found.disposition is not Disposition.NONE and found.reason is not Reason.NOT_UNDERSTOOD


def said_of(without: Without, later: Later, *, taught: bool = False) -> Outcome | None:
    """Return what a person's words or press make of a changed turn; None where only what they do next can tell.

    `taught` says that the same person taught the change.
    """
    if later.saying is Saying.PRAISE:
        return "A"
    if later.saying is Saying.CHOICE:
        # The turn asked and was answered; it need not have asked where it would have been just that.
        return "R" if later.meant is not None and without.is_same_as(later.meant) else "A"
    if later.meant is not None and without.is_landed_on(later.meant):
        return "R"
    if later.saying is Saying.REPHRASE or later.meant is not None:
        return "C"
    if without.acts or (later.saying is Saying.COMPLAINT and without.answers):
        return None
    return "C" if taught and later.saying is Saying.UNDO else "R"


def done_next(without: Without, found: Interpretation | None, verdict: str | None) -> Outcome:
    """Return what a person's next turn, which says nothing of it, makes of a changed turn with this verdict."""
    if verdict not in DOUBTED:
        return "A" if verdict != "corrected" else "C"
    return "R" if without.is_landed_on(found) else "C"


def _acts(found: Interpretation) -> bool:
    intent = INTENTS.get(found.intent)
    return intent is not None and intent.acts and found.disposition is Disposition.ACT and bool(found.targets)


def _answers(found: Interpretation) -> bool:
    intent = INTENTS.get(found.intent)
    acts = intent is not None and intent.acts
    return found.disposition is Disposition.ACT and not acts and found.intent != OUT_OF_SCOPE
