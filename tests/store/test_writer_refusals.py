"""The learning writer takes only the steps there are, of what can exist and passed its test."""

import itertools
from collections.abc import Callable

import pytest

from store import (
    Action,
    LearningWriter,
    NewRow,
    Proposal,
    RowRefused,
    Status,
    Store,
    UnknownImprovement,
    WrongStatus,
    active_rows,
    head,
    improvements,
)
from tests.store.conftest import LAMP, NOW, approved, moving, proposed
from tests.store.improving import actions, status


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
