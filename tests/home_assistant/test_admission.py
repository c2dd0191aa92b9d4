"""Home Assistant takes its token back: whoever looks after the household is told of it once, and of no mere absence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from butler.admission import Admission
from butler.conversation.turn import Notice
from butler.floor import Floor
from butler.home.assistant import AssistantHome
from butler.home.port import admission_of
from store import open_store
from store.database import Store
from tests.home_assistant.conftest import QUICK, within
from tests.home_assistant.stand_in import TOKEN, StandIn

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Household:
    """A home whose token is good or not, and what the admins are told of it."""

    home: AssistantHome
    store: Store
    told: list[Notice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget what only the process knew."""
        self.admission = Admission(self.home, Floor(), self.store, lambda notice, _: self.told.append(notice))

    def after(self, admitted: bool | None) -> int:
        """Return how often was told, once the home is known to let Butler in or not."""
        assert within(5, lambda: admission_of(self.home) is admitted)
        self.admission.look(NOW)
        self.admission.look(NOW)
        return len(self.told)


@pytest.fixture
def household(server: StandIn, tmp_path: Path) -> Iterator[Household]:
    home = AssistantHome(server.address, timing=replace(QUICK, refused_wait_s=0.05))
    with open_store(tmp_path / "store.db") as store:
        yield Household(home, store)
    home.close()


def test_it_is_told_once_and_again_only_after_it_worked_in_between(household: Household, server: StandIn) -> None:
    assert household.after(admitted=True) == 0
    server.revoke()
    assert household.after(admitted=False) == 1
    server.tokens.add(TOKEN)
    assert household.after(admitted=True) == 1
    server.revoke()
    assert household.after(admitted=False) == 2


def test_neither_a_server_that_is_away_nor_a_restart_of_butler_has_it_told_twice(
    household: Household, server: StandIn
) -> None:
    server.stop()
    assert household.after(admitted=None) == 0
    server.tokens.clear()
    server.start()
    assert household.after(admitted=False) == 1
    server.stop()
    assert household.after(admitted=None) == 1
    server.start()
    household.restart()
    assert household.after(admitted=False) == 1
