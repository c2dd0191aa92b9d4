"""Telling the admins at once when somebody opened through Butler what is guarded: a lock, a garage door, a valve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from butler.conversation.imperatives import imperative_of_call
from butler.conversation.phrasing import joined, names_of, opening, the, verb
from butler.conversation.turn import Notice, Ports, Turn
from butler.home.control import SEQUENCE_DOMAINS
from butler.home.port import Call
from engine.understanding.risk import is_guarded
from engine.understanding.snapshot import Entity
from store import people, turns

_OPENED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "lock": {"unlocked": "unlocked", "unlocking": "unlocked", "open": "opened", "opening": "opened"},
        "cover": {"open": "opened", "opening": "opened"},
        "valve": {"open": "opened", "opening": "opened"},
    }
)
_TURNED_ON = {"on": "turned on"}
_CLOSING = frozenset({"lock", "close_cover", "close_valve", "turn_off", "stop_cover", "stop_valve"})


def tell_of_guarded(ports: Ports, turn: Turn) -> None:
    """Tell the admins, but for the person themselves, what guarded things the turn opened or may have opened.

    It is called in the transaction that ends the turn, so that a crash neither loses nor doubles the notice.
    """
    told = [*_opened(ports, turn), *_perhaps_opened(ports, turn)]
    if told:
        ports.notify(Notice("guarded", " ".join(told), urgent=True, but=turn.user), turn.incoming.at)


def _opened(ports: Ports, turn: Turn) -> Iterable[str]:
    """Yield a sentence for each way in which guarded things were opened."""
    ways: dict[str, list[Entity]] = {}
    for entity_id, entity in sorted(turn.after.items()):
        was, word = turn.before.get(entity_id), _word(entity)
        if was is not None and word is not None and _word(was) is None and _guarded(ports, turn, entity):
            ways.setdefault(word, []).append(entity)
    for word, entities in ways.items():
        names = names_of(entities)
        were = "were" if verb(names) == "are" else "was"
        what = opening(joined(the(name) for name in names))
        yield f"{what} {were} {word} by {_actor(ports, turn)} at {_time(ports, turn)}."


def _perhaps_opened(ports: Ports, turn: Turn) -> Iterable[str]:
    """Yield a sentence for each call of which nobody can say whether it will still open something guarded."""
    if not turn.unsure:
        return
    for call in turn.calls:
        waits = tuple(i for i in call.entity_ids if _may_still_open(ports, turn, i))
        if waits and call.service.partition(".")[2] not in _CLOSING:
            words = imperative_of_call(Call(call.service, waits, call.data), turn.snapshot)
            yield (
                f"{_actor(ports, turn)} asked me to {words} at {_time(ports, turn)}, and I can't tell whether that was "
                "done: please have a look."
            )


def _may_still_open(ports: Ports, turn: Turn, entity_id: str) -> bool:
    entity = turn.after.get(entity_id)
    return entity is not None and _word(entity) is None and _guarded(ports, turn, entity)


def _guarded(ports: Ports, turn: Turn, entity: Entity) -> bool:
    if entity.domain in SEQUENCE_DOMAINS:
        return False  # what it moved is told of by itself
    return is_guarded(entity, ports.settings.risk, turn.snapshot.by_id)


def _word(entity: Entity) -> str | None:
    """Return what was done to an entity that is open, unlocked or on now; None for one that is not."""
    return _OPENED.get(entity.domain, _TURNED_ON).get(entity.state)


def _actor(ports: Ports, turn: Turn) -> str:
    return people.name_of(ports.store, turn.user)


def _time(ports: Ports, turn: Turn) -> str:
    """Return when the person said or pressed it, which a recovered turn was long before it is ended."""
    row = turns.get(ports.store, turn.number)
    at = row.at if row is not None else turn.incoming.at
    return f"{at.astimezone(ports.settings.time_zone):%H:%M}"
