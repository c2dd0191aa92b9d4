"""Threads and processes share a store without losing anything."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import store as store_package
from store import LearningWriter, StaleHead, Store, active_rows, head, open_store, turns
from tests.store.conftest import LAMP, NOW, approved, deployed

ROOT = Path(store_package.__file__).parents[1]

_APPENDS = """
import sys
from datetime import UTC, datetime
from store import head, open_store, turns
with open_store(sys.argv[1]) as store:
    for _ in range(40):
        with store.atomic():
            count = turns.count(store)
            turns.append(store, turns.NewTurn(sys.argv[2], "c", datetime.now(UTC), text=str(count)))
"""


def test_processes_that_open_a_fresh_store_at_once_all_succeed(db_path: Path) -> None:
    """The schema is made once, and every read-modify-write of every process counts."""
    command = [sys.executable, "-c", _APPENDS, str(db_path)]
    children = [subprocess.Popen([*command, name], cwd=ROOT) for name in ("ana", "bob", "eve")]
    assert [child.wait(timeout=60) for child in children] == [0, 0, 0]
    with open_store(db_path) as store:
        assert [turn.text for turn in turns.recent(store, 999)] == [str(count) for count in range(120)]


def test_threads_have_connections_of_their_own(store: Store) -> None:
    """Writes of many threads all arrive, and numbers are given once."""

    def write(name: str) -> list[int]:
        numbers = [turns.append(store, turns.NewTurn(name, "c", NOW)) for _ in range(20)]
        store.release()
        return numbers

    with ThreadPoolExecutor(4) as pool:
        numbers = [number for batch in pool.map(write, "abcd") for number in batch]
    assert sorted(numbers) == list(range(1, 81))
    assert turns.count(store) == 80


def test_a_store_can_be_closed_while_a_thread_keeps_its_connection(db_path: Path) -> None:
    """Closing closes the connections of all threads, so that the file is whole by itself."""
    store = open_store(db_path)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(turns.append, store, turns.NewTurn("ana", "c", NOW)).result()
        store.close()
    assert not db_path.with_name(db_path.name + "-wal").exists()


def test_only_one_of_two_writers_deploys_on_the_same_head(store: Store) -> None:
    """Two deployments tested against the same knowledge: the second is stale, whichever thread it is."""
    writers = [LearningWriter(store) for _ in range(2)]
    numbers = [approved(writer) for writer in writers]

    def deploy(place: int) -> bool:
        try:
            writers[place].deploy(
                numbers[place], [LAMP], expected_head_digest="", new_digest=f"d{place}", actor="system", at=NOW
            )
        except StaleHead:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(deploy, range(2))) == [False, True]
    assert (head(store).version, len(active_rows(store))) == (1, 1)
    for writer in writers:
        writer.close()


def test_another_process_sees_that_the_head_moved(store: Store, writer: LearningWriter) -> None:
    """A store opened before a deployment reads the new head after it."""
    with open_store(store.path) as other:
        assert head(other).version == 0
        deployed(writer, store, digest="new")
        assert (head(other).version, head(other).digest) == (1, "new")


def test_a_read_of_what_is_learned_shows_one_moment(store: Store, writer: LearningWriter) -> None:
    """Inside one reading a deployment that happens meanwhile is not half seen."""
    with open_store(store.path) as other, other.reading():
        assert active_rows(other) == []
        deployed(writer, store)
        assert (active_rows(other), head(other).version) == ([], 0)
    assert len(active_rows(store)) == 1
