"""Which home a configuration means: Home Assistant, a home file, or the demo home that ships with Butler."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from butler.clock import Clock, SystemClock
from butler.config import Config
from butler.home import DemoHome, Home, HomeError, load_home, packaged_house
from butler.home.homefile import HomeFile
from engine.understanding.snapshot import Snapshot

_LOG = logging.getLogger(__name__)
_CALLS_OF_ASSISTANT_S = 3.8  # each look at Home Assistant may take 0.6 s more


class NoDemoHomeError(HomeError):
    """Something was asked of the home that only a demo home does."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is for the demo home, and this home is run by Home Assistant")


@contextmanager
def opened(config: Config, clock: Clock) -> Iterator[Home]:
    """Yield the configured home and close it afterwards; raises HomeFileError."""
    if config.home_assistant.url is None:
        house = house_of(config).snapshot
        yield DemoHome(house, sleep=clock.sleep, monotonic=clock.monotonic, now=clock.now)
        return
    # Its client takes a while to load, and a demo home needs none.
    from butler.home.assistant import Address, AssistantHome  # noqa: PLC0415

    address = Address(config.home_assistant.url, config.home_assistant.token)
    home = AssistantHome(address, exposed_only=config.home_assistant.exposed_only)
    try:
        yield home
    finally:
        home.close()


def look(config: Config) -> Snapshot:
    """Return the configured home as it is now; raises a HomeError."""
    with opened(config, SystemClock()) as home:
        return home.snapshot()


def demo_of(home: Home, what: str) -> DemoHome:
    """Return the home if it is a demo home; raises NoDemoHomeError, which says what was asked of it."""
    if isinstance(home, DemoHome):
        return home
    raise NoDemoHomeError(what)


def call_patience_s(config: Config) -> float:
    """Return how long a turn waits for its calls, in seconds: with looking before and after, 5 s in all."""
    return 5.0 if config.home_assistant.url is None else _CALLS_OF_ASSISTANT_S


def problem_of(home: Home) -> str | None:
    """Return what keeps Butler from the home, as far as is known without asking it; None while it is reached."""
    return str(problem) if (problem := getattr(home, "problem", None)) else None


def house_of(config: Config) -> HomeFile:
    """Return the configured house, or the one that ships; what is odd about its file is logged."""
    if config.home_file is None:
        return packaged_house()
    house = load_home(config.home_file)
    for warning in house.warnings:
        _LOG.warning("%s: %s", config.home_file, warning)
    return house
