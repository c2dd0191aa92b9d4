"""Why something is proposed, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from engine.learning.changes import AliasChange, Change
from engine.learning.evidence_votes import Instance
from engine.understanding.snapshot import Snapshot

_NOUNS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "correction": ("correction", "corrections"),
        "choice": ("choice", "choices"),
        "rephrase": ("rephrasing", "rephrasings"),
        "press": ("press", "presses"),
    }
)


def rationale(
    change: Change,
    instances: Sequence[Instance],
    snapshot: Snapshot,
    names: Mapping[str, str],
    *,
    by_name: bool = False,
) -> str:
    """Return a sentence or two on what was said, by whom, how often, and what was meant by it."""
    told = [one for one in instances if one.evidence in _NOUNS]
    silent = [one for one in instances if one.evidence not in _NOUNS]
    meant = _meaning(change, snapshot)
    if by_name:
        said = f"{_people(instances, names)} said “{change.phrase}” {_times(instances)}, which was not known"
        return f"{said}; {meant} is the one name that is near."
    if not told:
        return f"{_people(silent, names)} left it at {meant} {_times(silent)} after “{change.phrase}”."
    verb = "is" if isinstance(change, AliasChange) else "is about"
    said = f"{_counted(told)} by {_people(told, names)} said so: “{change.phrase}” {verb} {meant}."
    return f"{said} It was said {_times(silent)} more without a word on what was meant." if silent else said


def _people(instances: Iterable[Instance], names: Mapping[str, str]) -> str:
    return listed([names.get(who, who) for who in sorted({one.person for one in instances})])


def _times(instances: Sequence[Instance]) -> str:
    return "once" if len(instances) == 1 else f"{len(instances)} times"


def _counted(instances: Iterable[Instance]) -> str:
    counts = Counter(one.evidence or "" for one in instances)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return listed([f"{count} {_NOUNS[kind][count != 1]}" for kind, count in ordered])


def _meaning(change: Change, snapshot: Snapshot) -> str:
    if not isinstance(change, AliasChange):
        return change.meaning.replace("_", " ")
    known = snapshot.by_id.get(change.target) or snapshot.areas_by_id.get(change.target)
    return f"“{known.name}”" if known else change.target


def listed(parts: Sequence[str]) -> str:
    """Return "a", "a and b", or "a, b and c"."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
