"""How long Butler waits for Home Assistant, all in seconds."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """What a turn waits for (`look_s` to `names_s`), the connection's own waits, and those between attempts at one.

    A registry that changes is read once it was quiet for `quiet_s`, or `restless_s` after the first of many changes.
    """

    connect_s: float = 4.0
    sync_s: float = 15.0
    look_s: float = 0.6
    first_look_s: float = 4.0
    settle_s: float = 3.0
    read_s: float = 0.5
    answer_s: float = 2.0
    names_s: float = 4.0
    heartbeat_s: float = 20.0
    pulse_s: float = 5.0
    quiet_s: float = 0.5
    restless_s: float = 5.0
    everything_anew_s: float = 600.0
    first_wait_s: float = 0.25
    longest_wait_s: float = 4.0
    refused_wait_s: float = 60.0


class Waits:
    """Waits that double up to the longest, each of them shortened by chance so that not all come back at once."""

    def __init__(self, first_s: float, longest_s: float) -> None:
        self._first_s, self._longest_s = first_s, longest_s
        self._next_s = first_s

    def reset(self) -> None:
        """Begin anew."""
        self._next_s = self._first_s

    def next(self) -> float:
        """Return how long to wait now, in seconds."""
        wait = self._next_s * random.uniform(0.5, 1.0)  # noqa: S311 - chance spreads attempts, it keeps no secret
        self._next_s = min(self._longest_s, 2 * self._next_s)
        return wait
