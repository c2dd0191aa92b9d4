"""Rules of how thoughts and times are read: tested, in force for whom they are for, taken back, and never nonsense."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.api import Engine, LessonContext
from engine.learning.changes import (
    AliasChange,
    AmbiguityRuleChange,
    Change,
    ChangeError,
    KeywordRuleChange,
    ModelChoiceChange,
    ReportHourChange,
    ThresholdChange,
    TimeMappingChange,
    from_payload,
)
from engine.learning.outcomes import AlreadyKnown, Failed, Held, Live, Refused, RolledBack
from engine.learning.task_cases import TaskFamily, task_cases
from engine.learning.task_knowledge import ReportHour
from engine.tasks.capture import Capture, capture
from engine.tasks.kinds import Ask, Kind, Priority
from engine.tasks.rules import TaskRules
from engine.understanding.snapshot import Snapshot
from store import Store, improvements
from tests.engine.learning.conftest import AT

WEDNESDAY = datetime(2026, 11, 18, 14, 0, tzinfo=UTC)
DENTIST = KeywordRuleChange("dentist", "high")
WORK_ON = AmbiguityRuleChange("work on", "what")
AFTER_WORK = TimeMappingChange("after work", "at 18:00")
MINE = TimeMappingChange("after work", "at 17:15", "personal", "ana")
DEADLINES = ThresholdChange("capture:with_deadline", 0.4)
EVENINGS = ReportHourChange("ana", 19, 6)
LARGER = ModelChoiceChange("understand", "qwen2.5:3b")


def read(engine: Engine, text: str, person: str | None = None, kind: Kind | None = None) -> Capture:
    found = capture(text, kind=kind, now=WEDNESDAY, zone=UTC, rules=engine.task_rules(person))
    assert found
    return found


def context(house: Snapshot, person: str = "adm", role: Any = "admin", source: str = "insight") -> LessonContext:
    return LessonContext(person, source, "it helps", house, AT, role=role)


def priority(engine: Engine) -> Any:
    return read(engine, "move my dentist appointment to the other clinic").priority


def asked(engine: Engine) -> Any:
    return Ask.TITLE in read(engine, "work on the big oak table", kind=Kind.TASK).asks


def at(engine: Engine, text: str, person: str | None = None) -> datetime | None:
    found = read(engine, text, person).due
    return found.at if found else None


def due(engine: Engine) -> Any:
    return at(engine, "fetch the parcel after work tomorrow")


def unsure(engine: Engine) -> Any:
    return Ask.KIND in read(engine, "zebra crossing tomorrow at 5").asks


BEHAVIOUR: dict[str, tuple[Change, Callable[[Engine], Any], Any]] = {
    "keyword": (DENTIST, priority, Priority.HIGH),
    "ambiguity": (WORK_ON, asked, True),
    "time": (AFTER_WORK, due, WEDNESDAY.replace(hour=18) + timedelta(days=1)),
    "threshold": (DEADLINES, unsure, False),
    "hour": (EVENINGS, lambda engine: engine.report_hour("ana"), ReportHour(19, 6)),
    "model": (LARGER, lambda engine: engine.chosen_models.get("understand"), "qwen2.5:3b"),
}


@pytest.mark.parametrize("kind", BEHAVIOUR)
def test_each_kind_applied_alters_what_butler_does_and_rolled_back_the_old_returns(
    engine: Engine, house: Snapshot, store: Store, kind: str
) -> None:
    """With a phrase that is in no evidence, and with the digest that was before."""
    change, does, wanted = BEHAVIOUR[kind]
    before, digest = does(engine), engine.digest()
    assert before != wanted
    who = context(house, "ana", "resident") if change.owner else context(house)
    live = engine.apply_insight(change, who)
    assert isinstance(live, Live), live
    assert does(engine) == wanted
    row = improvements.get(store, live.number)
    assert row
    assert (row.tier, row.source, row.submitted_by, row.monitoring_start) == (2, "insight", who.person, AT)
    assert isinstance(engine.roll_back(live.number, actor="adm", at=AT, reason="no"), RolledBack)
    assert (does(engine), engine.digest()) == (before, digest)
    assert isinstance(engine.redo(live.number, actor="adm", at=AT, snapshot=house), Live)
    assert does(engine) == wanted


def test_what_was_learned_of_tasks_is_there_after_a_restart(
    open_engine: Callable[[Store], Engine], store: Store, house: Snapshot
) -> None:
    first = open_engine(store)
    for change in (DENTIST, WORK_ON, AFTER_WORK, DEADLINES):
        assert isinstance(first.apply_insight(change, context(house)), Live)
    assert isinstance(first.apply_insight(EVENINGS, context(house, "ana", "resident")), Live)
    again = open_engine(store)
    assert again.digest() == first.digest()
    assert again.task_rules("ben") == first.task_rules("ben")
    assert again.report_hour("ana") == ReportHour(19, 6)
    assert again.threshold("capture:with_deadline") == 0.4


def test_a_persons_own_time_is_theirs_alone_and_stands_before_the_households(engine: Engine, house: Snapshot) -> None:
    engine.apply_insight(AFTER_WORK, context(house))
    engine.apply_insight(MINE, context(house, "ana", "resident"))
    text = "fetch the parcel after work"
    assert [at(engine, text, who) for who in ("ana", "ben", None)] == [
        WEDNESDAY.replace(hour=17, minute=15),
        WEDNESDAY.replace(hour=18),
        WEDNESDAY.replace(hour=18),
    ]


def test_in_talk_ones_own_time_is_live_at_once_and_the_households_waits(engine: Engine, house: Snapshot) -> None:
    taught = engine.lesson(MINE, context(house, "ana", "resident", "voice_command"))
    assert isinstance(taught, Live)
    assert isinstance(engine.lesson(AFTER_WORK, context(house, "ben", "resident", "voice_command")), Held)
    assert isinstance(engine.lesson(MINE, context(house, "ben", "resident", "voice_command")), Refused)


def test_a_suggestion_waits_for_an_admin(engine: Engine, house: Snapshot) -> None:
    held = engine.suggest(DENTIST, context(house, "ana", "resident", "user_suggestion"))
    assert isinstance(held, Held)
    assert priority(engine) is Priority.NORMAL
    assert isinstance(engine.approve(held.number, actor="adm", at=AT, snapshot=house), Live)
    assert priority(engine) is Priority.HIGH


def test_only_who_may_applies_an_insight(engine: Engine, house: Snapshot) -> None:
    digest = engine.digest()
    for change, person, role in (
        (DENTIST, "ana", "resident"),
        (EVENINGS, "adm", "admin"),
        (ReportHourChange("gus", 9), "gus", "guest"),
    ):
        assert isinstance(engine.apply_insight(change, context(house, person, role)), Refused)
    assert engine.digest() == digest


def test_the_later_of_two_about_the_same_counts_and_the_earlier_can_be_had_again(
    engine: Engine, house: Snapshot
) -> None:
    for wanted in ("high", "low", "high"):
        assert isinstance(engine.apply_insight(KeywordRuleChange("Dentist", wanted), context(house)), Live)
        assert priority(engine) is Priority(wanted)
    again = engine.apply_insight(KeywordRuleChange("dentist", "high"), context(house))
    assert isinstance(again, Refused | AlreadyKnown)


def test_words_that_say_how_pressing_it_is_win_over_a_learned_rule(engine: Engine, house: Snapshot) -> None:
    engine.apply_insight(KeywordRuleChange("dentist appointment", "high"), context(house))
    assert read(engine, "move the dentist appointment, no rush").priority is Priority.LOW
    assert read(engine, "urgent: move the dentist appointment").priority is Priority.URGENT


def test_a_time_that_others_were_said_with_may_be_learned_in_its_very_words(engine: Engine, house: Snapshot) -> None:
    """The words “this weekend” may come to mean Saturday morning, though golden sentences say it."""
    assert isinstance(engine.apply_insight(TimeMappingChange("this weekend", "saturday 09:00"), context(house)), Live)
    assert at(engine, "wash the car this weekend") == datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (TimeMappingChange("weekend", "at 18:00"), "case"),
        (TimeMappingChange("week", "friday"), "case"),
        (KeywordRuleChange("call", "urgent"), "case"),
        (AmbiguityRuleChange("buy", "what"), "case"),
        (AmbiguityRuleChange("remind me", "kind"), "still not asked"),
        (ThresholdChange("capture:task", 0.95), "case"),
    ],
    ids=str,
)
def test_what_would_make_other_things_be_misread_fails_and_says_which(
    engine: Engine, house: Snapshot, change: Change, why: str
) -> None:
    digest = engine.digest()
    failed = engine.apply_insight(change, context(house))
    assert isinstance(failed, Failed), failed
    assert why in " ".join(failed.reasons)
    assert engine.digest() == digest
    if why == "case":
        assert all(case.text and case.why for case in failed.cases)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (KeywordRuleChange("the", "high"), "too common"),
        (KeywordRuleChange("x" * 70, "high"), "at most"),
        (KeywordRuleChange("<b>dentist</b>", "high"), "markup"),
        (KeywordRuleChange("den\u202etist", "high"), "direction-changing"),
        (KeywordRuleChange("urgent", "urgent"), "so already"),
        (ThresholdChange("capture:task", TaskRules.base().threshold("ask_kind")), "so already"),
        (ThresholdChange("intent:light_control", 0.5), "so already"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_bad_ones_are_refused_with_a_reason(engine: Engine, house: Snapshot, change: Change, why: str) -> None:
    refused = engine.apply_insight(change, context(house))
    assert isinstance(refused, Refused), refused
    assert why in refused.text


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ({"type": "keyword_rule", "phrase": "dentist", "priority": "highest"}, "no priority"),
        ({"type": "keyword_rule", "phrase": "!!", "priority": "high"}, "no word"),
        ({"type": "ambiguity_rule", "phrase": "work on", "asks": "who"}, "nobody asks"),
        ({"type": "time_mapping", "phrase": "after work", "meaning": "whenever it suits"}, "no time"),
        ({"type": "time_mapping", "phrase": "after work", "meaning": "soon"}, "no time"),
        ({"type": "time_mapping", "phrase": "after work", "meaning": "yesterday"}, "over"),
        ({"type": "time_mapping", "phrase": "tomorrow", "meaning": "in 3 days"}, "a time already"),
        ({"type": "time_mapping", "phrase": "5 pm", "meaning": "at 6 pm"}, "a time already"),
        ({"type": "threshold", "name": "capture:task", "value": 0.1}, "between"),
        ({"type": "threshold", "name": "capture:banana", "value": 0.5}, "no threshold"),
        ({"type": "threshold", "name": "intent:greeting", "value": 0.6}, "no threshold"),
        ({"type": "threshold", "name": "intent:light_control", "value": 0.2}, "between"),
    ],
    ids=str,
)
def test_what_cannot_be_is_no_change(odd: dict[str, Any], why: str) -> None:
    shared = {} if odd["type"] == "threshold" else {"scope": "household", "owner": None}
    with pytest.raises(ChangeError, match=why):
        from_payload({**odd, **shared})


@pytest.mark.parametrize(("hour", "weekday"), [(24, None), (-1, None), (True, None), (9, 7), (9, False)])
def test_a_report_comes_at_an_hour_there_is(hour: Any, weekday: Any) -> None:
    with pytest.raises(ChangeError, match=r"no hour|no weekday"):
        ReportHourChange("ana", hour, weekday)


def test_words_of_the_home_do_not_have_the_times_read_again(engine: Engine, house: Snapshot) -> None:
    """The families of times and captures are for changes that can reach them."""
    engine.apply_insight(AFTER_WORK, context(house))
    engine.lesson(AliasChange("reading nook", "entity", "light.floor_lamp"), context(house, source="voice_command"))
    timed, other = (row.shadow_test_results["families"] for row in reversed(engine.history(2)))
    assert {"time", "capture"} <= timed.keys()
    assert {"time", "capture"}.isdisjoint(other.keys())


@pytest.mark.parametrize("family", ["time", "capture"])
def test_the_golden_times_and_captures_are_read_as_they_say(family: TaskFamily) -> None:
    cases = task_cases(family)
    assert len(cases) >= 80
    assert [(case.id, fault) for case in cases if (fault := case.read(TaskRules.base()).fault)] == []
