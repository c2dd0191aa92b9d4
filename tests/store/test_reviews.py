"""Matters for review that are closed."""

from datetime import timedelta

from store import Store, reviews
from store.reviews import Closed
from tests.store.conftest import NOW


def test_a_matter_is_closed_once(store: Store) -> None:
    """Who closes it first is on record, and the second is told that it was closed already."""
    assert reviews.get(store, "sig-7") is None
    assert reviews.close(store, "sig-7", "golden", "ana", NOW)
    assert not reviews.close(store, "sig-7", "closed", "bob", NOW + timedelta(minutes=1))
    assert reviews.get(store, "sig-7") == Closed("sig-7", "golden", "ana", NOW)


def test_the_keys_of_what_is_closed_are_told(store: Store) -> None:
    """None at first, then each once."""
    assert reviews.closed_keys(store) == frozenset()
    for key in ("a", "b", "a"):
        reviews.close(store, key, "closed", "ana", NOW)
    assert reviews.closed_keys(store) == {"a", "b"}
