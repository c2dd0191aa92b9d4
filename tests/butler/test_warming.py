"""What is made ready in the background."""

import logging
import threading

import pytest

from butler.warming import Warming
from engine.embedding import ModelMissing


def test_the_work_is_done_once_however_often_it_is_begun() -> None:
    """The first answer begins it; later ones change nothing."""
    done: list[int] = []
    finished = threading.Event()

    def work() -> None:
        done.append(1)
        finished.set()

    warming = Warming(work, delay=0.0)
    warming.begin()
    assert finished.wait(10)
    warming.begin()
    warming.close()
    assert done == [1]


def test_closing_calls_off_what_has_not_begun() -> None:
    """A run that ends soon after its first answer does no work for later, and none can be begun any more."""
    done: list[int] = []
    warming = Warming(lambda: done.append(1), delay=3_600.0)
    warming.begin()
    warming.close()
    warming.begin()
    assert done == []


def test_closing_waits_for_work_that_runs() -> None:
    """Work that has begun is finished before the process goes on to end."""
    begun, allowed = threading.Event(), threading.Event()
    done: list[int] = []

    def work() -> None:
        begun.set()
        allowed.wait(10)
        done.append(1)

    warming = Warming(work, delay=0.0)
    warming.begin()
    assert begun.wait(10)
    closing = threading.Thread(target=warming.close)
    closing.start()
    allowed.set()
    closing.join(10)
    assert done == [1]


def test_a_missing_model_is_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Without its model Butler goes on by patterns; the log says why it is not ready."""
    begun = threading.Event()

    def work() -> None:
        begun.set()
        raise ModelMissing("bundled", "not installed")

    warming = Warming(work, delay=0.0)
    with caplog.at_level(logging.WARNING):
        warming.begin()
        assert begun.wait(10)
        warming.close()
    assert "The embedding model 'bundled' is not on this machine" in caplog.text


def _begun_at(talk_for: float) -> float:
    """Return when the work begins that waits for ten quiet seconds, while somebody talks every four seconds."""
    now, begun, finished = [0.0], list[float](), threading.Event()

    def wait(seconds: float) -> bool:
        now[0] += min(4.0, seconds)
        if now[0] <= talk_for:
            warming.begin()
        return False

    def work() -> None:
        begun.append(now[0])
        finished.set()

    warming = Warming(work, 10.0, monotonic=lambda: now[0], wait=wait)
    warming.begin()
    assert finished.wait(10)
    return begun[0]


def test_it_waits_until_nobody_talks() -> None:
    """Whoever has much to say is not slowed down by work for later."""
    assert _begun_at(talk_for=20.0) == 30.0


def test_it_does_not_wait_for_ever() -> None:
    """A house in which somebody always talks is made ready all the same."""
    assert _begun_at(talk_for=1_000.0) == 60.0
