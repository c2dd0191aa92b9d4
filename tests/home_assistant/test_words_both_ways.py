"""Words go both ways: what was taught into Home Assistant, what it calls things into Butler, and nothing else moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from butler.conversation.messages import Person, Role
from butler.conversation.settings import Settings
from butler.home import Home
from butler.home.alias_exchange import AliasEdit
from butler.home.assistant import AssistantHome
from butler.home.custom_sentences import TaughtPattern, custom_sentences
from tests.home_assistant import conftest
from tests.home_assistant.conftest import Talk
from tests.home_assistant.stand_in import StandIn

Talking = Callable[[Home, Settings], Talk]


@pytest.fixture
def talk(server: StandIn, home: AssistantHome, talking: Talking, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Return an admin's conversation in which a lamp has a word of the household's."""
    monkeypatch.setattr(conftest, "_ANA", Person("ana", Role.ADMIN))
    talk = talking(home, Settings(call_timeout_s=2.0))
    assert "big bertha" in talk.say("when I say big bertha I mean the table lamp")
    return talk


def aliases(server: StandIn, entity_id: str) -> list[Any]:
    return list(server.house.entries[entity_id]["aliases"])


def test_a_taught_word_is_written_after_a_press_and_taken_back_by_one(server: StandIn, talk: Talk) -> None:
    server.house.entries["light.table"]["aliases"] = [None, "reading lamp"]
    said = talk.say("/export")
    assert "Table Lamp: “big bertha”" in said
    assert aliases(server, "light.table") == [None, "reading lamp"]
    assert "knows them now" in talk.press("Yes")
    assert aliases(server, "light.table") == [None, "reading lamp", "big bertha"]
    assert "Taken back" in talk.press("Undo")
    assert aliases(server, "light.table") == [None, "reading lamp"]


def test_what_the_home_calls_a_thing_already_is_not_written_again(server: StandIn, talk: Talk) -> None:
    server.change(lambda house: house.entries["light.table"].update(aliases=["Big Bertha"]), "entity_registry_updated")
    assert "knows all the household's words" in talk.say("/export")


def test_a_word_of_ones_own_is_not_written(talk: Talk) -> None:
    talk.say("when I say my glow I mean the counter light")
    assert "glow" not in talk.say("/export")


def test_an_export_that_the_home_refuses_writes_nothing_and_says_so(server: StandIn, talk: Talk) -> None:
    talk.say("/export")
    server.stop()
    assert "seen nothing of it written" in talk.press("Yes")
    assert aliases(server, "light.table") == []


def test_an_edit_leaves_what_others_wrote_meanwhile(server: StandIn, home: AssistantHome) -> None:
    home.snapshot()
    edit = AliasEdit("entity", "light.table", "Table Lamp", add=("big bertha",))
    assert home.change_aliases([edit]) == (edit,)
    server.house.entries["light.table"]["aliases"].append("theirs")
    home.change_aliases([edit.undone])
    assert aliases(server, "light.table") == ["theirs"]


def test_an_alias_of_home_assistants_is_a_name_here(server: StandIn, talk: Talk) -> None:
    server.change(
        lambda house: house.entries["light.counter"].update(aliases=["worktop glow"]), "entity_registry_updated"
    )
    assert talk.say("turn off the worktop glow") == "Counter light is off."
    assert talk.last.outcome == "acted"


def test_a_word_whose_thing_has_gone_says_so_and_offers_the_nearest(server: StandIn, talk: Talk) -> None:
    server.change(lambda house: house.remove("light.table"), "entity_registry_updated")
    server.change(lambda house: house.add({"entity_id": "light.table_2", "name": "Table Light"}))
    said = talk.say("turn on big bertha")
    assert "no longer in the home" in said
    assert "table light" in said
    assert talk.last.calls == ()


def test_taught_patterns_become_custom_sentences() -> None:
    taught = [
        TaughtPattern("gimme {target}", "light_control", {"action": "on"}),
        TaughtPattern("<put> {target} half way", "cover_control", {"action": "set", "position": 50}),
        TaughtPattern("let {target} go", "lock_control", {"action": "unlock"}),
        TaughtPattern("jot {item}", "list_add", {}),
    ]
    made = custom_sentences(taught, {"put": "(put|set)", "other": "x"})
    document = yaml.safe_load(made.text)
    assert made.written == 2
    assert made.left_out == ("let {target} go", "jot {item}")
    assert document["language"] == "en"
    assert document["intents"]["HassTurnOn"]["data"] == [
        {"sentences": ["gimme {name}"], "requires_context": {"domain": "light"}}
    ]
    assert document["intents"]["HassSetPosition"]["data"][0]["slots"] == {"position": 50}
    assert document["expansion_rules"] == {"put": "(put|set)"}
