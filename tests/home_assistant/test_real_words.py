"""Names and sentences written into a real Home Assistant, by the command line as a person calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from butler.home.alias_exchange import AliasEdit
from butler.home.assistant import AssistantHome
from butler.home.custom_sentences import TaughtPattern, custom_sentences
from tests.home_assistant.houses import EVERYTHING
from tests.home_assistant.real_server import RealServer

pytestmark = pytest.mark.real_home_assistant


def test_aliases_are_written_kept_and_taken_back(real_home_assistant: RealServer) -> None:
    real_home_assistant.load(EVERYTHING)
    real_home_assistant.ask("config/entity_registry/update", entity_id="light.table", aliases=["reading lamp"])
    home = AssistantHome(real_home_assistant.address)
    edits = (
        AliasEdit("entity", "light.table", "Table Lamp", add=("big bertha",)),
        AliasEdit("area", "kitchen", "Kitchen", add=("galley",)),
    )
    try:
        assert home.change_aliases(edits) == edits
        seen = home.snapshot()
        assert seen.by_id["light.table"].aliases == ("big bertha", "reading lamp")
        assert seen.areas_by_id["kitchen"].aliases == ("galley",)
        home.change_aliases(edit.undone for edit in edits)
        assert home.snapshot().by_id["light.table"].aliases == ("reading lamp",)
    finally:
        home.close()


def test_an_entity_that_takes_no_aliases_is_not_told_as_done(real_home_assistant: RealServer) -> None:
    home = AssistantHome(real_home_assistant.address)
    try:
        assert home.change_aliases([AliasEdit("entity", "scene.movie_night", "Movie Night", add=("flicks",))]) == ()
    finally:
        home.close()


def test_custom_sentences_are_understood_by_home_assistant_itself(real_home_assistant: RealServer) -> None:
    real_home_assistant.load(EVERYTHING)
    made = custom_sentences(
        [TaughtPattern("<put> some juice into {target}", "switch_control", {"action": "on"})], {"put": "(put|pour)"}
    )
    folder: Path = real_home_assistant.folder / "custom_sentences" / "en"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "butler.yaml").write_text(made.text, encoding="utf-8")
    real_home_assistant.do("conversation.reload", language="en")
    (found,) = real_home_assistant.ask(
        "conversation/agent/homeassistant/debug", sentences=["pour some juice into kettle"], language="en"
    )["results"]
    assert found["intent"]["name"] == "HassTurnOn"
    assert "switch.kettle" in found["targets"]
