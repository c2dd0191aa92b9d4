"""What came in long after it was written, as after an outage: Butler asks before it acts on it."""

from __future__ import annotations

from datetime import timedelta

from butler.conversation.turn import Turn

KIND = "late"
_HOUR, _DAY = timedelta(hours=1), timedelta(days=2)


def late_text(turn: Turn) -> str:
    """Return when and what a late message said: "You wrote “…” 3 hours ago, while I was away."."""
    sent_at = turn.incoming.sent_at
    assert sent_at is not None
    return f"You wrote “{turn.text}” {_ago(turn.incoming.at - sent_at)} ago, while I was away."


def _ago(age: timedelta) -> str:
    if age < _HOUR:
        return f"{round(age / timedelta(minutes=1))} minutes"
    if age < _DAY:
        hours = round(age / _HOUR)
        return "an hour" if hours == 1 else f"{hours} hours"
    return f"{round(age / timedelta(days=1))} days"
