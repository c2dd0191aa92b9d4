"""The learning writer: the audit, the tables, the backups, and the fold."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import (
    Action,
    LearningWriter,
    NewRow,
    Status,
    Store,
    WrongStatus,
    active_rows,
    head,
    improvements,
    open_store,
)
from tests.store.conftest import LAMP, NOW, approved, deployed, moving, proposed
from tests.store.improving import actions, status


def test_numbers_rise_and_ids_follow(store: Store, writer: LearningWriter) -> None:
    """People's #N counts from one, and a proposal is read back as it was made."""
    first, second = proposed(writer), proposed(writer, improvement_type="synonym", signal_ids=("s1", "s2"))
    assert (first, second) == (1, 2)
    found = improvements.get(store, second)
    assert found is not None
    assert (found.id, found.status, found.tier) == ("improvement-2", Status.PENDING, 1)
    assert (found.signal_ids, found.submitted_by, found.created_at) == (["s1", "s2"], "ana", NOW)
    assert found.proposed_value == {"alias": "big bertha"}


def test_the_whole_way_leaves_an_audit_row_a_step(store: Store, writer: LearningWriter) -> None:
    """From proposal to completion, back and forth again, each step is on record with the digest it led to."""
    number = deployed(writer, store, digest="one")
    moving(writer.roll_back, number, store, "", reason="wrong lamp")
    moving(writer.redo, number, store, "one")
    writer.complete(number, results={"turns": 9}, at=NOW)
    assert actions(store, number) == [
        Action.CREATED,
        Action.TESTED,
        Action.APPROVED,
        Action.APPLIED,
        Action.ROLLED_BACK,
        Action.REDONE,
        Action.MONITORING_COMPLETE,
    ]
    applied, rolled_back, redone = improvements.audit(store, number)[3:6]
    assert [entry.details["digest"] for entry in (applied, rolled_back, redone)] == ["one", "", "one"]
    assert [entry.details["version"] for entry in (applied, rolled_back, redone)] == [1, 2, 3]
    assert rolled_back.details["reason"] == "wrong lamp"
    assert status(store, number) == Status.COMPLETED


def test_a_deployment_puts_each_type_in_its_table(store: Store, writer: LearningWriter) -> None:
    """Rows come back as they went in, in the requirements' tables, each bearing its improvement."""
    rows = [
        NewRow("alias", "big bertha", {"target": "light.floor_lamp", "kind": "entity"}),
        NewRow("synonym", "hoover", {"target": "vacuum"}, "personal", "ana"),
        NewRow("exemplar", "make it cosy", {"intent": "light_control"}),
        NewRow("command", "movie time", {"parts": ["dim the lights", "close the blinds"]}),
    ]
    number = deployed(writer, store, *rows)
    got = [(row.type, row.key, row.payload, row.scope, row.owner, row.improvement) for row in active_rows(store)]
    assert sorted(got) == sorted((row.type, row.key, row.payload, row.scope, row.owner, number) for row in rows)
    fetch = store.database.fetch
    assert fetch("SELECT entity_id, alias, source FROM entity_aliases") == [
        ("light.floor_lamp", "big bertha", "automatic")
    ]
    assert fetch("SELECT word, synonym FROM synonyms") == [("vacuum", "hoover")]
    assert fetch("SELECT utterance, intent FROM training_examples") == [("make it cosy", "light_control")]
    assert fetch("SELECT type, key FROM knowledge_rows") == [("command", "movie time")]


def test_the_backup_holds_what_meant_something_before(store: Store, writer: LearningWriter) -> None:
    """The pre-image of a replaced word is kept as evidence."""
    first = deployed(writer, store)
    second = deployed(writer, store, NewRow("alias", "big bertha", {"target": "light.other"}))
    (kept,) = improvements.backups(store, second)
    assert [(row["payload"]["target"], row["improvement"]) for row in kept.data["rows"]] == [
        ("light.floor_lamp", first)
    ]
    assert improvements.backups(store, first)[0].data["rows"] == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(4)))
def test_rollbacks_commute(tmp_path_factory: pytest.TempPathFactory, order: list[int]) -> None:
    """Taken back in any order and redone in the opposite one, the state in force is always the fold of what is left."""
    with open_store(tmp_path_factory.mktemp("fold") / "butler.db") as store:
        writer = LearningWriter(store)
        rows = [NewRow("alias", f"word {n}", {"target": f"light.l{n}"}) for n in range(4)]
        numbers = [deployed(writer, store, row) for row in rows]
        whole, left = active_rows(store), set(numbers)
        for place in order:
            moving(writer.roll_back, numbers[place], store, f"without {place}", reason="r")
            left.discard(numbers[place])
            assert [row.improvement for row in active_rows(store)] == sorted(left)
        for place in order:
            moving(writer.redo, numbers[place], store, f"with {place}")
        assert active_rows(store) == whole
        writer.close()


def test_several_go_back_together_or_not_at_all(store: Store, writer: LearningWriter) -> None:
    """One that cannot be rolled back keeps all of them in force."""
    first, second = deployed(writer, store), deployed(writer, store, NewRow("synonym", "hoover", {"target": "vacuum"}))
    waiting = proposed(writer)
    words: dict[str, Any] = {
        "expected_head_digest": head(store).digest,
        "new_digest": "",
        "actor": "ana",
        "reason": "r",
        "at": NOW,
    }
    with pytest.raises(WrongStatus):
        writer.roll_back_all([first, second, waiting], **words)
    assert len(active_rows(store)) == 2
    version = head(store).version
    assert writer.roll_back_all([second, first], **words).version == version + 1
    assert active_rows(store) == []


def test_an_error_in_mid_transaction_undoes_it(store: Store) -> None:
    """Whatever happens between begin and commit, nothing stays, and the writer goes on working."""
    raising = {"after_rows"}

    def on_step(name: str) -> None:
        if name in raising:
            raising.discard(name)
            raise KeyboardInterrupt

    writer = LearningWriter(store, on_step=on_step)
    number = approved(writer)
    with pytest.raises(KeyboardInterrupt):
        writer.deploy(number, [LAMP], expected_head_digest="", new_digest="x", actor="system", at=NOW)
    assert (active_rows(store), head(store).version, status(store, number)) == ([], 0, Status.APPROVED)
    writer.deploy(number, [LAMP], expected_head_digest="", new_digest="x", actor="system", at=NOW)
    assert [row.key for row in active_rows(store)] == ["big bertha"]
    writer.close()


def test_lists_are_newest_first_and_pending_oldest_first(store: Store, writer: LearningWriter) -> None:
    """What waits is shown in the order it came."""
    one, two, three = proposed(writer), proposed(writer, submitted_by="bob"), proposed(writer)
    writer.reject(two, actor="ana", reason="no", at=NOW)
    assert [item.number for item in improvements.pending(store)] == [one, three]
    assert [item.number for item in improvements.listing(store, limit=2)] == [three, two]
    assert [item.number for item in improvements.listing(store, {Status.REJECTED})] == [two]
    assert [item.number for item in improvements.listing(store, submitted_by="bob")] == [two]
