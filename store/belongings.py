"""All that is kept about one person, for the person to read."""

from __future__ import annotations

from typing import Any

import peewee

from store import models
from store.database import Store

Rows = list[dict[str, Any]]


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
    }
    return {name: store.rows(query) for name, query in found.items()}


def _of(store: Store, kind: type[peewee.Model], column: str, user: str) -> peewee.BaseQuery:
    model = store.model(kind)
    return model.select().where(getattr(model, column) == user)
