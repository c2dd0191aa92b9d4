"""`butler stdio`: the stdio channel as a process."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import BinaryIO

from butler.app import App, build
from butler.channels.stdio import serve
from butler.clock import Clock, ClockError, ManualClock, SystemClock
from butler.config import Config
from butler.failures import UsageError
from butler.ticking import ticking
from butler.verbs.setting_up import config_of, log_to_stderr
from store import open_store, turns


def run(options: Namespace) -> int:
    """Answer requests until the input ends."""
    outgoing = _taken_stdout()
    log_to_stderr()
    config = config_of(options, zone_of_system=False)
    with config.data.held("stdio"), ExitStack() as closing:
        app = build(config, clock=_clock(options, config))
        closing.callback(app.close)
        if isinstance(app.clock, SystemClock):
            closing.enter_context(ticking(app.tick, app, app.waking))
        return _serve(app, outgoing)


def _serve(app: App, outgoing: BinaryIO) -> int:
    if sys.stdin is None:  # closed by whoever started the process
        return 0
    try:
        serve(app, sys.stdin.buffer, outgoing)
    except (KeyboardInterrupt, BrokenPipeError):
        return 0
    return 0


def _taken_stdout() -> BinaryIO:
    """Take standard output for the answers alone: whatever else is printed there goes to standard error."""
    mine = os.fdopen(os.dup(1), "wb", closefd=False)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return mine


def _clock(options: Namespace, config: Config) -> Clock:
    if options.clock == "system":
        if options.now is not None:
            raise UsageError("--now is for --clock manual")
        return SystemClock()
    with open_store(config.data.store) as store:
        last = turns.last_instant(store)
    if options.now is None:
        return ManualClock(max(datetime.now(UTC), last or datetime.min.replace(tzinfo=UTC)))
    now = _instant(options.now, config)
    if last is not None and now < last:
        raise UsageError(f"--now {options.now} is before the last turn, which was at {last.isoformat()}")
    try:
        return ManualClock(now)
    except ClockError as exc:
        raise UsageError(f"--now {options.now}: {exc}") from exc


def _instant(text: str, config: Config) -> datetime:
    try:
        read = datetime.fromisoformat(text)
        aware = read if read.tzinfo else read.replace(tzinfo=config.household.time_zone)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError) as exc:
        raise UsageError(f"--now {text!r} is no ISO date and time, such as 2026-03-14T09:30:00+00:00") from exc
