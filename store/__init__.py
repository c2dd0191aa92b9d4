"""Butler's store: one SQLite file, a module of named reads and writes per topic, and the learning writer."""

from store.backup import backup, integrity_check
from store.database import Store, open_store
from store.errors import (
    LearningRefused,
    RowRefused,
    StaleHead,
    StoreConstraint,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreTooNew,
    StoreUnreachable,
    UnknownImprovement,
    WriteRefused,
    WrongStatus,
)
from store.fields import canonical_json, utc_datetime, utc_text
from store.head import Head, head
from store.improvements import AuditEntry, Backup, Improvement
from store.learned import (
    KNOWN_TYPES,
    PERSONAL,
    SHARED,
    TIER_1_TYPES,
    TIER_2_TYPES,
    Learned,
    LearnedRow,
    NewRow,
    RefusedRow,
    active_rows,
    read_learned,
)
from store.proposals import Proposal
from store.status import Action, Status, improvement_id
from store.writer import LearningWriter

__all__ = [
    "KNOWN_TYPES",
    "PERSONAL",
    "SHARED",
    "TIER_1_TYPES",
    "TIER_2_TYPES",
    "Action",
    "AuditEntry",
    "Backup",
    "Head",
    "Improvement",
    "Learned",
    "LearnedRow",
    "LearningRefused",
    "LearningWriter",
    "NewRow",
    "Proposal",
    "RefusedRow",
    "RowRefused",
    "StaleHead",
    "Status",
    "Store",
    "StoreConstraint",
    "StoreCorrupt",
    "StoreError",
    "StoreFull",
    "StoreLocked",
    "StoreReadOnly",
    "StoreTooNew",
    "StoreUnreachable",
    "UnknownImprovement",
    "WriteRefused",
    "WrongStatus",
    "active_rows",
    "backup",
    "canonical_json",
    "head",
    "improvement_id",
    "integrity_check",
    "open_store",
    "read_learned",
    "utc_datetime",
    "utc_text",
]
