"""The house as it is now: states and registries, put together into a snapshot when somebody looks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from butler.home.assistant.entities import entity_of
from butler.home.assistant.registries import Registries
from butler.home.assistant.states import Folded, State, fold
from engine.understanding.snapshot import Entity, Snapshot


class House:
    """What is known of the house. One thread writes, any may read."""

    def __init__(self, *, exposed_only: bool) -> None:
        self._exposed_only = exposed_only
        self._lock = threading.Lock()
        self._registries = Registries()
        self._states: dict[str, State] = {}
        self._entities: dict[str, Entity] = {}
        self._stale: set[str] = set()
        self._order: tuple[str, ...] = ()
        self._shown: Snapshot | None = None
        self._last = Snapshot()
        self._wanted: Callable[[str], bool] | None = None
        self._heard: Callable[[Entity], None] | None = None

    def watch(self, wanted: Callable[[str], bool], heard: Callable[[Entity], None]) -> None:
        """Have `heard` told of every change of the entities that are wanted, in the thread that writes."""
        self._wanted, self._heard = wanted, heard

    def begin(self, registries: Registries, states: Mapping[str, State]) -> None:
        """Take all of it anew."""
        with self._lock:
            self._states = dict(states)
            self._take(registries)
        self._tell(states)

    def learn(self, registries: Registries) -> None:
        """Take other registries."""
        with self._lock:
            if registries != self._registries:
                self._take(registries)

    def fold(self, event: Mapping[str, Any]) -> Folded:
        """Take an event of the states."""
        with self._lock:
            folded = fold(self._states, event)
            self._stale |= folded.touched
            if folded.touched:
                self._shown = None
        self._tell(folded.touched)
        return folded

    def correct(self, entity_ids: Iterable[str], states: Mapping[str, State]) -> None:
        """Take what was read of these entities; one that was not found is gone."""
        with self._lock:
            for entity_id in entity_ids:
                if entity_id in states:
                    self._states[entity_id] = states[entity_id]
                else:
                    self._states.pop(entity_id, None)
                self._stale.add(entity_id)
            self._shown = None
        self._tell(states)

    def entity(self, entity_id: str, state: State) -> Entity:
        """Return an entity as a state shows it."""
        return entity_of(entity_id, state, self._registries, exposed_only=self._exposed_only)

    def scripts(self) -> list[str]:
        """Return the ids of the scripts there are."""
        with self._lock:
            return [entity_id for entity_id in self._states if entity_id.startswith("script.")]

    def state(self, entity_id: str) -> State | None:
        """Return the last known state of an entity."""
        with self._lock:
            return self._states.get(entity_id)

    def snapshot(self) -> Snapshot:
        """Return the house with its live states."""
        with self._lock:
            if self._shown is None:
                self._shown = self._last = self._composed()
            return self._shown

    def _tell(self, entity_ids: Iterable[str]) -> None:
        if self._heard is None or self._wanted is None:
            return
        for entity_id in [one for one in entity_ids if self._wanted(one)]:
            state = self.state(entity_id)
            if state is not None:
                self._heard(self.entity(entity_id, state))

    def _take(self, registries: Registries) -> None:
        self._registries = registries
        self._entities = {}
        self._stale = set(self._states)
        self._shown = None
        self._last = Snapshot(registries.floors, registries.areas)

    def _composed(self) -> Snapshot:
        for entity_id in self._stale:
            state = self._states.get(entity_id)
            if state is None:
                self._entities.pop(entity_id, None)
            else:
                self._entities[entity_id] = self.entity(entity_id, state)
        self._stale.clear()
        if len(self._order) != len(self._entities) or not self._entities.keys() >= set(self._order):
            self._order = tuple(sorted(self._entities))
        return self._last.with_entities(tuple(self._entities[entity_id] for entity_id in self._order))
