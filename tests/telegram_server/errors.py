"""How the Bot API says no."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

KIND = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


@dataclass(frozen=True)
class RefusedError(Exception):
    """An answer with ok = false; `text` is what the server says after the kind of the error."""

    code: int
    text: str
    parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def description(self) -> str:
        """Return the whole description, with a lower first letter where the official server lowers it."""
        if self.code == 413:
            return "Request Entity Too Large"
        if self.code == 429:
            return f"Too Many Requests: {self.text}"
        kind = KIND.get(self.code, "Internal Server Error")
        if not self.text:
            return kind
        first = self.text[0] if self.text[1:2] == "_" or self.text[1:2].isupper() else self.text[0].lower()
        return f"{kind}: {first}{self.text[1:]}"

    def to_json(self) -> dict[str, Any]:
        """Return the body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


def bad_request(text: str, **parameters: int) -> RefusedError:
    """Return a 400."""
    return RefusedError(400, text, dict(parameters))


def forbidden(text: str) -> RefusedError:
    """Return a 403."""
    return RefusedError(403, text)


def conflict(text: str) -> RefusedError:
    """Return a 409."""
    return RefusedError(409, text)


def too_many(seconds: int) -> RefusedError:
    """Return a 429 that asks to wait `seconds`."""
    return RefusedError(429, f"retry after {seconds}", {"retry_after": seconds})
