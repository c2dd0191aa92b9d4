"""A crash between a change going live and its insight being noted as applied: a second apply closes it, once."""

from __future__ import annotations

import pytest

from engine.learning.changes import (
    AmbiguityRuleChange,
    Change,
    KeywordRuleChange,
    ReportHourChange,
    TimeMappingChange,
)
from store import Action, LearningWriter, Status, improvements, insights
from tests.acceptance.family import ADA, Family
from tests.butler.conversation.crashing import killed_at
from tests.butler.conversation.reports.planting import plant

CHANGES: list[tuple[Change, str | None]] = [
    (KeywordRuleChange("dentist", "high"), None),
    (AmbiguityRuleChange("sort out", "when"), None),
    (TimeMappingChange("after school", "16:00", "personal", ADA), ADA),
    (ReportHourChange(ADA, 19), ADA),
]


def standing(family: Family) -> list[tuple[int, Status]]:
    return [(one.number, one.status) for one in improvements.listing(family.app.store)]


def insight_is(family: Family, number: int = 1) -> tuple[str, int | None]:
    found = insights.get(family.app.store, number)
    assert found is not None
    return found.status, found.improvement


@pytest.mark.parametrize(("change", "owner"), CHANGES, ids=[change.type for change, _ in CHANGES])
def test_what_went_live_is_only_noted(family: Family, change: Change, owner: str | None) -> None:
    """There is one improvement and one deployment, and the insight is applied as that."""
    plant(family.app.store, change, owner=owner)
    family.say("/report", ADA)
    with killed_at(insights, "decide"):
        family.say("apply 1", ADA)
    assert insight_is(family) == ("delivered", None)
    assert "Applied" in family.say("apply 1", ADA)
    assert insight_is(family) == ("applied", 1)
    assert standing(family) == [(1, Status.APPLIED)]
    actions = [entry.action for entry in improvements.audit(family.app.store, 1)]
    assert actions.count(Action.APPLIED) == 1
    assert "applied already by you as #1" in family.say("apply 1", ADA)


@pytest.mark.parametrize("step", ["record_test", "approve", "deploy"])
def test_what_was_only_begun_is_brought_to_its_end(family: Family, step: str) -> None:
    """It goes live under the number it had."""
    plant(family.app.store)
    family.say("/report", ADA)
    with killed_at(LearningWriter, step):
        family.say("apply 1", ADA)
    family.restart()
    assert "Applied" in family.say("apply 1", ADA)
    assert insight_is(family) == ("applied", 1)
    assert standing(family) == [(1, Status.APPLIED)]


def test_what_was_taken_back_meanwhile_is_not_put_in_force_again(family: Family) -> None:
    plant(family.app.store)
    family.say("/report", ADA)
    with killed_at(insights, "decide"):
        family.say("apply 1", ADA)
    family.say("/rollback 1", ADA)
    assert "taken back since" in family.say("apply 1", ADA)
    assert insight_is(family)[0] == "failed"
    assert standing(family) == [(1, Status.ROLLED_BACK)]


def test_what_an_insight_took_back_is_noted_as_that(family: Family) -> None:
    """The improvement it speaks of is out of force because of it."""
    plant(family.app.store)
    family.say("/report", ADA)
    family.say("apply 1", ADA)
    insights.add(
        family.app.store,
        insights.NewInsight("rollback", "It made things worse", "More was amended.", "Shall I take it back?",
                            {"type": "rollback", "improvement": 1}, 4.0, family.clock.now()),
    )  # fmt: skip
    family.say("/report", ADA)
    with killed_at(insights, "decide"):
        family.say("apply 2", ADA)
    assert "took #1 back already" in family.say("apply 2", ADA)
    assert insight_is(family, 2) == ("applied", 1)
