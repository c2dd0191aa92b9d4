"""The learning writer compares and swaps: what was tested over other knowledge than is in force moves nothing."""

from typing import Any

import pytest

from store import Head, LearningWriter, NewRow, StaleHead, Status, Store, active_rows, head, improvements
from tests.store.conftest import LAMP, NOW, approved, deployed, moving, proposed
from tests.store.improving import status


def test_a_stale_test_is_refused_and_changes_nothing(store: Store, writer: LearningWriter) -> None:
    """When knowledge moved since the test, nothing of the deployment is there."""
    number = approved(writer)
    deployed(writer, store, NewRow("synonym", "hoover", {"target": "vacuum"}), digest="moved")
    with pytest.raises(StaleHead, match="moved to version 1"):
        writer.deploy(number, [LAMP], expected_head_digest="", new_digest="x", actor="system", at=NOW)
    assert [row.key for row in active_rows(store)] == ["hoover"]
    assert head(store) == Head(1, "moved", 2)
    assert status(store, number) == Status.APPROVED
    for step in (writer.roll_back, writer.redo):
        more = {"reason": "r"} if step == writer.roll_back else {}
        with pytest.raises(StaleHead):
            step(2, expected_head_digest="old", new_digest="x", actor="ana", at=NOW, **more)


def test_a_version_tells_apart_what_a_digest_does_not(store: Store, writer: LearningWriter) -> None:
    """What was taken back and taught anew leads to the digest of before under other numbers: that test is stale."""
    waiting = approved(writer)
    old = deployed(writer, store, digest="lamp")
    tested = head(store)
    moving(writer.roll_back, old, store, "", reason="r")
    deployed(writer, store, digest="lamp")
    words: dict[str, Any] = {
        "expected_head_digest": "lamp",
        "expected_version": tested.version,
        "actor": "a",
        "at": NOW,
    }
    more = NewRow("synonym", "hoover", {"target": "vacuum"})
    before = (head(store), active_rows(store), len(improvements.audit(store)))
    for step in (
        lambda: writer.deploy(waiting, [more], **words, new_digest="x"),
        lambda: writer.redo(old, **words, new_digest="x"),
        lambda: writer.roll_back(3, **words, new_digest="", reason="r"),
        lambda: writer.roll_back_all([3], **words, new_digest="", reason="r"),
    ):
        with pytest.raises(StaleHead, match="moved to version 3"):
            step()
    assert (head(store), active_rows(store), len(improvements.audit(store))) == before
    writer.deploy(waiting, [more], **{**words, "expected_version": 3}, new_digest="x")
    assert head(store) == Head(4, "x", 3)


def test_a_test_over_other_knowledge_deploys_nothing(store: Store, writer: LearningWriter) -> None:
    """Whatever head the caller names: what the last test was bound to must be in force, deployed or redone."""
    number = proposed(writer)
    writer.approve(number, actor="ana", at=NOW)
    for knowledge in ("other", ""):
        writer.record_test(number, passed=True, results={"bound_to": {"knowledge": knowledge}}, at=NOW)
        if knowledge:
            with pytest.raises(StaleHead, match="tested over other knowledge"):
                writer.deploy(number, [LAMP], expected_head_digest="", new_digest="one", actor="ana", at=NOW)
            assert (head(store).version, active_rows(store)) == (0, [])
    writer.deploy(number, [LAMP], expected_head_digest="", new_digest="one", actor="ana", at=NOW)
    moving(writer.roll_back, number, store, "", reason="r")
    deployed(writer, store, NewRow("synonym", "hoover", {"target": "vacuum"}), digest="two")
    with pytest.raises(StaleHead, match="tested over other knowledge"):
        moving(writer.redo, number, store, "three")
    assert (head(store).digest, status(store, number)) == ("two", Status.ROLLED_BACK)


def test_a_new_base_moves_the_head_with_an_audit_row(store: Store, writer: LearningWriter) -> None:
    """A new program's base knowledge is on record too."""
    assert writer.rebase(expected_head_digest="", new_digest="base-1", at=NOW) == Head(1, "base-1", 0)
    (entry,) = improvements.audit(store)
    assert (entry.improvement_id, entry.details["digest"]) == ("base", "base-1")
    with pytest.raises(StaleHead):
        writer.rebase(expected_head_digest="", new_digest="base-2", at=NOW)
