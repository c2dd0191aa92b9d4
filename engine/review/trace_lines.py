"""Traces as JSON Lines: what an export writes, and what can be read from it again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from store.fields import utc_datetime, utc_text
from store.trace_stream import Trace

SCHEMA = 1
"""The version of the form; it rises when a key changes its meaning or goes, not when one is added."""

# The keys of a line in their order, and the field of a trace that each holds.
_KEYS = (
    ("id", "id"),
    ("trace_id", "trace_id"),
    ("at", "at"),
    ("stage", "stage"),
    ("component", "component"),
    ("decision", "decision"),
    ("outcome", "outcome"),
    ("confidence", "confidence"),
    ("duration_ms", "duration_ms"),
    ("model", "model"),
    ("project_id", "project"),
    ("metadata", "metadata"),
    ("turn", "turn"),
    ("user", "user"),
    ("chat", "chat"),
    ("text", "text"),
    ("press", "press"),
    ("turn_outcome", "came_to"),
    ("verdict", "verdict"),
)
_NEEDED = {"id": int, "trace_id": str, "at": str, "stage": str, "component": str, "metadata": dict}
_TEXTS = ("decision", "outcome", "model", "user", "chat", "text", "press", "turn_outcome", "verdict")
_NUMBERS = ("confidence", "duration_ms")
_WHOLE = ("turn", "project_id")


class TraceLineError(ValueError):
    """A line is no trace; says which line, and what is wrong with it."""

    def __init__(self, number: int, problem: str) -> None:
        self.number, self.problem = number, problem
        super().__init__(f"line {number} is no trace: {problem}")


def to_line(trace: Trace, redact: Callable[[str], str] = str) -> str:
    """Return a trace as one line of JSON in ASCII, without its end; every text goes through `redact` first."""
    values = {key: getattr(trace, name) for key, name in _KEYS}
    document = {"schema": SCHEMA, **values, "at": utc_text(trace.at), "metadata": dict(trace.metadata)}
    return json.dumps(_redacted(document, redact), ensure_ascii=True, separators=(",", ":"))


def read_lines(lines: Iterable[str]) -> Iterator[Trace]:
    """Give the traces of an export; raises TraceLineError. Empty lines and keys that are not known are passed over."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _from_document(number, _document(number, line))


def _document(number: int, line: str) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise TraceLineError(number, f"it is not JSON ({type(error).__name__})") from error
    if not isinstance(document, dict):
        raise TraceLineError(number, "it is not a JSON object")
    return document


def _from_document(number: int, document: dict[str, Any]) -> Trace:
    if document.get("schema") != SCHEMA:
        raise TraceLineError(number, f"its schema is {document.get('schema')!r}, and only {SCHEMA} can be read")
    for key, kind in _NEEDED.items():
        _require(number, document, key, (kind,))
    for keys, kinds in ((_TEXTS, (str,)), (_NUMBERS, (int, float)), (_WHOLE, (int,))):
        for key in keys:
            if document.get(key) is not None:
                _require(number, document, key, kinds)
    try:
        at = utc_datetime(document["at"])
    except ValueError as error:
        raise TraceLineError(number, f"at is no instant: {document['at']!r}") from error
    values: dict[str, Any] = {name: document.get(key) for key, name in _KEYS}
    return Trace(**{**values, "at": at})


def _require(number: int, document: dict[str, Any], key: str, kinds: tuple[type, ...]) -> None:
    value = document.get(key)
    if not isinstance(value, kinds) or isinstance(value, bool):
        raise TraceLineError(number, f"{key} is {json.dumps(value)[:40]}, not {' or '.join(k.__name__ for k in kinds)}")


def _redacted(value: Any, redact: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {redact(key): _redacted(item, redact) for key, item in value.items()}
    return [_redacted(item, redact) for item in value] if isinstance(value, list) else value
