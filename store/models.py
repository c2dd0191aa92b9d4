"""The tables as peewee models, bound to no database: a store makes its own bound copies of them."""

# ruff: noqa: D106  # Meta is peewee's
from __future__ import annotations

import peewee

from store.fields import CanonicalJsonField, UtcField
from store.models_learning import ImprovementSignal, ReviewClosed, WatchObservation
from store.models_review import REVIEW_MODELS
from store.models_talk import (
    ButtonRow,
    DialogueRow,
    Fact,
    InboxRow,
    InvitationRow,
    NoticeRow,
    OutboxRow,
    Person,
    Stranger,
)
from store.models_tasks import TASK_MODELS

__all__ = [
    "MODELS",
    "ButtonRow",
    "DialogueRow",
    "EntityAlias",
    "ExecutionLog",
    "Fact",
    "HeadRow",
    "Improvement",
    "ImprovementAudit",
    "ImprovementBackup",
    "ImprovementSignal",
    "InboxRow",
    "InvitationRow",
    "JobRow",
    "KnowledgeRow",
    "NoticeRow",
    "OutboxRow",
    "Person",
    "ReviewClosed",
    "Stranger",
    "Synonym",
    "TrainingExample",
    "TurnRow",
    "VectorRow",
    "WatchObservation",
]


class Improvement(peewee.Model):
    """A proposed change, from proposal to completion; `number` is what people see as #N."""

    number = peewee.AutoField()
    id = peewee.TextField(unique=True)
    improvement_type = peewee.TextField()
    tier = peewee.IntegerField()
    target = peewee.TextField()
    current_value = CanonicalJsonField(null=True)
    proposed_value = CanonicalJsonField()
    rationale = peewee.TextField(null=True)
    signal_ids = CanonicalJsonField(default=list)
    source = peewee.TextField(default="automatic")
    submitted_by = peewee.TextField(null=True)
    shadow_test_passed = peewee.BooleanField(null=True)
    shadow_test_results = CanonicalJsonField(null=True)
    status = peewee.TextField(default="pending")
    approved_by = peewee.TextField(null=True)
    approved_at = UtcField(null=True)
    applied_at = UtcField(null=True)
    rolled_back_at = UtcField(null=True)
    monitoring_start = UtcField(null=True)
    monitoring_end = UtcField(null=True)
    monitoring_results = CanonicalJsonField(null=True)
    created_at = UtcField()

    class Meta:
        table_name = "improvements"


class ImprovementAudit(peewee.Model):
    """One step of an improvement; rows are only ever added."""

    number = peewee.AutoField()
    id = peewee.TextField(unique=True)
    improvement_id = peewee.TextField()
    action = peewee.TextField()
    actor = peewee.TextField()
    details = CanonicalJsonField(null=True)
    created_at = UtcField()

    class Meta:
        table_name = "improvement_audit"


class ImprovementBackup(peewee.Model):
    """The rows in force before an improvement, kept as evidence."""

    id = peewee.AutoField()
    improvement_id = peewee.TextField()
    backup_data = CanonicalJsonField()
    created_at = UtcField()

    class Meta:
        table_name = "improvement_backups"


class TrainingExample(peewee.Model):
    """A learned exemplar."""

    id = peewee.AutoField()
    utterance = peewee.TextField()
    intent = peewee.TextField()
    source = peewee.TextField()
    extra = CanonicalJsonField(default=dict)
    scope = peewee.TextField()
    owner = peewee.TextField(null=True)
    improvement = peewee.IntegerField()
    created_at = UtcField()

    class Meta:
        table_name = "training_examples"


class EntityAlias(peewee.Model):
    """A learned name of an entity or area."""

    id = peewee.AutoField()
    entity_id = peewee.TextField()
    phrase = peewee.TextField(column_name="alias")  # `alias` is a method of every model
    source = peewee.TextField()
    extra = CanonicalJsonField(default=dict)
    scope = peewee.TextField()
    owner = peewee.TextField(null=True)
    improvement = peewee.IntegerField()
    created_at = UtcField()

    class Meta:
        table_name = "entity_aliases"


class Synonym(peewee.Model):
    """A learned phrase that means another one."""

    id = peewee.AutoField()
    word = peewee.TextField()
    synonym = peewee.TextField()
    source = peewee.TextField()
    extra = CanonicalJsonField(default=dict)
    scope = peewee.TextField()
    owner = peewee.TextField(null=True)
    improvement = peewee.IntegerField()
    created_at = UtcField()

    class Meta:
        table_name = "synonyms"


class KnowledgeRow(peewee.Model):
    """A learned row of any other type."""

    id = peewee.AutoField()
    type = peewee.TextField()
    key = peewee.TextField()
    payload = CanonicalJsonField()
    scope = peewee.TextField()
    owner = peewee.TextField(null=True)
    improvement = peewee.IntegerField()
    created_at = UtcField()

    class Meta:
        table_name = "knowledge_rows"


class HeadRow(peewee.Model):
    """The single row that says which knowledge is in force."""

    id = peewee.IntegerField(primary_key=True)
    version = peewee.IntegerField()
    digest = peewee.TextField()
    high_water = peewee.IntegerField()

    class Meta:
        table_name = "head"


class ExecutionLog(peewee.Model):
    """One stage of one turn or job: a line of its trace."""

    id = peewee.AutoField()
    trace_id = peewee.TextField(index=True)
    turn = peewee.IntegerField(null=True)
    stage = peewee.TextField()
    component = peewee.TextField()
    decision = peewee.TextField(null=True)
    outcome = peewee.TextField(null=True)
    confidence = peewee.FloatField(null=True)
    duration_ms = peewee.FloatField(null=True)
    metadata = CanonicalJsonField(null=True)
    created_at = UtcField()
    project = peewee.IntegerField(null=True, column_name="project_id")
    model = peewee.TextField(null=True)

    class Meta:
        table_name = "execution_logs"


class TurnRow(peewee.Model):
    """One incoming message or press, and what was done with it."""

    number = peewee.AutoField()
    user = peewee.TextField()
    chat = peewee.TextField()
    text = peewee.TextField(null=True)
    press = peewee.TextField(null=True)
    at = UtcField()
    trace_id = peewee.TextField(null=True)
    interpretation = CanonicalJsonField(null=True)
    knowledge_version = peewee.IntegerField(null=True)
    knowledge_digest = peewee.TextField(null=True)
    snapshot = CanonicalJsonField(null=True)
    improvements = CanonicalJsonField(null=True)
    calls = CanonicalJsonField(null=True)
    prior_states = CanonicalJsonField(null=True)
    outcome = peewee.TextField(null=True)
    reply = CanonicalJsonField(null=True)
    effect = CanonicalJsonField(null=True)
    verdict = peewee.TextField(null=True)
    meant = CanonicalJsonField(null=True)
    learnable = peewee.BooleanField(default=True)
    role = peewee.TextField(null=True)
    previous = CanonicalJsonField(null=True)

    class Meta:
        table_name = "turns"


class JobRow(peewee.Model):
    """One background job: when it is due, when it ran, and who runs it now."""

    name = peewee.TextField(primary_key=True)
    due = UtcField(null=True)
    last_run = UtcField(null=True)
    lease_until = UtcField(null=True)
    lease_owner = peewee.TextField(null=True)

    class Meta:
        table_name = "jobs"


class VectorRow(peewee.Model):
    """One cached embedding: float32 little-endian."""

    text_hash = peewee.TextField()
    model_sha = peewee.TextField()
    vector = peewee.BlobField()

    class Meta:
        table_name = "vectors"
        primary_key = peewee.CompositeKey("text_hash", "model_sha")


MODELS: tuple[type[peewee.Model], ...] = (
    ImprovementSignal,
    Improvement,
    ImprovementAudit,
    ImprovementBackup,
    TrainingExample,
    EntityAlias,
    Synonym,
    KnowledgeRow,
    HeadRow,
    ExecutionLog,
    TurnRow,
    DialogueRow,
    ButtonRow,
    JobRow,
    VectorRow,
    Person,
    Stranger,
    InvitationRow,
    InboxRow,
    OutboxRow,
    NoticeRow,
    Fact,
    WatchObservation,
    ReviewClosed,
    *TASK_MODELS,
    *REVIEW_MODELS,
)
