"""All that is kept about one person, for the person to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import peewee

from store import models, models_review, models_tasks
from store.database import Store
from store.task_erasure import background_traces, subjects_of

Rows = list[dict[str, Any]]

_BATCH = 500


def of_person(store: Store, user: str) -> dict[str, Rows]:
    """Return every row about a person, by what it is; rows that are only the others' are not among them."""
    turn, trace = store.model(models.TurnRow), store.model(models.ExecutionLog)
    watched = store.model(models.WatchObservation)
    numbers = turn.select(turn.number).where(turn.user == user)
    found: dict[str, peewee.BaseQuery] = {
        "person": _of(store, models.Person, "user", user),
        "first_contact": _of(store, models.Stranger, "user", user),
        "turns": turn.select().where(turn.user == user).order_by(turn.number),
        "traces": trace.select().where(trace.turn.in_(numbers)).order_by(trace.id),
        "dialogues": _of(store, models.DialogueRow, "user", user),
        "buttons": _of(store, models.ButtonRow, "user", user),
        "received": _of(store, models.InboxRow, "sender", user),
        "sent": _of(store, models.OutboxRow, "user", user),
        "notices": _of(store, models.NoticeRow, "user", user),
        "invitations_given": _of(store, models.InvitationRow, "created_by", user),
        "invitations_used": _of(store, models.InvitationRow, "used_by", user),
        "signals": _of(store, models.ImprovementSignal, "speaker_id", user),
        "watched": watched.select().where(watched.turn.in_(numbers)).order_by(watched.turn, watched.improvement),
        "reviewed": _of(store, models.ReviewClosed, "by", user),
        "taught": _of(store, models.Improvement, "submitted_by", user),
        "decisions": _of(store, models.ImprovementAudit, "actor", user),
        "own_names": _of(store, models.EntityAlias, "owner", user),
        "own_synonyms": _of(store, models.Synonym, "owner", user),
        "own_examples": _of(store, models.TrainingExample, "owner", user),
        "own_knowledge": _of(store, models.KnowledgeRow, "owner", user),
        "thoughts": _of(store, models_tasks.ThoughtRow, "user", user),
        "tasks": _of(store, models_tasks.TaskRow, "user", user),
        "reminders_alarms_timers": _of(store, models_tasks.RingRow, "user", user),
        "scheduled_actions": _of(store, models_tasks.ScheduleRow, "user", user),
        "device_notices": _of(store, models_tasks.DeviceNoticeRow, "user", user),
        "clarifications": _of(store, models_tasks.ClarificationRow, "user", user),
        "task_proposals": _of(store, models_tasks.TaskProposalRow, "user", user),
        "projects_begun": _of(store, models_tasks.ProjectRow, "created_by", user),
        "put_on_lists": _of(store, models_tasks.ListItemRow, "added_by", user),
        "detected_patterns": _of(store, models_review.DetectedPatternRow, "owner", user),
        "insights": _of(store, models_review.InsightRow, "owner", user),
        "insights_decided": _of(store, models_review.InsightRow, "answered_by", user),
        "taken_off_lists": _of(store, models_tasks.ListItemRow, "removed_by", user),
    }
    return {
        **{name: store.rows(query) for name, query in found.items()},
        "background_traces": _among(store, models.ExecutionLog, "id", background_traces(store, user)),
        "slow_work": _among(store, models_tasks.WorkRow, "subject", subjects_of(store, user)),
    }


def _of(store: Store, kind: type[peewee.Model], column: str, user: str) -> peewee.BaseQuery:
    model = store.model(kind)
    return model.select().where(getattr(model, column) == user)


def _among(store: Store, kind: type[peewee.Model], column: str, values: Sequence[Any]) -> Rows:
    """Return the rows in which a column is one of any number of values; SQLite takes so many at once."""
    model = store.model(kind)
    batches = [values[start : start + _BATCH] for start in range(0, len(values), _BATCH)]
    return [row for batch in batches for row in store.rows(model.select().where(getattr(model, column).in_(batch)))]
