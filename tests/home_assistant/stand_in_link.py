"""One client of the stand-in: what it asks, what it is told, and what it follows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from butler.home.errors import CallError, DeviceError, InvalidCallError, UnknownServiceError
from butler.home.port import Call

if TYPE_CHECKING:
    from tests.home_assistant.stand_in import StandIn

_CODES = {
    UnknownServiceError: "not_found",
    InvalidCallError: "service_validation_error",
    DeviceError: "home_assistant_error",
}
Message = dict[str, Any]


class Link:
    """One client."""

    def __init__(self, sock: web.WebSocketResponse, server: StandIn) -> None:
        self.socket, self._server, self._house = sock, server, server.house
        self.states: dict[int, frozenset[str] | None] = {}
        self.events: dict[int, str] = {}
        self._last = 0
        self._out: asyncio.Queue[Message] = asyncio.Queue()
        self._coalesces = False
        self._tasks: set[asyncio.Task[None]] = set()

    def send(self, message: Message) -> None:
        self._out.put_nowait(message)

    async def live(self) -> None:
        writing = asyncio.ensure_future(self._write())
        try:
            async for frame in self.socket:
                if frame.type is WSMsgType.TEXT:
                    self._take(json.loads(frame.data))
        finally:
            for task in (writing, *self._tasks):
                task.cancel()

    def forget_calls(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _write(self) -> None:
        while True:
            messages = [await self._out.get()]
            while self._coalesces and not self._out.empty():
                messages.append(self._out.get_nowait())
            for text in await self._server.mischief.frames(messages):
                await self.socket.send_str(text)

    def _take(self, message: Message) -> None:
        number, kind = message["id"], message["type"]
        self._server.asked[kind] += 1
        if number <= self._last:
            self._refuse(number, "id_reuse", "Identifier values have to increase.")
            return
        self._last = number
        if kind in self._server.lacks:
            self._refuse(number, "unknown_command", "Unknown command.")
        elif kind == "ping":
            self.send({"id": number, "type": "pong"})
        elif kind == "call_service":
            task = asyncio.ensure_future(self._call(number, message))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif kind in _ANSWERS:
            _ANSWERS[kind](self, number, message)
        else:
            self._refuse(number, "unknown_command", "Unknown command.")

    def _answer(self, number: int, result: Any) -> None:
        self.send({"id": number, "type": "result", "success": True, "result": result})

    def _refuse(self, number: int, code: str, words: str) -> None:
        error = {"code": code, "message": words}
        self.send({"id": number, "type": "result", "success": False, "error": error})

    def _features(self, number: int, message: Message) -> None:
        self._coalesces = bool(message["features"].get("coalesce_messages"))
        self._answer(number, None)

    def _follow_states(self, number: int, message: Message) -> None:
        wanted = message.get("entity_ids")
        self.states[number] = None if wanted is None else frozenset(wanted)
        self._answer(number, None)
        self.send({"id": number, "type": "event", "event": self._house.everything(wanted)})

    def _follow_events(self, number: int, message: Message) -> None:
        self.events[number] = message["event_type"]
        self._answer(number, None)

    def _unfollow(self, number: int, message: Message) -> None:
        self.states.pop(message["subscription"], None)
        self.events.pop(message["subscription"], None)
        self._answer(number, None)

    def _floors(self, number: int, _: Message) -> None:
        rows = [
            {"floor_id": f.id, "name": f.name, "level": f.level, "aliases": list(f.aliases), "icon": None}
            for f in self._house.floors.values()
        ]
        self._answer(number, rows)

    def _areas(self, number: int, _: Message) -> None:
        rows = [
            {"area_id": a.id, "name": a.name, "floor_id": a.floor, "aliases": list(a.aliases), "labels": []}
            for a in self._house.areas.values()
        ]
        self._answer(number, rows)

    def _entities(self, number: int, _: Message) -> None:
        rows = [{k: v for k, v in entry.items() if k != "aliases"} for entry in self._house.entries.values()]
        self._answer(number, rows)

    def _entries(self, number: int, message: Message) -> None:
        self._answer(number, {i: self._house.entries.get(i) for i in message["entity_ids"]})

    def _update(self, number: int, message: Message) -> None:
        entry = self._house.entries.get(message["entity_id"])
        if entry is None:
            self._refuse(number, "not_found", "Entity not found")
            return
        entry.update({key: value for key, value in message.items() if key in {"aliases", "name", "area_id"}})
        self._server.tell_states(self._house.context())
        self._server.tell_event("entity_registry_updated")
        self._answer(number, {"entity_entry": entry})

    def _exposed(self, number: int, _: Message) -> None:
        shown = {i for i, e in self._house.entries.items() if e["options"]["conversation"]["should_expose"]}
        self._answer(number, {"exposed_entities": {i: {"conversation": True} for i in sorted(shown)}})

    def _config(self, number: int, _: Message) -> None:
        self._answer(number, {"unit_system": {"temperature": "°C"}, "state": "RUNNING", "version": "2025.4.4"})

    async def _call(self, number: int, message: Message) -> None:
        ids = tuple(message.get("target", {}).get("entity_id", ()))
        call = Call(f"{message['domain']}.{message['service']}", ids, message.get("service_data") or {})
        seconds = max((self._house.slow.get(i, 0.0) for i in ids), default=0.0)
        context = self._house.context()
        quick = tuple(i for i in ids if not self._house.slow.get(i))
        problem = self._serve(Call(call.service, quick, call.data), context)
        if seconds:
            await asyncio.sleep(seconds)
            slow = tuple(i for i in ids if i not in quick)
            problem = problem or self._serve(Call(call.service, slow, call.data), context)
        if problem is None:
            self._answer(number, {"context": {"id": context, "parent_id": None, "user_id": "standin"}})
        else:
            code = next(code for kind, code in _CODES.items() if isinstance(problem, kind))
            self._refuse(number, code, problem.problem)

    def _serve(self, call: Call, context: str) -> CallError | None:
        problem = None
        try:
            self._house.serve(call)
        except CallError as exc:
            problem = exc
        self._server.tell_states(context)
        return problem


def only(event: Mapping[str, Any], wanted: frozenset[str] | None) -> Message:
    if wanted is None:
        return dict(event)
    told: Message = {}
    for key in ("a", "c"):
        rows = {i: row for i, row in event.get(key, {}).items() if i in wanted}
        if rows:
            told[key] = rows
    gone = [i for i in event.get("r", ()) if i in wanted]
    return {**told, **({"r": gone} if gone else {})}


_ANSWERS: dict[str, Callable[[Link, int, Message], None]] = {
    "supported_features": Link._features,
    "subscribe_entities": Link._follow_states,
    "subscribe_events": Link._follow_events,
    "unsubscribe_events": Link._unfollow,
    "config/floor_registry/list": Link._floors,
    "config/area_registry/list": Link._areas,
    "config/device_registry/list": lambda link, number, _: link._answer(number, []),
    "config/entity_registry/list": Link._entities,
    "config/entity_registry/get_entries": Link._entries,
    "config/entity_registry/update": Link._update,
    "homeassistant/expose_entity/list": Link._exposed,
    "get_config": Link._config,
}
