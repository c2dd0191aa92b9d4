"""The demo home: a house in memory with Home Assistant's services, attributes and silences."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

from butler.home.device import Device, fill_in
from butler.home.errors import (
    CallError,
    CallTimeoutError,
    DeviceError,
    UnknownEntityError,
    UnknownFaultError,
    UnknownServiceError,
)
from butler.home.homefile import HomeFile, load_home
from butler.home.port import Call
from butler.home.services import SERVICES
from butler.home.undo import steps_back
from engine.understanding.snapshot import Entity, Snapshot

_SILENT = frozenset({"unavailable", "unknown"})


@dataclass(frozen=True)
class Fault:
    """What is wrong with a device: `unavailable`, `error`, `no_effect`, or `slow` by some seconds."""

    kind: str
    seconds: float = 0.0

    @classmethod
    def parse(cls, text: str) -> Fault | None:
        """Read a fault as the stdio contract writes it; None is `ok`."""
        kind, _, seconds = text.strip().partition(":")
        if kind == "slow":
            try:
                return cls("slow", max(0.0, float(seconds)))
            except ValueError as exc:
                raise UnknownFaultError(text) from exc
        if seconds or kind not in {"unavailable", "error", "no_effect", "ok"}:
            raise UnknownFaultError(text)
        return None if kind == "ok" else cls(kind)


class DemoHome:
    """A home in memory. `sleep` is how a slow device is waited for, `monotonic` (seconds) and `now` tell the time.

    What a slow device was asked for and did not do before the call timed out, it does when its time has come,
    unless a newer call overtakes it.
    """

    def __init__(
        self,
        house: Snapshot,
        *,
        sleep: Callable[[float], None],
        monotonic: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self._house = house
        self._sleep, self._monotonic, self._now = sleep, monotonic, now
        self._lock = threading.RLock()
        self._last_stamp: datetime | None = None
        self._wanted: Callable[[str], bool] = _nothing
        self._heard: Callable[[Entity], None] | None = None
        self._told: Snapshot | None = None
        self.reset()

    @classmethod
    def packaged(
        cls, *, sleep: Callable[[float], None], monotonic: Callable[[], float], now: Callable[[], datetime]
    ) -> DemoHome:
        """Return the demo house that ships with Butler."""
        return cls(packaged_house().snapshot, sleep=sleep, monotonic=monotonic, now=now)

    def reset(self) -> None:
        """Make the home again as its file says, without faults."""
        with self._lock:
            self._devices = {entity.entity_id: Device(entity) for entity in self._house.entities}
            for device in self._devices.values():
                fill_in(device)
            self._faults: dict[str, Fault] = {}
            self._late: list[tuple[float, Call]] = []
            self._shown: Snapshot | None = None
            self._last = self._house

    def watch(self, wanted: Callable[[str], bool], heard: Callable[[Entity], None]) -> None:
        """Have `heard` told of every change of the entities that are wanted by their ids."""
        self._wanted, self._heard, self._told = wanted, heard, self.snapshot()

    def snapshot(self) -> Snapshot:
        """Return the house with its live states."""
        with self._lock:
            self._let_late_calls_land()
            if self._shown is None:
                devices = self._devices.values()
                shown = [self._view(one) for one in devices] if self._faults else [one.entity for one in devices]
                self._shown = self._last.with_entities(tuple(shown))
                self._last = self._shown
            return self._shown

    def states(self) -> dict[str, dict[str, Any]]:
        """Return state and attributes by entity id, as plain JSON values."""
        return {
            entity.entity_id: {"state": entity.state, "attributes": _plain(entity)}
            for entity in self.snapshot().entities
        }

    def call(self, call: Call, timeout_s: float) -> None:
        """Carry out a call as Home Assistant does: the other entities are served before an error is raised."""
        with self._lock:
            self._let_late_calls_land()
            started = self._monotonic()
            self._late = [(due, late) for due, late in self._late if not set(late.entity_ids) & set(call.entity_ids)]
            slow = {i: f.seconds for i in call.entity_ids if (f := self._faults.get(i)) and f.kind == "slow"}
        stuck = tuple(sorted(i for i, seconds in slow.items() if seconds > timeout_s))
        if slow:
            self._sleep(min(timeout_s, max(slow.values())))
        try:
            with self._lock:
                self._late.extend((started + slow[i], replace(call, entity_ids=(i,))) for i in stuck)
                self._serve(replace(call, entity_ids=tuple(i for i in call.entity_ids if i not in stuck)))
        finally:
            self._tell_changes()
        if stuck:
            raise CallTimeoutError(call.service, stuck, f"no answer within {timeout_s:g} s")

    def set(self, entity_id: str, state: str | None = None, attributes: Mapping[str, Any] | None = None) -> None:
        """Give an entity a state (None leaves it) and attributes (merged; a null one is removed)."""
        with self._lock:
            device = self._device(entity_id)
            given = attributes or {}
            gone = [key for key, value in given.items() if value is None]
            device.update(state, copy.deepcopy(dict(given)), gone)
            self._shown = None
        self._tell_changes()

    def fault(self, entity_id: str, fault: str) -> None:
        """Set what is wrong with an entity: `unavailable`, `error`, `no_effect`, `slow:SECONDS`, or `ok`."""
        with self._lock:
            self._device(entity_id)
            parsed = Fault.parse(fault)
            self._faults.pop(entity_id, None)
            if parsed is not None:
                self._faults[entity_id] = parsed
            self._shown = None
        self._tell_changes()

    def _tell_changes(self) -> None:
        """Tell what changed since it was told last, without the lock: whoever hears of it may wait for others."""
        if self._heard is None:
            return
        with self._lock:
            told, self._told = self._told or Snapshot(), self.snapshot()
            now, before = self._told.entities, told.by_id
        # Most are the very same: nobody need be asked about those.
        for entity in [one for one in now if before.get(one.entity_id) is not one]:
            if self._wanted(entity.entity_id) and before.get(entity.entity_id) != entity:
                self._heard(entity)

    def _device(self, entity_id: str) -> Device:
        if entity_id not in self._devices:
            raise UnknownEntityError(entity_id)
        return self._devices[entity_id]

    def _view(self, device: Device) -> Entity:
        fault = self._faults.get(device.entity.entity_id)
        return device.shown_as_unavailable() if fault and fault.kind == "unavailable" else device.entity

    def _let_late_calls_land(self) -> None:
        due = [call for instant, call in sorted(self._late, key=lambda item: item[0]) if instant <= self._monotonic()]
        self._late = [(instant, call) for instant, call in self._late if instant > self._monotonic()]
        for call in due:
            self._serve_all(call)

    def _serve(self, call: Call) -> None:
        problems = self._serve_all(call)
        if problems:
            raise problems[0]

    def _serve_all(self, call: Call) -> list[CallError]:
        """Serve every entity, and return what went wrong, one error a kind."""
        self._shown = None
        domain = call.service.partition(".")[0]
        if call.service not in SERVICES and call.service not in _SEQUENCES:
            return [UnknownServiceError(call.service, call.entity_ids, "there is no such service")]
        problems: dict[type[CallError], tuple[str, list[str]]] = {}
        for entity_id in call.entity_ids:
            device = self._devices.get(entity_id)
            if device is None or device.entity.domain != domain or not self._reachable(device):
                continue
            try:
                self._serve_one(call, device)
            except CallError as exc:
                problems.setdefault(type(exc), (exc.problem, []))[1].append(entity_id)
        return [kind(call.service, tuple(ids), problem) for kind, (problem, ids) in problems.items()]

    def _reachable(self, device: Device) -> bool:
        fault = self._faults.get(device.entity.entity_id)
        if fault and fault.kind == "unavailable":
            return False
        return device.entity.domain in {"scene", "script"} or device.state not in _SILENT

    def _serve_one(self, call: Call, device: Device) -> None:
        fault = self._faults.get(device.entity.entity_id)
        if fault and fault.kind == "error":
            raise DeviceError(call.service, (device.entity.entity_id,), "the device reported an error")
        if fault and fault.kind == "no_effect":
            return
        if call.service in _SEQUENCES:
            self._run(call.service, device)
        else:
            SERVICES[call.service](device, call.data)

    def _run(self, service: str, device: Device) -> None:
        """Run a scene or script: its members do what they can, and their troubles stay their own, as in a real home."""
        for step in self._steps(device):
            self._serve_all(step)
        if service == "scene.turn_on":
            device.update(self._stamp())
        elif service != "script.turn_off":
            device.update("off", {"last_triggered": self._stamp()})

    def _steps(self, device: Device) -> Iterable[Call]:
        if device.entity.domain == "scene":
            for entity_id, wanted in (device.attributes.get("entities") or {}).items():
                yield from self._towards(entity_id, wanted)
            return
        for step in device.attributes.get("sequence") or ():
            yield Call.from_json(step)

    def _towards(self, entity_id: str, wanted: object) -> Iterable[Call]:
        """Return the calls that give an entity the state a scene says."""
        device = self._devices.get(entity_id)
        if device is None:
            return
        attributes = dict(wanted) if isinstance(wanted, Mapping) else {"state": wanted}
        state = str(attributes.pop("state", device.state))
        if device.entity.domain == "light" and "color_mode" not in attributes:
            attributes.update(_color_mode_of(attributes, device))
        goal = replace(device.entity, state=state, attributes=MappingProxyType({**device.attributes, **attributes}))
        for service, data in steps_back(goal, device.entity):
            yield Call(service, (entity_id,), data)

    def _stamp(self) -> str:
        """Return the time as a scene or script shows it; two runs never show the same."""
        stamp = self._now()
        if self._last_stamp is not None and stamp <= self._last_stamp:
            stamp = self._last_stamp + timedelta(microseconds=1)
        self._last_stamp = stamp
        return stamp.isoformat()


_SEQUENCES = frozenset({"scene.turn_on", "script.turn_on", "script.toggle"})


def _nothing(_: str) -> bool:
    return False


def packaged_house() -> HomeFile:
    """Read the demo house that ships with Butler."""
    with resources.as_file(resources.files("butler.home") / "demo_home.json") as path:
        return load_home(Path(path))


def _color_mode_of(attributes: Mapping[str, Any], device: Device) -> dict[str, str]:
    if "color_temp_kelvin" in attributes:
        return {"color_mode": "color_temp"}
    if "rgb_color" in attributes:
        return {"color_mode": "rgb"}
    mode = device.memory.get("color_mode")
    return {"color_mode": mode} if mode else {}


def _plain(entity: Entity) -> dict[str, Any]:
    plain: dict[str, Any] = copy.deepcopy(dict(entity.attributes))
    if entity.device_class is not None:
        plain["device_class"] = entity.device_class
    return plain
