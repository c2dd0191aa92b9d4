"""The learning writer: every step of an improvement as one transaction with its audit row, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from store.audit_log import AuditLog, digests, next_number
from store.database import Store
from store.errors import RowRefused, StaleHead, UnknownImprovement, WrongStatus
from store.fields import canonical_json, utc_text
from store.head import HEAD_SQL, ExpectedHead, Head
from store.learned import Learned, NewRow, RefusedRow, insertion, learned_through, tier_fault
from store.learned_erasure import erase_learned
from store.learning_connection import open_learning_connection
from store.proposals import Proposal, proposal_insertion, tested_over
from store.status import ALLOWED_FROM, Action, Status, improvement_id


def _no_step(_: str) -> None:
    return None


class LearningWriter:
    """Named operations on improvements; `on_step` hears the points of each, for tests that kill the process there."""

    def __init__(self, store: Store, *, on_step: Callable[[str], None] = _no_step) -> None:
        self.path = store.path
        self._connection = open_learning_connection(store.path, timeout=store.database.timeout)
        self._audit = AuditLog(self._connection.execute)
        self._lock = threading.Lock()
        self._on_step = on_step

    def close(self) -> None:
        """Close the writer's connection."""
        self._connection.close()

    def propose(self, proposal: Proposal, *, actor: str, at: datetime) -> int:
        """Record a pending improvement and return its number."""
        fault = proposal.fault()
        if fault:
            raise RowRefused(self.path, fault)
        with self._transaction():
            number = next_number(self._connection.execute, "improvements")
            self._connection.execute(*proposal_insertion(number, proposal, utc_text(at)))
            self._audit.add(number, Action.CREATED, actor, {"tier": proposal.tier, "source": proposal.source}, at)
        return number

    def record_test(self, number: int, *, passed: bool, results: Any, actor: str = "system", at: datetime) -> None:
        """Record a shadow test's verdict; the status stays, and a failed test makes deploying impossible."""
        with self._transaction():
            self._require(number, Action.TESTED)
            sql = "UPDATE improvements SET shadow_test_passed = ?, shadow_test_results = ? WHERE number = ?"
            self._connection.execute(sql, (passed, canonical_json(results), number))
            self._audit.add(number, Action.TESTED, actor, {"passed": passed, "results": results}, at)

    def approve(self, number: int, *, actor: str, at: datetime) -> None:
        """Approve a pending improvement; what is of tier 2 is approved by a person, never by the system itself."""
        with self._transaction():
            if self._require(number, Action.APPROVED)["tier"] != 1 and actor == "system":
                raise RowRefused(self.path, f"improvement #{number} needs a person's approval")
            sql = "UPDATE improvements SET status = ?, approved_by = ?, approved_at = ? WHERE number = ?"
            self._connection.execute(sql, (Status.APPROVED, actor, utc_text(at), number))
            self._audit.add(number, Action.APPROVED, actor, None, at)

    def reject(self, number: int, *, actor: str, reason: str, details: Any = None, at: datetime) -> None:
        """Reject a pending improvement, or an approved one whose new test failed."""
        with self._transaction():
            self._require(number, Action.REJECTED)
            sql = "UPDATE improvements SET status = ? WHERE number = ?"
            self._connection.execute(sql, (Status.REJECTED, number))
            self._audit.add(number, Action.REJECTED, actor, {"reason": reason, "details": details}, at)

    def deploy(
        self,
        number: int,
        rows: Sequence[NewRow],
        *,
        expected_head_digest: str,
        expected_version: int | None = None,
        new_digest: str,
        actor: str,
        at: datetime,
    ) -> Head:
        """Put an approved, tested improvement in force, all of it or nothing.

        Raises StaleHead when knowledge moved since the test, WrongStatus, or RowRefused (which leaves an audit row).
        A version says more than a digest: that is the same again when what went was taught anew under another number.
        """
        try:
            expected = ExpectedHead(expected_head_digest, expected_version)
            return self._deploy(number, rows, expected, new_digest, actor=actor, at=at)
        except RowRefused as refusal:
            self.record_failure(number, actor=actor, details={"refused": refusal.detail}, at=at)
            raise

    def _deploy(
        self, number: int, rows: Sequence[NewRow], expected: ExpectedHead, new_digest: str, *, actor: str, at: datetime
    ) -> Head:
        with self._transaction():
            head = self._swap_head(expected, new_digest, number)
            source = self._require_deployable(number, rows, expected)
            self._back_up(number, rows, head, at)
            self._on_step("after_backup")
            for row in rows:
                self._connection.execute(*insertion(row, number, source, utc_text(at)))
            self._on_step("after_rows")
            self._put_in_force(number, at)
            self._audit.add(number, Action.APPLIED, actor, digests(head, expected.digest, rows=len(rows)), at)
            self._on_step("after_audit")
        return head

    def roll_back(
        self,
        number: int,
        *,
        expected_head_digest: str,
        expected_version: int | None = None,
        new_digest: str,
        actor: str,
        reason: str,
        at: datetime,
    ) -> Head:
        """Take one improvement out of force; its rows stay, inactive."""
        return self.roll_back_all(
            [number],
            expected_head_digest=expected_head_digest,
            expected_version=expected_version,
            new_digest=new_digest,
            actor=actor,
            reason=reason,
            at=at,
        )

    def roll_back_all(
        self,
        numbers: Sequence[int],
        *,
        expected_head_digest: str,
        expected_version: int | None = None,
        new_digest: str,
        actor: str,
        reason: str,
        at: datetime,
    ) -> Head:
        """Take several improvements out of force at once."""
        with self._transaction():
            head = self._swap_head(ExpectedHead(expected_head_digest, expected_version), new_digest, 0)
            for number in numbers:
                self._require(number, Action.ROLLED_BACK)
                sql = "UPDATE improvements SET status = ?, rolled_back_at = ? WHERE number = ?"
                self._connection.execute(sql, (Status.ROLLED_BACK, utc_text(at), number))
                details = digests(head, expected_head_digest, reason=reason)
                self._audit.add(number, Action.ROLLED_BACK, actor, details, at)
            self._on_step("after_audit")
        return head

    def redo(
        self,
        number: int,
        *,
        expected_head_digest: str,
        expected_version: int | None = None,
        new_digest: str,
        actor: str,
        at: datetime,
    ) -> Head:
        """Put a rolled-back improvement in force again, in its old place."""
        with self._transaction():
            expected = ExpectedHead(expected_head_digest, expected_version)
            head = self._swap_head(expected, new_digest, number)
            self._require_tested(number, self._require(number, Action.REDONE), expected)
            self._put_in_force(number, at)
            self._audit.add(number, Action.REDONE, actor, digests(head, expected_head_digest), at)
            self._on_step("after_audit")
        return head

    def complete(self, number: int, *, results: Any, actor: str = "system", at: datetime) -> None:
        """End the watch over an applied improvement."""
        with self._transaction():
            self._require(number, Action.MONITORING_COMPLETE)
            sql = "UPDATE improvements SET status = ?, monitoring_end = ?, monitoring_results = ? WHERE number = ?"
            self._connection.execute(sql, (Status.COMPLETED, utc_text(at), canonical_json(results), number))
            self._audit.add(number, Action.MONITORING_COMPLETE, actor, results, at)

    def rebase(self, *, expected_head_digest: str, new_digest: str, at: datetime) -> Head:
        """Record that the base knowledge itself changed (a first start, a new program); the audit calls it 'base'."""
        with self._transaction():
            head = self._swap_head(ExpectedHead(expected_head_digest), new_digest, 0)
            self._audit.add_of("base", Action.APPLIED, "system", digests(head, expected_head_digest), at)
        return head

    def erase(self, user: str, as_name: str) -> tuple[int, ...]:
        """Erase a person's own words and call them `as_name`; return their improvements. None may be in force."""
        with self._transaction():
            return erase_learned(self._connection.execute, self.path, user, as_name)

    def record_failure(self, number: int, *, actor: str, details: Any, at: datetime) -> None:
        """Record that a deployment did not happen, and why."""
        with self._transaction():
            self._audit.add(number, Action.APPLY_FAILED, actor, details, at)

    def record_refused(self, refused: Sequence[RefusedRow], *, at: datetime) -> None:
        """Record rows that were refused at load; the same row and reason is recorded once."""
        if not refused:
            return
        with self._transaction():
            for row in refused:
                details = {"refused": row.reason, "table": row.table, "row": row.row_id}
                subject = improvement_id(row.improvement)
                if not self._audit.knows(subject, Action.APPLY_FAILED, details):
                    self._audit.add_of(subject, Action.APPLY_FAILED, "system", details, at)

    def load(self, *, at: datetime) -> Learned:
        """Return what is learned, leaving an audit row for each row that had to be refused."""
        with self._lock:
            self._connection.execute("BEGIN")
            try:
                learned = learned_through(self._connection.execute)
            finally:
                self._connection.execute("ROLLBACK")
        self.record_refused(learned.refused, at=at)
        return learned

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            self._on_step("before_begin")
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._on_step("before_commit")
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._on_step("after_commit")

    def _swap_head(self, expected: ExpectedHead, new_digest: str, number: int) -> Head:
        version, digest, high_water = self._connection.execute(HEAD_SQL).fetchone()
        if digest != expected.digest or expected.version not in {None, version}:
            raise StaleHead(self.path, f"knowledge moved to version {version} since the change was tested")
        head = Head(version + 1, new_digest, max(high_water, number))
        sql = "UPDATE head SET version = ?, digest = ?, high_water = ?"
        self._connection.execute(sql, (head.version, head.digest, head.high_water))
        return head

    def _require(self, number: int, action: Action) -> dict[str, Any]:
        cursor = self._connection.execute(_SELECT_IMPROVEMENT, (number,))
        record = cursor.fetchone()
        if record is None:
            raise UnknownImprovement(self.path, f"there is no improvement #{number}")
        found = dict(zip(_FACTS, record, strict=True))
        if found["status"] not in ALLOWED_FROM[action]:
            raise WrongStatus(self.path, f"improvement #{number} is {found['status']}; it cannot become {action}")
        return found

    def _require_deployable(self, number: int, rows: Sequence[NewRow], expected: ExpectedHead) -> str:
        facts = self._require(number, Action.APPLIED)
        self._require_tested(number, facts, expected)
        whole = (row.fault() or tier_fault(facts["tier"], row.type) for row in rows)
        faults = [fault for fault in whole if fault]
        if faults or not rows:
            raise RowRefused(self.path, faults[0] if faults else f"improvement #{number} brings no rows")
        return str(facts["source"])

    def _require_tested(self, number: int, facts: Mapping[str, Any], expected: ExpectedHead) -> None:
        fault = tier_fault(facts["tier"], facts["improvement_type"])
        if fault:
            raise RowRefused(self.path, fault)
        if not facts["shadow_test_passed"]:
            raise WrongStatus(self.path, f"improvement #{number} has not passed its test")
        if tested_over(facts["shadow_test_results"]) not in {None, expected.digest}:
            raise StaleHead(self.path, f"improvement #{number} was last tested over other knowledge")

    def _back_up(self, number: int, rows: Sequence[NewRow], head: Head, at: datetime) -> None:
        touched = sorted({(row.type, row.key) for row in rows})
        before = [
            found
            for kind, key in touched
            for found in learned_through(self._connection.execute, key).active
            if found.type == kind
        ]
        data = {"version": head.version - 1, "rows": [row.plain() for row in before]}
        sql = "INSERT INTO improvement_backups (improvement_id, backup_data, created_at) VALUES (?, ?, ?)"
        self._connection.execute(sql, (improvement_id(number), canonical_json(data), utc_text(at)))

    def _put_in_force(self, number: int, at: datetime) -> None:
        sql = "UPDATE improvements SET status = ?, applied_at = ?, monitoring_start = ? WHERE number = ?"
        self._connection.execute(sql, (Status.APPLIED, utc_text(at), utc_text(at), number))


_FACTS = ("status", "tier", "improvement_type", "source", "shadow_test_passed", "shadow_test_results")
_SELECT_IMPROVEMENT = f"SELECT {', '.join(_FACTS)} FROM improvements WHERE number = ?"  # noqa: S608  # constants only
