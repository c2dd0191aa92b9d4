from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.api import Engine
from engine.learning.changes import AliasChange, Change, CommandChange, SynonymChange
from engine.learning.fold import ActiveChange, fold
from engine.learning.outcomes import Live
from engine.understanding.knowledge import BaseKnowledge
from engine.understanding.snapshot import Snapshot
from store import Status, Store, head, open_store
from tests.engine.learning.conftest import AT, Teacher

LESSONS: tuple[Change, ...] = (
    AliasChange("big bertha", "entity", "light.floor_lamp"),
    AliasChange("man cave", "area", "workshop"),
    SynonymChange("zap", "turn on"),
    CommandChange("film o'clock", "turn off the floor lamp"),
    AliasChange("sparky", "entity", "light.kitchen_main", "personal", "ana"),
)


@pytest.fixture(scope="module")
def fresh_path(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    return lambda: tmp_path_factory.mktemp("store") / "butler.db"


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(LESSONS))), toggles=st.lists(st.integers(1, len(LESSONS)), max_size=8))
def test_any_order_of_lessons_rollbacks_and_redos_gives_the_digest_of_the_fold(
    *,
    order: list[int],
    toggles: list[int],
    fresh_path: Callable[[], Path],
    open_engine: Callable[[Store], Engine],
    by: Teacher,
    house: Snapshot,
    base: BaseKnowledge,
) -> None:
    with open_store(fresh_path()) as store:
        engine = open_engine(store)
        taught = {number: LESSONS[which] for number, which in enumerate(order, start=1)}
        for number, change in taught.items():
            assert engine.lesson(change, by("ana")) == Live(number, engine.knowledge.version)
        for number in toggles:
            improvement = engine.improvement(number)
            assert improvement is not None
            if improvement.status is Status.ROLLED_BACK:
                engine.redo(number, actor="root", at=AT, snapshot=house)
            else:
                engine.roll_back(number, actor="root", at=AT, reason="toggled")
        out = {number for number in taught if toggles.count(number) % 2}
        left = fold(base, [ActiveChange(n, change) for n, change in taught.items() if n not in out])
        assert engine.digest() == left.digest(engine._deployer.encoder_id) == head(store).digest
        assert open_engine(store).digest() == engine.digest()
        engine.close()
