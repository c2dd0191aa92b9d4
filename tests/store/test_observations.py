"""What the watch saw: each changed turn once, decided once, counted by what came of it."""

from datetime import timedelta

import pytest

from store import LearningWriter, Store, StoreConstraint, observations
from store.observations import Counts, Observation
from tests.store.conftest import NOW, proposed

OTHER = {"intent": "light_control", "targets": ["light.y"]}


@pytest.fixture
def two(writer: LearningWriter) -> tuple[int, int]:
    """Give two improvements."""
    return proposed(writer), proposed(writer)


def _seen(improvement: int, turn: int, **more: object) -> Observation:
    return Observation(improvement, turn, NOW + timedelta(minutes=turn), **more)  # type: ignore[arg-type]


def test_an_observation_is_read_back_as_it_was_made(store: Store, two: tuple[int, int]) -> None:
    """Its other interpretation, those who answer for it together and whether the person was asked come back."""
    seen = _seen(two[0], 5, without=OTHER, charged=(1, 2), asked=True)
    observations.add(store, [seen])
    assert observations.of_turn(store, 5) == [seen]
    assert observations.of_improvement(store, two[0]) == [seen]
    assert observations.of_improvement(store, two[1]) == []


def test_a_turn_is_seen_once(store: Store, two: tuple[int, int]) -> None:
    """A second look at the same turn changes nothing, also after it was decided."""
    observations.add(store, [_seen(1, 5, without=OTHER)])
    observations.settle(store, 5, "C", NOW)
    observations.add(store, [_seen(1, 5), _seen(2, 5)])
    observations.add(store, [])
    assert [(one.improvement, one.outcome, one.without) for one in observations.of_turn(store, 5)] == [
        (1, "C", OTHER),
        (2, None, None),
    ]


def test_a_turn_is_decided_once_for_all_who_wait_for_it(store: Store, two: tuple[int, int]) -> None:
    """The first outcome stands, with its instant; who asks again is told that nobody waits."""
    observations.add(store, [_seen(2, 5), _seen(1, 5), _seen(1, 6)])
    later = NOW + timedelta(minutes=9)
    assert observations.settle(store, 5, "R", later) == (1, 2)
    assert observations.settle(store, 5, "A", NOW) == ()
    assert observations.settle(store, 404, "A", NOW) == ()
    assert [(one.outcome, one.settled_at) for one in observations.of_turn(store, 5)] == [("R", later)] * 2
    assert observations.of_turn(store, 6)[0].outcome is None


def test_what_is_open_of_earlier_turns_is_found_oldest_first(store: Store, two: tuple[int, int]) -> None:
    """Turns at the instant itself, later ones and decided ones are not among them."""
    observations.add(store, [_seen(1, turn) for turn in (7, 3, 5, 4)])
    observations.settle(store, 4, "A", NOW)
    assert [one.turn for one in observations.open_before(store, NOW + timedelta(minutes=7))] == [3, 5]


def test_changed_turns_are_counted_by_what_came_of_them(store: Store, two: tuple[int, int]) -> None:
    """Of one improvement, and of its present watch alone when asked."""
    observations.add(store, [_seen(1, turn, asked=turn < 4) for turn in range(1, 8)])
    observations.add(store, [_seen(2, 1)])
    for turn, outcome in ((1, "R"), (2, "C"), (3, "A"), (4, "A")):
        observations.settle(store, turn, outcome, NOW)  # type: ignore[arg-type]
    found = observations.counts(store, 1)
    assert (found, found.settled) == (Counts(1, 1, 2, 3, 3), 4)
    since = NOW + timedelta(minutes=4)
    assert observations.counts(store, 1, since=since) == Counts(0, 0, 1, 3, 0)
    assert [one.turn for one in observations.of_improvement(store, 1, since=since)] == [4, 5, 6, 7]
    assert observations.counts(store, 9) == Counts(0, 0, 0, 0, 0)


def test_only_what_exists_is_watched_and_only_by_the_three_outcomes(store: Store, two: tuple[int, int]) -> None:
    """An unknown improvement and an unknown outcome are refused."""
    with pytest.raises(StoreConstraint):
        observations.add(store, [_seen(404, 1)])
    with pytest.raises(StoreConstraint):
        observations.add(store, [_seen(1, 1, outcome="X")])
    assert observations.of_turn(store, 1) == []
