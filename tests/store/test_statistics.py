"""The figures of the household's weeks: what counts as a turn, as right at first, and whose weeks they are."""

import json
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from store import Store, statistics, turns
from store.fields import utc_text
from store.turns import NewTurn

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
NOW = MONDAY + timedelta(days=5)


def add(store: Store, outcome: str, at: datetime = MONDAY, verdict: str | None = None, **found: object) -> None:
    reading = {"intent": "light_control", "stage": "pattern", "disposition": "act", **found}
    turns.append(store, NewTurn("ana", "c", at, "lamp on", interpretation=reading, outcome=outcome, verdict=verdict))  # type: ignore[arg-type]  # a verdict


def week(store: Store) -> statistics.Week:
    found = statistics.weekly(store, NOW, UTC, 4)
    assert len(found) == 1
    return found[0]


def test_a_turn_is_right_at_first_when_it_was_done_and_nobody_said_otherwise(store: Store) -> None:
    for verdict in (None, "accepted", "confirmed", "corrected", "rephrased", "undone", "disputed"):
        add(store, "acted", verdict=verdict)
    assert (week(store).turns, week(store).first_try, week(store).corrections) == (7, 3, 4)


def test_a_question_is_no_answer_unless_it_is_about_something_guarded(store: Store) -> None:
    add(store, "asked", disposition="ask")
    add(store, "asked", disposition="confirm")
    add(store, "answered")
    assert (week(store).turns, week(store).first_try) == (3, 2)


def test_what_was_not_understood_or_left_to_the_language_model_fell_back(store: Store) -> None:
    add(store, "not_understood", stage=None, disposition="none")
    add(store, "acted", stage="llm")
    add(store, "acted", stage="exemplar")
    assert (week(store).fallbacks, week(store).first_try) == (2, 2)


def test_what_the_home_spoilt_says_nothing_about_understanding(store: Store) -> None:
    add(store, "home_unreachable")
    add(store, "acted")
    found = week(store)
    assert (found.turns, found.spoilt, found.share(found.first_try)) == (2, 1, 1.0)


def test_lessons_commands_and_presses_are_no_turns(store: Store) -> None:
    add(store, "acted")
    add(store, "lesson_live", intent="teach")
    add(store, "answered", intent="undo")
    turns.append(store, NewTurn("ana", "c", MONDAY, "/help", outcome="command"))
    turns.append(store, NewTurn("ana", "c", MONDAY, press="t1m0b0", outcome="acted", interpretation={"intent": "x"}))
    assert week(store).turns == 1


def test_weeks_begin_on_the_monday_of_the_household(store: Store) -> None:
    """Sunday 23:30 UTC is Monday in Berlin; the weeks between are there, those before the first turn are not."""
    add(store, "acted", datetime(2026, 11, 1, 23, 30, tzinfo=UTC))
    add(store, "acted", datetime(2026, 11, 16, 12, 0, tzinfo=UTC))
    found = statistics.weekly(store, NOW, BERLIN, 12)
    assert [(one.name, one.monday, one.turns) for one in found] == [
        ("2026-W45", date(2026, 11, 2), 1),
        ("2026-W46", date(2026, 11, 9), 0),
        ("2026-W47", date(2026, 11, 16), 1),
    ]
    assert [one.turns for one in statistics.weekly(store, NOW, UTC, 12)] == [1, 0, 0, 1]


def test_a_week_in_which_the_clocks_go_back_is_longer(store: Store) -> None:
    """Sunday 25 October 2026 has 25 hours in Berlin: 22:59 UTC belongs to it, 23:00 to the next week."""
    add(store, "acted", datetime(2026, 10, 25, 22, 59, tzinfo=UTC))
    add(store, "acted", datetime(2026, 10, 25, 23, 0, tzinfo=UTC))
    found = statistics.weekly(store, datetime(2026, 10, 28, tzinfo=UTC), BERLIN, 12)
    assert [(one.name, one.turns) for one in found] == [("2026-W43", 1), ("2026-W44", 1)]


def test_an_empty_household_has_no_weeks(store: Store) -> None:
    assert statistics.weekly(store, NOW, UTC, 12) == []


def test_a_hundred_thousand_turns_take_no_time(store: Store) -> None:
    """Generous by far: two seconds on a busy machine."""
    reading = json.dumps({"text": "lamp on", "intent": "light_control", "stage": "pattern", "disposition": "act"})
    rows = [
        ("ana", "c", utc_text(NOW - timedelta(minutes=place)), "lamp on", reading, "acted", place % 9 and "accepted")
        for place in range(100_000)
    ]
    sql = "INSERT INTO turns (user, chat, at, text, interpretation, outcome, verdict) VALUES (?, ?, ?, ?, ?, ?, ?)"
    with store.atomic():
        store.database.seam().cursor().executemany(sql, [(*row[:6], row[6] or None) for row in rows])
    started = time.perf_counter()
    found = statistics.weekly(store, NOW, BERLIN, 12)
    assert time.perf_counter() - started < 2
    assert sum(one.turns for one in found) == 100_000
