"""A security alarm is only read: no words switch it, and none of them touch the alarm that wakes people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store import rings, schedules
from tests.butler.conversation.conftest import Chat


@pytest.mark.parametrize(
    "said",
    ["disarm the alarm", "disarm the alarm at 7", "arm the alarm", "please arm the alarm at 22:00", "arm the house"],
)
def test_arming_says_how_the_panel_stands_and_leaves_waking_alarms_alone(chat: Chat, said: str) -> None:
    chat.say("wake me at 7")
    told = chat.say(said)
    assert told.startswith("I only ever read sirens and security alarms")
    assert "The house alarm is disarmed." in told
    assert len(rings.of_user(chat.store, "ana")) == 1
    assert schedules.of_user(chat.store, "ana") == []
    assert chat.last.calls == ()


def test_a_home_without_a_panel_is_told_so(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = chat.home.snapshot()
    bare = replace(whole, entities=tuple(one for one in whole.entities if one.domain != "alarm_control_panel"))
    monkeypatch.setattr(chat.home, "snapshot", lambda: bare)
    assert chat.say("disarm the alarm").startswith("I know of no security alarm in this home")


def test_an_alarm_clock_is_still_called_off_by_its_own_words(chat: Chat) -> None:
    chat.say("wake me at 7")
    chat.say("turn off the alarm at 7")
    assert rings.of_user(chat.store, "ana") == []
