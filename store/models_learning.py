"""The tables of evidence: signals, what the watch saw, and what a person closed; as peewee models bound to nothing."""

# ruff: noqa: D106  # Meta is peewee's
from __future__ import annotations

import peewee

from store.fields import CanonicalJsonField, UtcField


class ImprovementSignal(peewee.Model):
    """Evidence that understanding fell short."""

    id = peewee.TextField(primary_key=True)
    signal_type = peewee.TextField()
    utterance = peewee.TextField()
    context = CanonicalJsonField(null=True)
    expected_outcome = CanonicalJsonField(null=True)
    actual_outcome = CanonicalJsonField(null=True)
    speaker_id = peewee.TextField(null=True)
    turn = peewee.IntegerField(null=True)
    created_at = UtcField()
    processed = peewee.BooleanField(default=False)
    improvement_id = peewee.TextField(null=True)

    class Meta:
        table_name = "improvement_signals"


class WatchObservation(peewee.Model):
    """One turn that an improvement changed, and what came of it."""

    improvement = peewee.IntegerField()
    turn = peewee.IntegerField()
    at = UtcField()
    outcome = peewee.TextField(null=True)
    without = CanonicalJsonField(null=True)
    charged = CanonicalJsonField(default=list)
    asked = peewee.BooleanField(default=False)
    settled_at = UtcField(null=True)

    class Meta:
        table_name = "watch_observations"
        primary_key = peewee.CompositeKey("improvement", "turn")


class ReviewClosed(peewee.Model):
    """One matter for review that a person is done with."""

    key = peewee.TextField(primary_key=True)
    how = peewee.TextField()
    by = peewee.TextField()
    at = UtcField()

    class Meta:
        table_name = "review_closed"
