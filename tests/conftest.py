"""What tests of every package share: the real interpreter, the whole golden set and its house, each made once."""

from __future__ import annotations

import pytest

from engine.embedding import FastembedEncoder, VectorCache
from engine.embedding.precompute import SHIPPED
from engine.learning.golden import GoldenSet
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from engine.understanding.snapshot import Snapshot
from tests.home_assistant.fixtures import real_home_assistant

__all__ = ["real_home_assistant"]


@pytest.fixture(scope="session")
def interpreter() -> Interpreter:
    """Return the interpreter as it ships: all exemplars, all patterns, the bundled model."""
    return Interpreter.build(Knowledge(BaseKnowledge.load()), VectorCache(FastembedEncoder(), SHIPPED))


@pytest.fixture(scope="session")
def golden() -> GoldenSet:
    """Return the whole golden set."""
    return GoldenSet.packaged()


@pytest.fixture(scope="session")
def house(golden: GoldenSet) -> Snapshot:
    """Return the house the golden set speaks of."""
    return golden.house
