"""`butler maintenance`: what an admin has done with Butler's own records."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from butler.verbs.output import say
from butler.verbs.scanning import scan, status
from butler.verbs.setting_up import data_of
from butler.verbs.spans import before, span
from store import open_store
from store.cleaning import KEPT, clean


def run(options: Namespace) -> int:
    """Carry out one part."""
    return PARTS[options.part](options)


def cleanup(options: Namespace) -> int:
    """Delete what is old and over, or only say how much that is."""
    now = datetime.now(UTC)
    until = before(now, options.older_than, "--older-than")
    with open_store(data_of(options).require_store()) as store:
        gone = clean(store, until, now, dry_run=options.dry_run)
    say("It would delete:" if options.dry_run else "Deleted:")
    for count, what in ((gone.traces, "trace"), (gone.sent, "sent message"), (gone.notices, "notice")):
        say(f"  {_many(count, what)}")
    say(f"  {_many(gone.received, 'received message')}")
    if span(options.older_than, "--older-than") < KEPT:
        say(f"What is younger than {KEPT.days} days stays: Butler still goes by it.")
    return 0


PARTS: Mapping[str, Callable[[Namespace], int]] = MappingProxyType({"cleanup": cleanup, "scan": scan, "status": status})


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
