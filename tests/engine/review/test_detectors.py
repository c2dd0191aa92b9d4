"""What each detector sees in a stretch of traces, in exact figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

import pytest

from bench.review_logs import (
    BIG,
    ZONE,
    Log,
    amend,
    answer,
    ask_model,
    due,
    expire,
    guess,
    offer,
    press,
    tell,
    write_down,
)
from engine.review.detectors import models
from engine.review.detectors.table import DETECTORS
from engine.review.page import Page
from engine.review.rules import ReviewRules
from engine.review.vocabulary import Vocabulary
from store.detected_patterns import Sighting

RULES = ReviewRules(zone=ZONE, guests={"guest"})


@pytest.fixture
def log() -> Log:
    """Return an empty log."""
    return Log.of(1)


def seen(log: Log, detector: str) -> Mapping[str, Sighting]:
    """Return what one detector sees in all of a log, by key."""
    page = Page(tuple(log.traces), log.export)
    return {one.key: one for one in DETECTORS[detector](page, RULES)}


def figures(found: Mapping[str, Sighting], key: str) -> tuple[int, int]:
    return found[key].count, found[key].opportunities


@pytest.mark.parametrize("detector", DETECTORS)
def test_nothing_is_seen_in_nothing(log: Log, detector: str) -> None:
    assert seen(log, detector) == {}


@pytest.mark.parametrize("detector", DETECTORS)
def test_whatever_stands_in_a_trace_a_detector_takes_it(log: Log, detector: str) -> None:
    """Metadata of any shape, and turns that are gone, are passed over."""
    odd = [{}, {"of_turn": 99}, {"of_turn": "x", "after": []}, {"after": {"due": 7}, "of_turn": None}, {"notice": "n"}]
    for stage in ("amend", "clarify", "press", "notice", "proposal", "llm", "capture", "understand", "ask", "turn"):
        for metadata in odd:
            log.outside("odd", "ana", stage=stage, component="x", metadata=metadata, model="m", decision="answered")
    seen(log, detector)


def test_a_priority_set_by_hand_speaks_of_every_phrase_of_the_thought_once(log: Log) -> None:
    """A second change of the same thought says nothing more; the empty phrase counts all thoughts."""
    written = write_down(log, "ana", "call the dentist", asks=False)
    log.wait(hours=3)
    amend(log, written, priority="high")
    amend(log, written, priority="high")
    found = seen(log, "by_priority")
    phrases = ("", "call the dentist", "dentist")
    assert {key: one.count for key, one in found.items()} == {f"priority=high:{said}@ana": 1 for said in phrases}
    assert found["priority=high:dentist@ana"].owner == "ana"
    assert found["priority=high:dentist@ana"].context["value"] == "high"


def test_a_priority_that_changes_days_later_says_nothing_of_the_words(log: Log) -> None:
    written = write_down(log, "ana", "call the dentist", asks=False)
    log.wait(days=2)
    amend(log, written, priority="high")
    assert seen(log, "by_priority") == {}


def test_a_time_set_by_hand_is_seen_as_each_way_to_say_it(log: Log) -> None:
    """Only words that may say a time come into question, not what the thought is about."""
    log.now = log.now.replace(hour=8)
    written = write_down(log, "ben", "buy milk after work", asks=False)
    log.wait(minutes=1)
    amend(log, written, due=due(log, "at 18:00"))
    keys = set(seen(log, "by_time"))
    assert "time=at 18:00:after work@ben" in keys
    assert not any("milk@" in key and not key.split(":")[-1].startswith("after") for key in keys)


def test_a_time_that_was_certain_and_is_moved_teaches_no_words(log: Log) -> None:
    written = write_down(log, "ben", "buy milk tomorrow", asks=False)
    amend(log, written, due=due(log, "friday"))
    assert seen(log, "by_time") == {}


def test_words_are_unclear_where_the_thought_is_changed_right_away(log: Log) -> None:
    """What was asked about counts too, but not among what nobody asked."""
    first = write_down(log, "ana", "work on the shed", asks=False)
    amend(log, first, by="summon", kind="idea")
    second = write_down(log, "ana", "work on the roof", sure=0.5, asks=True)
    answer(log, second, helped=True, kind="idea")
    late = write_down(log, "ana", "work on the wall", asks=False)
    log.wait(minutes=11)
    amend(log, late, kind="idea")
    found = seen(log, "ambiguity")
    assert found["kind:work on@ana"].count == 2
    assert found["unasked-kind:work on@ana"].count == 1


def test_what_was_put_right_is_counted_of_all_there_was(log: Log) -> None:
    for wrong in (True, False, False, False):
        guess(log, "ana", "light_control", 0.6, wrong=wrong)
    amend(log, write_down(log, "ana", "buy milk", asks=False), kind="note")
    found = seen(log, "classification")
    assert figures(found, "intent:light_control:exemplar") == (1, 4)
    assert figures(found, "kind:task") == (1, 1)


def test_unsure_thoughts_that_were_changed_within_ten_minutes(log: Log) -> None:
    for sure, wait in ((0.7, 1), (0.7, 11), (0.79, 9), (0.8, 1)):
        written = write_down(log, "ana", "buy milk", sure=sure, asks=False)
        log.wait(minutes=wait)
        amend(log, written, title="buy oat milk")
    assert figures(seen(log, "amended"), "unsure:task") == (2, 3)


def test_guesses_are_judged_by_how_sure_they_were(log: Log) -> None:
    """Gone by, by whether it was put right; asked about, by whether it was that all the same."""
    for sure in (0.63, 0.65, 0.72):
        amend(log, write_down(log, "ana", "buy milk", sure=sure, asks=False), kind="note")
    write_down(log, "ana", "buy milk", sure=0.61, asks=False)
    for helped in (False, True):
        written = write_down(log, "ana", "buy milk", sure=0.55, asks=True)
        answer(log, written, helped=helped, **({"kind": "note"} if helped else {}))
    found = seen(log, "thresholds")
    assert figures(found, "capture:task:low:0.6") == (2, 3)
    assert figures(found, "capture:task:low:0.7") == (1, 1)
    assert figures(found, "capture:task:low:unsure") == (3, 4)
    assert figures(found, "capture:task:high:0.5") == (1, 2)


def test_what_has_a_time_has_a_threshold_of_its_own(log: Log) -> None:
    write_down(log, "ana", "buy milk tomorrow", sure=0.9, asks=False)
    assert figures(seen(log, "thresholds"), "capture:with_deadline:low:0.9") == (0, 1)


def test_guesses_at_commands_are_judged_too(log: Log) -> None:
    guess(log, "ana", "cover_control", 0.55, wrong=True)
    guess(log, "ana", "smalltalk", 0.55, wrong=True)
    found = seen(log, "thresholds")
    assert figures(found, "intent:cover_control:low:0.5") == (1, 1)
    assert not any("smalltalk" in key for key in found)


def test_questions_are_counted_once_they_are_over(log: Log) -> None:
    """One that is open is no evidence of anything."""
    for fate in (expire, partial(answer, helped=False)):
        written = write_down(log, "ana", "idea: milk", sure=0.45, asks=True)
        log.wait(hours=1)
        fate(log, written)
    write_down(log, "ana", "idea: open", sure=0.45, asks=True)
    assert figures(seen(log, "unanswered"), "kind:idea:0.4") == (1, 2)


def test_offers_that_were_ignored_and_the_projects_they_were_about(log: Log) -> None:
    for how in ("skipped", "expired", "taken", "offered"):
        offer(log, "ana", None, how, project=3)
    found = seen(log, "suggestions")
    assert figures(found, "ignored:task_analysis") == (2, 3)
    assert figures(found, "stale:project:3") == (2, 3)


def test_prompt_answers_are_counted_at_the_hour_of_the_notice(log: Log) -> None:
    """On the household's clock; a late answer and none at all are told alike, guests are left out."""
    log.now = log.now.astimezone(ZONE).replace(hour=18, minute=58)
    press(log, "dora", tell(log, "dora"), 300)
    log.now = log.now.replace(hour=18, minute=10)
    press(log, "dora", tell(log, "dora"), 1200)
    press(log, "guest", tell(log, "guest"), 10)
    found = seen(log, "habits")
    assert figures(found, "hour:18@dora") == (1, 2)
    assert figures(found, "hour:any@dora") == (1, 2)
    assert not any("guest" in key for key in found)


def test_a_press_on_what_rings_is_no_habit(log: Log) -> None:
    press(log, "dora", tell(log, "dora", "reminder"), 30, "reminder")
    assert seen(log, "habits") == {}


def test_a_model_is_worth_what_it_said_of_use(log: Log) -> None:
    """What was put right later is counted apart; durations go by classes."""
    ask_model(log, "ana", BIG, useful=True, seconds=2.0, wrong=True)
    ask_model(log, "ana", BIG, useful=True, seconds=2.0)
    ask_model(log, "ana", BIG, useful=False, seconds=9.0)
    offer(log, "ana", BIG, "taken")
    offer(log, "ana", BIG, "skipped")
    found = seen(log, "models")
    assert figures(found, f"understand:{BIG}:use") == (2, 3)
    assert found[f"understand:{BIG}:wrong"].count == 1
    assert figures(found, f"tasks:{BIG}:use") == (1, 2)
    assert found[f"understand:{BIG}:calls:{models.class_of(2000.0)}"].count == 2


def test_a_model_asked_at_night_was_of_use_where_it_answered(log: Log) -> None:
    """Of what it says about tasks the person decides, unless it says nothing."""
    for job, decision in (("names", "answered"), ("names", "failed"), ("tasks", "answered"), ("tasks", "failed")):
        log.outside("m", stage="model", component=job, model=BIG, decision=decision, metadata={"job": job})
    found = seen(log, "models")
    assert figures(found, f"names:{BIG}:use") == (1, 2)
    assert figures(found, f"tasks:{BIG}:use") == (0, 1)


@pytest.mark.parametrize("milliseconds", [1.0, 40.0, 950.0, 61_000.0])
def test_a_class_of_durations_is_a_fifth_wide(milliseconds: float) -> None:
    middle = models.duration_of(models.class_of(milliseconds))
    assert 1 / 1.2 <= milliseconds / middle <= 1.2


def test_names_that_fail_again_and_again(log: Log) -> None:
    for reason in ("unknown_name", "unknown_name", "ambiguous_name", "missing_value"):
        log.outside("t", "ana", stage="ask", component="x", decision=reason, metadata={"mention": "The Den"})
    assert figures(seen(log, "names"), "name:the den") == (2, 3)


def test_a_change_is_joined_to_its_thought_across_stretches(log: Log) -> None:
    """The stretch holds the change alone; the source knows the rest."""
    written = write_down(log, "ana", "call the dentist", asks=False)
    cut = len(log.traces)
    log.now += timedelta(minutes=2)
    amend(log, written, priority="high")
    page = Page(tuple(log.traces[cut:]), log.export)
    assert "priority=high:dentist@ana" in {one.key for one in DETECTORS["by_priority"](page, RULES)}


def test_a_message_that_was_taken_up_later_is_known_by_its_title(log: Log) -> None:
    """The turn in which it was captured says other words."""
    captured = {"stage": "capture", "component": "tasks", "decision": "idea", "metadata": {"title": "paint the hall"}}
    log.turn("ana", "no, that's an idea", "kept", captured)
    known = Vocabulary()
    known.learn(log.traces)
    assert (known.said("paint the hall", "ana"), known.said("idea", "ana")) == (1, 0)
    assert (known.thoughts("ana"), known.thoughts(None)) == (1, 1)
