from __future__ import annotations

from datetime import UTC, datetime

from engine.learning.metrics import Window, figures, guards
from engine.learning.watching import Without
from store.turns import Turn, Verdict

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NOTHING = (None, None)


def turn(outcome: str = "acted", verdict: Verdict | None = None, stage: str = "pattern") -> Turn:
    return Turn("ana", "ana", AT, text="hm", interpretation={"stage": stage}, outcome=outcome, verdict=verdict)


def pair(slower_ms: float = 0.0, understood: tuple[bool, bool] = (True, True)) -> Without:
    return Without([], acts=False, milliseconds=(5.0 + slower_ms, 5.0), understood=understood)


def test_turns_are_counted_by_what_went_wrong_with_them() -> None:
    presses = Turn("ana", "ana", AT, press="b1", interpretation={"stage": None}, outcome="acted")
    found = Window.of(
        [turn(), turn("failed"), turn("not_understood"), turn(stage="llm"), turn(verdict="undone"), presses]
    )
    assert (found.turns, found.errors, found.fallbacks, found.corrections) == (5, 1, 2, 1)


def test_errors_warn_at_one_in_a_hundred_and_fail_at_five() -> None:
    levels = [
        figures(Window(), Window(200, errors=errors), NOTHING)["error_rate"]["level"] for errors in (0, 1, 2, 9, 10)
    ]
    assert levels == ["ok", "ok", "warn", "warn", "fail"]


def test_accuracy_is_to_be_above_ninety_five_and_at_most_two_points_lower() -> None:
    def level(before: float | None, now: float | None) -> str:
        return str(figures(Window(), Window(), (before, now))["accuracy"]["level"])

    assert [level(0.98, 0.97), level(0.99, 0.96), level(0.95, 0.95), level(None, None)] == ["ok", "warn", "warn", "ok"]


def test_the_slowest_turns_are_to_be_within_the_goal_and_no_fifty_milliseconds_slower() -> None:
    def found(before: float, now: float) -> tuple[str, bool]:
        figure = figures(Window(1, milliseconds=(before,)), Window(1, milliseconds=(now,)), NOTHING)["p95_ms"]
        return figure["level"], figure["within_goal"]

    assert found(1.0, 2.5) == ("ok", True)
    assert found(7.0, 8.0) == ("warn", False)
    assert found(1.0, 90.0) == ("warn", False)


def test_more_corrections_than_before_are_told() -> None:
    assert (
        figures(Window(100, corrections=5), Window(100, corrections=6), NOTHING)["correction_rate"]["level"] == "warn"
    )
    assert figures(Window(100, corrections=5), Window(100, corrections=5), NOTHING)["correction_rate"]["level"] == "ok"


def test_metrics_decide_nothing_under_fifty_pairs() -> None:
    assert guards([pair(80.0)] * 49) == ()
    assert [guard.metric for guard in guards([pair(80.0)] * 50)] == ["latency"]


def test_now_and_then_a_slow_turn_is_no_reason() -> None:
    assert guards([*[pair()] * 19, pair(80.0)] * 5) == ()
    assert guards([pair(49.0)] * 100) == ()


def test_turns_that_only_the_change_loses_are_a_reason_and_as_many_won_are_not() -> None:
    lost, won = pair(understood=(False, True)), pair(understood=(True, False))
    assert [guard.metric for guard in guards([*[pair()] * 40, *[lost] * 10])] == ["fallback"]
    assert guards([*[pair()] * 40, *[lost, won] * 10]) == ()
