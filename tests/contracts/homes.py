"""Every adapter of the port `Home`, each with the same house behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import pytest

from butler.home.assistant import AssistantHome
from butler.home.demo import DemoHome
from butler.home.homefile import parse_home
from butler.home.port import Home
from tests.home_assistant.stand_in import StandIn

House = Mapping[str, Any]
Open = Callable[[House, pytest.FixtureRequest], AbstractContextManager[Home]]


@contextmanager
def _demo(house: House, _: pytest.FixtureRequest) -> Iterator[Home]:
    yield DemoHome(
        parse_home(house).snapshot,
        sleep=lambda seconds: None,
        monotonic=lambda: 0.0,
        now=lambda: datetime(2026, 3, 1, tzinfo=UTC),
    )


@contextmanager
def _stand_in(house: House, _: pytest.FixtureRequest) -> Iterator[Home]:
    server = StandIn(house)
    home = AssistantHome(server.address)
    try:
        yield home
    finally:
        home.close()
        server.close()


@contextmanager
def _real(house: House, request: pytest.FixtureRequest) -> Iterator[Home]:
    server = request.getfixturevalue("real_home_assistant")
    server.load(house)
    home = AssistantHome(server.address)
    try:
        yield home
    finally:
        home.close()


ADAPTERS: Mapping[str, Open] = MappingProxyType({"demo": _demo, "stand-in": _stand_in, "real": _real})
EACH = [
    pytest.param(name, marks=[pytest.mark.real_home_assistant] if name == "real" else []) for name in sorted(ADAPTERS)
]
