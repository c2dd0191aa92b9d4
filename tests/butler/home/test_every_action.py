"""Every domain and action: planned, carried out, read back, and undone exactly."""

from __future__ import annotations

from typing import Any

import pytest

from butler.home.port import Outcome
from butler.home.undo import undo_calls
from engine.understanding.intents import INTENTS
from tests.butler.home.action_cases import CASES, Case
from tests.butler.home.house import demo_home, done, planned, shown

UNCHANGING = {("vacuum_control", "locate"), ("cover_control", "stop"), ("valve_control", "stop")}
STAMPED = {("scene_activate", "activate")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]}-{'-'.join(map(str, case[2].values()))}")
def test_an_action_changes_the_device_and_is_undone_exactly(case: Case) -> None:
    intent, entity_id, slots, service, prepared, state, attributes = case
    home = demo_home()
    home.set(entity_id, prepared.get("state"), {key: value for key, value in prepared.items() if key != "state"})
    original = home.states()

    assert [call.service for call in planned(home, intent, slots, entity_id).calls] == [service]
    report = done(home, intent, slots, entity_id)
    after = shown(home, entity_id)

    assert [(o.entity_id, o.outcome) for o in report.outcomes] == [(entity_id, Outcome.CHANGED)]
    assert after == {**after, **{k: v for k, v in attributes.items() if k != "state"}, "state": state}
    for call in undo_calls(report.before, report.after):
        home.call(call, 5)
    assert home.states() == original


def test_every_action_of_every_intent_that_acts_has_a_case() -> None:
    declared = {(name, action) for name, intent in INTENTS.items() if intent.acts for action in intent.actions}
    assert declared == {(case[0], case[2]["action"]) for case in CASES} | UNCHANGING | STAMPED


@pytest.mark.parametrize("scene", ["scene.movie_night", "scene.reading", "script.good_night", "script.lock_up"])
def test_a_scene_or_script_moves_its_members_and_is_undone_with_them(scene: str) -> None:
    home = demo_home()
    home.set("lock.front_door", "unlocked")
    original = home.states()

    report = done(home, "scene_activate", {"action": "activate"}, scene)

    assert [o.outcome for o in report.outcomes] == [Outcome.CHANGED]
    assert len(report.before) > 1
    for call in undo_calls(report.before, report.after):
        home.call(call, 5)
    now = home.states()
    assert {i for i in now if now[i] != original[i]} == {scene}


def test_a_scene_gives_its_members_the_states_it_names() -> None:
    home = demo_home()
    done(home, "scene_activate", {"action": "activate"}, "scene.movie_night")
    lamp = shown(home, "light.floor_lamp")
    assert (lamp["state"], lamp["brightness"], lamp["color_temp_kelvin"]) == ("on", 51, 2200)
    assert shown(home, "cover.living_room_blinds")["current_position"] == 0
    assert shown(home, "media_player.tv")["state"] == "on"


@pytest.mark.parametrize("slots", [{"action": "locate"}, {"action": "start"}])
def test_a_vacuum_that_was_called_counts_as_done(slots: dict[str, Any]) -> None:
    assert done(demo_home(), "vacuum_control", slots, "vacuum.robot").succeeded


def test_stopping_what_does_not_move_is_already_so() -> None:
    report = done(demo_home(), "cover_control", {"action": "stop"}, "cover.study_blind")
    assert [o.outcome for o in report.outcomes] == [Outcome.ALREADY]


def test_stopping_a_cover_on_its_way_stops_it() -> None:
    home = demo_home()
    home.set("cover.study_blind", "closing", {"current_position": 40})
    assert done(home, "cover_control", {"action": "stop"}, "cover.study_blind").succeeded
    assert shown(home, "cover.study_blind")["state"] == "open"
