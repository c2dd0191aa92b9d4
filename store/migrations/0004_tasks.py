"""What is kept for later: thoughts, tasks, projects, lists, what rings, scheduled actions, questions and slow work."""

from typing import Any

SCHEMA = """
CREATE TABLE projects (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'done', 'dropped')),
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    touched_at TEXT NOT NULL
);
CREATE INDEX projects_touched ON projects (status, touched_at);

CREATE TABLE thoughts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('task', 'reminder', 'alarm', 'note', 'idea', 'question')),
    text TEXT NOT NULL,
    title TEXT NOT NULL,
    due TEXT,
    priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    project_id INTEGER REFERENCES projects (id),
    confidence REAL,
    user TEXT NOT NULL,
    chat TEXT NOT NULL,
    turn INTEGER,
    status TEXT NOT NULL DEFAULT 'captured' CHECK (status IN ('captured', 'task', 'filed', 'removed')),
    first TEXT NOT NULL,
    amended_at TEXT,
    amended_by TEXT CHECK (amended_by IN ('summon', 'talk', 'press')),
    created_at TEXT NOT NULL
);
CREATE INDEX thoughts_user_chat ON thoughts (user, chat, id);
CREATE INDEX thoughts_user ON thoughts (user, id);
CREATE INDEX thoughts_created_at ON thoughts (created_at);
CREATE INDEX thoughts_project ON thoughts (project_id) WHERE project_id IS NOT NULL;

CREATE TABLE tasks (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    thought INTEGER REFERENCES thoughts (id),
    title TEXT NOT NULL,
    due TEXT,
    due_at TEXT,
    priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    project_id INTEGER REFERENCES projects (id),
    user TEXT NOT NULL,
    chat TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'dropped')),
    created_at TEXT NOT NULL,
    done_at TEXT,
    updated_at TEXT NOT NULL
);
CREATE INDEX tasks_user_due ON tasks (user, status, due_at);
CREATE INDEX tasks_user ON tasks (user, status, id);
CREATE INDEX tasks_user_done ON tasks (user, done_at) WHERE status = 'done';
CREATE INDEX tasks_thought ON tasks (thought);
CREATE INDEX tasks_project ON tasks (project_id, status) WHERE project_id IS NOT NULL;

CREATE TABLE list_items (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    list TEXT NOT NULL,
    item TEXT NOT NULL,
    key TEXT NOT NULL,
    quantity TEXT,
    added_by TEXT NOT NULL,
    turn INTEGER,
    added_at TEXT NOT NULL,
    removed_at TEXT,
    removed_by TEXT
);
CREATE UNIQUE INDEX list_items_there ON list_items (list, key) WHERE removed_at IS NULL;
CREATE INDEX list_items_list ON list_items (list, id);

CREATE TABLE rings (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('reminder', 'alarm', 'timer')),
    title TEXT NOT NULL,
    due_at TEXT NOT NULL,
    user TEXT NOT NULL,
    chat TEXT NOT NULL,
    task INTEGER REFERENCES tasks (id),
    recurrence TEXT,
    series INTEGER,
    duration_s REAL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'rung', 'done', 'cancelled')),
    rung_at TEXT,
    late INTEGER NOT NULL DEFAULT 0,
    snoozed INTEGER NOT NULL DEFAULT 0,
    turn INTEGER,
    created_at TEXT NOT NULL,
    ended_at TEXT
);
CREATE INDEX rings_state_due ON rings (state, due_at);
CREATE INDEX rings_user ON rings (user, state, due_at);
CREATE INDEX rings_task ON rings (task) WHERE task IS NOT NULL;
CREATE INDEX rings_series ON rings (series) WHERE series IS NOT NULL;

CREATE TABLE schedules (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    commands TEXT NOT NULL,
    user TEXT NOT NULL,
    chat TEXT NOT NULL,
    due_at TEXT,
    recurrence TEXT,
    sun TEXT,
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'done', 'cancelled')),
    guarded INTEGER NOT NULL DEFAULT 0,
    last_run_at TEXT,
    last_outcome TEXT,
    turn INTEGER,
    created_at TEXT NOT NULL
);
CREATE INDEX schedules_state_due ON schedules (state, due_at);
CREATE INDEX schedules_user ON schedules (user, state);
CREATE INDEX schedules_cut_off ON schedules (last_run_at) WHERE last_run_at IS NOT NULL AND last_outcome IS NULL;

CREATE TABLE device_notices (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    user TEXT NOT NULL,
    chat TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    condition TEXT NOT NULL,
    text TEXT NOT NULL,
    once INTEGER NOT NULL DEFAULT 1,
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'muted', 'done', 'cancelled')),
    since TEXT,
    due_at TEXT,
    told_at TEXT,
    turn INTEGER,
    created_at TEXT NOT NULL
);
CREATE INDEX device_notices_state_due ON device_notices (state, due_at);
CREATE INDEX device_notices_entity ON device_notices (entity_id, state);
CREATE INDEX device_notices_user ON device_notices (user, state);

CREATE TABLE clarifications (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    user TEXT NOT NULL,
    chat TEXT NOT NULL,
    thought INTEGER REFERENCES thoughts (id),
    asks TEXT NOT NULL,
    question TEXT NOT NULL,
    turn INTEGER,
    asked_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    answered_at TEXT,
    outcome TEXT CHECK (outcome IN ('answered', 'filed', 'superseded')),
    answer TEXT,
    helped INTEGER
);
CREATE UNIQUE INDEX clarifications_open ON clarifications (user) WHERE outcome IS NULL;
CREATE INDEX clarifications_expiry ON clarifications (expires_at) WHERE outcome IS NULL;
CREATE INDEX clarifications_thought ON clarifications (thought);
CREATE INDEX clarifications_asked_at ON clarifications (asked_at);
CREATE INDEX clarifications_user ON clarifications (user, id);

CREATE TABLE work_queue (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('task_analysis', 'project_next_action', 'log_review')),
    subject TEXT NOT NULL,
    priority INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    again INTEGER NOT NULL DEFAULT 0,
    not_before TEXT NOT NULL,
    owner TEXT,
    lease_until TEXT,
    result TEXT,
    created_at TEXT NOT NULL,
    done_at TEXT
);
CREATE UNIQUE INDEX work_queue_once ON work_queue (kind, subject) WHERE state IN ('waiting', 'running');
CREATE INDEX work_queue_waiting ON work_queue (priority, id) WHERE state = 'waiting';
CREATE INDEX work_queue_not_before ON work_queue (not_before) WHERE state = 'waiting';
CREATE INDEX work_queue_running ON work_queue (lease_until) WHERE state = 'running';
CREATE INDEX work_queue_done ON work_queue (kind, done_at);
CREATE INDEX work_queue_subject ON work_queue (subject);

CREATE TABLE task_proposals (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    user TEXT NOT NULL,
    text TEXT NOT NULL,
    change TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('rules', 'model')),
    model TEXT,
    why TEXT NOT NULL,
    alternatives TEXT NOT NULL DEFAULT '[]',
    confidence REAL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'skipped', 'changed', 'expired')),
    created_at TEXT NOT NULL,
    answered_at TEXT
);
CREATE UNIQUE INDEX task_proposals_open ON task_proposals (user, kind, subject) WHERE state = 'open';
CREATE INDEX task_proposals_user ON task_proposals (user, state, id);
CREATE INDEX task_proposals_subject ON task_proposals (subject);
CREATE INDEX task_proposals_created_at ON task_proposals (created_at);

CREATE TABLE model_registry (
    name TEXT NOT NULL PRIMARY KEY,
    family TEXT,
    parameters TEXT,
    quantization TEXT,
    size_bytes INTEGER,
    seen_at TEXT NOT NULL,
    gone_at TEXT,
    bench TEXT
);

ALTER TABLE execution_logs ADD COLUMN project_id INTEGER REFERENCES projects (id);
ALTER TABLE execution_logs ADD COLUMN model TEXT;
CREATE INDEX execution_logs_project ON execution_logs (project_id) WHERE project_id IS NOT NULL;
"""


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001  # the runner's signature
    """Add what thoughts, tasks, reminders and lists need."""
    for statement in SCHEMA.split(";"):
        if statement.strip():
            db.execute_sql(statement.strip())
