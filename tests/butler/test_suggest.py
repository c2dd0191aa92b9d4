"""`butler suggest`: the same as in the chat, also while another Butler has the folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from store import improvements, open_store
from store.status import Status
from tests.butler.process import Stdio, run


def suggest(data: Path, *words: str) -> tuple[int, dict[str, Any]]:
    done = run("suggest", *words, "--data", str(data), "--json")
    return done.returncode, json.loads(done.stdout)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    open_store(tmp_path / "butler.db").close()
    return tmp_path


def test_it_works_while_another_butler_serves(tmp_path: Path) -> None:
    """What is suggested outside is understood inside with the next message."""
    with Stdio(tmp_path) as butler:
        butler.say("hello", user="ana")
        code, answer = suggest(tmp_path, "alias", "liv room lamp", "living room light", "--note", "it is shorter")
        assert (code, answer["status"], answer["shadow_test_passed"]) == (0, "applied", True)
        assert "(#1)" in answer["message"]
        called = butler.say("turn on the liv room lamp", user="ana")["calls"]
        assert [call["entity_id"] for call in called] in (["light.living_room"], [["light.living_room"]])
        butler.end()
    with open_store(tmp_path / "butler.db") as store:
        found = improvements.get(store, answer["id"])
    assert found
    assert (found.rationale, found.source) == ("it is shorter", "user_suggestion")


def test_what_waits_says_so_and_asks_the_admins(data: Path) -> None:
    code, answer = suggest(data, "pattern", "gimme {target}", "light_control on", "--user", "ben")
    assert (code, answer["id"], answer["status"], answer["shadow_test_passed"]) == (0, 1, "pending", True)
    with open_store(data / "butler.db") as store:
        found = improvements.get(store, 1)
    assert found
    assert (found.status, found.submitted_by) == (Status.PENDING, "ben")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("alias", "den", "zorgl"), "there is nothing called “zorgl” here"),
        (("role", "ana", "admin"), "nothing that can be suggested"),
        (("template", "greeting", "Done!"), "nothing was read back"),
    ],
)
def test_what_cannot_be_suggested_is_told(data: Path, words: tuple[str, ...], told: str) -> None:
    code, answer = suggest(data, *words)
    assert code == 1
    assert told in answer.pop("message")
    assert answer == {"id": None, "status": "refused", "shadow_test_passed": None}


def test_it_is_told_in_words_too(data: Path) -> None:
    done = run("suggest", "routing", "smalltalk", "help", "--data", str(data))
    assert done.returncode == 0
    assert "isn't in use yet" in done.stdout


def test_a_folder_without_a_store_is_an_error(tmp_path: Path) -> None:
    done = run("suggest", "alias", "den", "lounge", "--data", str(tmp_path / "nothing"))
    assert done.returncode != 0
    assert done.stdout == ""
