"""Whether JSON values fit a JSON schema: of the part of JSON Schema that Butler's questions use."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

# Control signs other than tab and line break, signs that turn the direction of writing, and halves of a sign.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, Mapping),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}


def misfit(value: Any, schema: Mapping[str, Any], where: str = "answer") -> str | None:
    """Return why a value does not fit a schema, naming the place, or None."""
    kinds = schema.get("type")
    if kinds is not None:
        allowed = [kinds] if isinstance(kinds, str) else list(kinds)
        if not any(_TYPES[kind](value) for kind in allowed):
            return f"{where} is no {' or '.join(allowed)}"
    if "enum" in schema and not any(value == one and type(value) is type(one) for one in schema["enum"]):
        return f"{where} is none of the choices"
    if isinstance(value, Mapping):
        return _object_misfit(value, schema, where)
    if isinstance(value, list):
        return _list_misfit(value, schema, where)
    return _bounds_misfit(value, schema, where)


def _object_misfit(value: Mapping[str, Any], schema: Mapping[str, Any], where: str) -> str | None:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            return f"{where} lacks {name}"
    if schema.get("additionalProperties") is False and (odd := sorted(set(value) - set(known))):
        return f"{where} has an unknown part {odd[0]!r}"
    parts = (misfit(value[name], known[name], f"{where}.{name}") for name in value if name in known)
    return next((problem for problem in parts if problem), None)


def _list_misfit(value: Sequence[Any], schema: Mapping[str, Any], where: str) -> str | None:
    if len(value) < schema.get("minItems", 0) or len(value) > schema.get("maxItems", math.inf):
        return f"{where} has {len(value)} parts"
    items = schema.get("items", {})
    parts = (misfit(one, items, f"{where}[{at}]") for at, one in enumerate(value))
    return next((problem for problem in parts if problem), None)


def _bounds_misfit(value: Any, schema: Mapping[str, Any], where: str) -> str | None:
    if isinstance(value, str):
        if _ODD.search(value):
            return f"{where} holds signs that are no text"
        if len(value) < schema.get("minLength", 0) or len(value) > schema.get("maxLength", math.inf):
            return f"{where} is {len(value)} characters long"
    elif isinstance(value, int | float) and not isinstance(value, bool):
        least, most = schema.get("minimum", -math.inf), schema.get("maximum", math.inf)
        if not least <= value <= most:
            return f"{where} is {value:g}, not between {least:g} and {most:g}"
    return None
