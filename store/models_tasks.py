"""The tables of what is kept for later, as peewee models bound to no database."""

# ruff: noqa: D106  # Meta is peewee's
from __future__ import annotations

import peewee

from store.fields import CanonicalJsonField, UtcField, WordsField


class ProjectRow(peewee.Model):
    """What several tasks are for; the household's."""

    id = peewee.AutoField()
    name = WordsField()
    key = WordsField(unique=True)
    status = peewee.TextField(default="active")
    created_by = WordsField()
    created_at = UtcField()
    touched_at = UtcField()

    class Meta:
        table_name = "projects"


class ThoughtRow(peewee.Model):
    """Something written down for later, as it is now and as it was first understood."""

    id = peewee.AutoField()
    kind = peewee.TextField()
    text = WordsField()
    title = WordsField()
    due = CanonicalJsonField(null=True)
    priority = peewee.TextField(default="normal")
    project_id = peewee.IntegerField(null=True)
    confidence = peewee.FloatField(null=True)
    user = WordsField()
    chat = WordsField()
    turn = peewee.IntegerField(null=True)
    status = peewee.TextField(default="captured")
    first = CanonicalJsonField()
    amended_at = UtcField(null=True)
    amended_by = peewee.TextField(null=True)
    created_at = UtcField()

    class Meta:
        table_name = "thoughts"


class TaskRow(peewee.Model):
    """Something to do; its id is the number people type."""

    id = peewee.AutoField()
    thought = peewee.IntegerField(null=True)
    title = WordsField()
    due = CanonicalJsonField(null=True)
    due_at = UtcField(null=True)
    priority = peewee.TextField(default="normal")
    project_id = peewee.IntegerField(null=True)
    user = WordsField()
    chat = WordsField()
    status = peewee.TextField(default="open")
    created_at = UtcField()
    done_at = UtcField(null=True)
    updated_at = UtcField()

    class Meta:
        table_name = "tasks"


class ListItemRow(peewee.Model):
    """One thing on one of the household's lists; what was removed stays as a row."""

    id = peewee.AutoField()
    list = WordsField()
    item = WordsField()
    key = WordsField()
    quantity = WordsField(null=True)
    added_by = WordsField()
    turn = peewee.IntegerField(null=True)
    added_at = UtcField()
    removed_at = UtcField(null=True)
    removed_by = WordsField(null=True)

    class Meta:
        table_name = "list_items"


class RingRow(peewee.Model):
    """What rings once at one instant: a reminder, an alarm or a timer."""

    id = peewee.AutoField()
    kind = peewee.TextField()
    title = WordsField()
    due_at = UtcField()
    user = WordsField()
    chat = WordsField()
    task = peewee.IntegerField(null=True)
    recurrence = CanonicalJsonField(null=True)
    series = peewee.IntegerField(null=True)
    duration_s = peewee.FloatField(null=True)
    state = peewee.TextField(default="waiting")
    rung_at = UtcField(null=True)
    late = peewee.BooleanField(default=False)
    snoozed = peewee.IntegerField(default=0)
    turn = peewee.IntegerField(null=True)
    created_at = UtcField()
    ended_at = UtcField(null=True)

    class Meta:
        table_name = "rings"


class ScheduleRow(peewee.Model):
    """Home actions that a person asked for at a later time."""

    id = peewee.AutoField()
    text = WordsField()
    commands = CanonicalJsonField()
    user = WordsField()
    chat = WordsField()
    due_at = UtcField(null=True)
    recurrence = CanonicalJsonField(null=True)
    sun = CanonicalJsonField(null=True)
    state = peewee.TextField(default="active")
    guarded = peewee.BooleanField(default=False)
    last_run_at = UtcField(null=True)
    last_outcome = WordsField(null=True)
    turn = peewee.IntegerField(null=True)
    created_at = UtcField()

    class Meta:
        table_name = "schedules"


class DeviceNoticeRow(peewee.Model):
    """What a person wants to be told of a device."""

    id = peewee.AutoField()
    user = WordsField()
    chat = WordsField()
    entity_id = WordsField()
    condition = CanonicalJsonField()
    text = WordsField()
    once = peewee.BooleanField(default=True)
    state = peewee.TextField(default="active")
    since = UtcField(null=True)
    due_at = UtcField(null=True)
    told_at = UtcField(null=True)
    turn = peewee.IntegerField(null=True)
    created_at = UtcField()

    class Meta:
        table_name = "device_notices"


class ClarificationRow(peewee.Model):
    """A question Butler asked about a thought, and what became of it."""

    id = peewee.AutoField()
    user = WordsField()
    chat = WordsField()
    thought = peewee.IntegerField(null=True)
    asks = peewee.TextField()
    question = WordsField()
    turn = peewee.IntegerField(null=True)
    asked_at = UtcField()
    expires_at = UtcField()
    answered_at = UtcField(null=True)
    outcome = peewee.TextField(null=True)
    answer = WordsField(null=True)
    helped = peewee.BooleanField(null=True)

    class Meta:
        table_name = "clarifications"


class WorkRow(peewee.Model):
    """One piece of slow work, and who does it now."""

    id = peewee.AutoField()
    kind = peewee.TextField()
    subject = peewee.TextField()
    priority = peewee.IntegerField()
    state = peewee.TextField(default="waiting")
    attempts = peewee.IntegerField(default=0)
    again = peewee.BooleanField(default=False)
    not_before = UtcField()
    owner = peewee.TextField(null=True)
    lease_until = UtcField(null=True)
    result = CanonicalJsonField(null=True)
    created_at = UtcField()
    done_at = UtcField(null=True)

    class Meta:
        table_name = "work_queue"


class TaskProposalRow(peewee.Model):
    """What slow work offers about a task or project, and how the person answered."""

    id = peewee.AutoField()
    kind = peewee.TextField()
    subject = peewee.TextField()
    user = WordsField()
    text = WordsField()
    change = CanonicalJsonField()
    source = peewee.TextField()
    model = WordsField(null=True)
    why = WordsField()
    alternatives = CanonicalJsonField(default=list)
    confidence = peewee.FloatField(null=True)
    state = peewee.TextField(default="open")
    created_at = UtcField()
    answered_at = UtcField(null=True)

    class Meta:
        table_name = "task_proposals"


class ModelRow(peewee.Model):
    """One language model that a server has or had."""

    name = WordsField(primary_key=True)
    family = WordsField(null=True)
    parameters = WordsField(null=True)
    quantization = WordsField(null=True)
    size_bytes = peewee.IntegerField(null=True)
    seen_at = UtcField()
    gone_at = UtcField(null=True)
    bench = CanonicalJsonField(null=True)

    class Meta:
        table_name = "model_registry"


TASK_MODELS: tuple[type[peewee.Model], ...] = (
    ProjectRow,
    ThoughtRow,
    TaskRow,
    ListItemRow,
    RingRow,
    ScheduleRow,
    DeviceNoticeRow,
    ClarificationRow,
    WorkRow,
    TaskProposalRow,
    ModelRow,
)
