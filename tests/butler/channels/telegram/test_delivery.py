"""What one row of the outbox becomes: parts, files, and edits of what went out."""

from __future__ import annotations

import asyncio

import pytest
from telegram.error import TimedOut

from butler.channels.telegram.pieces import HELD_UP
from store import outbox
from tests.butler.channels.telegram.sending_scene import ANA, Fault, Scene, Shown

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


def test_a_long_text_comes_in_parts(scene: Scene) -> None:
    """In order, the buttons under the last, and a reply to any part is a reply to the message."""
    lines = [f"line {at} {'x' * 90}" for at in range(100)]
    number = scene.add("\n".join(lines), buttons=[["t3m0b0", "Undo"]], message="t3m0")
    scene.add("after")
    scene.live()
    shown = list(scene.bot.chats[7].values())
    assert "\n".join(one.text for one in shown[:-1]).split("\n") == lines
    assert [one.labels for one in shown] == [*[()] * (len(shown) - 2), ("Undo",), ()]
    for external in list(scene.bot.chats[7])[:-1]:
        row = outbox.by_external(scene.store, "telegram", ANA, external)
        assert row is not None
        assert row.message == "t3m0"
    assert scene.state(number) == "sent"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_crash_between_parts_neither_loses_nor_doubles(scene: Scene, place: int) -> None:
    """A new process goes on with the next part; only the one that was on its way is unsure."""
    text = "\n".join(f"{at:04}" + "x" * 95 for at in range(100))
    number = scene.add(text, message="t3m0")
    scene.bot.faults.extend([None] * place)
    scene.bot.faults.append(Fault(SystemExit(), done=True))
    with pytest.raises((SystemExit, RuntimeError)):
        asyncio.run(_until_killed(scene))
    scene.live()
    *parts, told = scene.bot.texts()
    assert "\n".join(parts) == text
    assert told.startswith("I may have lost")
    assert scene.state(number) == ("unsure" if place == 2 else "sent")


async def _until_killed(scene: Scene) -> None:
    """Run a sender whose bot ends the process in the middle of a call."""
    sender = scene.sender()
    while True:
        await sender.settle()


def test_a_blank_text_is_never_sent(scene: Scene) -> None:
    """It fails quietly, and what follows goes out."""
    number = scene.add(" \n\u200b")
    scene.add("after")
    scene.live()
    assert scene.state(number) == "failed"
    assert scene.bot.texts() == ["after"]


def test_a_file_goes_out_with_its_caption(scene: Scene) -> None:
    """A document has its name, and a text too long for a caption comes before it."""
    file = {"name": "mydata.json", "mime": "application/json", "base64": "e30="}
    scene.add("Here it is.", kind="document", file=file)
    scene.add("x" * 2000, kind="document", file=file)
    scene.live()
    assert [(shown.text[:11], shown.file) for shown in scene.bot.chats[7].values()] == [
        ("Here it is.", "mydata.json"),
        ("x" * 11, None),
        ("", "mydata.json"),
    ]


def _asked(scene: Scene) -> None:
    scene.add("Unlock it?", buttons=[["t1m0b0", "Yes"], ["t1m0b1", "No"]], message="t1m0")


def test_an_answered_keyboard_is_replaced_by_what_was_chosen(scene: Scene) -> None:
    """The question keeps its words and shows the answer."""
    _asked(scene)
    scene.add("Unlock it?", kind="edit", edits="t1m0", chosen="Yes")
    scene.live()
    assert list(scene.bot.chats[7].values()) == [Shown("Unlock it?\n\n✔ Yes")]


def test_a_dropped_question_says_so(scene: Scene) -> None:
    """And loses its keyboard."""
    _asked(scene)
    scene.add("Unlock it?", kind="edit", edits="t1m0")
    scene.live()
    assert list(scene.bot.chats[7].values()) == [Shown("Unlock it?\n\n(no longer open)")]


def test_buttons_that_still_do_something_stay(scene: Scene) -> None:
    """Only what was pressed goes; an edit that would change nothing is not made."""
    _asked(scene)
    scene.add("Unlock it?", kind="edit", edits="t1m0", buttons=[["t1m0b0", "Yes"], ["t1m0b1", "No"]])
    scene.live()
    assert len(scene.bot.calls) == 1
    scene.add("Unlock it?", kind="edit", edits="t1m0", chosen="Yes", buttons=[["t1m0b1", "No"]])
    scene.live()
    assert list(scene.bot.chats[7].values()) == [Shown("Unlock it?\n\n✔ Yes", ("No",))]


@pytest.mark.parametrize("done", [True, False])
def test_an_edit_that_may_have_been_made_is_made_once_more(scene: Scene, *, done: bool) -> None:
    """In other words, because Telegram refuses one that changes nothing."""
    _asked(scene)
    edit = scene.add("Unlock it?", kind="edit", edits="t1m0", chosen="Yes")
    scene.bot.faults.extend([None, Fault(TimedOut(), done)])
    scene.live()
    assert list(scene.bot.chats[7].values()) == [Shown("Unlock it?\n\n✓ Yes")]
    assert scene.state(edit) == "sent"


def test_an_edit_of_a_long_message_changes_its_last_part(scene: Scene) -> None:
    """That is where the buttons stand."""
    text = "\n".join("x" * 95 for _ in range(100))
    scene.add(text, buttons=[["t1m0b0", "Undo"]], message="t1m0")
    scene.add(text, kind="edit", edits="t1m0", chosen="Undo")
    scene.live()
    shown = list(scene.bot.chats[7].values())
    assert [one.labels for one in shown] == [()] * len(shown)
    assert [one.text.endswith("✔ Undo") for one in shown] == [False] * (len(shown) - 1) + [True]


def test_an_edit_of_what_never_went_out_is_let_be(scene: Scene) -> None:
    """There is nothing to change."""
    edit = scene.add("Unlock it?", kind="edit", edits="t9m0", chosen="Yes")
    scene.live()
    assert scene.state(edit) == "sent"
    assert scene.bot.calls == []


def test_a_reminder_that_could_not_be_sent_when_it_was_due_says_so(scene: Scene) -> None:
    """One that waited a moment does not, and neither does what may be late."""
    scene.add("in time", repeatable=True)
    scene.clock.move_to(scene.clock.after(59))
    scene.live(seconds=0)
    scene.add("late reminder", repeatable=True)
    scene.add("a report")
    scene.clock.move_to(scene.clock.after(3_600))
    scene.live(seconds=10)
    assert scene.bot.texts() == ["in time", f"{HELD_UP}\nlate reminder", "a report"]
