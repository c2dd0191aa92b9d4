"""Households for acceptance tests, all over one interpreter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.learning.golden import GoldenSet
from engine.understanding.interpreter import Interpreter
from tests.acceptance.household import Household, Parts, few

Opening = Callable[..., Household]


@pytest.fixture(scope="session")
def parts(interpreter: Interpreter, golden: GoldenSet, tmp_path_factory: pytest.TempPathFactory) -> Parts:
    return Parts(interpreter, few(golden)).warmed(tmp_path_factory.mktemp("warm"))


@pytest.fixture
def opened(parts: Parts, tmp_path: Path) -> Iterator[Opening]:
    """Open households that are closed at the end."""
    households: list[Household] = []

    def open_one(data: Path = tmp_path / "data", **more: object) -> Household:
        households.append(Household(parts, data, **more))  # type: ignore[arg-type]  # its own keywords
        return households[-1]

    yield open_one
    for household in households:
        household.close()


@pytest.fixture
def home(opened: Opening) -> Household:
    """Return a household in the demo home that was taught nothing."""
    return opened()


@pytest.fixture(scope="module")
def shared(parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Household]:
    """Return a household for a whole module: what a test changes of its knowledge, it takes back."""
    household = Household(parts, tmp_path_factory.mktemp("shared"))
    yield household
    household.close()
