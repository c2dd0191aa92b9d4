"""A process that races another one for everything that happens once, and says what it got."""

import json
import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path

from store import Store, clarifications, open_store, outbox, rings, tasks, work

WHEN = datetime.fromisoformat("2026-03-14T09:00:00+00:00")
ROUNDS = 30
MINUTE = timedelta(minutes=1)


def race(store: Store, name: str) -> dict[str, list[int]]:
    """Try to ring, complete and take everything, and return the numbers this process got."""
    numbers = range(1, ROUNDS + 1)
    got: dict[str, list[int]] = {"rung": [], "done": [], "taken": [], "filed": []}
    for number in numbers:
        if rings.ring(store, number, at=WHEN, next_due=WHEN + timedelta(days=1)):
            got["rung"].append(number)
        if tasks.complete(store, number, at=WHEN):
            got["done"].append(number)
        taken = work.take(store, name, WHEN, MINUTE)
        got["taken"] += [taken.id] if taken else []
        got["filed"] += [one.id for one in clarifications.expire(store, WHEN, limit=1)]
    return got


def ring_and_die(store: Store, point: str) -> None:
    """Ring ring 1 with its message in one transaction, and be killed at a point of it."""
    with store.atomic():
        assert rings.ring(store, 1, at=WHEN, next_due=WHEN + timedelta(days=1))
        outbox.add(store, outbox.Outgoing("local", "c", "ana", {"text": "pills"}, WHEN, WHEN, repeatable=True))
        if point == "before_commit":
            os.kill(os.getpid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def take_and_die(store: Store) -> None:
    """Take a piece of work and be killed over it."""
    assert work.take(store, "dying", WHEN, MINUTE) is not None
    os.kill(os.getpid(), signal.SIGKILL)


def main(path: str, what: str, name: str) -> None:
    """Open the store and do what is asked."""
    with open_store(Path(path), timeout=30) as store:
        if what == "race":
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            sys.stdin.read()
            sys.stdout.write(json.dumps(race(store, name)))
        elif what == "take":
            take_and_die(store)
        else:
            ring_and_die(store, name)


if __name__ == "__main__":
    main(*sys.argv[1:])
