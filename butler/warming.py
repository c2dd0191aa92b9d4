"""What is made ready in the background after the first answer, so that neither start nor lessons wait for it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from butler.home import Home, HomeError
from engine.api import Engine
from engine.embedding import EmbeddingError, Encoder
from store import StoreError

_LOG = logging.getLogger(__name__)
_DELAY = 2.0  # seconds of quiet in which another message, or the end of a short run, may come first
_LONGEST_DELAY = 60.0
_UNHEARD = "words nobody says to a butler"  # no vector of it ships, so that the model has to be loaded


class Warming:
    """Does some work once, when it is quiet after it was asked to; `close` calls it off or waits for its end.

    All times are in seconds; `wait` waits for so many of them, and returns True as soon as the work is called off.
    """

    def __init__(
        self,
        work: Callable[[], None],
        delay: float = _DELAY,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        self._work, self._delay, self._monotonic = work, delay, monotonic
        self._called_off = threading.Event()
        self._wait = wait or self._called_off.wait
        self._thread = threading.Thread(target=self._run, name="warming")
        self._lock = threading.Lock()
        self._begun = False
        self._asked_at = 0.0

    def begin(self) -> None:
        """Begin soon; asked again before that, it waits anew, so that it does not slow down who has much to say."""
        self._asked_at = self._monotonic()
        with self._lock:
            if not self._begun:
                self._begun = True
                self._thread.start()

    def close(self) -> None:
        """Call off what has not begun; a model that is torn down while it loads would take the process with it."""
        with self._lock:
            begun, self._begun = self._begun, True
        self._called_off.set()
        if begun and self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        latest = self._monotonic() + max(_LONGEST_DELAY, self._delay)
        while (left := min(self._asked_at + self._delay, latest) - self._monotonic()) > 0:
            if self._wait(left):
                return
        try:
            self._work()
        except (EmbeddingError, StoreError) as error:
            _LOG.warning("not ready beforehand: %s", error)


def make_ready(encoder: Encoder, engine: Engine, home: Home) -> None:
    """Load the model and judge the suite: first turns seldom need the one, the first lesson needs the other."""
    encoder.encode([_UNHEARD])
    with suppress(HomeError):  # the suite is judged by the first lesson then
        engine.warm(home.snapshot())
