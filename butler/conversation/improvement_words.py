"""Improvements in words: what one says, whose it is, and how it stands."""

from __future__ import annotations

from typing import Any

from butler.conversation.phrasing import the
from engine.understanding.intents import INTENTS
from engine.understanding.snapshot import Snapshot
from store import people
from store.database import Store
from store.improvements import Improvement


def improvement_line(store: Store, snapshot: Snapshot, found: Improvement) -> str:
    """Return one improvement in a line: its number, what it says, how it stands, and who taught it."""
    who = f", taught by {people.name_of(store, found.submitted_by)}" if found.submitted_by else ""
    status = found.status.value.replace("_", " ")
    return f"#{found.number} {change_words(store, snapshot, found.proposed_value) or found.target} ({status}{who})"


def change_words(store: Store, snapshot: Snapshot, value: Any) -> str:
    """Return what a change says, as it stands within a sentence; empty for what is no change."""
    if not isinstance(value, dict):
        return ""
    if value.get("type") == "exemplar":
        intent = INTENTS.get(str(value.get("intent")))
        return f"“{value.get('text')}” is about {intent.about if intent else value.get('intent')}"
    phrase = value.get("phrase") or value.get("text")
    meaning = value.get("target") or value.get("replacement") or value.get("text") or value.get("intent")
    known = snapshot.by_id.get(str(meaning)) or snapshot.areas_by_id.get(str(meaning))
    shown = the(known.name) if known else f"“{meaning}”"
    mine = f" for {people.name_of(store, str(value['owner']))}" if value.get("owner") else ""
    return f"“{phrase}” means {shown}{mine}" if phrase else ""
