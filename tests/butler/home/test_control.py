"""What is reported is what the home's states say, never what was hoped for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from butler.home.control import ActionReport, carry_out
from butler.home.demo import DemoHome
from butler.home.errors import HomeUnreachableError
from butler.home.port import Call, Outcome
from butler.home.undo import undo_calls
from engine.understanding.snapshot import Snapshot
from tests.butler.home.house import ManualTime, demo_home, done, shown

LAMP, HALL = "light.floor_lamp", "light.hall"


def kinds(report: ActionReport) -> dict[str, Outcome]:
    return {outcome.entity_id: outcome.outcome for outcome in report.outcomes}


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("unavailable", Outcome.UNAVAILABLE),
        ("error", Outcome.ERROR),
        ("no_effect", Outcome.UNCHANGED),
        ("slow:60", Outcome.TIMED_OUT),
        ("slow:1", Outcome.CHANGED),
        ("ok", Outcome.CHANGED),
    ],
)
@pytest.mark.parametrize("slots", [{"action": "off"}, {"action": "toggle"}, {"action": "set", "brightness": 10}])
def test_a_fault_is_told_for_what_it_is(fault: str, outcome: Outcome, slots: dict[str, Any]) -> None:
    home = demo_home()
    home.fault(LAMP, fault)
    report = done(home, "light_control", slots, LAMP, HALL)
    assert kinds(report) == {LAMP: outcome, HALL: Outcome.CHANGED}
    assert report.succeeded == (outcome is Outcome.CHANGED)


def test_nothing_is_called_for_what_is_not_there() -> None:
    home = demo_home()
    home.fault(LAMP, "unavailable")
    report = carry_out(home, [Call("light.turn_on", (LAMP, "light.moon"))])
    assert report.calls == ()
    assert kinds(report) == {LAMP: Outcome.UNAVAILABLE, "light.moon": Outcome.UNAVAILABLE}
    assert "light.moon" not in report.before


def test_a_scene_that_is_unavailable_is_told_so() -> None:
    home = demo_home()
    home.fault("scene.reading", "unavailable")
    report = done(home, "scene_activate", {"action": "activate"}, "scene.reading")
    assert kinds(report) == {"scene.reading": Outcome.UNAVAILABLE}
    assert report.calls == ()


def test_what_is_as_wanted_is_already_so() -> None:
    home = demo_home()
    assert kinds(done(home, "light_control", {"action": "on"}, HALL)) == {HALL: Outcome.ALREADY}
    assert kinds(done(home, "cover_control", {"action": "close"}, "cover.garage_door")) == {
        "cover.garage_door": Outcome.ALREADY
    }


def test_as_bright_as_it_gets_is_already_so() -> None:
    report = done(demo_home(), "light_control", {"action": "increase"}, "light.worktop")
    assert kinds(report) == {"light.worktop": Outcome.ALREADY}


@pytest.mark.parametrize(
    ("intent", "slots", "entity_id"),
    [
        ("light_control", {"action": "set", "color": "green"}, "light.bedroom"),
        ("climate_control", {"action": "set", "temperature": 25}, "climate.thermostat"),
        ("cover_control", {"action": "set", "position": 10}, "cover.study_blind"),
        ("media_control", {"action": "next"}, "media_player.kitchen_speaker"),
        ("media_control", {"action": "set", "volume": 90}, "media_player.tv"),
        ("fan_control", {"action": "set", "speed": 100}, "fan.bathroom"),
        ("scene_activate", {"action": "activate"}, "scene.reading"),
        ("lock_control", {"action": "unlock"}, "lock.front_door"),
    ],
)
def test_a_device_that_ignores_a_call_is_never_called_done(intent: str, slots: dict[str, Any], entity_id: str) -> None:
    home = demo_home()
    home.fault(entity_id, "no_effect")
    assert kinds(done(home, intent, slots, entity_id)) == {entity_id: Outcome.UNCHANGED}


def test_all_calls_share_one_deadline() -> None:
    time = ManualTime()
    home = demo_home(time=time)
    home.fault(LAMP, "slow:4")
    home.fault(HALL, "slow:4")
    calls = [Call("light.turn_off", (LAMP,)), Call("light.turn_off", (HALL,))]
    report = carry_out(home, calls, deadline_s=5, monotonic=time.monotonic)
    assert kinds(report) == {LAMP: Outcome.CHANGED, HALL: Outcome.TIMED_OUT}
    assert sum(time.slept) == 5


def test_the_states_before_are_kept_and_lead_back() -> None:
    home = demo_home()
    original = home.states()
    report = done(home, "light_control", {"action": "set", "brightness": 5}, LAMP, HALL, "light.bedroom")
    assert set(report.before) == {LAMP, HALL, "light.bedroom"}
    undone = carry_out(home, undo_calls(report.before, report.after), monotonic=lambda: 0.0)
    assert undone.succeeded
    assert home.states() == original


def test_an_undo_of_several_steps_is_judged_by_its_end() -> None:
    home = demo_home()
    speaker = "media_player.kitchen_speaker"
    home.set(speaker, "paused")
    report = done(home, "media_control", {"action": "play", "media": "something else"}, speaker)
    calls = undo_calls(report.before, report.after)
    assert len(calls) == 2
    assert kinds(carry_out(home, calls, monotonic=lambda: 0.0)) == {speaker: Outcome.CHANGED}
    assert shown(home, speaker)["media_title"] == "Paper Boats"


def test_no_calls_are_no_success() -> None:
    report = carry_out(demo_home(), [])
    assert report == ActionReport()
    assert not report.succeeded


class _Vanishing:
    """A home that goes away after its first snapshot."""

    def __init__(self, home: DemoHome, call: Callable[[Call, float], None]) -> None:
        self._home, self._call = home, call
        self.reads = 0

    def snapshot(self) -> Snapshot:
        self.reads += 1
        if self.reads > 1:
            raise HomeUnreachableError("gone")
        return self._home.snapshot()

    def call(self, call: Call, timeout_s: float) -> None:
        self._call(call, timeout_s)

    def states(self) -> dict[str, dict[str, Any]]:
        return self._home.states()


def test_what_could_not_be_read_back_is_an_error_and_its_call_is_told() -> None:
    home = demo_home()
    report = carry_out(_Vanishing(home, home.call), [Call("light.turn_off", (LAMP,))])
    assert kinds(report) == {LAMP: Outcome.ERROR}
    assert [call.entity_ids for call in report.calls] == [(LAMP,)]
    assert report.before[LAMP].state == "on"


def test_undo_takes_no_call_for_what_did_not_change_or_cannot_be_reached() -> None:
    home = demo_home()
    before = home.snapshot().by_id
    assert undo_calls(before, before) == []
    home.call(Call("light.turn_off", (LAMP,)), 5)
    home.fault(LAMP, "unavailable")
    assert undo_calls(before, home.snapshot().by_id) == []
