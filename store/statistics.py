"""How the household's turns went, week by week: one read, whatever the number of turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from store.database import Store
from store.fields import utc_text

WEEK = timedelta(days=7)

# What was to be done or answered: lessons, commands and presses have other outcomes or no reading.
_COUNTED = (
    "t.press IS NULL AND t.interpretation IS NOT NULL AND t.outcome IN ('acted', 'acted_in_part', 'answered', "
    "'confirmed', 'asked', 'refused', 'not_understood', 'not_built', 'home_unreachable', 'failed') "
    "AND json_extract(t.interpretation, '$.intent') NOT IN ('teach', 'correction', 'feedback_negative', "
    "'feedback_positive', 'undo', 'forget')"
)
_SPOILT = "t.outcome IN ('acted_in_part', 'home_unreachable', 'failed')"
_CORRECTED = "t.verdict IN ('corrected', 'rephrased', 'undone', 'disputed')"
# What is guarded is asked about whenever it was understood: that question is no shortfall.
_RIGHT = (
    "(t.outcome IN ('acted', 'answered', 'confirmed') OR (t.outcome = 'asked' AND "
    "json_extract(t.interpretation, '$.disposition') = 'confirm'))"
)
_FALLBACK = "(t.outcome = 'not_understood' OR json_extract(t.interpretation, '$.stage') = 'llm')"
_SQL = (
    "WITH weeks (place, start, stop) AS (VALUES {values}) "
    "SELECT weeks.place, count(t.number), total(t.number IS NOT NULL AND {spoilt}), "
    "total({right} AND (t.verdict IS NULL OR NOT {corrected})), total({corrected}), total({fallback}) "
    "FROM weeks LEFT JOIN turns t ON t.at >= weeks.start AND t.at < weeks.stop AND {counted} GROUP BY weeks.place"
)


@dataclass(frozen=True)
class Week:
    """One ISO week of the household's calendar, from its Monday on, and how its turns went.

    `turns` are requests and questions. A turn that the home or a fault `spoilt` says nothing about understanding;
    `first_try` are those of the others that came right at once and that nobody corrected.
    """

    monday: date
    turns: int = 0
    spoilt: int = 0
    first_try: int = 0
    corrections: int = 0
    fallbacks: int = 0

    @property
    def name(self) -> str:
        """The week as ISO 8601 writes it, "2026-W47"."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def judged(self) -> int:
        """How many turns say something about understanding."""
        return self.turns - self.spoilt

    def share(self, count: int) -> float | None:
        """Return a count as a share of the turns that say something, None of none."""
        return count / self.judged if self.judged else None


def weekly(store: Store, until: datetime, zone: tzinfo, weeks: int) -> list[Week]:
    """Return the latest weeks up to the one of an instant, oldest first, from the first with a turn on."""
    monday = _monday(until, zone)
    mondays = [monday - WEEK * back for back in range(weeks)][::-1]
    rows = {int(row[0]): row[1:] for row in _read(store, mondays, zone)}
    found = [Week(day, *(int(count) for count in rows[place])) for place, day in enumerate(mondays)]
    begun = next((place for place, week in enumerate(found) if week.turns), len(found))
    return found[begun:]


def _read(store: Store, mondays: Sequence[date], zone: tzinfo) -> Sequence[tuple[float, ...]]:
    sql = _SQL.format(
        values=", ".join(["(?, ?, ?)"] * len(mondays)),
        counted=_COUNTED,
        spoilt=_SPOILT,
        right=_RIGHT,
        corrected=_CORRECTED,
        fallback=_FALLBACK,
    )
    values: list[int | str] = []
    for place, monday in enumerate(mondays):
        values += [place, _instant(monday, zone), _instant(monday + WEEK, zone)]
    return store.database.fetch(sql, tuple(values))


def _monday(at: datetime, zone: tzinfo) -> date:
    today = at.astimezone(zone).date()
    return today - timedelta(days=today.weekday())


def _instant(day: date, zone: tzinfo) -> str:
    return utc_text(datetime.combine(day, time(), tzinfo=zone))
