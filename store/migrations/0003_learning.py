"""What learning by itself keeps: evidence that stays as it was, verdicts on turns, the watch, and closed reviews."""

from typing import Any

SCHEMA = """
CREATE INDEX improvement_signals_created_at ON improvement_signals (created_at);
CREATE INDEX improvement_signals_turn ON improvement_signals (turn);

ALTER TABLE turns ADD COLUMN verdict TEXT
    CHECK (verdict IN ('accepted', 'confirmed', 'corrected', 'rephrased', 'undone', 'disputed'));
ALTER TABLE turns ADD COLUMN meant TEXT;
ALTER TABLE turns ADD COLUMN learnable INTEGER NOT NULL DEFAULT 1;
ALTER TABLE turns ADD COLUMN role TEXT CHECK (role IN ('admin', 'resident', 'guest'));
ALTER TABLE turns ADD COLUMN previous TEXT;
CREATE INDEX turns_history ON turns (number)
    WHERE learnable = 1 AND text IS NOT NULL AND interpretation IS NOT NULL
    AND outcome IN ('acted', 'answered', 'confirmed');

CREATE TABLE watch_observations (
    improvement INTEGER NOT NULL REFERENCES improvements (number),
    turn INTEGER NOT NULL,
    at TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('R', 'C', 'A')),
    without TEXT,
    charged TEXT NOT NULL DEFAULT '[]',
    asked INTEGER NOT NULL DEFAULT 0,
    settled_at TEXT,
    PRIMARY KEY (improvement, turn)
);
CREATE INDEX watch_observations_turn ON watch_observations (turn);
CREATE INDEX watch_observations_open ON watch_observations (at) WHERE outcome IS NULL;

CREATE TABLE review_closed (
    key TEXT NOT NULL PRIMARY KEY,
    how TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
);
"""

# The changes a signal takes: what became of it, and that its person is erased, who becomes a number.
SIGNAL_TRIGGER = """
CREATE TRIGGER improvement_signals_are_never_changed BEFORE UPDATE ON improvement_signals
WHEN NEW.id IS NOT OLD.id
    OR NEW.signal_type IS NOT OLD.signal_type
    OR NEW.turn IS NOT OLD.turn
    OR NEW.created_at IS NOT OLD.created_at
    OR NOT (NEW.utterance IS OLD.utterance OR NEW.utterance = '')
    OR NOT (NEW.context IS OLD.context OR NEW.context IS NULL)
    OR NOT (NEW.expected_outcome IS OLD.expected_outcome OR NEW.expected_outcome IS NULL)
    OR NOT (NEW.actual_outcome IS OLD.actual_outcome OR NEW.actual_outcome IS NULL)
    OR NOT (NEW.speaker_id IS OLD.speaker_id
        OR (NEW.speaker_id IS NOT NULL AND NEW.speaker_id GLOB 'person-[0-9]*'
            AND NEW.speaker_id NOT GLOB 'person-*[^0-9]*'))
BEGIN SELECT RAISE(ABORT, 'a signal is never changed'); END
"""


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001  # the runner's signature
    """Add what learning by itself needs."""
    for statement in SCHEMA.split(";"):
        if statement.strip():
            db.execute_sql(statement.strip())
    db.execute_sql(SIGNAL_TRIGGER.strip())
