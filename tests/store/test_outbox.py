"""What is to be sent goes out once, each chat in its order, and is known to have gone or not."""

import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import Store, StoreConstraint, dialogue, open_store, outbox, rings
from store.outbox import OutboxCounts, Outgoing
from tests.store.conftest import NOW

SECOND = timedelta(seconds=1)
CHAT = "telegram:1"


def _add(store: Store, chat: str = CHAT, *, at: datetime = NOW, **more: Any) -> int:
    payload: Mapping[str, Any] = more.pop("payload", {"text": "hi", "buttons": []})
    values: dict[str, Any] = {"channel": "telegram", "user": "telegram:1", "created_at": NOW, **more}
    return outbox.add(store, Outgoing(chat=chat, payload=payload, due_at=at, **values))


def _due(store: Store, at: datetime = NOW, limit: int = 50) -> list[int]:
    return [row.id for row in outbox.due(store, "telegram", at, limit=limit)]


def test_what_was_added_comes_back_as_it_was(store: Store) -> None:
    """Every field of an outgoing message is kept."""
    file = {"name": "mine.json", "mime": "application/json", "base64": "e30="}
    outgoing = Outgoing(
        channel="telegram",
        chat=CHAT,
        user="telegram:2",
        payload={"text": "here", "buttons": [["t1b0", "Undo"]], "chosen": None, "file": file},
        created_at=NOW,
        due_at=NOW + SECOND,
        message="t1m0",
        kind="document",
        reply_to=77,
        urgent=True,
        repeatable=True,
    )
    found = outbox.get(store, outbox.add(store, outgoing))
    assert found is not None
    assert outbox.as_outgoing(found) == outgoing
    assert (found.state, found.attempts, found.again, outbox.get(store, 99)) == ("waiting", 0, False, None)


def test_each_chat_sends_one_at_a_time_in_its_order(store: Store) -> None:
    """The second message of a chat waits for the first, another chat's does not."""
    first, second, other = _add(store), _add(store), _add(store, "telegram:2")
    assert (_due(store), _due(store, limit=1)) == ([first, other], [first])
    assert outbox.claim(store, first, NOW)
    assert _due(store) == [other]
    outbox.sent(store, first, 500, NOW)
    assert _due(store) == [second, other]


def test_what_is_held_back_does_not_hold_back_the_rest(store: Store) -> None:
    """A notice kept for the morning does not delay tonight's answer, and comes at its time."""
    held, answer = _add(store, at=NOW + 60 * SECOND), _add(store)
    assert _due(store) == [answer]
    assert outbox.next_due(store, "telegram") == NOW
    outbox.claim(store, answer, NOW)
    outbox.sent(store, answer, 1, NOW)
    assert (_due(store), outbox.next_due(store, "telegram")) == ([], NOW + 60 * SECOND)
    assert _due(store, NOW + 60 * SECOND) == [held]


def test_a_message_tried_in_vain_keeps_its_place(store: Store) -> None:
    """While the first waits to be tried again, the second does not overtake it."""
    first, second = _add(store), _add(store)
    outbox.claim(store, first, NOW)
    assert outbox.retry(store, first, NOW + 5 * SECOND, "no route")
    assert (_due(store), outbox.next_due(store, "telegram")) == ([], NOW + 5 * SECOND)
    assert _due(store, NOW + 5 * SECOND) == [first]
    assert second not in _due(store, NOW + 5 * SECOND)


def test_nothing_is_next_when_nothing_waits(store: Store) -> None:
    """What is being sent, and what waits behind it, gives no time to wake at."""
    assert outbox.next_due(store, "telegram") is None
    first, _ = _add(store), _add(store)
    outbox.claim(store, first, NOW)
    assert outbox.next_due(store, "telegram") is None


def test_channels_do_not_mix(store: Store) -> None:
    """One channel's messages are never due on another."""
    local = _add(store, channel="local")
    assert (_due(store), outbox.next_due(store, "telegram")) == ([], None)
    assert [row.id for row in outbox.due(store, "local", NOW)] == [local]
    with pytest.raises(StoreConstraint):
        _add(store, channel="pigeon")


def test_a_message_is_claimed_by_one(store: Store) -> None:
    """The second claim fails, and a message that ended is neither claimed nor ended again."""
    number = _add(store)
    assert [outbox.claim(store, number, NOW), outbox.claim(store, number, NOW)] == [True, False]
    assert outbox.sent(store, number, 5, NOW)
    assert not outbox.claim(store, number, NOW)
    assert not outbox.failed(store, number, "late", NOW)
    assert not outbox.retry(store, number, NOW, "late")
    found = outbox.get(store, number)
    assert found is not None
    assert (found.state, found.attempts, found.external_id, found.tried_at, found.sent_at) == ("sent", 1, 5, NOW, NOW)


def test_what_a_crash_cut_off_is_told_apart(store: Store) -> None:
    """What was being sent may have arrived: it is listed, and not due by itself."""
    cut, waiting = _add(store), _add(store, "telegram:2")
    outbox.claim(store, cut, NOW)
    with open_store(store.path) as again:
        assert [row.id for row in outbox.cut_off(again, "telegram")] == [cut]
        assert outbox.cut_off(again, "local") == []
        assert _due(again) == [waiting]
        outbox.retry(again, cut, NOW, "cut off", again=True)
        found = outbox.get(again, cut)
        assert (found and found.again, _due(again)) == (True, [cut, waiting])


def test_what_is_unsure_or_failed_lets_the_next_one_go(store: Store) -> None:
    """Neither is due again, and both say why."""
    first, second, third = (_add(store) for _ in range(3))
    outbox.claim(store, first, NOW)
    outbox.unsure(store, first, "reset", NOW)
    assert _due(store) == [second]
    outbox.claim(store, second, NOW)
    outbox.failed(store, second, "too long", NOW)
    assert _due(store) == [third]
    problems = [row and (row.problem, row.ended_at) for row in (outbox.get(store, n) for n in (first, second))]
    assert problems == [("reset", NOW), ("too long", NOW)]
    assert outbox.counts(store) == OutboxCounts(waiting=1, unsure=1, failed=1)


def test_a_chat_that_is_gone_takes_what_waits_with_it(store: Store) -> None:
    """Its topics too, but no other chat whose number begins alike, and not what was sent before."""
    sent = _add(store, "telegram:-5")
    outbox.claim(store, sent, NOW)
    outbox.sent(store, sent, 1, NOW)
    waiting = [_add(store, chat) for chat in ("telegram:-5", "telegram:-5/3")]
    other = _add(store, "telegram:-55")
    assert outbox.drop_chat(store, "telegram:-5", "kicked", NOW) == 2
    assert [row and row.state for row in (outbox.get(store, number) for number in waiting)] == ["dropped"] * 2
    assert (_due(store), outbox.counts(store)) == ([other], OutboxCounts(waiting=1, sent=1, dropped=2))


def test_a_message_is_found_by_the_channels_number(store: Store) -> None:
    """In its own chat only; an edit of it is not the message, and parts come in their order."""
    parts = [_add(store, message="t3m0") for _ in range(2)]
    for number, external in zip(parts, (70, 71), strict=True):
        outbox.claim(store, number, NOW)
        outbox.sent(store, number, external, NOW)
    edit = _add(store, kind="edit", edits="t3m0", external_id=71)
    outbox.claim(store, edit, NOW)
    outbox.sent(store, edit, None, NOW)
    found = outbox.by_external(store, "telegram", CHAT, 71)
    assert (found and found.id, found and found.message) == (parts[1], "t3m0")
    assert outbox.by_external(store, "telegram", "telegram:2", 71) is None
    assert [row.id for row in outbox.of_message(store, "t3m0")] == parts
    edited = outbox.get(store, edit)
    assert edited is not None
    assert edited.external_id == 71


def test_a_chat_that_moved_is_written_to_at_its_new_number(store: Store) -> None:
    """What waits and the dialogue move; what was sent stays where it was sent."""
    sent, waiting = _add(store, "telegram:-5"), _add(store, "telegram:-5", reply_to=3)
    outbox.claim(store, sent, NOW)
    outbox.sent(store, sent, 1, NOW)
    dialogue.save(store, "telegram:1", "telegram:-5", {"question": 1}, at=NOW)
    assert outbox.migrate_chat(store, "telegram:-5", "telegram:-100") == 1
    moved = outbox.get(store, waiting)
    assert moved is not None
    assert (moved.chat, moved.reply_to) == ("telegram:-100", None)
    assert outbox.by_external(store, "telegram", "telegram:-5", 1) is not None
    assert dialogue.load(store, "telegram:1", "telegram:-100") == {"question": 1}


def test_a_move_told_twice_takes_nothing_away(store: Store) -> None:
    """What people talk about in the new chat already is not replaced by what they talked about in the old one."""
    dialogue.save(store, "telegram:1", "telegram:-100", {"question": 2}, at=NOW)
    dialogue.save(store, "telegram:1", "telegram:-5", {"question": 1}, at=NOW)
    assert [outbox.migrate_chat(store, "telegram:-5", "telegram:-100") for _ in range(2)] == [0, 0]
    assert dialogue.load(store, "telegram:1", "telegram:-100") == {"question": 2}
    assert dialogue.load(store, "telegram:1", "telegram:-5") == {}


def test_what_is_to_be_forgotten_is_not_kept_once_it_went_out(store: Store) -> None:
    """Neither text nor chat is left, however it ended."""
    numbers = [_add(store, f"telegram:{n}", user="person-1", forget=True) for n in range(4)]
    for number in numbers[:3]:
        outbox.claim(store, number, NOW)
    outbox.sent(store, numbers[0], 8, NOW)
    outbox.unsure(store, numbers[1], "telegram:1 reset", NOW)
    outbox.failed(store, numbers[2], "no chat telegram:2", NOW)
    outbox.drop_chat(store, "telegram:3", "blocked", NOW)
    for row in (outbox.get(store, number) for number in numbers):
        assert row is not None
        assert (row.payload, row.chat, row.external_id, row.problem) == ({}, "", None, None)


_STEP = st.one_of(
    st.tuples(st.just("add"), st.sampled_from("abc"), st.integers(0, 3)),
    st.tuples(st.sampled_from(["sent", "unsure", "failed", "retry"]), st.integers(0, 5), st.integers(0, 3)),
    st.tuples(st.just("wait"), st.just(0), st.integers(1, 2)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_STEP, max_size=25))
def test_no_chat_is_overtaken_and_none_is_stuck(steps: list[tuple[str, Any, int]]) -> None:
    """Whatever is added, sent, lost and tried again: chats keep their order, and in the end all has gone out."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "b.db") as store:
        now, tried = NOW, defaultdict(list)

        def work(ending: str, pick: int, wait: int) -> None:
            due = outbox.due(store, "telegram", now)
            assert len({row.chat for row in due}) == len(due)
            wake = outbox.next_due(store, "telegram")
            assert bool(due) == (wake is not None and wake <= now)
            if not due:
                return
            row = due[pick % len(due)]
            assert outbox.claim(store, row.id, now)
            if ending == "retry":
                outbox.retry(store, row.id, now + wait * SECOND, "again")
                return
            tried[row.chat].append(row)
            ends = {"sent": lambda: outbox.sent(store, row.id, row.id, now)}
            ends |= {"unsure": lambda: outbox.unsure(store, row.id, "?", now)}
            ends.get(ending, lambda: outbox.failed(store, row.id, "!", now))()

        added = 0
        for step, what, number in steps:
            if step == "add":
                _add(store, what, at=now + number * SECOND, created_at=now)
                added += 1
            elif step == "wait":
                now += number * SECOND
            else:
                work(step, what, number)
        now += 60 * SECOND
        for _ in range(added):
            work("sent", 0, 0)
        assert sum(len(rows) for rows in tried.values()) == added
        assert (outbox.due(store, "telegram", now), outbox.next_due(store, "telegram")) == ([], None)
        for rows in tried.values():
            at_once = [row.id for row in rows if row.due_at == row.created_at]
            assert at_once == sorted(at_once)


def test_a_long_history_does_not_slow_the_sender(store: Store) -> None:
    """What was sent long ago is not looked at: the plan reads the index over what is unfinished."""
    with store.atomic():
        for number in range(3000):
            _add(store, f"telegram:{number % 50}")
        store.database.fetch("UPDATE outbox SET state = 'sent' WHERE id <= 2900")
    began = time.perf_counter()
    for _ in range(20):
        assert len(_due(store)) == 50
        outbox.next_due(store, "telegram")
    assert (time.perf_counter() - began) / 20 < 0.1


def test_what_rings_later_rings_in_the_chat_a_group_became(store: Store) -> None:
    at = NOW + timedelta(hours=1)
    number = rings.add(store, rings.NewRing("reminder", "bins", at, "telegram:1", "telegram:-5", NOW))
    other = rings.add(store, rings.NewRing("reminder", "bins", at, "telegram:1", "telegram:-6", NOW))
    outbox.migrate_chat(store, "telegram:-5", "telegram:-100")
    assert [ring.chat for one in (number, other) if (ring := rings.get(store, one))] == ["telegram:-100", "telegram:-6"]
