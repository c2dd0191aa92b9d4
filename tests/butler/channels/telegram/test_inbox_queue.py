"""Updates are saved before they are confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from butler.channels.telegram import inbox_queue
from butler.channels.telegram.arrivals import Arrival
from butler.channels.telegram.inbox_queue import InboxQueue
from butler.clock import ManualClock
from store import Store, StoreFull, inbox, open_store
from tests.butler.channels.telegram.updates import ME, said, update

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    with open_store(tmp_path / "butler.db") as opened:
        yield opened


@pytest.fixture
def handed() -> list[Arrival]:
    """Return what was handed on."""
    return []


@pytest.fixture
def queue(store: Store, handed: list[Arrival]) -> Iterator[InboxQueue]:
    """Return a queue as polling uses it."""
    opened = InboxQueue(store, ManualClock(NOW), ME, handed.append)
    yield opened
    opened.close()


class _FullDisk:
    """A disk that is full for a number of updates."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
        self.times = times
        self.tried = asyncio.Event()
        self.loop: asyncio.AbstractEventLoop | None = None
        self._receive = inbox.receive
        monkeypatch.setattr(inbox_queue, "_FIRST_WAIT_S", 0.0)
        monkeypatch.setattr(inbox, "receive", self)

    def __call__(self, store: Store, *args: object, **kwargs: object) -> bool:
        self.times -= 1
        if self.loop is not None:
            self.loop.call_soon_threadsafe(self.tried.set)
        if self.times >= 0:
            raise StoreFull(store.path, "no space left")
        return self._receive(store, *args, **kwargs)  # type: ignore[arg-type]  # as they came


def test_a_put_ends_when_the_update_is_in_the_store(queue: InboxQueue, store: Store, handed: list[Arrival]) -> None:
    """Whoever confirms it afterwards cannot lose it."""
    asyncio.run(queue.put(said("hello", 5)))
    assert [(row.update_id, row.sender) for row in inbox.waiting(store)] == [(5, "telegram:7")]
    assert [arrival.text for arrival in handed] == ["hello"]


def test_an_update_delivered_again_after_it_was_done_is_not_handed_on(
    queue: InboxQueue, store: Store, handed: list[Arrival]
) -> None:
    """Telegram may deliver what it was not told the end of."""
    asyncio.run(queue.put(said("hello", 5)))
    inbox.done(store, 5, at=NOW)
    asyncio.run(queue.put(said("hello", 5)))
    assert len(handed) == 1


def test_an_update_that_was_saved_and_not_done_is_handed_on_again(queue: InboxQueue, handed: list[Arrival]) -> None:
    """A put that was cancelled after it saved is made good by the next delivery."""
    asyncio.run(queue.put(said("hello", 5)))
    asyncio.run(queue.put(said("hello", 5)))
    assert len(handed) == 2


def test_what_is_none_of_butlers_business_is_not_kept(queue: InboxQueue, store: Store, handed: list[Arrival]) -> None:
    """Neither stored nor handed on."""
    asyncio.run(queue.put(update(9)))
    assert not inbox.waiting(store)
    assert not handed


def test_polling_waits_for_a_full_disk(
    queue: InboxQueue, store: Store, handed: list[Arrival], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It neither ends nor confirms what is not saved."""
    _FullDisk(monkeypatch, 3)
    asyncio.run(queue.put(said("hello", 5)))
    assert inbox.get(store, 5) is not None
    assert len(handed) == 1
    assert queue.problem is None


def test_a_full_disk_is_complained_about_once(
    queue: InboxQueue, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A line for each try would fill the disk further."""
    _FullDisk(monkeypatch, 5)
    asyncio.run(queue.put(said("hello", 5)))
    assert len(caplog.records) == 1


def test_a_webhook_is_told_that_an_update_is_not_saved(
    store: Store, handed: list[Arrival], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So Telegram gets no 2xx and delivers it again."""
    impatient = InboxQueue(store, ManualClock(NOW), ME, handed.append, patient=False)
    _FullDisk(monkeypatch, 1)
    with pytest.raises(StoreFull):
        asyncio.run(impatient.put(said("hello", 5)))
    assert not handed
    asyncio.run(impatient.put(said("hello", 5)))
    assert len(handed) == 1
    impatient.close()


def test_a_put_that_is_cancelled_while_the_disk_is_full_ends(
    queue: InboxQueue, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopping need not wait for the disk, and nothing is half saved."""
    disk = _FullDisk(monkeypatch, 10_000)

    async def scenario() -> None:
        disk.loop = asyncio.get_running_loop()
        putting = asyncio.create_task(queue.put(said("hello", 5)))
        await disk.tried.wait()
        putting.cancel()
        await asyncio.wait({putting})
        assert putting.cancelled()

    asyncio.run(scenario())
    assert inbox.get(store, 5) is None


def test_what_came_together_is_saved_before_the_first_is_handed_on(
    queue: InboxQueue, store: Store, handed: list[Arrival]
) -> None:
    """One commit saves it all; each is handed on when it is put."""
    together = [said("one", 5), update(6), said("two", 7)]
    queue.expect(together)
    asyncio.run(queue.put(together[0]))
    assert [row.update_id for row in inbox.waiting(store)] == [5, 7]
    assert [arrival.text for arrival in handed] == ["one"]
    for later in together[1:]:
        asyncio.run(queue.put(later))
    assert [arrival.text for arrival in handed] == ["one", "two"]
    assert queue.received == 2


def test_of_what_came_together_only_what_is_new_is_handed_on(
    queue: InboxQueue, store: Store, handed: list[Arrival]
) -> None:
    """After a kill in between, Telegram delivers the same ones together again."""
    together = [said("one", 5), said("two", 6)]
    asyncio.run(queue.put(together[0]))
    inbox.done(store, 5, at=NOW)
    queue.expect(together)
    for one in together:
        asyncio.run(queue.put(one))
    assert [arrival.text for arrival in handed] == ["one", "two"]


def test_of_what_came_together_nothing_is_saved_when_the_disk_fills_up(
    queue: InboxQueue, store: Store, handed: list[Arrival], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is saved as a whole by a later try."""
    monkeypatch.setattr(inbox_queue, "_FIRST_WAIT_S", 0.0)
    receive, seen = inbox.receive, list[list[int]]()

    def fills_up(store: Store, number: int, **given: object) -> bool:
        seen.append([row.update_id for row in inbox.waiting(store)])
        if len(seen) == 2:
            raise StoreFull(store.path, "no space left")
        return receive(store, number, **given)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(inbox, "receive", fills_up)
    together = [said("one", 5), said("two", 6)]
    queue.expect(together)
    asyncio.run(queue.put(together[0]))
    assert seen == [[], [5], [], [5]]
    assert [row.update_id for row in inbox.waiting(store)] == [5, 6]
    assert [arrival.text for arrival in handed] == ["one"]
