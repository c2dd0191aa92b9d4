"""Long work lets every turn go first, goes on when a turn waits for it, and ends between two steps."""

from __future__ import annotations

import threading

from butler.background import Background
from butler.floor import Floor
from engine.learning.breathing import breathe


def test_work_waits_while_a_turn_has_the_floor() -> None:
    floor, steps, begun = Floor(), list[int](), threading.Event()

    def work() -> None:
        for step in range(3):
            begun.set()
            breathe()
            steps.append(step)

    background = Background(floor, lambda: False)
    with floor:
        background.submit(work)
        assert begun.wait(5)
        assert not wait_for(steps, 0.1)
    assert wait_for(steps, 5)
    background.close()
    assert steps == [0, 1, 2]


def test_work_goes_on_when_the_turn_waits_for_it() -> None:
    """A lesson needs what the work has in its hands: were the work to wait for the lesson, both would wait for ever."""
    floor, steps = Floor(), list[int]()

    def work() -> None:
        breathe()
        steps.append(1)

    background = Background(floor, lambda: True)
    with floor:
        background.submit(work)
        assert wait_for(steps, 5)
    background.close()


def test_closing_ends_the_work_in_hand_between_two_steps() -> None:
    floor, begun, closing = Floor(), threading.Event(), threading.Event()
    steps: list[int] = []

    def work() -> None:
        begun.set()
        assert closing.wait(5)
        for step in range(10_000_000):
            breathe()
            steps.append(step)

    background = Background(floor, lambda: False)
    background.submit(work)
    assert begun.wait(5)
    closer = threading.Thread(target=background.close)
    closer.start()
    while not background.closing:
        closer.join(0.001)
    closing.set()
    closer.join(5)
    assert not closer.is_alive()
    assert steps == []


def test_closing_what_never_began_is_no_trouble() -> None:
    Background(Floor(), lambda: False).close()


def wait_for(steps: list[int], seconds: float) -> bool:
    """Tell whether something was done within a while."""
    waiting = threading.Event()
    for _ in range(int(seconds * 100)):
        if steps:
            return True
        waiting.wait(0.01)
    return bool(steps)
