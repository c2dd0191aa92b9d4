"""One person's updates stay in order while others go on."""

from __future__ import annotations

import asyncio
from pathlib import Path

from butler.channels.telegram.arrivals import Arrival, Kind
from butler.channels.telegram.turns import Turns
from store import StoreFull


def _arrival(update: int, sender: str = "telegram:1") -> Arrival:
    return Arrival(update, Kind.MESSAGE, sender, sender, text=str(update))


def test_one_persons_updates_are_dealt_with_in_order_and_one_at_a_time() -> None:
    """However long the first takes."""
    log: list[str] = []

    async def deal(arrival: Arrival) -> None:
        log.append(f"begin {arrival.update}")
        await asyncio.sleep(0)
        log.append(f"end {arrival.update}")

    async def scenario() -> None:
        turns = Turns(deal)
        for number in (3, 1, 2):
            turns.submit(_arrival(number))
        await turns.idle()
        assert len(turns) == 0

    asyncio.run(scenario())
    assert log == [f"{step} {number}" for number in (3, 1, 2) for step in ("begin", "end")]


def test_others_go_on_while_one_person_waits() -> None:
    """A slow device of one does not hold up another."""

    async def scenario() -> None:
        slow, fast = asyncio.Event(), asyncio.Event()

        async def deal(arrival: Arrival) -> None:
            if arrival.sender == "telegram:1":
                await slow.wait()
            else:
                fast.set()

        turns = Turns(deal)
        turns.submit(_arrival(1, "telegram:1"))
        turns.submit(_arrival(2, "telegram:2"))
        await asyncio.wait_for(fast.wait(), 5)
        slow.set()
        await turns.idle()

    asyncio.run(scenario())


def test_no_more_than_so_many_are_dealt_with_at_once() -> None:
    """Twenty people need no twenty threads."""
    now: set[int] = set()
    most: list[int] = []

    async def deal(arrival: Arrival) -> None:
        now.add(arrival.update)
        most.append(len(now))
        for _ in range(3):
            await asyncio.sleep(0)
        now.discard(arrival.update)

    async def scenario() -> None:
        turns = Turns(deal, at_once=3)
        for number in range(20):
            turns.submit(_arrival(number, f"telegram:{number}"))
        await turns.idle()

    asyncio.run(scenario())
    assert (max(most), len(most)) == (3, 20)


def test_an_update_in_hand_is_not_taken_twice() -> None:
    """The same number may be delivered again while it waits."""
    dealt: list[int] = []

    async def deal(arrival: Arrival) -> None:
        dealt.append(arrival.update)

    async def scenario() -> None:
        turns = Turns(deal)
        assert turns.submit(_arrival(1))
        assert not turns.submit(_arrival(1))
        await turns.idle()

    asyncio.run(scenario())
    assert dealt == [1]


def test_a_store_that_cannot_be_written_is_waited_for_and_the_order_kept(tmp_path: Path) -> None:
    """The second is not begun before the first is through."""
    tries: list[int] = []

    async def deal(arrival: Arrival) -> None:
        tries.append(arrival.update)
        if len(tries) < 4:
            raise StoreFull(tmp_path, "no space left")

    async def scenario() -> None:
        turns = Turns(deal, wait=0.0)
        turns.submit(_arrival(1))
        turns.submit(_arrival(2))
        await turns.idle()
        assert turns.problem is None

    asyncio.run(scenario())
    assert tries == [1, 1, 1, 1, 2]


def test_stopping_finishes_what_was_begun_and_begins_nothing_more() -> None:
    """What waits is in the inbox for the next start."""
    ended: list[int] = []

    async def scenario() -> None:
        begun, go = asyncio.Event(), asyncio.Event()

        async def deal(arrival: Arrival) -> None:
            begun.set()
            await go.wait()
            ended.append(arrival.update)

        turns = Turns(deal)
        turns.submit(_arrival(1))
        turns.submit(_arrival(2))
        await begun.wait()
        stopping = asyncio.create_task(turns.stop())
        await asyncio.sleep(0)
        assert not stopping.done()
        go.set()
        await stopping
        assert not turns.submit(_arrival(3))

    asyncio.run(scenario())
    assert ended == [1]
