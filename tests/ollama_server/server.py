"""An HTTP server with Ollama's routes: scripted answers, streamed as Ollama streams them, and faults on request."""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import threading
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Reply = Callable[[dict[str, Any]], Any]
FAULTS = (
    "error500",
    "busy503",
    "drop",
    "slow",
    "stall",
    "midstream",
    "error_line",
    "garbage",
    "truncate",
    "wrong_schema",
    "empty",
    "not_json",
    "not_object",
    "half_line",
    "no_end",
    "redirect",
    "odd_error",
    "endless_line",
    "endless_error",
    "packed",
    "tool_call",
)
_UNASKED = {"endless_line", "endless_error", "packed", "tool_call"}
_STREAM_PART = 8  # characters
_REFUSED = {
    "error500": ('{"error": "llama runner process has terminated: exit status 2"}', 500),
    "busy503": ('{"error": "server busy, please try again.  maximum pending requests exceeded"}', 503),
    "odd_error": ("[1, 2]", 500),
}
_CANNED = {"garbage": "Sure! intent = turn on the thing", "empty": "", "wrong_schema": '{"unexpected": 1}'}
_RAW = {"not_json": b"<html>oops</html>\n", "not_object": b'["a"]\n', "half_line": b'{"message": {"ro\n'}


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that left."""


class StandIn:
    """Serves on a free port while it is entered. `reply` makes the answer to a request's body: JSON values or a text.

    `fault` spoils the next requests; `requests` are the bodies that came in; `hung_up` is set when a client left a
    stalled answer; `wait` is how long "slow" takes, in seconds.
    """

    def __init__(self, reply: Reply, models: tuple[str, ...] = ("tiny:1b",), wait: float = 0.2) -> None:
        self.reply, self.models, self.wait = reply, models, wait
        self.requests: list[dict[str, Any]] = []
        self.faults: deque[str] = deque()
        self.figures: dict[str, int] = {}
        """What is said to have been measured, instead of what was."""
        self.size = 93_000_000
        """How large each model is said to be, in bytes."""
        self.sent = 0
        """Bytes of endless answers."""
        self.hung_up = threading.Event()
        self._closing = threading.Event()
        handler = type("Handler", (_Handler,), {"stand_in": self})
        self._http = _Quiet(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def fault(self, name: str, count: int = 1) -> None:
        """Spoil the next `count` chats."""
        assert name in FAULTS, name
        self.faults.extend([name] * count)

    def stall(self, connection: socket.socket) -> None:
        """Say nothing until the client leaves."""
        connection.settimeout(0.05)
        while not self._closing.is_set():
            try:
                if not connection.recv(1):
                    self.hung_up.set()
                    return
            except TimeoutError:
                continue
            except OSError:
                self.hung_up.set()
                return

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._http.shutdown()
        self._http.server_close()


class _Handler(BaseHTTPRequestHandler):
    stand_in: StandIn
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.path == "/api/tags":
            self._json({"models": [_tag(name, self.stand_in.size) for name in self.stand_in.models]})
        elif self.path == "/api/version":
            self._json({"version": "0.12.6"})
        else:
            self._plain("404 page not found", 404)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        if self.path != "/api/chat":
            self._plain("404 page not found", 404)
            return
        self.stand_in.requests.append(body)
        if body.get("model") not in self.stand_in.models:
            self._json({"error": f"model '{body.get('model')}' not found"}, 404)
            return
        if body.get("think"):
            self._json({"error": f'"{body["model"]}" does not support thinking'}, 400)
            return
        faults = self.stand_in.faults
        try:
            self._spoilt(faults.popleft(), body) if faults else self._answered(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _answered(self, body: dict[str, Any], *, most: int | None = None) -> None:
        said = self.stand_in.reply(body)
        text = said if isinstance(said, str) else json.dumps(said)
        limit = body.get("options", {}).get("num_predict", -1) if most is None else most
        parts = [text[at : at + _STREAM_PART] for at in range(0, len(text), _STREAM_PART)]
        cut = 0 <= limit < len(parts)
        self._begin()
        for part in parts[:limit] if cut else parts:
            self._line({"message": {"role": "assistant", "content": part}, "done": False})
        self._end("length" if cut else "stop", tokens=len(parts))

    def _spoilt(self, fault: str, body: dict[str, Any]) -> None:
        if fault in _REFUSED:
            self._plain(*_REFUSED[fault])
        elif fault in _CANNED:
            self._begin()
            self._line({"message": {"role": "assistant", "content": _CANNED[fault]}, "done": False})
            self._end("stop", tokens=1)
        elif fault in _RAW:
            self._begin()
            self._chunk(_RAW[fault])
            self._chunk(b"")
        elif fault == "redirect":
            self._redirected()
        elif fault in _UNASKED:
            self._unasked(fault)
        elif fault == "slow":
            threading.Event().wait(self.stand_in.wait)
            self._answered(body)
        elif fault == "truncate":
            self._answered(body, most=1)
        elif fault in {"drop", "stall"}:
            self._silent(fault)
        else:
            self._broken_off(fault)

    def _redirected(self) -> None:
        self.send_response(307)
        self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _unasked(self, fault: str) -> None:
        """Send what nobody asked for."""
        if fault == "packed":
            self._packed()
        elif fault == "tool_call":
            self._begin()
            call = {"function": {"name": "unlock", "arguments": {"entity_id": "lock.front_door"}}}
            self._line({"message": {"role": "assistant", "content": "", "tool_calls": [call]}, "done": False})
            self._end("stop", tokens=1)
        else:
            self._endless(500 if fault == "endless_error" else 200)

    def _endless(self, status: int) -> None:
        """Send one line that never ends, as fast as it is taken, until the client leaves."""
        self.send_response(status)
        self.send_header("Connection", "close")
        self.end_headers()
        while True:
            self.wfile.write(b"a" * 1_000_000)
            self.stand_in.sent += 1_000_000

    def _packed(self) -> None:
        data = gzip.compress(b" " * 1_000_000)
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _silent(self, fault: str) -> None:
        if fault == "stall":
            self.stand_in.stall(self.connection)
        self._leave()

    def _leave(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _broken_off(self, fault: str) -> None:
        self._begin()
        self._line({"message": {"role": "assistant", "content": '{"int'}, "done": False})
        if fault == "error_line":
            self._line({"error": "an error was encountered while running the model: unexpected EOF"})
            self._chunk(b"")
        elif fault == "no_end":
            self._chunk(b"")
        else:
            self._leave()

    def _begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _end(self, reason: str, *, tokens: int) -> None:
        figures = {"eval_count": tokens, "eval_duration": tokens * 50_000_000, "prompt_eval_count": 9}
        last = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": reason}
        self._line({**last, **figures, **self.stand_in.figures})
        self._chunk(b"")

    def _line(self, document: dict[str, Any]) -> None:
        self._chunk(json.dumps({"model": "tiny:1b", "created_at": "2026-11-21T10:00:00Z", **document}).encode() + b"\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def _json(self, document: dict[str, Any], status: int = 200) -> None:
        self._plain(json.dumps(document), status)

    def _plain(self, text: str, status: int) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _tag(name: str, size: int) -> dict[str, Any]:
    details = {"family": "tiny", "parameter_size": "1B", "quantization_level": "Q4_K_M", "format": "gguf"}
    return {"name": name, "model": name, "size": size, "digest": "0" * 64, "details": details}
