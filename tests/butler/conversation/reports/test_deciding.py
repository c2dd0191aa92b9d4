"""Insights are applied and dismissed by those they concern, once, by presses and by words."""

from __future__ import annotations

from engine.learning.changes import KeywordRuleChange, ThresholdChange, TimeMappingChange
from store import improvements, insights, traces
from tests.acceptance.family import ADA, GUS, RIA, Family
from tests.butler.conversation.reports.planting import plant


def status(family: Family, number: int) -> str:
    found = insights.get(family.app.store, number)
    assert found is not None
    return found.status


def reported(family: Family, who: str = ADA) -> list[str]:
    """Have somebody ask for a report, and return the ids of the messages it came in."""
    family.say("/report", who)
    return [row.message or "" for row in family.told(who)]


def test_an_insight_is_told_in_its_format_with_three_buttons(family: Family) -> None:
    plant(family.app.store)
    family.say("/report", ADA)
    (row,) = family.told(ADA)
    assert row.payload["text"].splitlines()[0] == (
        "💡 **System Insight** – Tasks with “dentist” are important. "
        "6 of 7 tasks with “dentist” were made urgent afterwards. Shall “dentist” mean high?"
    )
    assert [label for _, label in row.payload["buttons"]] == ["Apply", "Dismiss", "Why"]


def test_applied_it_changes_what_is_written_down_and_rolled_back_it_does_not(family: Family) -> None:
    """The phrase is in none of its evidence."""
    plant(family.app.store)
    family.say("/report", ADA)
    assert "Applied" in family.press_id("n1b0", ADA)
    assert "as important" in family.say("book the dentist for next tuesday", RIA)
    assert "#1" in family.say("/history", ADA)
    assert "Rolled back #1" in family.say("/rollback 1", ADA)
    assert "as important" not in family.say("call the dentist on friday", RIA)


def test_dismissed_it_changes_nothing_and_is_not_shown_again(family: Family) -> None:
    plant(family.app.store)
    family.say("/report", ADA)
    assert "Dismissed" in family.press_id("n1b1", ADA)
    assert "as important" not in family.say("book the dentist for next tuesday", RIA)
    assert "nothing new" in family.say("/report", ADA)
    assert len(family.told(ADA)) == 1


def test_why_explains_and_leaves_the_other_buttons(family: Family) -> None:
    plant(family.app.store)
    family.say("/report", ADA)
    told = family.press_id("n1b2", ADA)
    assert "frequency × impact × confidence × actionability = 6 × 3 × 0.63 × 0.8" in told
    assert "Applied" in family.press_id("n1b0", ADA)


def test_a_second_press_does_nothing(family: Family) -> None:
    plant(family.app.store)
    family.say("/report", ADA)
    family.press_id("n1b0", ADA)
    assert "already answered" in family.press_id("n1b0", ADA)
    assert "already answered" in family.press_id("n1b1", ADA)
    assert len(improvements.listing(family.app.store)) == 1
    assert status(family, 1) == "applied"


def test_words_apply_the_only_one_that_is_open(family: Family) -> None:
    plant(family.app.store)
    family.say("/report", ADA)
    assert "Applied" in family.say("apply", ADA)
    assert "No insight is open" in family.say("apply", ADA)
    assert "applied already by you as #1" in family.say("apply 1", ADA)


def test_bare_words_ask_which_where_several_are_open(family: Family) -> None:
    for phrase in ("dentist", "rent", "taxes"):
        plant(family.app.store, KeywordRuleChange(phrase, "high"))
    family.say("/report", ADA)
    assert "Which one? Say “apply 1”" in family.say("apply", ADA)
    assert "“rent”" in family.say("2", ADA)
    assert [status(family, number) for number in (1, 2, 3)] == ["delivered", "applied", "delivered"]
    assert "Dismissed" in family.say("dismiss #3", ADA)
    assert "Applied" in family.say("apply", ADA)


def test_a_reply_means_the_one_replied_to(family: Family) -> None:
    for phrase in ("dentist", "rent"):
        plant(family.app.store, KeywordRuleChange(phrase, "high"))
    messages = reported(family)
    heard = family.app.handle(family.app.member(ADA), ADA, text="dismiss", reply_to=messages[1])  # type: ignore[arg-type]
    assert heard.outcome == "insight_dismissed"
    assert [status(family, number) for number in (1, 2)] == ["delivered", "dismissed"]
    why = family.app.handle(family.app.member(ADA), ADA, text="why?", reply_to=messages[0])  # type: ignore[arg-type]
    assert "Its weight is 5.00" in why.messages[0].text


def test_why_alone_speaks_of_what_was_just_done_where_something_was(family: Family) -> None:
    plant(family.app.store)
    family.say("/report", ADA)
    family.clock.move_to(family.clock.after(5))
    family.say("turn on the kitchen light", ADA)
    assert "Its weight" not in family.say("why", ADA)


def test_words_that_speak_of_no_insight_are_understood_as_ever(family: Family) -> None:
    assert "insight" not in family.say("apply", RIA)
    assert "insight" not in family.say("why", RIA)


def test_guests_get_none_and_residents_only_their_own(family: Family) -> None:
    plant(family.app.store)
    plant(family.app.store, TimeMappingChange("after work", "at 18:00", "personal", RIA), owner=RIA)
    plant(family.app.store, TimeMappingChange("after work", "at 17:00", "personal", GUS), owner=GUS)
    family.say("/report", RIA)
    family.say("/report", GUS)
    family.say("/report", ADA)
    assert ["after work" in row.payload["text"] for row in family.told(RIA)] == [True]
    assert family.told(GUS) == []
    assert ["dentist" in row.payload["text"] for row in family.told(ADA)] == [True]
    assert "takes an admin" in family.say("apply 1", RIA)
    assert "no insight 2 for you" in family.say("apply 2", ADA)
    assert "no insight 3 for you" in family.say("apply 3", GUS)
    assert "Applied" in family.say("apply 2", RIA)


def test_who_is_no_admin_any_more_decides_nothing_for_the_household(family: Family) -> None:
    plant(family.app.store)
    family.say("/report", ADA)
    family.admit(ADA, "resident", "Ada")
    assert "takes an admin" in family.press_id("n1b0", ADA)
    assert "someone else" in family.press_id("n1b1", RIA)
    assert status(family, 1) == "delivered"


def test_what_one_admin_decided_another_cannot(family: Family) -> None:
    family.admit(RIA, "admin", "Ria")
    plant(family.app.store)
    family.say("/report", ADA)
    family.say("/report", RIA)
    family.say("apply 1", RIA)
    assert "already answered" in family.press_id("n1b1", ADA)
    assert "applied already by Ria as #1" in family.say("dismiss 1", ADA)


def test_what_fails_its_test_says_which_case_stood_in_the_way(family: Family) -> None:
    plant(family.app.store, ThresholdChange("capture:task", 0.95))
    family.say("/report", ADA)
    told = family.press_id("n1b0", ADA)
    assert "failed" in told
    assert "case capture:" in told
    assert "stood in the way" in told
    assert status(family, 1) == "failed"
    assert "tested already and failed: case capture:" in family.say("apply 1", ADA)


def test_a_restart_between_report_and_press_changes_nothing(family: Family) -> None:
    plant(family.app.store)
    family.say("/report", ADA)
    family.restart()
    assert "Applied" in family.press_id("n1b0", ADA)
    family.restart()
    assert "already answered" in family.press_id("n1b0", ADA)
    assert "as important" in family.say("book the dentist for next tuesday", RIA)


def test_an_applied_insight_is_undone_by_who_applied_it(family: Family) -> None:
    plant(family.app.store, TimeMappingChange("after work", "at 18:00", "personal", RIA), owner=RIA)
    family.say("/report", RIA)
    family.press_id("n1b0", RIA)
    assert "Rolled back #1" in family.press("Undo", RIA)


def test_an_answer_in_words_is_logged_as_a_press_is(family: Family) -> None:
    """Who answers when is asked of these."""
    plant(family.app.store)
    family.say("/report", ADA)
    family.clock.move_to(family.clock.after(90))
    family.say("dismiss", ADA)
    turn = family.replies[-1].turn
    assert turn is not None
    (press,) = [entry for entry in traces.by_turn(family.app.store, turn) if entry.stage == "press"]
    assert press.metadata["notice_kind"] == "insight"
    assert press.metadata["after_s"] == 90.0


def test_insights_are_listed_with_what_came_of_them(family: Family) -> None:
    plant(family.app.store)
    plant(family.app.store, KeywordRuleChange("rent", "high"))
    family.say("/report", ADA)
    family.say("apply 1", ADA)
    assert "2. Tasks with “rent” are important." in family.say("/insights", ADA)
    assert "(applied as #1)" in family.say("/insights all", ADA)
    assert "I have no insight" in family.say("/insights", RIA)


def test_in_a_group_nothing_is_reported(family: Family) -> None:
    plant(family.app.store)
    assert "private chat" in family.say("/report", ADA, chat="telegram:-100")
    assert family.told(ADA) == []
