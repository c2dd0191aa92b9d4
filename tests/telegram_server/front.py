"""The HTTP face: reads calls, applies the troubles that were ordered, writes answers and the log."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import time
from dataclasses import replace
from threading import Condition
from typing import Any

from aiohttp import web

from .account_methods import METHODS
from .errors import RefusedError, conflict, too_many
from .faults import Call, Fault, Violation, Waits
from .parameters import NAMES, UNMODELLED, read_parameters
from .polling import WEBHOOK_SET, Poller
from .state import State
from .webhook import Webhook

HTML = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center><hr>nginx</body></html>"


class Front:
    """Answers the requests of one bot."""

    def __init__(self, token: str, state: State, guard: Condition) -> None:
        self._token = token
        self._state = state
        self._guard = guard
        self.poller = Poller(state.updates)
        self.webhook = Webhook(state.updates)
        self.faults: list[Fault] = []
        self.waits = Waits()
        self.calls: list[Call] = []
        self.violations: list[Violation] = []

    def application(self) -> web.Application:
        """Return the aiohttp application."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token:[^/]*}/{method}", self.call)
        app.router.add_get("/file/bot{token:[^/]*}/{path:.*}", self.download)
        return app

    def wake(self) -> None:
        """Look for updates again; on the server's loop."""
        self.poller.wake()
        self.webhook.wake()

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Answer with the content of a file."""
        with self._guard:
            files = {file.path: file for file in self._state.files.values()}
            fault = self._fault("download", None)
        if request.match_info["token"] != self._token:
            return _refusal(RefusedError(401, ""))
        if fault is not None and fault.kind != "delay":
            return await self._spoil(request, fault, None, None)
        if fault is not None:
            await asyncio.sleep(fault.seconds)
        file = files.get(request.match_info["path"])
        return _refusal(RefusedError(404, "")) if file is None else web.Response(body=file.content)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call of a method."""
        name = request.match_info["method"].lower()
        method = NAMES.get(name)
        if request.match_info["token"] != self._token:
            return self._refuse(Call(time.time(), name, {}), RefusedError(401, ""))
        if name in UNMODELLED:
            return self._refuse(Call(time.time(), name, {}), RefusedError(501, "not modelled"))
        if method is None:
            return self._refuse(Call(time.time(), name, {}), RefusedError(404, "method not found"))
        values, mistakes = read_parameters(method, await _given(request))
        with self._guard:
            call = Call(time.time(), method, _shown(values), chat=self._chat(method, values))
            for mistake in mistakes:
                self.violations.append(Violation("parameter", mistake, call))
            hurried = self._hurried(call)
            fault = None if hurried else self._fault(method, call.chat)
        if hurried is not None:
            return self._refuse(call, hurried, provoked=True)
        if fault is not None:
            return await self._spoil(request, fault, call, values)
        return await self._answer(call, values)

    async def _answer(self, call: Call, values: dict[str, Any], *, provoked: bool = False) -> web.Response:
        try:
            result = await self._run(call.method, values)
        except RefusedError as refusal:
            return self._refuse(call, refusal, provoked=provoked)
        self._log(replace(call, result=result, provoked=provoked))
        return web.json_response({"ok": True, "result": result})

    async def _run(self, method: str, values: dict[str, Any]) -> Any:
        if method == "getUpdates":
            if self.webhook.url:
                raise conflict(WEBHOOK_SET)
            return await self.poller.poll(values)
        if method == "setWebhook":
            self.poller.end(conflict("terminated by setWebhook request"))
            return await self.webhook.set(values)
        if method == "deleteWebhook":
            return await self.webhook.clear(values)
        if method == "getWebhookInfo":
            return self.webhook.info()
        with self._guard:
            return METHODS[method](self._state, values)

    async def _spoil(
        self, request: web.Request, fault: Fault, call: Call | None, values: dict[str, Any] | None
    ) -> web.StreamResponse:
        call = call or Call(time.time(), "download", {})
        answer: web.StreamResponse = web.Response()
        if values is not None and (fault.processed or fault.kind in {"lost", "delay"}):
            answer = await self._answer(call, values, provoked=True)
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
            return answer
        if fault.kind in {"reset", "lost"}:
            self._log(replace(call, status=0, description=fault.kind, provoked=True), seen=fault.kind == "lost")
            _break(request)
            return web.Response()
        if fault.kind == "flood":
            with self._guard:
                self.waits.give(None if fault.everywhere else call.chat, fault.retry_after)
            return self._refuse(call, too_many(fault.retry_after), provoked=True)
        if fault.kind == "refused":
            return self._refuse(call, RefusedError(fault.status, fault.description), provoked=True)
        status = 200 if fault.kind == "garbage" else fault.status
        self._log(replace(call, status=status, description=fault.kind, provoked=True), seen=fault.processed)
        title = "Welcome" if fault.kind == "garbage" else f"{status} Bad Gateway"
        return web.Response(status=status, text=HTML.format(title), content_type="text/html")

    def _fault(self, method: str, chat: int | None) -> Fault | None:
        return next((fault for fault in self.faults if fault.takes(method, chat)), None)

    def _hurried(self, call: Call) -> RefusedError | None:
        left, known = self.waits.left(call.method, call.chat)
        if known:
            text = f"called {left:.1f} s before the retry_after had passed"
            self.violations.append(Violation("hurried", text, call))
        return too_many(max(1, round(left + 0.5))) if left else None

    def _chat(self, method: str, values: dict[str, Any]) -> int | None:
        callback = self._state.callbacks.get(str(values.get("callback_query_id")))
        if callback is not None:
            return callback.chat
        text = str(values.get("chat_id", ""))
        return int(text) if text.lstrip("-").isdigit() else None

    def _refuse(self, call: Call, refusal: RefusedError, *, provoked: bool = False) -> web.Response:
        done = replace(call, status=refusal.code, description=refusal.description, provoked=provoked)
        with self._guard:
            if not provoked:
                self.violations.append(Violation("refused", refusal.description, done))
        self._log(done)
        return _refusal(refusal)

    def _log(self, call: Call, *, seen: bool = False) -> None:
        """Record a call; one already recorded when it was processed (`seen`) gets its true ending."""
        with self._guard:
            if seen and self.calls:
                place = max(i for i, known in enumerate(self.calls) if known.time == call.time)
                self.calls[place] = replace(call, result=self.calls[place].result)
            else:
                self.calls.append(call)
            self._guard.notify_all()


def _refusal(refusal: RefusedError) -> web.Response:
    return web.json_response(refusal.to_json(), status=refusal.code)


def _break(request: web.Request) -> None:
    transport = request.transport
    if transport is not None:
        raw = transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters for the log, files by name and size only."""
    return {
        name: f"{value[0]} ({len(value[2])} bytes)" if isinstance(value, tuple) else value
        for name, value in values.items()
    }


async def _given(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.read()
        try:
            read = json.loads(body) if body else {}
        except ValueError:
            read = {}
        return given | {name: value for name, value in read.items() if value is not None}
    files: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = value.filename, value.content_type, value.file.read()
            value.file.close()
        else:
            given[name] = value
    attached = {name for name in files if f"attach://{name}" in given.values()}
    return given | {f"attach:{name}" if name in attached else name: part for name, part in files.items()}
