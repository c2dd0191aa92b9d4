"""Why something is proposed, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from engine.learning.changes import AliasChange, Change
from engine.learning.evidence_votes import Instance
from engine.understanding.snapshot import Snapshot

_NOUNS: Mapping[str | None, tuple[str, str]] = MappingProxyType(
    {
        "correction": ("correction", "corrections"),
        "choice": ("choice", "choices"),
        "rephrase": ("rephrasing", "rephrasings"),
        "press": ("press", "presses"),
        None: ("time", "times"),
    }
)


def rationale(
    change: Change,
    instances: Sequence[Instance],
    snapshot: Snapshot,
    names: Mapping[str, str],
    *,
    by_name: bool = False,
    by_model: str | None = None,
) -> str:
    """Return a sentence on what was said, by whom, how often, and what was meant by it."""
    said = f"{_counted(instances)} by {listed([names.get(who, who) for who in _people(instances)])}"
    meant = _meaning(change, snapshot)
    if by_name:
        return f"{said}: “{change.phrase}” was not known, and {meant} is the one name that is near."
    if by_model:
        return f"{said}: “{change.phrase}” was not known, and {by_model} takes it for {meant}."
    return f"{said} said so: “{change.phrase}” {'is' if isinstance(change, AliasChange) else 'is about'} {meant}."


def _people(instances: Iterable[Instance]) -> list[str]:
    return sorted({instance.person for instance in instances})


def _counted(instances: Iterable[Instance]) -> str:
    counts = Counter(instance.evidence for instance in instances)
    parts = [
        f"{count} {_NOUNS[kind][count != 1]}{' without a word of what was meant' if kind is None and rest else ''}"
        for kind, count in sorted(counts.items(), key=lambda one: (one[0] is None, -one[1], one[0] or ""))
        for rest in [len(counts) > 1]
    ]
    return listed(parts)


def _meaning(change: Change, snapshot: Snapshot) -> str:
    if not isinstance(change, AliasChange):
        return change.meaning.replace("_", " ")
    known = snapshot.by_id.get(change.target) or snapshot.areas_by_id.get(change.target)
    return f"“{known.name}”" if known else change.target


def listed(parts: Sequence[str]) -> str:
    """Return "a", "a and b", or "a, b and c"."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
