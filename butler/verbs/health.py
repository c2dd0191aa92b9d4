"""`butler health`: whether the process that serves this data folder is well, as an exit code."""

from __future__ import annotations

import os
from argparse import Namespace

from butler.clock import SystemClock
from butler.data_folder import DataFolder
from butler.health import HealthUnreadError, read_health
from butler.verbs.output import say


def run(options: Namespace) -> int:
    """Return 0 when the serving process is well, else 1 with the reason in one line."""
    try:
        health = read_health(DataFolder.find(options.data, os.environ).health)
    except HealthUnreadError as exc:
        say(f"not well: {exc}")
        return 1
    if reason := health.reason(SystemClock().now()):
        say(f"not well: {reason}")
        return 1
    home = f"; the home is out of reach: {' '.join(health.home.split())}" if health.home else ""
    say(f"well at {health.at:%H:%M:%S} UTC; {health.inbox} to answer, {health.outbox} to send{home}")
    return 0
