"""What is made ready in the background after the first answer, so that neither start nor lessons wait for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from engine.embedding import EmbeddingError
from store import StoreError

_LOG = logging.getLogger(__name__)
_DELAY = 2.0  # seconds in which a second message, or the end of a short run, may come first


class Warming:
    """Does some work once, soon after it is asked to; `close` calls it off or waits for its end."""

    def __init__(self, work: Callable[[], None], delay: float = _DELAY) -> None:
        self._work = work
        self._timer = threading.Timer(delay, self._run)
        self._timer.name = "warming"
        self._lock = threading.Lock()
        self._begun = False

    def begin(self) -> None:
        """Begin, if that was not done before."""
        with self._lock:
            if not self._begun:
                self._begun = True
                self._timer.start()

    def close(self) -> None:
        """Call off what has not begun; a model that is torn down while it loads would take the process with it."""
        with self._lock:
            begun, self._begun = self._begun, True
        self._timer.cancel()
        if begun and self._timer.is_alive():
            self._timer.join()

    def _run(self) -> None:
        try:
            self._work()
        except (EmbeddingError, StoreError) as error:
            _LOG.warning("not ready beforehand: %s", error)
