"""Threads that write at once, and what may be lost with the power."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store import Store, StoreConstraint, StoreFull, StoreLocked, facts, open_store


def test_threads_that_write_at_once_all_do(store: Store) -> None:
    """Each waits for the one before it, in a transaction or out of one."""

    def count_up(number: int) -> None:
        for _ in range(20):
            with store.atomic():
                facts.put(store, "count", str(int(facts.get(store, "count") or 0) + 1))
            facts.put(store, f"own {number}", "seen")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_up, range(4)))
    assert facts.get(store, "count") == "80"


def test_who_waits_too_long_is_told(tmp_path: Path) -> None:
    """Like somebody whom another process keeps waiting; whoever failed keeps nobody else out."""
    with open_store(tmp_path / "butler.db", timeout=0.05) as store:
        writing, ending = threading.Event(), threading.Event()

        def long_one() -> None:
            with store.atomic():
                writing.set()
                ending.wait(10)

        thread = threading.Thread(target=long_one)
        thread.start()
        writing.wait(10)
        with pytest.raises(StoreLocked):
            facts.put(store, "key", "value")
        with pytest.raises(StoreLocked), store.atomic():
            pass
        ending.set()
        thread.join(10)
        facts.put(store, "key", "value")
        assert facts.get(store, "key") == "value"


def _half_done(store: Store) -> None:
    facts.put(store, "key", "value")
    store.database.execute_sql("INSERT INTO facts (key, value) VALUES ('key', 'again')")


def test_a_transaction_that_fails_lets_the_next_one_write(store: Store) -> None:
    """It is rolled back, and nobody waits for it."""
    for transaction in (store.atomic, store.unflushed):
        with pytest.raises(StoreConstraint), transaction():
            _half_done(store)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(facts.put, store, "other", "value").result(10)
    assert (facts.get(store, "key"), facts.get(store, "other")) == (None, "value")


def test_only_what_says_so_is_left_unflushed(store: Store) -> None:
    """Everything after it, and around it, is flushed as ever."""

    def mode() -> int:
        return int(store.database.pragma("synchronous"))

    full = mode()
    with store.unflushed():
        assert mode() < full
    assert mode() == full
    with store.atomic(), store.unflushed():
        assert mode() == full
        facts.put(store, "key", "value")
    assert facts.get(store, "key") == "value"


def test_flushing_keeps_nobody_from_writing(store: Store) -> None:
    """It works in the middle of another one's transaction, and where there is no log."""
    with store.unflushed():
        facts.put(store, "key", "value")
    with store.atomic(), ThreadPoolExecutor(1) as pool:
        pool.submit(store.flush).result(10)
    store.database.fetch("PRAGMA wal_checkpoint(TRUNCATE)")
    store.flush()
    store.close()
    assert not store.path.with_name("butler.db-wal").exists()
    store.flush()


def test_what_cannot_be_flushed_is_an_error(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may act on what may be gone after a power cut."""

    def broken(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", broken)
    facts.put(store, "key", "value")
    with pytest.raises(StoreFull, match="No space left"):
        store.flush()
