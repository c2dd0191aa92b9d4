"""The learning writer: statuses, audit, the head's compare-and-swap, and the fold."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import (
    Action,
    Head,
    LearningWriter,
    NewRow,
    Proposal,
    RowRefused,
    StaleHead,
    Status,
    Store,
    UnknownImprovement,
    WrongStatus,
    active_rows,
    head,
    improvements,
    open_store,
)
from tests.store.conftest import LAMP, NOW, approved, deployed, moving, proposed


def actions(store: Store, number: int) -> list[Action]:
    """Return what the audit says was done, in order."""
    return [entry.action for entry in improvements.audit(store, number)]


def status(store: Store, number: int) -> Status:
    """Return where an improvement stands."""
    found = improvements.get(store, number)
    assert found is not None
    return found.status


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


def test_an_untested_or_failed_change_is_not_deployed(store: Store, writer: LearningWriter) -> None:
    """Approval is not enough: the last test must have passed."""
    number = proposed(writer)
    writer.approve(number, actor="ana", at=NOW)
    for passed in (None, False):
        if passed is False:
            writer.record_test(number, passed=False, results={"failed": ["g-1"]}, at=NOW)
        with pytest.raises(WrongStatus, match="not passed its test"):
            writer.deploy(number, [LAMP], expected_head_digest="", new_digest="x", actor="system", at=NOW)
    writer.reject(number, actor="system", reason="test failed", details=["g-1"], at=NOW)
    assert (status(store, number), active_rows(store)) == (Status.REJECTED, [])


STEPS: dict[str, Callable[[LearningWriter, Store, int], object]] = {
    "test": lambda w, _, n: w.record_test(n, passed=True, results={}, at=NOW),
    "approve": lambda w, _, n: w.approve(n, actor="ana", at=NOW),
    "reject": lambda w, _, n: w.reject(n, actor="ana", reason="no", at=NOW),
    "deploy": lambda w, s, n: w.deploy(
        n, [LAMP], expected_head_digest=head(s).digest, new_digest="d", actor="ana", at=NOW
    ),
    "complete": lambda w, _, n: w.complete(n, results={}, at=NOW),
    "roll_back": lambda w, s, n: moving(w.roll_back, n, s, "", reason="r"),
    "redo": lambda w, s, n: moving(w.redo, n, s, "d"),
}
WAYS = {
    Status.PENDING: ["test"],
    Status.APPROVED: ["test", "approve"],
    Status.REJECTED: ["test", "reject"],
    Status.APPLIED: ["test", "approve", "deploy"],
    Status.COMPLETED: ["test", "approve", "deploy", "complete"],
    Status.ROLLED_BACK: ["test", "approve", "deploy", "roll_back"],
}
POSSIBLE = {
    Status.PENDING: {"test", "approve", "reject"},
    Status.APPROVED: {"test", "reject", "deploy"},
    Status.REJECTED: set[str](),
    Status.APPLIED: {"complete", "roll_back"},
    Status.COMPLETED: {"roll_back"},
    Status.ROLLED_BACK: {"test", "redo"},
}


@pytest.mark.parametrize(("at", "step"), list(itertools.product(WAYS, STEPS)))
def test_only_the_steps_of_the_status_machine_exist(
    store: Store, writer: LearningWriter, at: Status, step: str
) -> None:
    """From each status exactly the designed steps are possible; any other leaves status, head and audit alone."""
    number = proposed(writer)
    for way in WAYS[at]:
        STEPS[way](writer, store, number)
    before = (status(store, number), head(store), actions(store, number))
    assert before[0] == at
    if step in POSSIBLE[at]:
        STEPS[step](writer, store, number)
        assert len(actions(store, number)) == len(before[2]) + 1
    else:
        with pytest.raises(WrongStatus, match=f"#{number} is {at}"):
            STEPS[step](writer, store, number)
        assert (status(store, number), head(store), actions(store, number)) == before


@pytest.mark.parametrize("step", STEPS)
def test_an_improvement_nobody_proposed_is_said_so(store: Store, writer: LearningWriter, step: str) -> None:
    """Every step on an unknown number names the number."""
    with pytest.raises(UnknownImprovement, match="#404"):
        STEPS[step](writer, store, 404)


@pytest.mark.parametrize("proposal", [Proposal("alias", 3, "t", {}), Proposal("shell", 1, "t", {})])
def test_what_cannot_exist_is_not_proposed(store: Store, writer: LearningWriter, proposal: Proposal) -> None:
    """Tier 3 and unknown types have no number."""
    with pytest.raises(RowRefused):
        writer.propose(proposal, actor="eve", at=NOW)
    assert improvements.listing(store) == []


@pytest.mark.parametrize(
    "row",
    [
        NewRow("shell", "rm", {}),
        NewRow("alias", " ", {"target": "light.x"}),
        NewRow("alias", "lamp", {}),
        NewRow("alias", "lamp", {"target": 7}),
        NewRow("exemplar", "lamp", {"target": "light.x"}),
        NewRow("alias", "lamp", {"target": "light.x"}, "personal"),
        NewRow("alias", "lamp", {"target": "light.x"}, "shared", "ana"),
        NewRow("alias", "lamp", {"target": "light.x"}, "world"),
        None,
    ],
)
def test_a_malformed_row_is_refused_with_an_audit_row(store: Store, writer: LearningWriter, row: NewRow | None) -> None:
    """Nothing is deployed, and the audit says why."""
    number = approved(writer)
    rows = [] if row is None else [LAMP, row]
    with pytest.raises(RowRefused):
        writer.deploy(number, rows, expected_head_digest="", new_digest="x", actor="system", at=NOW)
    assert (active_rows(store), head(store).version) == ([], 0)
    assert actions(store, number)[-1] == Action.APPLY_FAILED


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


def test_a_new_base_moves_the_head_with_an_audit_row(store: Store, writer: LearningWriter) -> None:
    """A new program's base knowledge is on record too."""
    assert writer.rebase(expected_head_digest="", new_digest="base-1", at=NOW) == Head(1, "base-1", 0)
    (entry,) = improvements.audit(store)
    assert (entry.improvement_id, entry.details["digest"]) == ("base", "base-1")
    with pytest.raises(StaleHead):
        writer.rebase(expected_head_digest="", new_digest="base-2", at=NOW)


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
