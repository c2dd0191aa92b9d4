"""Updates are kept before they are handled, and each is handled once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from store import Store, buttons, inbox, open_store, outbox, turns
from tests.store.conftest import NOW

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def _receive(store: Store, number: int, payload: str = "hello", *, days: float = 0, message: int | None = 5) -> bool:
    at = NOW + days * DAY
    return inbox.receive(store, number, sender="telegram:1", chat="telegram:1", message=message, payload=payload, at=at)


def test_an_update_delivered_again_is_not_taken_again(store: Store) -> None:
    """Neither while it waits nor after it is done, nor when several deliver it at once."""
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: _receive(store, 7), range(8)))
    assert sorted(taken) == [False] * 7 + [True]
    assert inbox.done(store, 7, at=NOW)
    assert _receive(store, 7) is False
    assert _receive(store, 7, days=30) is False


def test_what_was_received_outlives_the_process(store: Store) -> None:
    """A store opened again still has what waits, in the order of the updates."""
    for number in (9, 3, 5):
        _receive(store, number, f"update {number}")
    inbox.done(store, 5, at=NOW)
    with open_store(store.path) as again:
        assert [(row.update_id, row.payload) for row in inbox.waiting(again)] == [(3, "update 3"), (9, "update 9")]
        assert inbox.counts(again) == inbox.InboxCounts(waiting=2, done=1)


def test_what_is_done_says_nothing_more(store: Store) -> None:
    """The text goes with the first done; what happened later does not move the time."""
    _receive(store, 7)
    assert [inbox.done(store, 7, at=NOW), inbox.done(store, 7, at=NOW + DAY), inbox.done(store, 8, at=NOW)] == [
        True,
        False,
        False,
    ]
    found = inbox.get(store, 7)
    assert found is not None
    assert (found.payload, found.done_at, inbox.get(store, 8)) == (None, NOW, None)


def test_numbers_that_start_anew_are_new_updates(store: Store) -> None:
    """After a week of silence another update may bear a number that was used; a recent or open one may not."""
    _receive(store, 7, "first")
    assert _receive(store, 7, "other", days=8) is False
    inbox.done(store, 7, at=NOW)
    assert [_receive(store, 7, "other", days=2), _receive(store, 7, "first", days=8)] == [False, False]
    assert _receive(store, 7, "other", days=8)
    assert [row.payload for row in inbox.waiting(store)] == ["other"]


def test_a_press_is_answered_once(store: Store) -> None:
    """Only the first may answer, also after a restart."""
    _receive(store, 7)
    assert [inbox.answered(store, 7, NOW), inbox.answered(store, 7, NOW), inbox.answered(store, 8, NOW)] == [
        True,
        False,
        False,
    ]


def test_a_message_leads_to_its_turn_and_back(store: Store) -> None:
    """The latest turn of a message counts; another chat's message of that number is another one."""
    _receive(store, 7)
    _receive(store, 8, message=6)
    assert [inbox.begin(store, 7, 40), inbox.begin(store, 7, 41), inbox.begin(store, 99, 1)] == [True, True, False]
    assert (inbox.turn_of(store, "telegram:1", 5), inbox.turn_of(store, "telegram:1", 6)) == (41, None)
    assert inbox.turn_of(store, "telegram:2", 5) is None
    found = inbox.of_turn(store, 41)
    assert (found and found.update_id, inbox.of_turn(store, 40)) == (7, None)


def _answer_and_fail(store: Store) -> None:
    turn = turns.append(store, turns.NewTurn("telegram:1", "telegram:1", NOW, text="hello", outcome="begun"))
    inbox.begin(store, 7, turn)
    outbox.add(store, outbox.Outgoing("telegram", "telegram:1", "telegram:1", {"text": "hi"}, NOW, NOW))
    inbox.done(store, 7, at=NOW)
    raise RuntimeError("cut off")


def test_a_turn_its_answer_and_its_receipt_are_one_transaction(store: Store) -> None:
    """When it is cut off before its end, the update waits again and nothing is sent."""
    _receive(store, 7)
    with pytest.raises(RuntimeError), store.atomic():
        _answer_and_fail(store)
    (row,) = inbox.waiting(store)
    assert (row.payload, row.turn, turns.count(store), outbox.counts(store)) == (
        "hello",
        None,
        0,
        outbox.OutboxCounts(),
    )


def test_lone_surrogates_do_not_stop_the_inbox(store: Store) -> None:
    """Text that UTF-8 cannot hold is taken all the same, once."""
    assert [_receive(store, 7, "\ud800"), _receive(store, 7, "\ud800")] == [True, False]


def test_turns_that_did_not_end_are_found(store: Store) -> None:
    """Begun and acting turns are those a crash cut off; the effect says what was about to happen."""
    effect = {"kind": "home", "calls": [{"service": "light.turn_on"}]}
    for outcome in ("begun", "done", "acting", "abandoned", None):
        turns.append(store, turns.NewTurn("ana", "c", NOW, outcome=outcome, effect=effect))
    assert [(turn.number, turn.effect) for turn in turns.begun(store)] == [(1, effect), (3, effect)]


def test_a_turn_that_is_run_again_gets_its_buttons_back(store: Store) -> None:
    """Only what that turn used can be pressed again."""
    buttons.add(store, [buttons.Button(name, "ana", "c", None, NOW) for name in "abc"])
    buttons.use(store, "a", at=NOW, turn=4)
    buttons.use(store, "b", at=NOW, turn=5)
    buttons.retire(store, "ana", "c", at=NOW, turn=4)
    assert buttons.release(store, 4) == 2
    assert buttons.remaining(store, ["c", "b", "a"], NOW) == ["c", "a"]
    assert [buttons.use(store, name, at=NOW) for name in "abc"] == [True, False, True]


def test_a_button_that_expired_or_never_was_is_not_left(store: Store) -> None:
    """The instant of expiry still counts."""
    buttons.add(store, [buttons.Button("a", "ana", "c", None, NOW, NOW + MINUTE)])
    assert buttons.remaining(store, ["a", "z"], NOW + MINUTE) == ["a"]
    assert buttons.remaining(store, ["a", "z"], NOW + 2 * MINUTE) == []
