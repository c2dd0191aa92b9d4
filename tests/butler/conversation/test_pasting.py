"""Several lines in a message are clauses of it; what was pasted is done nothing about."""

from __future__ import annotations

import pytest

from butler.conversation.pasting import as_clauses
from tests.acceptance.family import Family


def test_two_lines_are_two_commands_and_what_is_guarded_waits_for_a_press(family: Family) -> None:
    said = family.say("turn on the kitchen light\nunlock the front door")
    assert family.state("light.kitchen") == "on"
    assert "front door" in said
    assert family.state("lock.front_door") == "locked"
    family.press("Yes, unlock the front door")
    assert family.state("lock.front_door") == "unlocked"


@pytest.mark.parametrize(
    "text",
    [
        "turn on the kitchen light\nturn on the desk lamp\nturn on the bedside lamp\nopen the blinds\nunlock the door",
        "- turn on the kitchen light\n- turn on the desk lamp",
        "1. turn on the kitchen light\n2. turn on the desk lamp",
    ],
)
def test_a_pasted_list_of_commands_does_nothing(family: Family, text: str) -> None:
    assert "changed nothing" in family.say(text)
    assert family.replies[-1].calls == ()


@pytest.mark.parametrize("text", ["hello\nturn on the desk lamp", "turn on\nthe desk lamp", "buy milk"])
def test_lines_that_are_not_all_commands_stay_as_they_are(text: str) -> None:
    assert as_clauses(text) == text
