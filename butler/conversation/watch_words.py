"""The watch over an improvement in words: the turns it changed, what came of them, and how long it is watched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from types import MappingProxyType
from typing import Any

from engine.learning.e_process import LIMIT
from engine.learning.watch import LEAST_CHANGED, WATCHED_AT_LEAST, WATCHED_AT_MOST
from engine.learning.watch_case import Case
from engine.learning.watched import Watched
from store import Status, observations
from store.database import Store
from store.improvements import Improvement
from store.observations import Counts

_FIGURES: Mapping[str, str] = MappingProxyType(
    {
        "accuracy": "accuracy",
        "p95_ms": "time of the slowest twentieth",
        "error_rate": "errors",
        "fallback_rate": "not understood",
        "correction_rate": "corrections",
    }
)
_LEVELS: Mapping[str, str] = MappingProxyType({"ok": "", "warn": " (worth a look)", "fail": " (bad)"})


def watch_lines(store: Store, found: Improvement, zone: tzinfo, now: datetime) -> Iterable[str]:
    """Yield what was seen of an improvement in use; nothing where it never was."""
    watched = Watched.of(found)
    if watched is not None:
        counts = observations.counts(store, found.number, since=watched.since)
        yield f"Watched since {_when(watched.since, zone)}: {_turns(counts)}"
        yield _left(Case.of(store, watched), watched, zone, now)
    elif found.status is Status.COMPLETED:
        yield from _completed(found, zone)
    elif found.status is Status.ROLLED_BACK:
        seen = observations.counts(store, found.number)
        if seen.settled or seen.waiting:
            yield f"While it was in use, {_turns(seen)}"


def _turns(counts: Counts) -> str:
    changed = counts.settled + counts.waiting
    if not changed:
        return "no turn came out differently because of it."
    came = f"{_many(changed, 'turn')} came out differently because of it"
    outcomes = [
        f"{counts.reverted} taken back to what it would have been (R)",
        f"{counts.corrected} put right otherwise (C)",
        f"{counts.accepted} accepted (A)",
    ]
    if counts.waiting:
        outcomes.append(f"{counts.waiting} not known yet")
    return f"{came}: {', '.join(outcomes)}."


def _left(case: Case, watched: Watched, zone: tzinfo, now: datetime) -> str:
    e = f"E = {case.e:.2f}, and at {LIMIT:.0f} it is taken back."
    least, most = watched.since + WATCHED_AT_LEAST, watched.since + WATCHED_AT_MOST
    if len(case.settled) >= LEAST_CHANGED:
        until = f"until {_when(least, zone)} at least" if now < least else "until the next daily look"
        return f"{e} It is watched {until}."
    missing = LEAST_CHANGED - len(case.settled)
    return (
        f"{e} It is watched until {missing} more such {'turn is' if missing == 1 else 'turns are'} known, "
        f"at the most until {_when(most, zone)} ({_days(most - now)})."
    )


def _completed(found: Improvement, zone: tzinfo) -> Iterable[str]:
    results = found.monitoring_results if isinstance(found.monitoring_results, Mapping) else {}
    reverted, corrected, accepted = (int((results.get("outcomes") or {}).get(each, 0)) for each in ("R", "C", "A"))
    counts = Counts(reverted, corrected, accepted, waiting=0, asked=0)
    end = f" on {_when(found.monitoring_end, zone)}" if found.monitoring_end else ""
    unused = " It was hardly used." if results.get("unused") else ""
    yield f"Its watch ended well{end}: {_turns(counts)}{unused}"
    figures = results.get("figures")
    told = [_figure(name, figures.get(name)) for name in _FIGURES] if isinstance(figures, Mapping) else []
    if any(told):
        yield f"Before and during the watch: {'; '.join(filter(None, told))}."


def _figure(name: str, pair: Any) -> str:
    if not isinstance(pair, Mapping) or pair.get("during") is None:
        return ""
    before, during = (_value(name, pair.get(each)) for each in ("before", "during"))
    return f"{_FIGURES[name]} {before} and {during}{_LEVELS.get(str(pair.get('level')), '')}"


def _value(name: str, value: Any) -> str:
    if not isinstance(value, int | float):
        return "unknown"
    return f"{value:.1f} ms" if name == "p95_ms" else f"{value:.1%}"


def _days(left: timedelta) -> str:
    days = max(0, round(left / timedelta(days=1)))
    return f"{_many(days, 'day')} from now"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _when(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
