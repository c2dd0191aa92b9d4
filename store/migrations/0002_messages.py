"""People who may talk, codes that let them in, what came in and what goes out, notices, and what can be erased."""

from typing import Any

SCHEMA = """
ALTER TABLE people ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN username TEXT;
ALTER TABLE people ADD COLUMN member INTEGER NOT NULL DEFAULT 1;
ALTER TABLE people ADD COLUMN leaving INTEGER NOT NULL DEFAULT 0;

CREATE TABLE strangers (
    user TEXT NOT NULL PRIMARY KEY,
    first_seen TEXT NOT NULL,
    greeted_at TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    tried_at TEXT
);

CREATE TABLE invitations (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code_hash TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('admin', 'resident', 'guest')),
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_by TEXT,
    used_at TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('pairing', 'invitation'))
);

CREATE TABLE inbox (
    update_id INTEGER NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL,
    sender TEXT NOT NULL,
    chat TEXT NOT NULL,
    message INTEGER,
    payload TEXT,
    received_at TEXT NOT NULL,
    pressed_answered_at TEXT,
    turn INTEGER,
    done_at TEXT
);
CREATE INDEX inbox_waiting ON inbox (update_id) WHERE done_at IS NULL;
CREATE INDEX inbox_chat_message ON inbox (chat, message);
CREATE INDEX inbox_turn ON inbox (turn);

CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL CHECK (channel IN ('telegram', 'local')),
    chat TEXT NOT NULL,
    user TEXT NOT NULL,
    message TEXT,
    edits TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('message', 'edit', 'document', 'photo')),
    payload TEXT NOT NULL,
    reply_to INTEGER,
    urgent INTEGER NOT NULL DEFAULT 0,
    repeatable INTEGER NOT NULL DEFAULT 0,
    forget INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'sending', 'sent', 'unsure', 'failed', 'dropped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    again INTEGER NOT NULL DEFAULT 0,
    external_id INTEGER,
    problem TEXT,
    tried_at TEXT,
    sent_at TEXT,
    ended_at TEXT
);
CREATE INDEX outbox_unfinished ON outbox (channel, chat, id, state, attempts, due_at)
    WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_external ON outbox (channel, chat, external_id);
CREATE INDEX outbox_message ON outbox (message);
CREATE INDEX outbox_user ON outbox (user);

CREATE TABLE notices (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    user TEXT NOT NULL,
    text TEXT NOT NULL,
    buttons TEXT NOT NULL DEFAULT '[]',
    urgent INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    answer TEXT,
    answered_at TEXT
);
CREATE INDEX notices_user ON notices (user);

CREATE TABLE facts (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

ALTER TABLE buttons ADD COLUMN used_turn INTEGER;
CREATE INDEX buttons_used_turn ON buttons (used_turn);
ALTER TABLE turns ADD COLUMN effect TEXT;

DROP TRIGGER improvement_audit_is_never_changed;
"""

# The one change an audit row takes: its person becomes a number, and what it says of their own words goes.
AUDIT_TRIGGER = """
CREATE TRIGGER improvement_audit_is_never_changed BEFORE UPDATE ON improvement_audit
WHEN NEW.number IS NOT OLD.number
    OR NEW.id IS NOT OLD.id
    OR NEW.improvement_id IS NOT OLD.improvement_id
    OR NEW.action IS NOT OLD.action
    OR NEW.created_at IS NOT OLD.created_at
    OR NOT (NEW.actor IS OLD.actor
        OR (NEW.actor GLOB 'person-[0-9]*' AND NEW.actor NOT GLOB 'person-*[^0-9]*'))
    OR NOT (NEW.details IS OLD.details OR NEW.details IS '{"erased":true}')
BEGIN SELECT RAISE(ABORT, 'an audit row is never changed'); END
"""


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001  # the runner's signature
    """Add what talking with people elsewhere needs."""
    for statement in SCHEMA.split(";"):
        if statement.strip():
            db.execute_sql(statement.strip())
    db.execute_sql(AUDIT_TRIGGER.strip())
