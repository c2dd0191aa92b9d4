"""A circuit breaker: after several failures in a row nothing is tried for a while, then one probe decides."""

from __future__ import annotations

import threading
from collections.abc import Callable

_FAILURES = 3
_REST_S = 30.0
_LONGEST_REST_S = 300.0


class Breaker:
    """Closed, it lets everything pass; open, nothing; half open, one probe, whose outcome closes it or opens it again.

    It rests `rest_s` seconds, and twice as long after each probe that fails, up to `longest_s`. `monotonic` is a clock.
    """

    def __init__(
        self,
        monotonic: Callable[[], float],
        *,
        failures: int = _FAILURES,
        rest_s: float = _REST_S,
        longest_s: float = _LONGEST_REST_S,
    ) -> None:
        self._monotonic, self._failures, self._rest_s, self._longest_s = monotonic, failures, rest_s, longest_s
        self._lock = threading.Lock()
        self._failed = 0
        self._opened_at: float | None = None
        self._probing = False
        self._resting_s = rest_s

    def admit(self) -> float | None:
        """Return None where something may be tried, whose outcome must then be told; else the seconds to wait."""
        with self._lock:
            if self._opened_at is None:
                return None
            left = self._opened_at + self._resting_s - self._monotonic()
            if left > 0 or self._probing:
                return max(left, 0.0)
            self._probing = True
            return None

    def succeeded(self) -> None:
        """Close the breaker."""
        with self._lock:
            self._failed, self._opened_at, self._probing, self._resting_s = 0, None, False, self._rest_s

    def failed(self) -> None:
        """Count a failure; the one that is too many, or a probe's, opens the breaker."""
        with self._lock:
            self._failed += 1
            if self._probing:
                self._resting_s = min(2 * self._resting_s, self._longest_s)
            if self._probing or self._failed >= self._failures:
                self._opened_at, self._probing = self._monotonic(), False

    def abandoned(self) -> None:
        """Take back what was admitted: it was never tried."""
        with self._lock:
            self._probing = False
