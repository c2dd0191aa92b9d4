"""Single values of the configuration: where one was given, how it is read, and how it can be wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, tzinfo
from math import nan
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from engine.llm.jobs import JOBS

_WORDS_OF_TRUTH: Mapping[str, bool] = MappingProxyType(
    {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
)
WYOMING_PORT = 10300


class ConfigError(Exception):
    """A value is wrong: `origin` is the file, variable or flag, `key` is "section.name" (empty for a whole file)."""

    def __init__(self, origin: str, key: str, problem: str) -> None:
        self.origin, self.key, self.problem = origin, key, problem
        super().__init__(f"{origin}: {key}: {problem}" if key else f"{origin}: {problem}")


class UnfitError(ValueError):
    """A value cannot be what its key stands for."""


@dataclass(frozen=True)
class Value:
    """A value and where it was given; `folder` is what relative paths start at."""

    value: Any
    origin: str
    folder: Path


def text(given: Value) -> str:
    """Return a text, which may be empty."""
    if not isinstance(given.value, str):
        raise UnfitError(f"must be a text, not {given.value!r}")
    return given.value


def filled(given: Value) -> str:
    """Return a text that is not empty, without blanks around it."""
    read = text(given).strip()
    if not read:
        raise UnfitError("must not be empty")
    return read


def texts(given: Value) -> tuple[str, ...]:
    """Return a list of texts, or one text's parts between commas."""
    value = given.value.split(",") if isinstance(given.value, str) else given.value
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise UnfitError(f"must be a list of texts, not {given.value!r}")
    return tuple(item.strip() for item in value if item.strip())


def flag(given: Value) -> bool:
    """Return whether something is turned on."""
    value = _WORDS_OF_TRUTH.get(given.value.strip().lower()) if isinstance(given.value, str) else given.value
    if not isinstance(value, bool):
        raise UnfitError(f"must be true or false, not {given.value!r}")
    return value


def whole(low: int, high: int) -> Callable[[Value], int]:
    """Return a reader of whole numbers from `low` to `high`."""

    def read(given: Value) -> int:
        value = given.value
        if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
            value = int(value.strip()[:20])
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise UnfitError(f"must be a whole number from {low} to {high}, not {given.value!r}")
        return value

    return read


def file(given: Value) -> Path | None:
    """Return a file's path, or None for an empty text."""
    read = text(given)
    return given.folder / Path(read).expanduser() if read else None


def zone(given: Value) -> tzinfo | None:
    """Return a time zone by its name, or None for an empty text."""
    name = text(given).strip()
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError) as exc:
        raise UnfitError(f"{name!r} is no time zone: name one such as Europe/Berlin") from exc


def degrees(most: float) -> Callable[[Value], float | None]:
    """Return a reader of degrees from -`most` to `most`, which is None for an empty text."""

    def read(given: Value) -> float | None:
        said = given.value.strip() if isinstance(given.value, str) else given.value
        if said == "":
            return None
        try:
            found = float(said) if not isinstance(said, bool) else nan
        except (TypeError, ValueError):
            found = nan
        if not -most <= found <= most:
            raise UnfitError(f"must be degrees from -{most:g} to {most:g} such as 52.52, not {given.value!r}")
        return found

    return read


def hour(given: Value) -> time:
    """Return a time of day."""
    if isinstance(given.value, time):
        return given.value
    try:
        read = time.fromisoformat(text(given))
    except ValueError as exc:
        raise UnfitError(f'must be a time such as "22:00", not {given.value!r}') from exc
    if read.tzinfo is not None:
        raise UnfitError("must be a time of the household's clock, without a zone")
    return read


def address(given: Value) -> str:
    """Return an http or https address without a slash at its end; errors do not repeat it, it may hold a secret."""
    read = filled(given).rstrip("/")
    try:
        parts = urlsplit(read)
        fit = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        fit = False
    if not fit:
        raise UnfitError("must be an address that begins with https:// or http://")
    if parts.username is not None or parts.query or parts.fragment or ":" in parts.path:
        raise UnfitError("must be an address alone, without a name, password, token or ? part")
    return read


def address_if_any(given: Value) -> str | None:
    """Return an address, or None for an empty text."""
    return address(given) if text(given).strip() else None


def models(given: Value) -> Mapping[str, str]:
    """Return a language model for each job: from a table, from "JOB=MODEL, ...", or one name for all jobs."""
    value = given.value
    if isinstance(value, str) and "=" in value:
        value = {job.strip(): name for job, _, name in (part.partition("=") for part in value.split(","))}
    if isinstance(value, str):
        value = dict.fromkeys(JOBS, filled(given))
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value.values()):
        raise UnfitError("must be the name of a model, or a table of names by job")
    if unknown := sorted(set(value) - set(JOBS)):
        raise UnfitError(f"there is no job {unknown[0]!r}: there are {', '.join(JOBS)}")
    return MappingProxyType({job: name.strip() for job, name in value.items() if name.strip()})


def endpoint(given: Value) -> tuple[str | None, int]:
    """Return host and port of a server given as "host:port" or "host"; no host for an empty text."""
    read = text(given).strip().removeprefix("tcp://").rstrip("/")
    if not read:
        return None, WYOMING_PORT
    try:
        parts = urlsplit(f"//{read}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or port == 0 or parts.path or parts.username is not None:
        raise UnfitError(f'must be a server such as "127.0.0.1:{WYOMING_PORT}", not {given.value!r}')
    return host, port or WYOMING_PORT
