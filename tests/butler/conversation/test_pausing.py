"""Pausing and resuming are steps of the audit: who did it, and when."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from butler.cli import main
from butler.conversation.digest import send_digest
from engine.learning.pausing import pause, paused
from store import improvements, pauses
from tests.butler.conversation.conftest import START, Chat


def steps(chat: Chat) -> list[tuple[Any, ...]]:
    return [(pauses.words_of(one), one.actor, one.created_at) for one in improvements.audit(chat.store)[1:]]


def test_each_change_has_its_audit_row_and_what_changes_nothing_has_none(chat: Chat) -> None:
    """The second /pause and the second /resume change nothing."""
    for said in ("/pause", "/pause", "/resume", "/resume"):
        chat.say(said, who="adm")
        chat.wait(60)
    later = START + timedelta(seconds=120)
    assert steps(chat) == [("learning paused", "adm", START), ("learning resumed", "adm", later)]


def test_history_tells_who_paused_and_who_resumed(chat: Chat) -> None:
    """Only the last of it is told, below what was learned."""
    assert "paused" not in chat.say("/history", who="adm")
    chat.say("when I say bertha I mean the floor lamp")
    chat.say("/pause", who="adm")
    assert "Learning was paused by adm on 2026-11-21 10:00." in chat.say("/history", who="adm").splitlines()
    chat.say("/resume", who="adm")
    told = chat.say("/history", who="adm")
    assert "Learning was resumed by adm on 2026-11-21 10:00." in told
    assert "#1" in told


def test_the_exported_audit_and_the_morning_know_it(
    chat: Chat, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A step that is of no improvement is shown for what it is, and told to nobody as something learned."""
    chat.say("/pause", who="adm")
    (tmp_path / "butler.db").symlink_to(chat.store.path)
    assert main(["audit", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.endswith("  learning paused by adm\n")
    assert send_digest(chat.store, chat.home.snapshot(), lambda *_: None, chat.clock["now"]) == "Nothing was learned."


def test_without_its_audit_row_nothing_is_paused(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are written or neither."""
    monkeypatch.setattr(pauses, "record_pause", _fails)
    with pytest.raises(OSError, match="disk full"):
        pause(chat.store, "adm", START)
    assert paused(chat.store) is None


def _fails(*_: Any) -> None:
    raise OSError("disk full")
