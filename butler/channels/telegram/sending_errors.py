"""What a failed call to Telegram means: was it carried out, may it be repeated, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)


@dataclass(frozen=True)
class NotSent:
    """The call did not reach Telegram, or Telegram says it did nothing: it can be made again later."""

    problem: str


@dataclass(frozen=True)
class MaybeSent:
    """The call went out and no answer that can be read came back: it may have been carried out."""

    problem: str


@dataclass(frozen=True)
class Refused:
    """Telegram will never take this call."""

    problem: str


@dataclass(frozen=True)
class BadMarkup:
    """Telegram cannot read the markup of the text."""

    problem: str


@dataclass(frozen=True)
class NothingToReplyTo:
    """The message that was replied to is gone."""

    problem: str


@dataclass(frozen=True)
class AlreadySo:
    """An edit that changes nothing, or whose message is gone: there is nothing left to do."""

    problem: str


@dataclass(frozen=True)
class Gone:
    """The chat cannot be written to: blocked, kicked, left or never there."""

    problem: str


@dataclass(frozen=True)
class Flooded:
    """Too many calls: none is to be made for `seconds`."""

    seconds: float
    problem: str


@dataclass(frozen=True)
class Migrated:
    """The group has another id now."""

    new_id: int
    problem: str


Failure = NotSent | MaybeSent | Refused | BadMarkup | NothingToReplyTo | AlreadySo | Gone | Flooded | Migrated

CALL_ERRORS = (TelegramError, KeyError, TypeError, AttributeError, ValueError)
"""What a call can raise: errors of the library, and what reading an answer that is JSON but no answer leads to."""

_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
_NOT_SENT = ("(502)", "(503)", "bad gateway", "service unavailable", "not initialized")
_FLOODED = ("(429)", "too many requests")
_TOO_LARGE = ("(413)", "entity too large", "file is too big")
_MARKUP = ("can't parse entities", "can't find end of", "unsupported start tag", "entity_bounds_invalid")
_NO_REPLY = ("message to be replied not found", "replied message not found", "message to reply not found")
_ALREADY = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
    "query is too old",
)
_GONE = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "bot was blocked",
    "bot was kicked",
    "bot is not a member",
    "peer_id_invalid",
    "group chat was deactivated",
    "chat_write_forbidden",
)
_FLOOD_WITHOUT_TIME_S = 30.0


def meaning(error: BaseException) -> Failure:
    """Return what an error of a call means."""
    problem = _described(error)
    match error:
        case RetryAfter():
            return Flooded(_seconds(error), problem)
        case ChatMigrated(new_chat_id=new_id):
            return Migrated(new_id, problem)
        case Forbidden():
            return Gone(problem)
        case InvalidToken() | Conflict() | EndPointNotFound():
            return NotSent(problem)
        case NetworkError():
            return _of_bad_request(problem) if isinstance(error, BadRequest) else _of_network_error(error, problem)
        case _:
            return MaybeSent(problem)


def _of_bad_request(problem: str) -> Failure:
    kinds: tuple[tuple[tuple[str, ...], type[BadMarkup | NothingToReplyTo | AlreadySo | Gone]], ...] = (
        (_MARKUP, BadMarkup),
        (_NO_REPLY, NothingToReplyTo),
        (_ALREADY, AlreadySo),
        (_GONE, Gone),
    )
    for marks, kind in kinds:
        if _has(problem, marks):
            return kind(problem)
    return Refused(problem)


def _of_network_error(error: NetworkError, problem: str) -> Failure:
    cause = error.__cause__
    if isinstance(cause, _NEVER_LEFT):
        return NotSent(problem)
    if isinstance(cause, httpx.HTTPError):
        return MaybeSent(problem)
    if _has(problem, _FLOODED):
        return Flooded(_FLOOD_WITHOUT_TIME_S, problem)
    if _has(problem, _TOO_LARGE):
        return Refused(problem)
    if _has(problem, _NOT_SENT):
        return NotSent(problem)
    return MaybeSent(problem)


def _has(problem: str, marks: tuple[str, ...]) -> bool:
    # The library changes the case of descriptions.
    return any(mark in problem.lower() for mark in marks)


def _described(error: BaseException) -> str:
    """Return the error in one short line; the body of an answer that is no JSON is left out."""
    text = str(error) if isinstance(error, TelegramError) else f"unreadable answer ({type(error).__name__})"
    text = text.partition(". Parsing the server response")[0]
    return " ".join(text.split())[:200]


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
