"""500 random histories over a store, two processes' worth of writers, with a fault at any point of any step."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from store import StoreError, head, integrity_check, open_store
from store.learning_connection import authorize
from tests.engine.learning.histories import Life, nothing, verify

BATCHES, IN_A_BATCH = 20, 25
STEPS = 14
POINTS = ("before_begin", "after_backup", "after_rows", "after_audit", "before_commit", "after_commit")
KINDS = ("raised", "interrupted", "full", "locked", "overtaken")


class TornError(Exception):
    """What no program expects."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one store whose base knowledge is on record; histories begin with copies of it."""
    path = tmp_path_factory.mktemp("template") / "butler.db"
    with open_store(path) as store:
        Life(store, random.Random(0)).close()
    return path


class Faults:
    """Makes one step go wrong, for real where SQLite can be made to fail."""

    def __init__(self, chance: random.Random, path: Path) -> None:
        self.chance, self.path = chance, path
        self.happened: Counter[str] = Counter()

    def strike(self, life: Life, other: Life) -> None:
        """Take a step in which something goes wrong."""
        kind = self.chance.choice(KINDS)
        with getattr(self, kind)(life, other):
            try:
                (life.try_out if kind == "overtaken" else life.take)()
            except (StoreError, TornError, KeyboardInterrupt) as error:
                self.happened[type(error).__name__] += 1
        life.on_step = nothing

    @contextmanager
    def raised(self, life: Life, other: Life) -> Iterator[None]:
        """Raise an error at a point of the transaction."""
        life.on_step = self._at_a_point(TornError())
        yield

    @contextmanager
    def interrupted(self, life: Life, other: Life) -> Iterator[None]:
        """Press Ctrl-C at a point of the transaction."""
        life.on_step = self._at_a_point(KeyboardInterrupt())
        yield

    @contextmanager
    def full(self, life: Life, other: Life) -> Iterator[None]:
        """Let the file grow no more."""
        connection = life.writer._connection
        connection.set_authorizer(None)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        most = connection.execute("PRAGMA max_page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        connection.set_authorizer(authorize)
        life.on_step = self._fill(connection)
        yield
        connection.set_authorizer(None)
        connection.execute(f"PRAGMA max_page_count = {most}")
        connection.set_authorizer(authorize)

    @contextmanager
    def locked(self, life: Life, other: Life) -> Iterator[None]:
        """Let another process write and not come to an end."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            yield
            holder.execute("ROLLBACK")

    @contextmanager
    def overtaken(self, life: Life, other: Life) -> Iterator[None]:
        """Move knowledge between the test and the deployment."""
        before = head(life.store)

        def overtake(point: str) -> None:
            if point == "before_begin" and self.chance.random() < 0.4:
                self.chance.choice((other.try_out, other.take))()

        life.on_step = overtake
        yield
        self.happened["overtaken"] += head(life.store).version > before.version + 1

    def _at_a_point(self, error: BaseException) -> Callable[[str], None]:
        wanted = self.chance.choice(POINTS)

        def on_step(point: str) -> None:
            if point == wanted:
                raise error

        return on_step

    def _fill(self, connection: sqlite3.Connection) -> Callable[[str], None]:
        """Leave no free page for the rows of the transaction itself."""

        def on_step(point: str) -> None:
            if point in {"after_backup", "before_commit"} and connection.in_transaction:
                blob = "x" * 100_000
                connection.execute("UPDATE improvements SET rationale = ? WHERE number = 1", (blob,))

        return on_step


@pytest.mark.parametrize("seed", range(BATCHES))
def test_no_fault_leaves_anything_mixed(seed: int, template: Path, tmp_path: Path) -> None:
    """25 histories a seed: after each fault the store tells one story, and its digest is that of what was not undone.

    A fresh start finds the store as it was left. When all of it is taken back, the digest is that of the beginning, and
    when what was left is taught anew, and nothing of what was undone, it is the digest of the history.
    """
    chance = random.Random(seed)
    happened: Counter[str] = Counter()
    for number in range(IN_A_BATCH):
        path = tmp_path / f"{number}.db"
        shutil.copy(template, path)
        with open_store(path, timeout=0.002) as store:
            begun = head(store).digest
            happened += lived_through(Life(store, chance), Life(store, chance), chance)
            left, moved = verify(store), head(store)
            assert integrity_check(store) == []
            again = Life(store, chance)
            assert (again.in_force.now.digest, head(store)) == (moved.digest, moved)
            again.take_all_back()
            assert head(store).digest == begun
            again.learn(left)
            assert head(store).digest == moved.digest
            again.close()
        happened["live"] += len(left)
    assert {*happened} >= {"TornError", "KeyboardInterrupt", "StoreFull", "StoreLocked", "overtaken", "live"}


def lived_through(life: Life, other: Life, chance: random.Random) -> Counter[str]:
    """Take the steps of a history with faults, and return what happened."""
    faults = Faults(chance, life.store.path)
    for _ in range(STEPS):
        if chance.random() < 0.3:
            faults.strike(life, other)
            verify(life.store)
        else:
            chance.choice((life, other)).take()
        digests = {one.in_force.refresh().digest for one in (life, other)}
        assert digests == {head(life.store).digest}
    life.close()
    other.close()
    return faults.happened
