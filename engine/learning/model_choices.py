"""Which language models a household chose: part of its knowledge, though no understanding rests on it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from engine.understanding.knowledge import Knowledge

_MARK = '"type":"model_choice"'


def chosen_models(knowledge: Knowledge) -> Mapping[str, str]:
    """Return the models that changes in force name, by job; of two for one job the later counts."""
    # What is in force lies in knowledge as canonical JSON, in the order of the fold.
    chosen = (json.loads(payload) for payload in knowledge.payloads if _MARK in payload)
    return {one["job"]: one["model"] for one in chosen if one.get("type") == "model_choice"}
