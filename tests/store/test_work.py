"""Slow work: each piece is done by one, survives whoever dies over it, and what it offers is answered once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from store import Store, model_registry, task_proposals, work
from store.model_registry import Model
from store.task_proposals import NewTaskProposal
from tests.store.conftest import NOW

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
OFFER = NewTaskProposal(
    "priority", "task:1", "ana", "Make it urgent?", {"priority": "urgent"}, "rules", "due today", NOW
)


def put(store: Store, subject: str = "task:1", priority: int = 5) -> int:
    """Ask for an analysis."""
    return work.put(store, "task_analysis", subject, priority=priority, at=NOW)


def take(store: Store, owner: str = "one", minutes: int = 0) -> work.Work | None:
    """Take a piece for a minute, so many minutes on."""
    return work.take(store, owner, NOW + minutes * MINUTE, MINUTE)


def test_the_most_urgent_piece_is_taken_first(store: Store) -> None:
    """Among equals the one asked for first; what is not to be done yet, or of another kind, is left."""
    later, first, urgent = put(store, "task:1"), put(store, "task:2", 3), put(store, "task:3", 3)
    work.put(store, "log_review", "log", priority=1, at=NOW, not_before=NOW + DAY)
    assert [piece.id for piece in work.waiting(store)][1:] == [first, urgent, later]
    taken = [take(store) for _ in range(4)]
    assert [piece and piece.id for piece in taken] == [first, urgent, later, None]
    put(store, "task:4")
    assert work.take(store, "one", NOW, MINUTE, ["log_review"]) is None
    assert work.take(store, "one", NOW + DAY, MINUTE, ["log_review"]) is not None


def test_what_waits_is_asked_for_once(store: Store) -> None:
    """A second wish joins the first, at the more urgent priority; another subject is another piece."""
    number = put(store)
    assert (put(store, priority=2), put(store, priority=9)) == (number, number)
    assert put(store, "task:2") != number
    assert [(piece.id, piece.priority) for piece in work.waiting(store)] == [(number, 2), (number + 1, 5)]
    with pytest.raises(ValueError, match="task:N"):
        put(store, "the milk")


def test_what_changes_while_it_is_worked_on_is_worked_on_again(store: Store) -> None:
    """A wish that comes in the middle is not lost, and leads to one more piece only."""
    number = put(store)
    take(store)
    assert [put(store), put(store)] == [number, number]
    assert work.finish(store, number, "one", at=NOW, result={"asked": True})
    (again,) = work.waiting(store)
    assert (again.id != number, again.subject, again.attempts) == (True, "task:1", 0)
    assert work.finish(store, number, "one", at=NOW) is False


def test_a_piece_whose_worker_died_is_done_by_another(store: Store) -> None:
    """After the lease, not before; and the dead one, should it come back, cannot finish it."""
    number = put(store)
    take(store)
    assert take(store, "two") is None
    assert work.next_due(store) == NOW + MINUTE
    taken = take(store, "two", minutes=1)
    assert taken is not None
    assert (taken.id, taken.attempts, taken.owner) == (number, 2, "two")
    assert not work.finish(store, number, "one", at=NOW)
    assert not work.renew(store, number, "one", NOW + DAY)
    assert not work.fail(store, number, "one", at=NOW, problem="late")
    assert work.finish(store, number, "two", at=NOW + MINUTE, result=[1])
    found = work.last_done(store, "task_analysis")
    assert found is not None
    assert (found.result, found.done_at, found.state) == ([1], NOW + MINUTE, "done")
    assert (work.count(store, "done"), work.last_done(store, "log_review")) == (1, None)


def test_a_lease_that_is_renewed_holds(store: Store) -> None:
    """Who needs longer says so in time."""
    number = put(store)
    take(store)
    assert work.renew(store, number, "one", NOW + DAY)
    assert take(store, "two", minutes=5) is None


def test_a_piece_that_kills_every_worker_fails_in_the_end(store: Store) -> None:
    """It does not go round for ever, and can be asked for anew."""
    number = put(store)
    for minute in range(work.MOST_ATTEMPTS):
        assert take(store, minutes=minute) is not None
    assert take(store, minutes=99) is None
    found = work.get(store, number)
    assert found is not None
    assert (found.state, found.result) == ("failed", {"problem": "not finished in 5 attempts"})
    assert put(store) != number


def test_a_failure_is_tried_again_later_or_never(store: Store) -> None:
    """It waits until then; without a time, or after too many attempts, it has failed."""
    number = put(store)
    take(store)
    assert work.fail(store, number, "one", at=NOW, problem="no model", retry_at=NOW + MINUTE)
    assert (take(store), work.next_due(store)) == (None, NOW + MINUTE)
    assert take(store, minutes=1) is not None
    assert work.fail(store, number, "one", at=NOW, problem="no model")
    assert (work.count(store, "failed"), take(store, minutes=9)) == (1, None)


def test_what_waits_for_a_subject_that_is_gone_is_dropped(store: Store) -> None:
    """What is under way is not."""
    put(store, "task:1")
    take(store)
    put(store, "task:2")
    assert [work.drop(store, "task:2"), work.drop(store, "task:1")] == [1, 0]


def test_an_offer_is_answered_once(store: Store) -> None:
    """By whom it was made to; the second press, and somebody else's, change nothing."""
    number = task_proposals.add(store, replace(OFFER, alternatives=("high", "normal"), model="m", confidence=0.5))
    assert not task_proposals.answer(store, number, "taken", at=NOW, user="bob")
    answers = [task_proposals.answer(store, number, "changed", at=NOW, user="ana") for _ in range(2)]
    assert answers == [True, False]
    found = task_proposals.get(store, number)
    assert found is not None
    assert (found.state, found.answered_at, found.alternatives, found.change) == (
        "changed",
        NOW,
        ["high", "normal"],
        {"priority": "urgent"},
    )
    assert task_proposals.get(store, number, user="bob") is None


def test_a_newer_offer_takes_the_olders_place(store: Store) -> None:
    """There is one open offer of a kind about a thing; others stay."""
    old, other = task_proposals.add(store, OFFER), task_proposals.add(store, replace(OFFER, kind="due"))
    new = task_proposals.add(store, OFFER)
    assert [one.id for one in task_proposals.open_of(store, "ana")] == [other, new]
    assert not task_proposals.answer(store, old, "taken", at=NOW)
    assert [one.id for one in task_proposals.of_subject(store, "task:1")] == [new, other, old]


def test_offers_nobody_answers_expire(store: Store) -> None:
    """Those made before an instant, and those about what is no more."""
    task_proposals.add(store, OFFER)
    new = task_proposals.add(store, replace(OFFER, kind="due", created_at=NOW + DAY))
    assert [one.kind for one in task_proposals.expire(store, before=NOW + DAY)] == [OFFER.kind]
    assert [one.id for one in task_proposals.open_of(store, "ana")] == [new]
    assert [task_proposals.withdraw(store, "task:1"), task_proposals.withdraw(store, "task:1")] == [1, 0]
    assert [one.state for one in task_proposals.since(store, NOW)] == ["expired", "expired"]
    assert [one.id for one in task_proposals.since(store, NOW + DAY)] == [new]


def test_models_come_and_go_with_their_server(store: Store) -> None:
    """What is not listed any more is gone since then, comes back, and keeps what was measured of it."""
    small, large = Model("small", "llama", "3B", "Q4", 2_000_000_000), Model("large")
    model_registry.record(store, [small, large, small], NOW)
    assert model_registry.set_bench(store, "small", {"tokens_per_s": 12})
    assert not model_registry.set_bench(store, "unknown", {})
    model_registry.record(store, [large], NOW + DAY)
    assert [model.name for model in model_registry.present(store)] == ["large"]
    gone = model_registry.get(store, "small")
    assert gone is not None
    assert (gone.gone_at, gone.seen_at, gone.size_bytes) == (NOW + DAY, NOW, 2_000_000_000)
    model_registry.record(store, [small], NOW + 2 * DAY)
    back = model_registry.get(store, "small")
    assert back is not None
    assert (back.gone_at, back.seen_at, back.bench) == (None, NOW + 2 * DAY, {"tokens_per_s": 12})
    assert [(model.name, model.gone_at) for model in model_registry.everything(store)] == [
        ("large", NOW + 2 * DAY),
        ("small", None),
    ]
