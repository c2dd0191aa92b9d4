"""Whatever processes race for, or die over, happens once."""

import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import store as store_package
from store import Store, clarifications, integrity_check, open_store, outbox, rings, tasks, work
from tests.store.racing_child import MINUTE, ROUNDS, WHEN

ROOT = Path(store_package.__file__).parents[1]
PILLS = rings.NewRing("reminder", "pills", WHEN, "ana", "c", WHEN, recurrence={"every": "day"})
WHAT = clarifications.NewClarification("ana", "c", "kind", "?", WHEN, WHEN)


def child(path: Path, what: str, name: str) -> "subprocess.Popen[str]":
    """Start a process that is to do something with the store, once it is told to go."""
    command = [sys.executable, "-m", "tests.store.racing_child", str(path), what, name]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def killed(path: Path, what: str, name: str) -> bool:
    """Run a process that is killed over what it does, and return whether it was."""
    process = child(path, what, name)
    process.communicate(timeout=60)
    return process.returncode == -signal.SIGKILL


def fill(store: Store) -> None:
    """Put as much of everything in the store as the processes race for."""
    for number in range(1, ROUNDS + 1):
        rings.add(store, PILLS)
        tasks.add(store, tasks.NewTask("milk", "ana", "c", WHEN))
        work.put(store, "task_analysis", f"task:{number}", priority=1, at=WHEN)
        clarifications.ask(store, replace(WHAT, user=f"user {number}"))


def test_two_processes_never_get_the_same(db_path: Path) -> None:
    """Every ring rings once and has one next, every task is done once, every piece and question goes to one."""
    with open_store(db_path) as store:
        fill(store)
    racers = [child(db_path, "race", name) for name in ("one", "two")]
    ready = [racer.stdout.readline() for racer in racers if racer.stdout]
    assert ready == ["ready\n", "ready\n"]
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.close()
        racer.stdin = None
    got = [json.loads(racer.communicate(timeout=120)[0]) for racer in racers]
    everything = list(range(1, ROUNDS + 1))
    for what in ("rung", "done", "taken", "filed"):
        assert sorted(got[0][what] + got[1][what]) == everything, what
    with open_store(db_path) as store:
        assert [ring.series for ring in rings.of_user(store, "ana", limit=999)] == everything
        assert (work.count(store, "running"), work.count(store, "waiting")) == (ROUNDS, 0)


@pytest.mark.parametrize(("point", "rang"), [("before_commit", False), ("after_commit", True)])
def test_a_kill_leaves_a_ring_with_its_message_or_neither(db_path: Path, point: str, rang: bool) -> None:
    """Killed before the commit it still waits, and rings afterwards; after it, it has rung and its message is there."""
    with open_store(db_path) as store:
        rings.add(store, PILLS)
    assert killed(db_path, "ring", point)
    with open_store(db_path) as store:
        assert integrity_check(store) == []
        assert bool(outbox.due(store, "local", WHEN)) is rang
        assert len(rings.of_user(store, "ana", states=["rung"])) == int(rang)
        assert rings.next_due(store) != WHEN if rang else rings.next_due(store) == WHEN
        assert rings.ring(store, 1, at=WHEN) is not rang


def test_a_piece_of_work_outlives_its_worker(db_path: Path) -> None:
    """Killed over it, the worker holds it until the lease is over; then another one does it."""
    with open_store(db_path) as store:
        number = work.put(store, "project_next_action", "project:1", priority=1, at=WHEN)
    assert killed(db_path, "take", "")
    with open_store(db_path) as store:
        assert work.take(store, "two", WHEN, MINUTE) is None
        taken = work.take(store, "two", WHEN + MINUTE, MINUTE)
        assert taken is not None
        assert (taken.id, taken.attempts) == (number, 2)
