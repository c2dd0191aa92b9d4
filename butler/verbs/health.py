"""`butler health`: whether the process that serves this data folder is well, as an exit code."""

from __future__ import annotations

from argparse import Namespace

from butler.clock import SystemClock
from butler.health import HealthUnreadError, read_health
from butler.verbs.output import say
from butler.verbs.setting_up import data_of


def run(options: Namespace) -> int:
    """Return 0 when the serving process is well, else 1 with the reason in one line."""
    try:
        health = read_health(data_of(options).health)
    except HealthUnreadError as exc:
        say(f"not well: {exc}")
        return 1
    if reason := health.reason(SystemClock().now()):
        say(f"not well: {reason}")
        return 1
    say(f"well at {health.at:%H:%M:%S} UTC; {health.inbox} to answer, {health.outbox} to send")
    return 0
