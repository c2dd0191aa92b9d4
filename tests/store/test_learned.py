"""Tampered rows are never in force."""

import pytest

from store import Action, LearningWriter, Store, active_rows, improvements, read_learned
from tests.store.conftest import NOW, deployed

_ROW = "INSERT INTO knowledge_rows (type, key, payload, scope, improvement, created_at) VALUES"
TAMPERINGS = {
    "unknown type": f"{_ROW} ('shell', 'rm', '{{}}', 'shared', 1, 'now')",
    "tier": "UPDATE improvements SET tier = 3",
    "unknown improvement type": "UPDATE improvements SET improvement_type = 'code'",
    "not JSON": f"{_ROW} ('pattern', 'p', 'oops', 'shared', 1, 'now')",
    "not an object": f"{_ROW} ('pattern', 'p', '[1]', 'shared', 1, 'now')",
    "table of its own": f"{_ROW} ('alias', 'x', '{{\"target\":\"lock.front\"}}', 'shared', 1, 'now')",
    "scope": f"{_ROW} ('pattern', 'p', '{{}}', 'everyone', 1, 'now')",
    "the key is empty": "UPDATE entity_aliases SET alias = ''",
    "does not exist": f"PRAGMA foreign_keys = 0; {_ROW} ('pattern', 'p', '{{}}', 'shared', 99, 'now')",
}


@pytest.mark.parametrize("reason", TAMPERINGS)
def test_a_tampered_row_is_refused_at_load_with_one_audit_row(
    store: Store, writer: LearningWriter, reason: str
) -> None:
    """The row is left out, the reason is on record once, and the sound rows stay in force."""
    deployed(writer, store)
    for sql in TAMPERINGS[reason].split("; "):
        store.database.fetch(sql)
    (refused,) = read_learned(store).refused
    assert reason in refused.reason
    assert all(row.key == "big bertha" for row in active_rows(store))
    for _ in range(2):
        assert writer.load(at=NOW).refused == (refused,)
    failed = [entry for entry in improvements.audit(store) if entry.action == Action.APPLY_FAILED]
    assert [entry.details["refused"] for entry in failed] == [refused.reason]


def test_loading_sound_rows_writes_nothing(store: Store, writer: LearningWriter) -> None:
    """Load and read agree with the head, and the audit stays as it was."""
    deployed(writer, store, digest="one")
    before = improvements.audit(store)
    learned = writer.load(at=NOW)
    assert learned == read_learned(store)
    assert (learned.head.digest, [row.key for row in learned.active]) == ("one", ["big bertha"])
    assert improvements.audit(store) == before
