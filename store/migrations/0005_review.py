"""What log review keeps: the patterns it detected, the insights made of them, and how far it has read."""

from typing import Any

SCHEMA = """
CREATE TABLE detected_patterns (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    pattern_type TEXT NOT NULL,
    pattern_key TEXT NOT NULL,
    owner TEXT,
    occurrence_count INTEGER NOT NULL DEFAULT 1 CHECK (occurrence_count >= 0),
    opportunities INTEGER NOT NULL DEFAULT 1,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    context TEXT NOT NULL DEFAULT '{}',
    confidence REAL NOT NULL DEFAULT 0 CHECK (confidence BETWEEN 0 AND 1),
    status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'promoted_to_insight', 'dismissed')),
    UNIQUE (pattern_type, pattern_key)
);
CREATE INDEX detected_patterns_status ON detected_patterns (status, occurrence_count);
CREATE INDEX detected_patterns_owner ON detected_patterns (owner) WHERE owner IS NOT NULL;

CREATE TABLE maintenance_insights (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    insight_type TEXT NOT NULL CHECK (insight_type IN ('keyword_rule', 'ambiguity_rule', 'time_mapping',
        'model_choice', 'report_hour', 'threshold', 'rollback')),
    title TEXT NOT NULL,
    sentence TEXT NOT NULL,
    proposed TEXT NOT NULL,
    change TEXT NOT NULL,
    pattern INTEGER REFERENCES detected_patterns (id),
    owner TEXT,
    priority REAL NOT NULL,
    evidence TEXT NOT NULL DEFAULT '{}',
    status TEXT NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'delivered', 'applied', 'dismissed', 'failed')),
    improvement INTEGER,
    came_back INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    delivered_at TEXT,
    delivered_to TEXT NOT NULL DEFAULT '[]',
    answered_by TEXT,
    answered_at TEXT,
    problem TEXT,
    measure TEXT,
    measured_after TEXT,
    measured_at TEXT
);
CREATE INDEX maintenance_insights_status ON maintenance_insights (status, priority);
CREATE INDEX maintenance_insights_pattern ON maintenance_insights (pattern);
CREATE INDEX maintenance_insights_improvement ON maintenance_insights (improvement) WHERE improvement IS NOT NULL;

CREATE TABLE review_runs (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL DEFAULT 'store',
    from_trace INTEGER NOT NULL,
    to_trace INTEGER NOT NULL,
    traces INTEGER NOT NULL,
    sightings INTEGER NOT NULL,
    insights INTEGER NOT NULL,
    thoughts INTEGER NOT NULL DEFAULT 0,
    began_at TEXT NOT NULL,
    ended_at TEXT NOT NULL
);
CREATE INDEX review_runs_source ON review_runs (source, to_trace);
"""


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001  # the runner's signature
    """Add what log review needs."""
    for statement in SCHEMA.split(";"):
        if statement.strip():
            db.execute_sql(statement.strip())
