"""The real Home Assistant that one run of the tests shares."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.home_assistant.installing import NEEDS, python
from tests.home_assistant.real_server import RealServer


@pytest.fixture(scope="session")
def real_home_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """Yield a server that runs; who asks for it without a Python for it fails."""
    if python() is None:
        pytest.fail(f"there is no Python {NEEDS} to run Home Assistant with: name one with HOME_ASSISTANT_PYTHON")
    server = RealServer(tmp_path_factory.mktemp("home-assistant"))
    try:
        server.start()
        yield server
    finally:
        server.stop()
