"""Who stopped automatic changes and who let them go on, as steps of the audit that belong to no improvement."""

from __future__ import annotations

from datetime import datetime

from store import models
from store.audit_log import AuditLog
from store.database import Store
from store.improvements import AuditEntry
from store.status import Action

SUBJECT = "pause"
"""What stands in the audit in place of an improvement."""

PAUSED, RESUMED = "learning paused", "learning resumed"


def record_pause(store: Store, by: str, at: datetime) -> None:
    """Record that a person stopped automatic changes, within the transaction that stops them."""
    AuditLog(store.database.seam().execute).add_of(SUBJECT, Action.APPLIED, by, {"reason": PAUSED}, at)


def record_resumption(store: Store, by: str, at: datetime) -> None:
    """Record that a person let automatic changes go on, within the transaction that does."""
    AuditLog(store.database.seam().execute).add_of(SUBJECT, Action.ROLLED_BACK, by, {"reason": RESUMED}, at)


def latest(store: Store) -> AuditEntry | None:
    """Return the last of these steps, or None."""
    model = store.model(models.ImprovementAudit)
    query = model.select().where(model.improvement_id == SUBJECT).order_by(model.number.desc()).limit(1)
    found = [AuditEntry(r.number, r.improvement_id, Action(r.action), r.actor, r.details, r.created_at) for r in query]
    return found[0] if found else None


def words_of(entry: AuditEntry) -> str | None:
    """Return what such a step did; None for a step of an improvement."""
    if entry.improvement_id != SUBJECT:
        return None
    return PAUSED if entry.action is Action.APPLIED else RESUMED
