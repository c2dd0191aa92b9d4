"""Times that were set by hand within a day, where a thought said none that is certain ("soon", "after work")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from engine.review.detectors.by_phrase import find_phrases
from engine.review.page import Amended, Page
from engine.review.phrases import phrases_of
from engine.review.rules import ReviewRules
from engine.review.tallies import Tallies
from engine.tasks.due import Due, DueKind
from engine.tasks.times import read_time
from engine.understanding.plain import plain
from store.detected_patterns import Sighting

TYPE = "extraction_failure"
WHAT = "time"
LATEST = timedelta(days=1).total_seconds()
_UNCERTAIN = frozenset({DueKind.OPEN, DueKind.RANGE})
_FURTHEST = 14
# Words that a time begins with, and words that are one all alone.
_OPENING = frozenset("after at before by come during in next on once over this until till when while".split())
_VAGUE = frozenset(
    "soon later sometime someday eventually anytime shortly presently payday lunchtime teatime bedtime".split()
)


def detect(page: Page, rules: ReviewRules) -> tuple[Sighting, ...]:
    """Return the phrases of thoughts whose time was set by hand, with each way to say the time that was set."""
    tallies, known = Tallies(TYPE), set()
    for one in page.amendments:
        if one.after_s > LATEST or one.captured.turn in known or not _was_uncertain(one):
            continue
        due = _due(one.after.get("due"))
        if due is None or due.kind is DueKind.OPEN:
            continue
        known.add(one.captured.turn)
        for meaning in meanings(due, one.captured.at, rules):
            find_phrases(tallies, f"{WHAT}={meaning}", one, timely(one), value=meaning)
    return tallies.sightings()


def meanings(due: Due, said_at: datetime, rules: ReviewRules) -> tuple[str, ...]:
    """Return the ways to say a time that, said at that instant, give just that time; the plainest first."""
    found = tuple(way for way in _ways(due, said_at, rules) if _same(way, due, said_at, rules))
    if found:
        return found
    wording = plain(due.wording)
    return (wording,) if wording and _same(wording, due, said_at, rules) else ()


def timely(one: Amended) -> frozenset[str]:
    """Return the phrases of a thought that may say a time: the others are what it is about."""
    said = one.captured.metadata.get("due")
    wording = plain(str(said.get("wording") or "")) if isinstance(said, Mapping) else ""
    found = {phrase for phrase in phrases_of(one.text) if phrase.partition(" ")[0] in _OPENING or phrase in _VAGUE}
    return frozenset(found | ({wording} if wording else set()))


def preference(meaning: str) -> int:
    """Return the place of a way to say a time among those that explain the same, the plainest first."""
    first = meaning.split(maxsplit=1)[0]
    return next((place for place, way in enumerate(("at", "tomorrow", "today", "in")) if first == way), 9)


def _ways(due: Due, said_at: datetime, rules: ReviewRules) -> Iterator[str]:
    said = rules.local(said_at)
    if due.kind is DueKind.POINT and due.at is not None:
        then = rules.local(due.at)
        clock = f"at {then:%H:%M}"
        yield clock
        yield f"tomorrow {clock}"
        yield f"{then:%A} {clock}".lower()
    elif due.kind is DueKind.DAY and due.day is not None:
        days = (due.day - said.date()).days
        yield "today"
        yield "tomorrow"
        if 2 <= days <= _FURTHEST:
            yield f"in {days} days"
        yield f"{due.day:%A}".lower()


def _same(way: str, due: Due, said_at: datetime, rules: ReviewRules) -> bool:
    read = read_time(way, said_at, rules.zone)
    return read is not None and _bare(read) == _bare(due)


def _bare(due: Due) -> Due:
    return replace(due, wording="", asks=False, by=False)


def _was_uncertain(one: Amended) -> bool:
    said: Any = one.captured.metadata.get("due")
    due = _due(said)
    return said is None or (due is not None and (due.kind in _UNCERTAIN or due.asks))


def _due(document: object) -> Due | None:
    if not isinstance(document, Mapping):
        return None
    try:
        return Due.from_document(document)
    except ValueError:
        return None
