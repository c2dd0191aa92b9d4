"""APScheduler's part: on the machine's clock it looks every so often whether a job is due."""

# ruff: noqa: PLC0415 - importing APScheduler would hold up the greeting

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_EVERY_S = 20


@contextmanager
def ticking(tick: Callable[[], Any]) -> Iterator[None]:
    """Call `tick` every so often in a thread of its own, until the context ends."""
    from apscheduler.schedulers.background import BackgroundScheduler

    untyped: Any = BackgroundScheduler
    scheduler = untyped(timezone="UTC")
    scheduler.add_job(tick, "interval", seconds=_EVERY_S, max_instances=1, coalesce=True)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown()
