"""`/stats`: how understanding went week by week, as lines and as a picture of the learning curve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from butler.conversation.messages import Attachment
from butler.conversation.posting import TELEGRAM
from butler.conversation.turn import Draft, Ports, Turn
from butler.learning_curve import draw
from store.statistics import Week, weekly

MOST_WEEKS = 12
NO_TURNS = "Nobody has asked me for anything yet, so there is nothing to count."
_FILE = "butler-learning-curve.png"
_AS_PICTURE = "`butler stats --png FILE` draws the curve."


def stats(ports: Ports, turn: Turn) -> None:
    """Say how the last weeks went, with the curve where pictures can be shown."""
    weeks = weekly(ports.store, turn.incoming.at, ports.settings.time_zone, MOST_WEEKS)
    if not weeks:
        turn.say(NO_TURNS)
        return
    lines = ["How it went week by week:", *(week_line(week) for week in weeks)]
    if not turn.incoming.chat.startswith(f"{TELEGRAM}:"):
        turn.say("\n".join([*lines, _AS_PICTURE]))
        return
    # Not kept once it was sent: it can be drawn again at any time.
    curve = Attachment(_FILE, "image/png", draw(weeks))
    turn.drafts.append(Draft("\n".join(lines), file=curve, fleeting=True))


def week_line(week: Week) -> str:
    """Return a week in a line."""
    right = week.share(week.first_try)
    told = [f"{week.turns} {'turn' if week.turns == 1 else 'turns'}"]
    if right is not None:
        told += [f"{right:.0%} right at the first try", f"{week.corrections} corrected", f"{week.fallbacks} fell back"]
    return f"{week.name} (from {week.monday.day} {week.monday:%b}): {', '.join(told)}"


def table(weeks: Sequence[Week]) -> Iterable[str]:
    """Yield the weeks as a table for a terminal."""
    yield f"{'week':<9} {'from':<10} {'turns':>7} {'first try':>10} {'corrections':>12} {'fallbacks':>10}"
    for week in weeks:
        right = week.share(week.first_try)
        share = "-" if right is None else f"{right:.1%}"
        yield (
            f"{week.name:<9} {week.monday.isoformat():<10} {week.turns:>7} {share:>10} "
            f"{week.corrections:>12} {week.fallbacks:>10}"
        )
