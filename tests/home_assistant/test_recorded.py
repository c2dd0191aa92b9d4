"""The stand-in says nothing that a real Home Assistant was not heard to say, and a real one still says it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from butler.home.assistant.connection import Address
from tests.home_assistant.houses import EVERYTHING
from tests.home_assistant.recording import heard, recorded, unsaid
from tests.home_assistant.stand_in import StandIn


def _stand_in(_: pytest.FixtureRequest) -> Iterator[Address]:
    server = StandIn(EVERYTHING)
    yield server.address
    server.close()


def _real(request: pytest.FixtureRequest) -> Iterator[Address]:
    server = request.getfixturevalue("real_home_assistant")
    server.load(EVERYTHING)
    yield server.address


@pytest.fixture(params=[_stand_in, pytest.param(_real, marks=pytest.mark.real_home_assistant)])
def address(request: pytest.FixtureRequest) -> Iterator[Address]:
    yield from request.param(request)


def test_what_a_server_says_is_what_was_recorded(address: Address) -> None:
    said = heard(address)
    assert unsaid(said, recorded()) == []
    assert said.keys() == recorded().keys()


def test_another_shape_is_told_apart() -> None:
    assert unsaid({"a": ["text"], "b": "number"}, {"a": ["number"]}) == [".b", ".a[]: text for number"]
