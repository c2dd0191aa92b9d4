"""What a scene or script brought about, read back from its members: never "started" where a member did not follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from butler.conversation.describing import described
from butler.conversation.phrasing import joined, names_of, opening, the, verb
from butler.home.control import ActionReport
from engine.understanding.risk import RiskPolicy, is_guarded
from engine.understanding.snapshot import Entity, Snapshot

_MOST_NAMED = 6
_STATES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "turn_off": frozenset({"off", "standby"}),
        "lock": frozenset({"locked", "locking"}),
        "unlock": frozenset({"unlocked", "unlocking", "open"}),
        "open_cover": frozenset({"open", "opening"}),
        "close_cover": frozenset({"closed", "closing"}),
        "open_valve": frozenset({"open", "opening"}),
        "close_valve": frozenset({"closed", "closing"}),
    }
)
_OFF = frozenset({"off", "standby", "unavailable", "unknown"})


def members_text(report: ActionReport, snapshot: Snapshot, risk: RiskPolicy) -> str:
    """Return what became of guarded members of the scenes and scripts that ran, and which members did not follow."""
    ran = [outcome.after for outcome in report.outcomes if outcome.succeeded and outcome.after]
    wanted = dict(pair for entity in ran for pair in _wanted(entity))
    known = [(snapshot.by_id[i], states) for i, states in wanted.items() if i in snapshot.by_id]
    stayed = [entity for entity, states in known if not _follows(entity, states)]
    guarded = [e for e, states in known if e not in stayed and is_guarded(e, risk, snapshot.by_id)]
    sentences = [f"{opening(_listed(guarded))}."] if guarded else []
    if stayed:
        sentences.append(f"{'But ' if len(stayed) <= _MOST_NAMED else ''}{_stayed(stayed)}.")
    return " ".join(sentences)


def _follows(entity: Entity, states: frozenset[str] | None) -> bool:
    return entity.state not in _OFF if states is None else entity.state in states


def _stayed(entities: list[Entity]) -> str:
    return _listed(entities, "still ") if len(entities) <= _MOST_NAMED else f"{len(entities)} things did not follow"


def _listed(entities: Iterable[Entity], word: str = "") -> str:
    groups: dict[str, list[Entity]] = {}
    for entity in entities:
        shown = described(entity)
        groups.setdefault(shown if shown == "unavailable" else f"{word}{shown}", []).append(entity)
    parts = []
    for words, group in groups.items():
        names = names_of(group)
        parts.append(f"{joined(the(name) for name in names)} {verb(names)} {words}")
    return joined(parts)


def _wanted(entity: Entity) -> Iterator[tuple[str, frozenset[str] | None]]:
    """Yield what a scene or script asks of its members: the states that will do, or None for anything but off."""
    if entity.domain == "scene":
        yield from _wanted_by_scene(entity)
    elif entity.domain == "script":
        yield from _wanted_by_script(entity)


def _wanted_by_scene(entity: Entity) -> Iterator[tuple[str, frozenset[str] | None]]:
    members = entity.attributes.get("entities")
    for member, wanted in members.items() if isinstance(members, Mapping) else ():
        state = wanted.get("state") if isinstance(wanted, Mapping) else wanted
        if isinstance(state, str):
            yield str(member), None if state == "on" else frozenset({state})


def _wanted_by_script(entity: Entity) -> Iterator[tuple[str, frozenset[str] | None]]:
    steps = entity.attributes.get("sequence")
    for step in steps if isinstance(steps, list | tuple) else ():
        service = str(step.get("service") or "").partition(".")[2] if isinstance(step, Mapping) else ""
        if service in _STATES or service == "turn_on":
            ids = step.get("entity_id") or ()
            for member in (ids,) if isinstance(ids, str) else ids:
                yield str(member), _STATES.get(service)
