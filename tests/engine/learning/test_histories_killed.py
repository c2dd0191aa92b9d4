"""50 random histories, each ended by a real kill -9: half at a point of a transaction, half at any moment at all."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import pytest

from store import head, integrity_check, open_store
from tests.engine.learning.histories import Life, verify

KILLS, BATCHES = 50, 5
MOST_STEPS = 2_000


def live(path: str, seed: int, last_point: int | None, begun: Connection) -> None:
    """Learn at random until killed: by itself at the given point of its transactions, or by somebody else."""
    points = iter(range(1, MOST_STEPS))

    def on_step(_: str) -> None:
        if next(points) == last_point:
            os.kill(os.getpid(), signal.SIGKILL)

    with open_store(path) as store:
        life = Life(store, random.Random(seed))
        life.on_step = on_step
        begun.send(True)
        while True:
            life.take()


@pytest.fixture(scope="module")
def server() -> ForkServerContext:
    """Give a process that has everything imported and from which each history is forked."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pytest", "tests.engine.learning.histories", __name__])
    return context


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make one store whose base knowledge is on record; histories begin with copies of it."""
    path = tmp_path_factory.mktemp("template") / "butler.db"
    with open_store(path) as store:
        Life(store, random.Random(0)).close()
    return path


def killed(server: ForkServerContext, path: Path, chance: random.Random, *, at_a_point: bool) -> ForkServerProcess:
    """Let a process learn until it is killed, and return what is left of it."""
    here, there = server.Pipe(duplex=False)
    point = chance.randint(4, 90) if at_a_point else None
    process = server.Process(target=live, args=(str(path), chance.randrange(10**6), point, there))
    process.start()
    there.close()
    assert here.poll(60)
    here.close()
    if not at_a_point:
        process.join(chance.uniform(0.0, 0.25))
        process.kill()
    process.join(60)
    return process


@pytest.mark.parametrize("seed", range(BATCHES))
def test_a_kill_leaves_nothing_mixed(seed: int, server: ForkServerContext, template: Path, tmp_path: Path) -> None:
    """Ten kills a seed: the store is sound and tells one story, and the next process goes on from its digest.

    What is left, taught anew after all was taken back, leads to the same digest again.
    """
    chance = random.Random(seed)
    lived = 0
    for number in range(KILLS // BATCHES):
        path = tmp_path / f"{number}.db"
        shutil.copy(template, path)
        process = killed(server, path, chance, at_a_point=number % 2 == 0)
        assert process.exitcode == -signal.SIGKILL
        with open_store(path) as store:
            assert integrity_check(store) == []
            left, moved = verify(store), head(store)
            life = Life(store, chance)
            assert (life.in_force.now.digest, head(store)) == (moved.digest, moved)
            lived += moved.version
            life.take_all_back()
            life.learn(left)
            assert head(store).digest == moved.digest
            verify(store)
            life.close()
    assert lived > KILLS // BATCHES
