"""The frames of the WebSocket: text in, messages out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from butler.home.assistant.errors import BrokenError

Message = Mapping[str, Any]


def messages_of(frame: str) -> list[Message]:
    """Return the messages of a frame, which may hold several; raises BrokenError for what is no message.

    Nothing that follows such a frame can be trusted to be whole: the connection is to be made anew.
    """
    try:
        document = json.loads(frame)
    except (ValueError, RecursionError) as exc:
        raise BrokenError("a message from Home Assistant is no JSON") from exc
    messages = document if isinstance(document, list) else [document]
    if not all(isinstance(message, dict) for message in messages):
        raise BrokenError("a message from Home Assistant is no object")
    return messages


def refusal_of(message: Message) -> tuple[str, str]:
    """Return code and words of a result that is none."""
    error = message.get("error")
    if not isinstance(error, Mapping):
        return "unknown_error", ""
    return str(error.get("code") or "unknown_error"), str(error.get("message") or "")
