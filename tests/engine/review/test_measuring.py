"""Whether an applied insight helped: its own measure, before it was applied and since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bench.review import RULES
from bench.review_logs import BIG, SMALL, ZONE, Log, amend, answer, ask_model, expire, guess, press, tell, write_down
from engine.review.log_review import scan
from engine.review.measuring import measure
from store.insights import Insight


def insight(log: Log, kind: str, what: dict[str, Any]) -> Insight:
    """Return an insight as it stands once it was applied now."""
    return Insight(
        id=1,
        insight_type=kind,
        title="t",
        sentence="s",
        proposed="p",
        change={},
        pattern=None,
        owner=what.get("owner"),
        priority=1.0,
        evidence={},
        status="applied",
        improvement=1,
        came_back=False,
        created_at=log.now,
        delivered_at=None,
        delivered_to=[],
        answered_by="ana",
        answered_at=log.now,
        problem=None,
        measure=what,
        measured_after=None,
        measured_at=None,
    )


def dentists(log: Log, *amended: bool) -> None:
    for by_hand in amended:
        log.wait(hours=2)
        written = write_down(log, "ana", "call the dentist", asks=False)
        if by_hand:
            amend(log, written, priority="high")


PRIORITY = {"what": "amended", "field": "priority", "phrase": "dentist", "owner": "ana"}


@pytest.mark.parametrize(
    ("since", "verdict"),
    [((False,) * 5, "better"), ((True,) * 5, "same"), ((False, False), "unknown"), ((), "unknown")],
)
def test_what_was_put_right_by_hand_before_and_since(since: tuple[bool, ...], verdict: str) -> None:
    log = Log.of(1)
    dentists(log, *(True,) * 6)
    write_down(log, "ben", "call the dentist", asks=False)
    log.wait(hours=1)
    one = insight(log, "keyword_rule", PRIORITY)
    dentists(log, *since)
    told = measure(one, log.export)
    assert told["before"] == {"count": 6.0, "chances": 6, "rate": 1.0}
    assert told["after"]["chances"] == len(since)
    assert told["verdict"] == verdict


def test_what_made_things_worse_says_so() -> None:
    log = Log.of(1)
    dentists(log, *(False,) * 8)
    log.wait(hours=1)
    one = insight(log, "keyword_rule", PRIORITY)
    dentists(log, *(True,) * 5)
    assert measure(one, log.export)["verdict"] == "worse"


def test_what_is_not_applied_has_no_after() -> None:
    log = Log.of(1)
    dentists(log, *(True,) * 6)
    one = replace(insight(log, "keyword_rule", PRIORITY), status="delivered", answered_at=None)
    assert measure(one, log.export)["after"] == {"count": 0.0, "chances": 0, "rate": None}


def test_what_cannot_be_measured_is_unknown() -> None:
    log = Log.of(1)
    assert measure(insight(log, "rollback", {}), log.export)["verdict"] == "unknown"


def _asked_instead(log: Log, when: int) -> None:
    written = write_down(log, "ana", "work on the shed", asks=bool(when))
    if when:
        answer(log, written, helped=True, kind="idea")
    else:
        amend(log, written, kind="idea")


def _needless(log: Log, when: int) -> None:
    written = write_down(log, "ana", "buy milk", sure=0.55, asks=not when)
    if not when:
        answer(log, written, helped=False)


def _unsure(log: Log, when: int) -> None:
    written = write_down(log, "ana", "buy milk", sure=0.65, asks=bool(when))
    if when:
        expire(log, written)
    else:
        amend(log, written, kind="note")


def _guessed(log: Log, when: int) -> None:
    guess(log, "ana", "cover_control", 0.55, wrong=not when)


def _modelled(log: Log, when: int) -> None:
    ask_model(log, "ana", BIG if when else SMALL, useful=bool(when), seconds=1.0)


def _reported(log: Log, when: int) -> None:
    notice = tell(log, "dora", "report")
    if when:
        press(log, "dora", notice, 60, "report")


@pytest.mark.parametrize(
    ("kind", "what", "step"),
    [
        (
            "ambiguity_rule",
            {"what": "amended", "field": "kind", "phrase": "work on", "owner": None, "unasked": True},
            _asked_instead,
        ),
        ("threshold", {"what": "threshold", "name": "capture:task", "below": 0.6}, _needless),
        ("threshold", {"what": "threshold", "name": "capture:task", "below": 0.7}, _unsure),
        ("threshold", {"what": "threshold", "name": "intent:cover_control", "below": 0.6}, _guessed),
        ("model_choice", {"what": "model", "job": "understand", "model": BIG}, _modelled),
        ("report_hour", {"what": "prompt", "owner": "dora"}, _reported),
    ],
)
def test_each_kind_has_a_measure_that_tells_better(kind: str, what: dict[str, Any], step: Callable[..., None]) -> None:
    """A question instead of a correction is better, and so is none where it was needless."""
    log = Log.of(1)
    for _ in range(20):
        log.wait(hours=3)
        step(log, 0)
    log.wait(hours=1)
    one = insight(log, kind, what)
    for _ in range(20):
        log.wait(hours=3)
        step(log, 1)
    told = measure(one, log.export)
    assert (told["before"]["chances"], told["after"]["chances"]) == (20, 20)
    assert told["after"]["rate"] < told["before"]["rate"]
    assert told["verdict"] == "better"


def test_what_a_review_finds_can_be_measured() -> None:
    """Its own words of what it is measured by give what it rests on."""
    log = Log.of(1)
    dentists(log, *(True,) * 6)
    (found,) = scan(log.traces, log.now, replace(RULES, zone=ZONE)).insights
    told = measure(found, log.export)
    assert (told["before"]["count"], told["before"]["chances"]) == (6.0, 6)
    assert found.measure is not None
    assert found.measure["before"] == {"count": 6, "chances": 6}
