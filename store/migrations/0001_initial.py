"""The first schema: improvements and what they teach, turns and their traces, dialogue, jobs, vectors, people."""

from typing import Any

SCHEMA = """
CREATE TABLE improvement_signals (
    id TEXT NOT NULL PRIMARY KEY,
    signal_type TEXT NOT NULL,
    utterance TEXT NOT NULL,
    context TEXT,
    expected_outcome TEXT,
    actual_outcome TEXT,
    speaker_id TEXT,
    turn INTEGER,
    created_at TEXT NOT NULL,
    processed INTEGER NOT NULL DEFAULT 0,
    improvement_id TEXT
);
CREATE INDEX improvement_signals_processed ON improvement_signals (processed, signal_type);

CREATE TABLE improvements (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    improvement_type TEXT NOT NULL,
    tier INTEGER NOT NULL,
    target TEXT NOT NULL,
    current_value TEXT,
    proposed_value TEXT NOT NULL,
    rationale TEXT,
    signal_ids TEXT NOT NULL DEFAULT '[]',
    source TEXT NOT NULL DEFAULT 'automatic'
        CHECK (source IN ('automatic', 'user_suggestion', 'voice_command', 'insight')),
    submitted_by TEXT,
    shadow_test_passed INTEGER,
    shadow_test_results TEXT,
    status TEXT NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'approved', 'applied', 'completed', 'rejected', 'rolled_back')),
    approved_by TEXT,
    approved_at TEXT,
    applied_at TEXT,
    rolled_back_at TEXT,
    monitoring_start TEXT,
    monitoring_end TEXT,
    monitoring_results TEXT,
    created_at TEXT NOT NULL
);
CREATE INDEX improvements_status ON improvements (status);

CREATE TABLE improvement_audit (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    improvement_id TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('created', 'tested', 'approved', 'rejected', 'applied', 'apply_failed',
        'rolled_back', 'redone', 'monitoring_complete')),
    actor TEXT NOT NULL,
    details TEXT,
    created_at TEXT NOT NULL
);
CREATE INDEX improvement_audit_improvement_id ON improvement_audit (improvement_id);
CREATE TRIGGER improvement_audit_is_never_changed BEFORE UPDATE ON improvement_audit
    BEGIN SELECT RAISE(ABORT, 'an audit row is never changed'); END;
CREATE TRIGGER improvement_audit_is_never_deleted BEFORE DELETE ON improvement_audit
    BEGIN SELECT RAISE(ABORT, 'an audit row is never deleted'); END;

CREATE TABLE improvement_backups (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    improvement_id TEXT NOT NULL,
    backup_data TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX improvement_backups_improvement_id ON improvement_backups (improvement_id);

CREATE TABLE training_examples (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    utterance TEXT NOT NULL,
    intent TEXT NOT NULL,
    source TEXT NOT NULL,
    extra TEXT NOT NULL DEFAULT '{}',
    scope TEXT NOT NULL,
    owner TEXT,
    improvement INTEGER NOT NULL REFERENCES improvements (number),
    created_at TEXT NOT NULL
);
CREATE INDEX training_examples_improvement ON training_examples (improvement);
CREATE INDEX training_examples_utterance ON training_examples (utterance);

CREATE TABLE entity_aliases (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    entity_id TEXT NOT NULL,
    alias TEXT NOT NULL,
    source TEXT NOT NULL,
    extra TEXT NOT NULL DEFAULT '{}',
    scope TEXT NOT NULL,
    owner TEXT,
    improvement INTEGER NOT NULL REFERENCES improvements (number),
    created_at TEXT NOT NULL
);
CREATE INDEX entity_aliases_improvement ON entity_aliases (improvement);
CREATE INDEX entity_aliases_alias ON entity_aliases (alias);

CREATE TABLE synonyms (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    word TEXT NOT NULL,
    synonym TEXT NOT NULL,
    source TEXT NOT NULL,
    extra TEXT NOT NULL DEFAULT '{}',
    scope TEXT NOT NULL,
    owner TEXT,
    improvement INTEGER NOT NULL REFERENCES improvements (number),
    created_at TEXT NOT NULL
);
CREATE INDEX synonyms_improvement ON synonyms (improvement);
CREATE INDEX synonyms_synonym ON synonyms (synonym);

CREATE TABLE knowledge_rows (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    key TEXT NOT NULL,
    payload TEXT NOT NULL,
    scope TEXT NOT NULL,
    owner TEXT,
    improvement INTEGER NOT NULL REFERENCES improvements (number),
    created_at TEXT NOT NULL
);
CREATE INDEX knowledge_rows_improvement ON knowledge_rows (improvement);
CREATE INDEX knowledge_rows_key ON knowledge_rows (key);

CREATE TABLE head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    high_water INTEGER NOT NULL
);
INSERT INTO head (id, version, digest, high_water) VALUES (1, 0, '', 0);

CREATE TABLE execution_logs (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    trace_id TEXT NOT NULL,
    turn INTEGER,
    stage TEXT NOT NULL,
    component TEXT NOT NULL,
    decision TEXT,
    outcome TEXT,
    confidence REAL,
    duration_ms REAL,
    metadata TEXT,
    created_at TEXT NOT NULL
);
CREATE INDEX execution_logs_trace_id ON execution_logs (trace_id);
CREATE INDEX execution_logs_turn ON execution_logs (turn);
CREATE INDEX execution_logs_created_at ON execution_logs (created_at);

CREATE TABLE turns (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    user TEXT NOT NULL,
    chat TEXT NOT NULL,
    text TEXT,
    press TEXT,
    at TEXT NOT NULL,
    trace_id TEXT,
    interpretation TEXT,
    knowledge_version INTEGER,
    knowledge_digest TEXT,
    snapshot TEXT,
    improvements TEXT,
    calls TEXT,
    prior_states TEXT,
    outcome TEXT,
    reply TEXT
);
CREATE INDEX turns_user_chat ON turns (user, chat, number);
CREATE INDEX turns_at ON turns (at);

CREATE TABLE dialogue (
    user TEXT NOT NULL,
    chat TEXT NOT NULL,
    state TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (user, chat)
);

CREATE TABLE buttons (
    id TEXT NOT NULL PRIMARY KEY,
    user TEXT NOT NULL,
    chat TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    used_at TEXT
);
CREATE INDEX buttons_user_chat ON buttons (user, chat);

CREATE TABLE jobs (
    name TEXT NOT NULL PRIMARY KEY,
    due TEXT,
    last_run TEXT,
    lease_until TEXT,
    lease_owner TEXT
);
CREATE INDEX jobs_due ON jobs (due);

CREATE TABLE vectors (
    text_hash TEXT NOT NULL,
    model_sha TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (text_hash, model_sha)
) WITHOUT ROWID;

CREATE TABLE people (
    user TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('admin', 'resident', 'guest')),
    first_seen TEXT NOT NULL
);
"""


def statements(script: str) -> list[str]:
    """Return the script's statements; a trigger's body ends with END."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines():
        pending += line + "\n"
        ends = line.endswith("END;") if "CREATE TRIGGER" in pending else line.endswith(";")
        if ends:
            found.append(pending.strip())
            pending = ""
    return found


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001  # the runner's signature
    """Create every table of the first version."""
    for statement in statements(SCHEMA):
        db.execute_sql(statement)
