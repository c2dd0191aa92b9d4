"""Deleting what is old: only when asked, only what is over, and nothing that learning, tasks or the audit need."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from butler.cli import main
from store import Store, inbox, notices, open_store, outbox, tasks, thoughts, traces, turns
from store.cleaning import KEPT, Cleaned, clean
from store.outbox import Outgoing
from store.tasks import NewTask
from store.thoughts import NewThought
from store.trace_stream import highest, stream
from store.traces import TraceEntry
from store.turns import NewTurn

NOW = datetime.now(UTC)
OLD = NOW - timedelta(days=200)
CUT = NOW - timedelta(days=180)


def fill(store: Store, at: datetime) -> None:
    """Keep one of everything of an instant."""
    number = turns.append(store, NewTurn("ana", "ana", at, text="buy milk", outcome="noted"))
    traces.append(store, [TraceEntry(f"turn-{number}", "turn", "talk", at, number)] * 3)
    thought = thoughts.add(store, NewThought("task", "buy milk", "milk", "ana", "ana", at))
    tasks.add(store, NewTask("milk", "ana", "ana", at, thought=thought))
    notices.plan(store, kind="digest", user="ana", text="x", at=at)
    sent = Outgoing("local", "ana", "ana", {"text": "x", "buttons": []}, at, at)
    outbox.add(store, sent)
    store.database.fetch("UPDATE outbox SET state = 'sent' WHERE created_at = (SELECT max(created_at) FROM outbox)")
    outbox.add(store, replace(sent, message="waits"))


def counts(store: Store) -> dict[str, int]:
    tables = ("turns", "execution_logs", "thoughts", "tasks", "notices", "outbox")
    return {table: store.database.fetch(f"SELECT count(*) FROM {table}")[0][0] for table in tables}


def test_what_is_old_and_over_goes_and_the_rest_stays(store: Store) -> None:
    """Turns and tasks stay, and so does a message that was never sent."""
    fill(store, OLD)
    fill(store, NOW)
    before = counts(store)
    assert clean(store, CUT, NOW, dry_run=True) == Cleaned(3, 1, 1, 0)
    assert counts(store) == before
    assert clean(store, CUT, NOW) == Cleaned(3, 1, 1, 0)
    assert counts(store) == {"turns": 2, "execution_logs": 3, "thoughts": 2, "tasks": 2, "notices": 1, "outbox": 3}
    assert clean(store, CUT, NOW) == Cleaned(0, 0, 0, 0)


def test_nothing_that_is_still_gone_by_goes_whatever_is_asked(store: Store) -> None:
    """The watch and review look back that far."""
    fill(store, NOW - KEPT + timedelta(hours=1))
    assert clean(store, NOW, NOW) == Cleaned(0, 0, 0, 0)


def test_a_number_is_never_given_to_a_second_trace(store: Store) -> None:
    """Whoever reads on from the last number misses nothing after all are gone."""
    fill(store, OLD)
    last = highest(store)
    clean(store, CUT, NOW)
    assert list(stream(store)) == []
    assert highest(store) == last
    traces.append(store, [TraceEntry("t", "job", "x", NOW)])
    assert [trace.id for trace in stream(store, last)] == [last + 1]


def test_many_go_in_several_steps(store: Store) -> None:
    """Nobody waits for all of it at once."""
    traces.append(store, [TraceEntry("t", "job", "x", OLD)] * 12_001)
    assert clean(store, CUT, NOW).traces == 12_001


def test_what_was_received_goes_but_for_the_newest_and_what_waits(store: Store) -> None:
    """A message that was not dealt with stays, however old it is."""
    for update in (1, 2, 3):
        store.database.fetch(
            "INSERT INTO inbox (update_id, digest, sender, chat, received_at, done_at) VALUES (?, '', 'a', 'a', ?, ?)",
            (update, OLD.isoformat(), None if update == 2 else "2001-01-01T00:00:00.000000Z"),
        )
    assert clean(store, CUT, NOW).received == 1
    assert [inbox.get(store, update) is not None for update in (1, 2, 3)] == [False, True, True]


@pytest.mark.parametrize("more", [["--dry-run"], []])
def test_the_command_tells_how_many(tmp_path: Path, more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With --dry-run it deletes nothing."""
    with open_store(tmp_path / "butler.db") as store:
        fill(store, OLD)
    assert main(["maintenance", "cleanup", "--data", str(tmp_path), "--older-than", "180d", *more]) == 0
    shown = capsys.readouterr().out
    assert "3 traces" in shown
    assert "1 notice\n" in shown
    with open_store(tmp_path / "butler.db") as store:
        assert bool(list(stream(store))) == bool(more)


@pytest.mark.parametrize("span", ["180", "soon", "-1d", "9999999d"])
def test_a_span_that_is_none_is_an_error(tmp_path: Path, span: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is deleted on a guess."""
    open_store(tmp_path / "butler.db").close()
    assert main(["maintenance", "cleanup", "--data", str(tmp_path), f"--older-than={span}"]) == 2
    assert "--older-than" in capsys.readouterr().err
