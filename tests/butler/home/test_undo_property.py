"""From any state that actions can lead to, any further action is undone exactly."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from butler.home.undo import undo_calls
from engine.understanding.intents import INTENTS
from tests.butler.home.house import demo_home, done

PERCENT = st.integers(0, 100)
VALUES = {
    "light_control": {
        "brightness": PERCENT,
        "step": PERCENT,
        "color": st.sampled_from(["red", "teal", "white", "amber"]),
        "color_temp": st.integers(2000, 6500),
    },
    "fan_control": {"speed": PERCENT, "step": PERCENT},
    "climate_control": {
        "temperature": st.integers(10, 29),
        "hvac_mode": st.sampled_from(["heat", "cool", "off"]),
        "step": st.integers(0, 9),
    },
    "cover_control": {"position": PERCENT, "step": PERCENT},
    "media_control": {
        "volume": PERCENT,
        "step": PERCENT,
        "media": st.sampled_from(["jazz", "Paper Boats", "the news"]),
        "source": st.sampled_from(["Radio", "Spotify"]),
    },
}
DEVICES = {
    "light_control": ("light.floor_lamp", "light.bedroom", "light.hall", "light.garage", "light.desk_lamp"),
    "switch_control": ("switch.sprinkler", "input_boolean.guest_mode"),
    "fan_control": ("fan.bedroom", "fan.bathroom"),
    "climate_control": ("climate.thermostat", "climate.bedroom_ac"),
    "cover_control": ("cover.study_blind", "cover.garage_door"),
    "valve_control": ("valve.water_main",),
    "lock_control": ("lock.front_door",),
    "media_control": ("media_player.tv", "media_player.kitchen_speaker", "media_player.bedroom_speaker"),
    "vacuum_control": ("vacuum.robot",),
}


@st.composite
def stories(draw: st.DrawFn) -> tuple[str, str, list[dict[str, Any]]]:
    intent = draw(st.sampled_from(sorted(DEVICES)))
    slots = st.fixed_dictionaries({"action": st.sampled_from(INTENTS[intent].actions)}, optional=VALUES.get(intent, {}))
    return intent, draw(st.sampled_from(DEVICES[intent])), draw(st.lists(slots, min_size=1, max_size=5))


@given(story=stories())
@settings(max_examples=400, deadline=None, derandomize=True)
def test_the_last_of_any_actions_is_undone_exactly(story: tuple[str, str, list[dict[str, Any]]]) -> None:
    intent, entity_id, actions = story
    home = demo_home()
    for slots in actions[:-1]:
        done(home, intent, slots, entity_id)
    before = home.states()

    report = done(home, intent, actions[-1], entity_id)
    for call in undo_calls(report.before, report.after):
        home.call(call, 5)

    assert home.states() == before
