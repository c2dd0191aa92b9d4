"""A household in which lessons are tested quickly: what the suite says of knowledge nobody added to is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.learning.golden import GoldenSet
from engine.understanding.interpreter import Interpreter
from tests.acceptance.family import Family
from tests.acceptance.household import Parts


@pytest.fixture(scope="session")
def warmed(interpreter: Interpreter, golden: GoldenSet, tmp_path_factory: pytest.TempPathFactory) -> Parts:
    return Parts(interpreter, golden).warmed(tmp_path_factory.mktemp("warmed"))


@pytest.fixture
def family(warmed: Parts, tmp_path: Path) -> Iterator[Family]:
    """Return a household whose people were let in on Telegram."""
    one = Family(warmed, tmp_path / "data")
    yield one
    one.close()
