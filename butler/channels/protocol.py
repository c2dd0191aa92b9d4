"""The requests of the stdio contract: one JSON object a line becomes a value, or an error that says what is wrong."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from butler.channels.lines import LONGEST, Line

_LONGEST_NAME = 200  # characters of a user or chat id


class ProtocolError(Exception):
    """A line is no request."""


@dataclass(frozen=True)
class Say:
    """A message, or a press when `press` is set."""

    user: str
    chat: str
    text: str | None = None
    press: str | None = None
    reply_to: str | None = None


@dataclass(frozen=True)
class Advance:
    """Move the clock by `seconds`."""

    seconds: float


@dataclass(frozen=True)
class RunJob:
    """Run a job now."""

    job: str


@dataclass(frozen=True)
class States:
    """Show the home."""


@dataclass(frozen=True)
class SetState:
    """Give an entity of the demo home a state and attributes."""

    entity_id: str
    state: str | None
    attributes: Mapping[str, Any]


@dataclass(frozen=True)
class SetFault:
    """Set what is wrong with an entity of the demo home."""

    entity_id: str
    fault: str


@dataclass(frozen=True)
class ShowKnowledge:
    """Show what is in force."""


@dataclass(frozen=True)
class Reset:
    """Make the demo home as its file says, and forget open questions."""


Request = Say | Advance | RunJob | States | SetState | SetFault | ShowKnowledge | Reset


def parse(line: Line) -> Request:
    """Read one request; raises ProtocolError."""
    document = read_object(line)
    if "op" in document:
        return _operation(document)
    return _say(document)


def read_object(line: Line) -> dict[str, Any]:
    """Read one JSON object; raises ProtocolError for anything else."""
    if line.too_long:
        raise ProtocolError(f"a line may have at most {LONGEST:,} bytes")
    try:
        document = json.loads(line.data.decode("utf-8"), parse_constant=_no_number, parse_float=_finite)
    except UnicodeDecodeError as exc:
        raise ProtocolError("the line is not UTF-8 text") from exc
    except (ValueError, RecursionError) as exc:
        problem = "nested too deeply" if isinstance(exc, RecursionError) else str(exc)
        raise ProtocolError(f"the line is not JSON: {problem}") from exc
    if not isinstance(document, dict):
        raise ProtocolError("the line is not a JSON object")
    return document


def text_of(document: Mapping[str, Any], key: str) -> str:
    """Return a text that must be there; raises ProtocolError."""
    value = document.get(key)
    if not isinstance(value, str):
        raise ProtocolError(f"{key!r} must be a string" if key in document else f"{key!r} is missing")
    return value


def only(document: Mapping[str, Any], *known: str) -> None:
    """Raise ProtocolError when there is a key besides those known."""
    for key in document:
        if key not in known:
            raise ProtocolError(f"unknown key {key!r}")


def _say(document: Mapping[str, Any]) -> Say:
    only(document, "user", "chat", "text", "press", "reply_to")
    user = _name(document, "user")
    if ("text" in document) == ("press" in document):
        raise ProtocolError("give either 'text' or 'press', or an 'op'")
    return Say(
        user,
        _name(document, "chat") if document.get("chat") is not None else user,
        text_of(document, "text") if "text" in document else None,
        text_of(document, "press") if "press" in document else None,
        text_of(document, "reply_to") if document.get("reply_to") is not None else None,
    )


def _name(document: Mapping[str, Any], key: str) -> str:
    name = text_of(document, key)
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise ProtocolError(f"{key!r} must have 1 to {_LONGEST_NAME} printable characters")
    return name


def _operation(document: Mapping[str, Any]) -> Request:
    name = text_of(document, "op")
    if name not in _OPERATIONS:
        raise ProtocolError(f"unknown op {name!r}: the ops are {', '.join(_OPERATIONS)}")
    keys, make = _OPERATIONS[name]
    only(document, "op", *keys)
    return make(document)


def _advance(document: Mapping[str, Any]) -> Advance:
    seconds = document.get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise ProtocolError("'seconds' must be a number")
    if seconds < 0:
        raise ProtocolError("'seconds' must not be negative")
    try:
        return Advance(float(seconds))
    except OverflowError as exc:
        raise ProtocolError("'seconds' is too large") from exc


def _set(document: Mapping[str, Any]) -> SetState:
    attributes = document.get("attributes")
    if attributes is not None and not isinstance(attributes, dict):
        raise ProtocolError("'attributes' must be an object")
    state = text_of(document, "state") if document.get("state") is not None else None
    return SetState(text_of(document, "entity_id"), state, attributes or {})


_Operation = tuple[tuple[str, ...], Callable[[Mapping[str, Any]], Request]]
_OPERATIONS: Mapping[str, _Operation] = MappingProxyType(
    {
        "advance": (("seconds",), _advance),
        "run": (("job",), lambda given: RunJob(text_of(given, "job"))),
        "states": ((), lambda _: States()),
        "set": (("entity_id", "state", "attributes"), _set),
        "fault": (("entity_id", "fault"), lambda g: SetFault(text_of(g, "entity_id"), text_of(g, "fault"))),
        "knowledge": ((), lambda _: ShowKnowledge()),
        "reset": ((), lambda _: Reset()),
    }
)


def _no_number(name: str) -> Any:
    raise ProtocolError(f"the line is not JSON: {name} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ProtocolError(f"the line is not JSON: {text} is too large a number")
    return number
