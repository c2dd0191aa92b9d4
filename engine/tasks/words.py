"""The word tables that ship for reading thoughts and lists."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _document() -> dict[str, str]:
    text = (files("engine.tasks") / "data" / "words.toml").read_text(encoding="utf-8")
    return {name: str(value) for name, value in tomllib.loads(text).items()}


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the single words of a table ("verbs", "units")."""
    return frozenset(_document()[name].split())


@cache
def phrases_of(name: str) -> tuple[str, ...]:
    """Return the phrases of a table ("together", "numbered"), the longest first."""
    return tuple(sorted(filter(None, map(str.strip, _document()[name].splitlines())), key=lambda p: (-len(p), p)))
