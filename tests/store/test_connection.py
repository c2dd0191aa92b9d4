"""What a connection keeps of the statements that went over it."""

import gc
import weakref

from store import Store, turns
from tests.store.conftest import NOW

_STATEMENTS = 2_000


def test_a_connection_keeps_nothing_of_statements_that_are_over(store: Store) -> None:
    """A process that runs for months must not grow with each statement, written by hand or built."""
    turns.append(store, turns.NewTurn("ana", "c", NOW))
    before = _references()
    for _ in range(_STATEMENTS // 2):
        store.database.fetch("SELECT count(*) FROM turns")
        turns.count(store)
    assert _references() - before < _STATEMENTS // 4


def _references() -> int:
    """Return how many weak references there are, which is what a connection keeps of each cursor."""
    gc.collect()
    return sum(type(one) is weakref.ReferenceType for one in gc.get_objects())
