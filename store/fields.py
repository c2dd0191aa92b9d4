"""The column types of the store that SQLite does not have: UTC instants, canonical JSON and people's words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import peewee

if TYPE_CHECKING:
    _AnyField = peewee.Field[Any]
else:
    _AnyField = peewee.Field

_SURROGATE = re.compile("[\ud800-\udfff]")


def utc_text(instant: datetime) -> str:
    """Return an aware datetime as ISO-8601 in UTC with microseconds and Z; naive ones raise ValueError."""
    if instant.tzinfo is None:
        message = f"a naive datetime cannot be stored: {instant.isoformat()}"
        raise ValueError(message)
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def utc_datetime(text: str) -> datetime:
    """Return the aware UTC datetime that `utc_text` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys, no spaces and no NaN: equal values give equal text, which UTF-8 can always hold."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def storable_text(text: str) -> str:
    """Return the text with what UTF-8 cannot hold (lone surrogates) replaced."""
    return _SURROGATE.sub("\ufffd", text)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    message = f"{type(value).__name__} cannot be stored as JSON"
    raise TypeError(message)


class UtcField(_AnyField):
    """A column of aware datetimes in UTC, stored so that text order is time order."""

    field_type = "TEXT"

    def db_value(self, value: datetime | None) -> str | None:
        """Return the stored text of an aware datetime."""
        return None if value is None else utc_text(value)

    def python_value(self, value: str | None) -> datetime | None:
        """Return the aware datetime of a stored text."""
        return None if value is None else utc_datetime(value)


class CanonicalJsonField(_AnyField):
    """A column of JSON values in their canonical text."""

    field_type = "TEXT"

    def db_value(self, value: Any) -> str | None:
        """Return the canonical text of a JSON value; None is NULL where the column has that, else JSON's null."""
        return None if value is None and self.null else canonical_json(value)

    def python_value(self, value: str | None) -> Any:
        """Return the JSON value of a stored text."""
        return None if value is None else json.loads(value)


class WordsField(_AnyField):
    """A column of what people or models wrote: what UTF-8 cannot hold is replaced."""

    field_type = "TEXT"

    def db_value(self, value: str | None) -> str | None:
        """Return the stored text."""
        return None if value is None else storable_text(value)
