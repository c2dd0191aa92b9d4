"""At which hours a person answers quickly: what they were told unasked, and what they pressed under within minutes."""

from __future__ import annotations

from datetime import timedelta

from engine.review.page import Page
from engine.review.rules import ReviewRules
from engine.review.tallies import Tallies
from engine.review.traces import Trace
from store.detected_patterns import Sighting

TYPE = "habit"
PROMPT = timedelta(minutes=15).total_seconds()
"""Within how many seconds an answer is a prompt one."""
# What rings does so at an hour that somebody chose.
_RINGS = frozenset({"reminder", "alarm", "timer", "ring"})


def detect(page: Page, rules: ReviewRules) -> tuple[Sighting, ...]:
    """Return, by person and hour (and of all hours), how much they were told and how much they answered promptly."""
    tallies, known = Tallies(TYPE), set()
    for trace in page.stream(stages=("notice", "press")):
        told = trace.metadata.get("notice")
        if trace.user is None or trace.user in rules.guests or not isinstance(told, int):
            continue
        if trace.stage == "notice" and trace.decision == "send" and trace.component not in _RINGS:
            for key, context in _keys(trace, rules, 0.0):
                tallies.miss(key, trace, owner=trace.user, context=context)
        elif trace.stage == "press" and _is_prompt(trace) and told not in known:
            known.add(told)
            for key, context in _keys(trace, rules, float(trace.metadata["after_s"])):
                tallies.find(key, trace, owner=trace.user, context=context)
    return tallies.sightings()


def _is_prompt(trace: Trace) -> bool:
    after_s = trace.metadata.get("after_s")
    kind = trace.metadata.get("notice_kind")
    return isinstance(after_s, (int, float)) and after_s <= PROMPT and kind not in _RINGS


def _keys(trace: Trace, rules: ReviewRules, delay: float) -> tuple[tuple[str, dict[str, int | None]], ...]:
    hour = rules.local(trace.at - timedelta(seconds=delay)).hour
    return (
        (f"hour:{hour:02}@{trace.user}", {"hour": hour}),
        (f"hour:any@{trace.user}", {"hour": None}),
    )
