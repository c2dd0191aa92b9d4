"""The tables of log review as peewee models, bound to no database."""

# ruff: noqa: D106  # Meta is peewee's
from __future__ import annotations

import peewee

from store.fields import CanonicalJsonField, UtcField, WordsField


class DetectedPatternRow(peewee.Model):
    """A regularity found in the traces, and how often it was seen."""

    id = peewee.AutoField()
    pattern_type = peewee.TextField()
    pattern_key = WordsField()
    owner = peewee.TextField(null=True)
    occurrence_count = peewee.IntegerField()
    opportunities = peewee.IntegerField()
    first_seen = UtcField()
    last_seen = UtcField()
    context = CanonicalJsonField(default=dict)
    confidence = peewee.FloatField(default=0.0)
    status = peewee.TextField(default="pending")

    class Meta:
        table_name = "detected_patterns"


class InsightRow(peewee.Model):
    """A recommendation made from a pattern, with the change it proposes, and what became of it."""

    id = peewee.AutoField()
    insight_type = peewee.TextField()
    title = WordsField()
    sentence = WordsField()
    proposed = WordsField()
    change = CanonicalJsonField()
    pattern = peewee.IntegerField(null=True)
    owner = peewee.TextField(null=True)
    priority = peewee.FloatField()
    evidence = CanonicalJsonField(default=dict)
    status = peewee.TextField(default="pending")
    improvement = peewee.IntegerField(null=True)
    came_back = peewee.BooleanField(default=False)
    created_at = UtcField()
    delivered_at = UtcField(null=True)
    delivered_to = CanonicalJsonField(default=list)
    answered_by = peewee.TextField(null=True)
    answered_at = UtcField(null=True)
    problem = WordsField(null=True)
    measure = CanonicalJsonField(null=True)
    measured_after = CanonicalJsonField(null=True)
    measured_at = UtcField(null=True)

    class Meta:
        table_name = "maintenance_insights"


class ReviewRunRow(peewee.Model):
    """One run of log review: which traces it read and what it found."""

    id = peewee.AutoField()
    source = peewee.TextField(default="store")
    from_trace = peewee.IntegerField()
    to_trace = peewee.IntegerField()
    traces = peewee.IntegerField()
    sightings = peewee.IntegerField()
    insights = peewee.IntegerField()
    thoughts = peewee.IntegerField(default=0)
    began_at = UtcField()
    ended_at = UtcField()

    class Meta:
        table_name = "review_runs"


REVIEW_MODELS: tuple[type[peewee.Model], ...] = (DetectedPatternRow, InsightRow, ReviewRunRow)
