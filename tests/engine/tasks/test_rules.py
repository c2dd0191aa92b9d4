"""The rules that ship, and documents of rules."""

from __future__ import annotations

import pytest

from engine.tasks.kinds import Ask, Kind, Priority
from engine.tasks.rules import AmbiguityRule, KeywordRule, TaskRules


def test_the_rules_that_ship_name_a_share_for_each_kind_of_evidence() -> None:
    rules = TaskRules.base()
    assert 0 < rules.threshold("write_down") < rules.threshold("guess") < rules.threshold("ask_kind")
    assert rules.threshold("ask_kind") < rules.threshold("shape") < rules.threshold("explicit") <= 1


def test_no_phrase_stands_twice_in_the_rules_that_ship() -> None:
    phrases = [rule.phrase for rule in TaskRules.base().keywords]
    assert len(phrases) == len(set(phrases))


def test_rules_come_from_a_document() -> None:
    rules = TaskRules.from_document(
        {
            "keyword": [{"phrase": "The Tax!", "priority": "high"}],
            "ambiguous": [{"phrase": "sort out", "asks": "when"}],
            "time": [{"phrase": "after work", "meaning": "at 18:00"}],
            "thresholds": {"guess": 0.3},
        }
    )
    assert rules.keywords == (KeywordRule("the tax", Priority.HIGH),)
    assert rules.ambiguous == (AmbiguityRule("sort out", Ask.WHEN),)
    assert [(time.phrase, time.meaning) for time in rules.times] == [("after work", "at 18:00")]
    assert rules.threshold("guess") == 0.3


def test_a_threshold_that_rules_leave_out_is_the_shipped_one_and_an_unknown_one_is_an_error() -> None:
    assert TaskRules().threshold("shape") == TaskRules.base().threshold("shape")
    with pytest.raises(KeyError):
        TaskRules().threshold("nothing like it")


@pytest.mark.parametrize(
    "document",
    [
        {"keyword": [{"priority": "high"}]},
        {"keyword": [{"phrase": "tax", "priority": "huge"}]},
        {"ambiguous": [{"phrase": "tax", "asks": "who"}]},
        {"time": [{"phrase": "...", "meaning": "at 5"}]},
    ],
)
def test_a_rule_that_says_nothing_is_an_error(document: dict[str, list[dict[str, str]]]) -> None:
    with pytest.raises(ValueError, match=r"phrase|huge|who"):
        TaskRules.from_document(document)


def test_priorities_have_an_order_and_kinds_know_what_rings() -> None:
    assert sorted(Priority, key=lambda priority: priority.rank) == ["low", "normal", "high", "urgent"]
    assert [kind for kind in Kind if kind.rings] == [Kind.REMINDER, Kind.ALARM]
