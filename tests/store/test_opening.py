"""Opening a store: what it sets, and what it says when it cannot."""

import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import store as store_package
from store import (
    Store,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreTooNew,
    StoreUnreachable,
    errors,
    open_store,
    turns,
)
from tests.store.conftest import NOW

ROOT = Path(store_package.__file__).parents[1]


def run_child(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


def test_each_connection_is_durable_and_keeps_references(store: Store) -> None:
    """WAL, synchronous FULL, foreign keys and a busy timeout are set on every connection."""
    assert store.database.pragma("journal_mode") == "wal"
    assert store.database.pragma("synchronous") == 2
    assert store.database.pragma("foreign_keys") == 1
    assert store.database.pragma("busy_timeout") == 5000


def test_a_reference_to_no_improvement_is_refused(store: Store) -> None:
    """A learned row must bear an improvement that exists."""
    sql = (
        "INSERT INTO entity_aliases (entity_id, alias, source, scope, improvement, created_at) "
        "VALUES ('light.x', 'x', 'automatic', 'shared', 7, '2026-01-01T00:00:00.000000Z')"
    )
    with pytest.raises(errors.StoreConstraint):
        store.database.fetch(sql)


def test_audit_rows_can_be_neither_changed_nor_deleted(store: Store) -> None:
    """The audit is append-only for every connection."""
    store.database.fetch(
        "INSERT INTO improvement_audit (id, improvement_id, action, actor, created_at) VALUES ('a', 'i', 'created', "
        "'ana', '2026-01-01T00:00:00.000000Z')"
    )
    for sql in ("UPDATE improvement_audit SET actor = 'bob'", "DELETE FROM improvement_audit"):
        with pytest.raises(errors.StoreConstraint, match="never"):
            store.database.fetch(sql)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("improvements", "status", "live"), ("improvements", "source", "rumour"), ("people", "role", "king")],
)
def test_a_word_outside_its_list_is_refused(store: Store, table: str, column: str, value: str) -> None:
    """Statuses, sources and roles are closed lists."""
    known: dict[str, dict[str, object]] = {
        "improvements": {
            "id": "i",
            "improvement_type": "alias",
            "tier": 1,
            "target": "t",
            "proposed_value": "{}",
            "created_at": "x",
        },
        "people": {"user": "ana", "first_seen": "x"},
    }
    columns = known[table] | {column: value}
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    with pytest.raises(errors.StoreConstraint, match="CHECK"):
        store.database.fetch(sql, tuple(columns.values()))


def test_stores_work_side_by_side(tmp_path: Path) -> None:
    """Two stores in one process never see each other's rows."""
    with open_store(tmp_path / "one.db") as one, open_store(tmp_path / "two.db") as two:
        turns.append(one, turns.NewTurn("ana", "c", NOW, text="one"))
        turns.append(two, turns.NewTurn("bob", "c", NOW, text="two"))
        turns.append(one, turns.NewTurn("ana", "c", NOW, text="three"))
        assert [turn.text for turn in turns.recent(one, 9)] == ["one", "three"]
        assert [turn.text for turn in turns.recent(two, 9)] == ["two"]


def _append_then_fail(store: Store) -> None:
    with store.atomic():
        turns.append(store, turns.NewTurn("ana", "c", NOW))
    store.database.fetch("SELECT * FROM nowhere")


def test_a_transaction_is_undone_by_an_error(store: Store) -> None:
    """Nothing of a failed transaction stays, a nested one included."""
    with pytest.raises(StoreError), store.atomic():
        _append_then_fail(store)
    assert turns.count(store) == 0


def test_a_store_from_a_newer_version_is_left_alone(db_path: Path) -> None:
    """A migration nobody here knows stops the start and is named."""
    with open_store(db_path) as store:
        store.database.fetch("INSERT INTO schema_migration (name, applied) VALUES ('9001_future', '2030-01-01')")
    before = db_path.read_bytes()
    with pytest.raises(StoreTooNew, match="9001_future") as caught:
        open_store(db_path)
    assert str(db_path) in str(caught.value)
    assert db_path.read_bytes() == before


@pytest.mark.parametrize("content", [b"this is no database, " * 200, b"\0" * 50])
def test_a_file_that_is_no_database_is_left_alone(db_path: Path, content: bytes) -> None:
    """What is not SQLite is reported and not overwritten."""
    db_path.write_bytes(content)
    with pytest.raises(StoreCorrupt, match=db_path.name):
        open_store(db_path)
    assert db_path.read_bytes() == content


def test_a_damaged_page_is_found_at_the_start(db_path: Path) -> None:
    """The check at the start finds damage inside the file."""
    with open_store(db_path) as store:
        for number in range(300):
            turns.append(store, turns.NewTurn("ana", "c", NOW, text=f"turn {number} " * 20))
    content = bytearray(db_path.read_bytes())
    for page in range(8, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xa5" * 64
    db_path.write_bytes(content)
    with pytest.raises(StoreCorrupt):
        open_store(db_path)
    assert db_path.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(db_path: Path) -> None:
    """Another program's tables are not taken for a store."""
    with sqlite3.connect(db_path) as other:
        other.execute("CREATE TABLE photos (name TEXT)")
    other.close()
    with pytest.raises(StoreCorrupt, match="another program"):
        open_store(db_path)


def test_a_missing_folder_is_said_so(tmp_path: Path) -> None:
    """A folder that does not exist is not made up, and a folder is no store."""
    with pytest.raises(StoreUnreachable, match="folder does not exist"):
        open_store(tmp_path / "nowhere" / "butler.db")
    with pytest.raises(StoreUnreachable, match="it is a folder"):
        open_store(tmp_path)


_AS_NOBODY = """
import os, sys
from store import StoreError, open_store
if os.geteuid() == 0:
    os.setuid(65534)
try:
    open_store(sys.argv[1])
except StoreError as exc:
    print(type(exc).__name__, exc)
    sys.exit(exc.exit_code)
"""


@pytest.mark.parametrize("locked", ["file", "folder"])
def test_a_store_that_cannot_be_written_is_said_so(locked: str) -> None:
    """A read-only file or folder ends the start with its own exit code and changes nothing."""
    with tempfile.TemporaryDirectory() as name:  # a folder every user can reach, for the child gives up being root
        folder = Path(name)
        path = folder / "butler.db"
        open_store(path).close()
        before = path.read_bytes()
        path.chmod(0o444 if locked == "file" else 0o666)
        folder.chmod(0o777 if locked == "file" else 0o555)
        done = run_child(_AS_NOBODY, str(path))
        assert (done.returncode, done.stdout.split()[:1]) == (StoreReadOnly.exit_code, ["StoreReadOnly"]), done.stderr
        assert str(path) in done.stdout
        folder.chmod(stat.S_IRWXU)
        assert path.read_bytes() == before


def test_a_full_file_refuses_the_turn_and_keeps_the_rest(store: Store) -> None:
    """When SQLite can take no more pages, StoreFull comes, and what was stored is still there."""
    kept = turns.append(store, turns.NewTurn("ana", "c", NOW, text="kept"))
    store.database.pragma("max_page_count", store.database.pragma("page_count"))
    with pytest.raises(StoreFull, match="disk is full"), store.atomic():
        turns.append(store, turns.NewTurn("ana", "c", NOW, text="too much " * 100_000))
    assert [turn.number for turn in turns.recent(store, 9)] == [kept]
    store.database.pragma("max_page_count", 1_000_000)
    assert turns.append(store, turns.NewTurn("ana", "c", NOW, text="goes on")) > kept


_LIMITED = """
import resource, sys
from datetime import UTC, datetime
from store import StoreError, open_store, turns
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
try:
    store = open_store(sys.argv[1])
    for number in range(1000):
        turns.append(store, turns.NewTurn("ana", "c", datetime.now(UTC), text="x" * 2000))
        print(number + 1, flush=True)
except StoreError as exc:
    print(type(exc).__name__)
    sys.exit(exc.exit_code)
"""


def test_a_disk_that_takes_no_more_loses_nothing_committed(db_path: Path) -> None:
    """When the operating system refuses to grow the file, every turn that was stored before is there afterwards."""
    done = run_child(_LIMITED, str(db_path))
    *numbers, last = done.stdout.split()
    assert (last, done.returncode) == ("StoreFull", StoreFull.exit_code), done.stderr
    with open_store(db_path) as store:
        assert turns.count(store) == int(numbers[-1])


def test_a_store_locked_for_too_long_is_said_so(db_path: Path) -> None:
    """Another writer that does not finish in time is named as such."""
    with open_store(db_path) as holder, open_store(db_path, timeout=0.05) as other, holder.atomic():
        with pytest.raises(StoreLocked, match=r"butler\.db"):
            turns.append(other, turns.NewTurn("ana", "c", NOW))
        assert turns.count(other) == 0


def test_every_error_has_an_exit_code_of_its_own_and_names_the_file() -> None:
    """A command line can tell the failures apart."""
    kinds = [StoreTooNew, StoreReadOnly, StoreFull, StoreCorrupt, StoreLocked, StoreUnreachable]
    assert len({kind.exit_code for kind in kinds}) == len(kinds)
    for kind in [*kinds, StoreError]:
        assert "some.db" in str(kind("some.db", "why"))
        assert 0 < kind.exit_code < 128
