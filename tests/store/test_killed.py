"""A kill -9 at any moment of a learning operation leaves all of it or nothing."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

import store as store_package
from store import LearningWriter, Store, active_rows, head, improvements, integrity_check, open_store
from tests.store.conftest import approved, moving
from tests.store.killed_child import ROWS

ROOT = Path(store_package.__file__).parents[1]
MOVES = ["before_begin", "after_audit", "before_commit", "after_commit"]
POINTS = [
    *[("deploy", point) for point in ["after_backup", "after_rows", *MOVES]],
    *[(operation, point) for operation in ("roll_back", "redo") for point in MOVES],
]


def picture(store: Store) -> tuple[object, ...]:
    """Return everything a learning operation changes."""
    return (
        head(store),
        active_rows(store),
        [entry.action for entry in improvements.audit(store)],
        len(improvements.backups(store, 1)),
        [item.status for item in improvements.listing(store)],
        store.database.fetch("SELECT count(*) FROM knowledge_rows"),
    )


def prepare(path: Path, operation: str) -> tuple[object, ...]:
    """Bring improvement #1 to where the operation starts, and return the picture."""
    with open_store(path) as store:
        writer = LearningWriter(store)
        number = approved(writer)
        if operation != "deploy":
            moving(lambda n, **words: writer.deploy(n, ROWS, **words), number, store, "live")
        if operation == "redo":
            moving(writer.roll_back, number, store, "", reason="r")
        writer.close()
        return picture(store)


def run(path: Path, operation: str, point: str) -> int:
    """Run the operation in a child and return how it ended."""
    command = [sys.executable, "-m", "tests.store.killed_child", str(path), operation, point]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode


@pytest.mark.parametrize(("operation", "point"), POINTS)
def test_a_kill_leaves_all_or_nothing(tmp_path: Path, operation: str, point: str) -> None:
    """Before the commit nothing has happened; after it everything has; the store is sound and can go on."""
    whole = tmp_path / "whole.db"
    before = prepare(whole, operation)
    assert run(whole, operation, "nowhere") == 0
    with open_store(whole) as store:
        after = picture(store)
    assert after != before

    path = tmp_path / "butler.db"
    prepare(path, operation)
    assert run(path, operation, point) == -signal.SIGKILL
    with open_store(path) as store:
        assert picture(store) == (after if point == "after_commit" else before)
        assert integrity_check(store) == []
    if point != "after_commit":
        assert run(path, operation, "nowhere") == 0
        with open_store(path) as store:
            assert picture(store) == after
