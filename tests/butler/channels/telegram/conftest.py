"""What tests of the channel share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import open_store
from tests.butler.channels.telegram.sending_scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """Return a scene of this test."""
    with open_store(tmp_path / "butler.db") as store:
        yield Scene(store)
