"""The stdio contract through one real process: words taught over it, compounds, users, and homes from files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.household import Household
from tests.butler.process import Stdio

HOUSE = {
    "floors": [{"name": "Ground Floor", "level": 0}],
    "areas": [{"name": "Larder", "floor": "Ground Floor"}, {"name": "Loft"}],
    "entities": [
        {"entity_id": "light.larder", "name": "Larder Lamp", "area": "Larder"},
        {"entity_id": "light.loft", "name": "Loft Lamp", "area": "Loft", "aliases": ["top light"]},
        {"entity_id": "switch.pump", "name": "Pump", "area": "larder"},
        {"entity_id": "lock.hatch", "name": "Hatch", "area": "Loft"},
    ],
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("house") / "house.json"
    path.write_text(json.dumps(HOUSE))
    return path


@pytest.fixture(scope="module")
def running(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stdio]:
    with Stdio(tmp_path_factory.mktemp("data"), "--home", str(house), "--admin", "Root", "--guest", "gil") as process:
        yield process


@pytest.fixture
def stdio(running: Stdio) -> Stdio:
    assert running.ask({"op": "reset"}) == {"ok": True}
    return running


def text_of(answer: dict[str, Any]) -> str:
    """Return all that was said."""
    return "\n".join(message["text"] for message in answer["messages"])


def test_a_word_taught_over_the_pipe_is_shown_used_kept_by_a_restart_and_taken_back(
    house: Path, tmp_path: Path
) -> None:
    """With the whole golden set and real processes, as anyone would start them."""
    given = ("--home", str(house), "--admin", "Root")
    with Stdio(tmp_path, *given) as first:
        before = first.ask({"op": "knowledge"})
        assert "(#1)" in text_of(first.say("when I say glow worm I mean the top light"))
        after = first.ask({"op": "knowledge"})
        assert [call["entity_id"] for call in first.say("turn on the glow worm")["calls"]] == ["light.loft"]
        shared = {"phrase": "glow worm", "target": "light.loft", "scope": "household", "owner": None, "improvement": 1}
        assert after["aliases"] == [shared]
        assert after["version"] > before["version"]
        assert first.end() == 0
    with Stdio(tmp_path, *given) as second:
        assert second.ask({"op": "knowledge"}) == after
        assert [call["entity_id"] for call in second.say("turn on the glow worm")["calls"]] == ["light.loft"]
        assert "Rolled back #1" in text_of(second.say("/rollback 1", user="Root"))
        last = second.ask({"op": "knowledge"})
        assert (last["digest"], last["aliases"]) == (before["digest"], [])
        assert last["version"] > after["version"]
        assert second.say("turn on the glow worm")["calls"] == []


def test_a_personal_word_shows_its_owner_and_reset_keeps_it(home: Household) -> None:
    """What was learned stays; the home and open questions do not."""
    home.say("my glow is the floor lamp", "bo")
    home.ask({"op": "reset"})
    (row,) = home.knowledge["aliases"]
    assert (row["phrase"], row["scope"], row["owner"]) == ("my glow", "personal", "bo")
    home.say("turn on my glow", "ana")
    assert home.called == []
    home.say("turn on my glow", "bo")
    assert home.called == ["light.floor_lamp"]


def test_a_synonym_is_shown_with_what_it_stands_for(home: Household) -> None:
    home.say("when I say fire up I mean turn on")
    (row,) = home.knowledge["synonyms"]
    assert (row["phrase"], row["replacement"], row["scope"]) == ("fire up", "turn on", "household")


def test_a_compound_shows_its_parts_and_its_targets_are_sorted_ids(stdio: Stdio) -> None:
    """The fields of the whole are those of the first part."""
    found = stdio.say("turn on the loft lamp and then turn on the pump")["interpretation"]
    assert [part["targets"] for part in found["clauses"]] == [["light.loft"], ["switch.pump"]]
    assert found["intent"] == found["clauses"][0]["intent"] == "light_control"
    assert found["targets"] == ["light.loft"]
    both = stdio.say("turn on the loft lamp and the larder lamp")
    assert [call["entity_id"] for call in both["calls"]] == [["light.larder", "light.loft"]]
    ids = stdio.say("turn off all the lights")["interpretation"]["targets"]
    assert ids == sorted(ids) == ["light.larder", "light.loft"]


def test_users_are_told_apart_by_case(stdio: Stdio) -> None:
    """Root is an admin, root is nobody in particular."""
    assert "admins only" in text_of(stdio.say("/pending", user="root"))
    assert "admins only" not in text_of(stdio.say("/pending", user="Root"))


def test_a_chat_is_the_users_own_unless_it_is_named_and_questions_stay_in_theirs(stdio: Stdio) -> None:
    """A yes in another chat answers nothing."""
    asked = stdio.say("unlock the hatch", chat="family")
    assert {message["to"] for message in asked["messages"]} == {"family"}
    elsewhere = stdio.say("yes")
    assert {message["to"] for message in elsewhere["messages"]} == {"ana"}
    assert elsewhere["calls"] == []
    assert [call["service"] for call in stdio.say("yes", chat="family")["calls"]] == ["lock.unlock"]


def test_no_time_may_pass_but_none_may_go_back(stdio: Stdio) -> None:
    """Advancing by nothing is legal and moves nothing."""
    before = text_of(stdio.say("what time is it"))
    assert set(stdio.ask({"op": "advance", "seconds": 0})) == {"messages", "calls", "interpretation", "turn"}
    assert text_of(stdio.say("what time is it")) == before
    assert "error" in stdio.ask({"op": "advance", "seconds": -0.5})
    stdio.ask({"op": "advance", "seconds": 3_600})
    assert text_of(stdio.say("what time is it")) != before


def test_what_is_no_turn_has_neither_a_number_nor_an_interpretation(stdio: Stdio) -> None:
    """Turns count up by one a message or press."""
    first = stdio.say("hello")["turn"]
    advanced = stdio.ask({"op": "advance", "seconds": 1})
    assert (advanced["turn"], advanced["interpretation"]) == (None, None)
    assert stdio.ask({"user": "ana", "press": "nothing"})["turn"] == first + 1


@pytest.mark.parametrize(
    "request_",
    [
        {"user": "ana"},
        {"text": "hello"},
        {"user": "ana", "text": "hello", "press": "b"},
        {"user": "", "text": "hello"},
        {"user": 7, "text": "hello"},
        {"user": "ana", "text": None},
        {"user": "ana", "text": "hello", "color": "red"},
        {"op": "advance"},
        {"op": "advance", "seconds": "60"},
        {"op": "advance", "seconds": True},
        {"op": "set", "state": "on"},
        {"op": "set", "entity_id": "light.loft", "attributes": []},
        {"op": "fault", "entity_id": "light.nowhere", "fault": "ok"},
        {"op": "fault", "entity_id": "light.loft", "fault": "slow:soon"},
        {"op": None},
    ],
    ids=json.dumps,
)
def test_a_request_that_is_not_quite_one_is_an_error_and_changes_nothing(
    stdio: Stdio, request_: dict[str, Any]
) -> None:
    """It is told in one line, and the next line is answered."""
    before = stdio.ask({"op": "states"})
    assert set(stdio.ask(request_)) == {"error"}
    assert stdio.ask({"op": "states"}) == before
