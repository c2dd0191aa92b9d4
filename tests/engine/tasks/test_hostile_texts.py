"""Texts of a thousand characters made to be slow or to break a reader."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.tasks.amendments import parse_amendment
from engine.tasks.capture import capture
from engine.tasks.listing import parse_list
from engine.tasks.matching import find_tasks
from engine.tasks.queries import parse_task_query
from engine.tasks.rules import TaskRules
from engine.tasks.timers import parse_timers

NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Lisbon")
RULES = TaskRules.base()
REPEATED = [
    "a ", "and ", "remind me ", ", ", "'", '"', "!", "a", "to the ", "on the list ", "#", "#a ", "so ", "please ", "1 ",
    "no, ", "for the hall project ", "i need to ", "1 and a half ", "tomorrow ", "half a ", "mark it as done ", "((",
    "\\",     "one for 5 minutes and ", "timer ", "move it to ", "that's a note ", "İ", "\u0301", "🙂", "\x00", "½ ",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_a_thousand_characters_of_anything_are_read(piece: str) -> None:
    text = (piece * 1000)[:1000]
    capture(text, kind=None, now=NOW, zone=ZONE, rules=RULES, projects=("hall",))
    for intent in ("list_add", "list_remove", "list_clear", "list_query"):
        parse_list(text, intent, ("hall",))
    for intent in ("timer_set", "timer_cancel", "timer_query"):
        parse_timers(text, intent)
    for after_capture in (True, False):
        parse_amendment(text, after_capture=after_capture, now=NOW, zone=ZONE, rules=RULES)
    query = parse_task_query(text, now=NOW, zone=ZONE, rules=RULES)
    assert query.words is None or len(query.words) <= 80
    assert find_tasks(text, {1: "call mum"}) == ()
