"""`butler review`: what is for people to look at, read beside a Butler that may be running."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from datetime import UTC, datetime, tzinfo

from butler.app import encoder_of, warn_of
from butler.channels.terminal import printable
from butler.config import Config
from butler.conversation.review_matters import Matter, open_matters
from butler.conversation.reviewing import NOTHING, matter_line
from butler.failures import UsageError
from butler.homes import look
from butler.verbs.output import say
from butler.verbs.setting_up import config_of, data_of, log_to_stderr
from engine.api import Engine
from engine.learning.golden import GoldenSet
from engine.understanding.snapshot import Snapshot
from store import open_store, reviews
from store.database import Store

_ADMIN = "command line"


def run(options: Namespace) -> int:
    """Print what is for review, newest first, or close one matter."""
    log_to_stderr()
    if options.limit < 1:
        raise UsageError("--limit must be at least 1")
    config = config_of(options)
    warn_of(config)
    at = datetime.now(UTC)
    with open_store(data_of(options).require_store()) as store:
        snapshot = look(config)
        found = _matters(config, store, snapshot, at)
        if options.close is not None:
            return _close(store, options.close, found, at)
        _show(store, snapshot, found, options.limit, config.household.time_zone)
    return 0


def _show(store: Store, snapshot: Snapshot, found: list[Matter], limit: int, zone: tzinfo) -> None:
    if not found:
        say(NOTHING)
    for matter in found[:limit]:
        line = matter_line(store, snapshot, matter, lambda at: f"{at.astimezone(zone):%Y-%m-%d %H:%M}")
        say(printable(f"{matter.key}: {line}"))
    if len(found) > limit:
        say(f"{len(found) - limit} more")


def _close(store: Store, key: str, found: list[Matter], at: datetime) -> int:
    if not any(matter.key == key for matter in found):
        raise UsageError(f"nothing that is open for review has the key {key!r}")
    reviews.close(store, key, "closed", _ADMIN, at)
    say(f"Closed {key}.")
    return 0


def _matters(config: Config, store: Store, snapshot: Snapshot, at: datetime) -> list[Matter]:
    encoder, golden = encoder_of(config), GoldenSet.packaged()
    zone, cases = config.household.time_zone, config.data.golden
    with closing(Engine.open(store, encoder, golden, at=at, risk=config.risk, golden_file=cases, zone=zone)) as engine:
        return open_matters(engine, store, snapshot, at)
