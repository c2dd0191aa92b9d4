"""Traces that are gathered and written together: none is lost when Butler stops, and a second's when it is killed."""

import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import Store, StoreError, open_store, projects
from store.trace_buffer import MOST_WAITING, TraceBuffer
from store.trace_stream import stream
from store.traces import TraceEntry
from tests.store.conftest import NOW

ENTRY = TraceEntry("t", "job", "digest", NOW, outcome="done")
NEVER = 3600.0


def numbers(store: Store) -> list[int]:
    return [trace.metadata["n"] for trace in stream(store)]


def entry(number: int) -> TraceEntry:
    return replace(ENTRY, metadata={"n": number})


def test_what_waits_is_written_in_its_order_when_it_closes(store: Store) -> None:
    """A clean stop loses nothing, however little time there was."""
    with TraceBuffer(store, every_s=NEVER) as buffer:
        for number in range(1000):
            buffer.write(entry(number))
        assert numbers(store) == []
    assert numbers(store) == list(range(1000))


def test_a_thread_writes_it_without_being_asked(store: Store) -> None:
    """What was written is in the store soon, while nobody closes anything."""
    with TraceBuffer(store, every_s=0.01) as buffer:
        buffer.write(entry(1))
        until = time.monotonic() + 30
        while not numbers(store) and time.monotonic() < until:
            threading.Event().wait(0.01)
        assert numbers(store) == [1]


def test_flushing_writes_at_once(store: Store) -> None:
    """Whoever needs it there now, has it there now."""
    with TraceBuffer(store, every_s=NEVER) as buffer:
        buffer.write(entry(1))
        buffer.flush()
        assert numbers(store) == [1]


def test_threads_that_write_at_once_lose_nothing(store: Store) -> None:
    """Each thread's traces keep their order among themselves."""
    with TraceBuffer(store, every_s=0.001) as buffer:

        def work(start: int) -> None:
            for number in range(start, start + 300):
                buffer.write(entry(number))

        threads = [threading.Thread(target=work, args=(1000 * place,)) for place in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    found = numbers(store)
    for place in range(4):
        of_one = [number for number in found if number // 1000 == place]
        assert of_one == list(range(1000 * place, 1000 * place + 300))


def test_what_comes_after_closing_is_written_all_the_same(store: Store) -> None:
    """The last words of whatever stops last are kept."""
    buffer = TraceBuffer(store, every_s=NEVER)
    buffer.close()
    buffer.write(entry(7))
    assert numbers(store) == [7]


def test_one_trace_that_cannot_be_kept_takes_no_other_with_it(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """A project that is no more is named in the log."""
    hall = projects.find_or_add(store, "hall", by="ana", at=NOW)
    with TraceBuffer(store, every_s=NEVER) as buffer:
        buffer.write(entry(1))
        buffer.write(replace(entry(2), project=hall.id + 50))
        buffer.write(replace(entry(3), project=hall.id))
    assert numbers(store) == [1, 3]
    assert "cannot be kept" in caplog.text


def test_a_store_that_is_held_by_another_is_tried_again(store: Store, db_path: Path) -> None:
    """What could not be written waits, in its place before what came later."""
    with open_store(db_path) as other, TraceBuffer(other, every_s=NEVER) as buffer:
        buffer.write(entry(1))
        store.database.seam().execute("ALTER TABLE execution_logs RENAME TO away")
        with pytest.raises(StoreError):
            buffer.flush()
        store.database.seam().execute("ALTER TABLE away RENAME TO execution_logs")
        buffer.write(entry(2))
    assert numbers(store) == [1, 2]


def test_no_more_wait_than_memory_has_room_for(store: Store) -> None:
    """While nothing can be written, the oldest go."""
    with TraceBuffer(store, every_s=NEVER) as buffer:
        for number in range(MOST_WAITING + 5):
            buffer.write(entry(number))
    assert numbers(store)[0] == 5
    assert len(numbers(store)) == MOST_WAITING


def test_a_kill_loses_a_second_at_most(store: Store, db_path: Path) -> None:
    """What was written longer than a second before the kill is in the store."""
    command = [sys.executable, "-m", "tests.store.tracing_child", str(db_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = [child.stdout.readline().split() for _ in range(500)]
        killed_at = datetime.now(UTC).timestamp()
        child.kill()
        said += [line.split() for line in child.stdout]
    kept = set(numbers(store))
    lost = [float(at) for number, at in (line for line in said if len(line) == 2) if int(number) not in kept]
    assert kept
    assert all(killed_at - at <= 1.0 for at in lost)
