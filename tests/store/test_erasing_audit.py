"""The audit bends for erasing and for nothing else."""

import pytest

from store import LearningWriter, Store, StoreConstraint, StoreError, improvements
from store.learning_connection import open_learning_connection
from tests.store.leaving_scene import live_in


@pytest.fixture
def lived_in(store: Store, writer: LearningWriter) -> Store:
    """Return a store in which two people lived."""
    return live_in(store, writer)


AUDIT_CHANGES = [
    "actor = 'bob'",
    "actor = 'person-'",
    "actor = 'person-1x'",
    "actor = 'person-1 or bob'",
    "actor = 'PERSON-1'",
    "actor = NULL",
    "details = NULL",
    "details = '{}'",
    "details = '{\"erased\":true} '",
    "action = 'approved'",
    "created_at = '2020-01-01T00:00:00.000000Z'",
    "improvement_id = 'improvement-2'",
    "id = 'audit-9'",
    "number = 900 + number",
    "actor = 'person-1', action = 'approved'",
    "details = '{\"erased\":true}', actor = 'bob'",
]


@pytest.mark.parametrize("restricted", [True, False])
@pytest.mark.parametrize("change", AUDIT_CHANGES)
def test_the_audit_takes_no_other_change(lived_in: Store, change: str, restricted: bool) -> None:
    """Whoever writes it: an audit row changes only to a number's name and to what says that it was erased."""
    before = improvements.audit(lived_in)
    connection = open_learning_connection(lived_in.path) if restricted else lived_in.database.seam()
    with pytest.raises(StoreError) as caught:
        connection.execute(f"UPDATE improvement_audit SET {change}")
    assert isinstance(caught.value, StoreConstraint)
    assert improvements.audit(lived_in) == before
    with pytest.raises(StoreConstraint, match="never deleted"):
        connection.execute("DELETE FROM improvement_audit")
    if restricted:
        connection.close()
