"""Asking the servers that Butler is configured for whether they are there."""

from __future__ import annotations

import http.client
import json
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from wyoming.event import Event, read_event, write_event

from butler.config import Speech, Telegram

_PATIENCE_S = 10.0
_LONGEST_ANSWER = 1_000_000  # bytes


class ServerError(Exception):
    """A server does not answer as it should; what is said of it holds no secret."""


@dataclass(frozen=True)
class Bot:
    """What Telegram says about the bot; without `reads_groups`, privacy mode is on."""

    username: str
    reads_groups: bool


def ask_telegram(telegram: Telegram) -> Bot:
    """Return the bot that the token stands for; raises ServerError."""
    request = f"{telegram.api_base}/bot{telegram.token.reveal()}/getMe"
    try:
        # The configuration takes http and https addresses alone.
        with urllib.request.urlopen(request, timeout=_PATIENCE_S) as answer:  # noqa: S310
            document = json.loads(answer.read(_LONGEST_ANSWER))
        return Bot(str(document["result"]["username"]), bool(document["result"].get("can_read_all_group_messages")))
    except urllib.error.HTTPError as exc:
        exc.close()
        raise ServerError(_refusal(exc.code, telegram.api_base)) from None
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError, AttributeError) as exc:
        # Without its cause: that one may hold the address, and with it the token.
        raise ServerError(f"{telegram.api_base} {_trouble(exc)}") from None


def ask_speech(speech: Speech) -> str:
    """Return the name of the speech-to-text service that a Wyoming server offers; raises ServerError."""
    where = f"{speech.host}:{speech.port}"
    try:
        with (
            socket.create_connection((speech.host or "", speech.port), timeout=_PATIENCE_S) as connection,
            connection.makefile("wb") as outgoing,
            connection.makefile("rb") as incoming,
        ):
            write_event(Event("describe"), outgoing)
            answer = read_event(incoming)
        programs: list[dict[str, Any]] = answer.data.get("asr") or [] if answer else []
        if not programs:
            raise ServerError(f"the server at {where} writes down no speech")
        return str(programs[0]["name"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise ServerError(f"the server at {where} {_trouble(exc)}") from exc


def _refusal(code: int, base: str) -> str:
    if code in {401, 404}:
        return "Telegram does not know this token: get the right one from BotFather with /mybots"
    return f"{base} answers with HTTP {code}; if that lasts, look at the network or the Bot API server"


def _trouble(error: Exception) -> str:
    if isinstance(error, OSError):
        cause = error.reason if isinstance(error, urllib.error.URLError) else error
        why = "it takes too long" if isinstance(cause, TimeoutError) else getattr(cause, "strerror", None)
        return f"cannot be reached ({why or type(cause).__name__}); look at the network, the address and a firewall"
    return "does not answer as such a server does; look at the address"
