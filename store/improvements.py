"""Named reads of improvements and their audit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store import models, statements
from store.database import Store
from store.status import Action, Status, improvement_id


@dataclass(frozen=True)
class Improvement:
    """One improvement as it stands; people see its number as #N."""

    number: int
    id: str
    improvement_type: str
    tier: int
    target: str
    current_value: Any
    proposed_value: Any
    rationale: str | None
    signal_ids: list[str]
    source: str
    submitted_by: str | None
    shadow_test_passed: bool | None
    shadow_test_results: Any
    status: Status
    approved_by: str | None
    approved_at: datetime | None
    applied_at: datetime | None
    rolled_back_at: datetime | None
    monitoring_start: datetime | None
    monitoring_end: datetime | None
    monitoring_results: Any
    created_at: datetime


@dataclass(frozen=True)
class AuditEntry:
    """One audit row."""

    number: int
    improvement_id: str
    action: Action
    actor: str
    details: Any
    created_at: datetime


@dataclass(frozen=True)
class Backup:
    """The rows in force before an improvement went live."""

    improvement_id: str
    data: Any
    created_at: datetime


def get(store: Store, number: int) -> Improvement | None:
    """Return improvement #number, or None."""
    found = statements.select(store, store.model(models.Improvement), {"number": number})
    return _improvement(found[0]) if found else None


def listing(
    store: Store,
    statuses: Collection[Status] | None = None,
    *,
    submitted_by: str | None = None,
    kinds: Collection[str] | None = None,
    since: datetime | None = None,
    limit: int | None = None,
) -> list[Improvement]:
    """Return improvements, newest first: all, or those of some statuses, a person, some kinds, from an instant on."""
    model = store.model(models.Improvement)
    query = model.select().order_by(model.number.desc()).limit(limit)
    if statuses is not None:
        query = query.where(model.status.in_(list(statuses)))
    if submitted_by is not None:
        query = query.where(model.submitted_by == submitted_by)
    if kinds is not None:
        query = query.where(model.improvement_type.in_(list(kinds)))
    if since is not None:
        query = query.where(model.created_at >= since)
    return [_improvement(row) for row in store.rows(query)]


def pending(store: Store) -> list[Improvement]:
    """Return the improvements that wait for a decision, oldest first."""
    return listing(store, {Status.PENDING})[::-1]


def audit(store: Store, number: int | None = None, *, limit: int | None = None) -> list[AuditEntry]:
    """Return audit rows, oldest first: of one improvement, or of all; with a limit, the newest ones."""
    model = store.model(models.ImprovementAudit)
    query = model.select().order_by(model.number.desc()).limit(limit)
    if number is not None:
        query = query.where(model.improvement_id == improvement_id(number))
    return [_audit_entry(row) for row in store.rows(query)][::-1]


def latest_details(store: Store, number: int, actions: Collection[Action]) -> dict[str, Any] | None:
    """Return what the newest of some audit rows of improvement #number says, None where there is none that does."""
    where = f"improvement_id = ? AND {statements.among('action', actions)} ORDER BY number DESC"
    bound = (improvement_id(number), *(action.value for action in actions))
    found = statements.select_where(store, store.model(models.ImprovementAudit), where, bound)
    return next((row["details"] for row in found if isinstance(row["details"], dict)), None)


def audit_after(store: Store, number: int) -> list[AuditEntry]:
    """Return the audit rows after row `number`, oldest first."""
    model = store.model(models.ImprovementAudit)
    query = model.select().where(model.number > number).order_by(model.number)
    return [_audit_entry(row) for row in store.rows(query)]


def audit_of(store: Store, action: Action, actor: str, *, after: int, latest: int) -> list[AuditEntry]:
    """Return the audit rows of an action by an actor after row `after`, oldest first, of the `latest` rows of all."""
    where = (
        "number > ? AND number > (SELECT max(number) FROM improvement_audit) - ? AND action = ? AND actor = ? "
        "ORDER BY number"
    )
    found = statements.select_where(
        store, store.model(models.ImprovementAudit), where, (after, latest, action.value, actor)
    )
    return [_audit_entry(row) for row in found]


def backups(store: Store, number: int) -> list[Backup]:
    """Return the pre-image of each deployment of improvement #number."""
    model = store.model(models.ImprovementBackup)
    query = model.select().where(model.improvement_id == improvement_id(number)).order_by(model.id)
    return [Backup(row.improvement_id, row.backup_data, row.created_at) for row in query]


def _improvement(row: dict[str, Any]) -> Improvement:
    return Improvement(**{**row, "status": Status(row["status"])})


def _audit_entry(row: dict[str, Any]) -> AuditEntry:
    """Return an audit row as people read it: by its number, without its id."""
    told = {name: value for name, value in row.items() if name != "id"}
    return AuditEntry(**told | {"action": Action(row["action"])})
