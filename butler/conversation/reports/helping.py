"""Did it help? What an applied insight is measured by, before and after, in one line."""

from __future__ import annotations

from store.insights import Insight


def outcome_line(insight: Insight) -> str | None:
    """Return how an applied insight worked out, None where that is not known."""
    return None
