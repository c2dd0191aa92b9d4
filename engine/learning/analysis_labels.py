"""What a turn should have been, as a label: what a word of it names, its intent, or its values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.learning.analysis_grounds import AnalysisGrounds, is_right, names_right
from engine.learning.analysis_names import Naming, naming_of
from engine.learning.breathing import breathe
from engine.learning.evidence_votes import Instance
from engine.understanding.interpretation import Interpretation

LABELLED = "labelled"
"""The type of the groups of labelled instances: what was meant counts, whatever the turn fell short in."""
INTENT = "intent"
FORM = "form"


@dataclass(frozen=True)
class Labelled:
    """An instance with its label; `text` is what is compared: the phrase of a naming, else the whole utterance."""

    instance: Instance
    label: str
    text: str
    naming: Naming | None = None

    @property
    def id(self) -> str:
        """One id an instance."""
        return f"{self.instance.turn}:{self.instance.person}"


def labels_of(instances: Iterable[Instance], against: AnalysisGrounds) -> list[Labelled]:
    """Return the labels of instances; those that are understood as they should be by now have none."""
    known: dict[tuple[str, str, str], tuple[str, str, Naming | None] | None] = {}
    found: list[Labelled] = []
    for instance in instances:
        breathe()
        key = instance.text, json.dumps(instance.expected, sort_keys=True), instance.said_by
        if key not in known:
            known[key] = _label(instance, against)
        label = known[key]
        if label is not None:
            found.append(Labelled(instance, *label))
    return found


def _label(instance: Instance, against: AnalysisGrounds) -> tuple[str, str, Naming | None] | None:
    expected = instance.expected or {}
    now = against.understand(instance.utterance, instance.said_by)
    if not instance.text or expected.get("clauses") or now.clauses or is_right(now, expected):
        return None
    naming = naming_of(instance, against)
    if naming is not None:
        return naming.label, naming.phrase, naming
    if now.intent != expected["intent"] or _is_unsure(now, expected):
        return f"{INTENT}:{expected['intent']}", instance.text, None
    slots = json.dumps(expected.get("slots") or {}, sort_keys=True)
    return f"{FORM}:{expected['intent']}:{slots}", instance.text, None


def _is_unsure(now: Interpretation, expected: Mapping[str, Any]) -> bool:
    """Tell whether everything is right but that a question is asked."""
    same = list(now.targets) == expected.get("targets") and dict(now.slots) == (expected.get("slots") or {})
    return same and not names_right(now, expected)
