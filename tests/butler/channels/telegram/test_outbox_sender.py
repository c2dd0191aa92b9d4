"""Sending what waits, against a bot that does what a test says; time stands still but where a test moves it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from telegram import Chat, InlineKeyboardMarkup, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from butler.channels.telegram.calls import TelegramCalls
from butler.channels.telegram.outbox_sender import OutboxSender
from butler.channels.telegram.pacing import Pacing
from butler.clock import ManualClock
from store import Store, buttons, facts, open_store, outbox, people
from store.outbox import Outgoing

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

_START = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
_ANA, _BEN = "telegram:7", "telegram:8"


@dataclass(frozen=True)
class _Shown:
    """What a chat shows."""

    text: str
    labels: tuple[str, ...] = ()
    file: str | None = None
    reply_to: int | None = None


@dataclass
class _Fault:
    """What befalls a call; `done` says that it was carried out all the same."""

    error: BaseException
    done: bool = False


class _Bot:
    """Telegram as a sender sees it: keeps chats, and fails as it is told to."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self.chats: dict[int, dict[int, _Shown]] = {}
        self.faults: deque[_Fault | None] = deque()
        self.calls: list[tuple[float, int]] = []
        self.modes: list[str | None] = []
        self._number = 100

    def texts(self, chat: str = _ANA) -> list[str]:
        return [shown.text for shown in self.chats.get(int(chat.removeprefix("telegram:")), {}).values()]

    async def send_message(self, chat: int, text: str, **given: Any) -> Message:
        return self._send(chat, text, given)

    async def send_document(self, chat: int, file: Any, caption: str | None, **given: Any) -> Message:
        return self._send(chat, caption or "", given, file.filename)

    async def send_photo(self, chat: int, file: Any, caption: str | None, **given: Any) -> Message:
        return self._send(chat, caption or "", given, file.filename)

    async def edit_message_text(self, text: str, chat: int, number: int, **given: Any) -> bool:
        fault = self._meet(chat)
        before = self.chats[chat][number]
        changed = _Shown(text, _labels(given["reply_markup"]), before.file, before.reply_to)
        if before == changed:
            raise BadRequest("Message is not modified")
        if fault is None or fault.done:
            self.chats[chat][number] = changed
        if fault is not None:
            raise fault.error
        return True

    def _send(self, chat: int, text: str, given: dict[str, Any], file: str | None = None) -> Message:
        assert text.strip() or file, "Telegram refuses blank texts"
        assert len(text) <= 4096, "Telegram refuses long texts"
        fault = self._meet(chat)
        self.modes.append(given["parse_mode"])
        self._number += 1
        if fault is None or fault.done:
            reply = given["reply_parameters"]
            shown = _Shown(text, _labels(given["reply_markup"]), file, reply.message_id if reply else None)
            self.chats.setdefault(chat, {})[self._number] = shown
        if fault is not None:
            raise fault.error
        return Message(self._number, self._clock.now(), Chat(chat, "private"))

    def _meet(self, chat: int) -> _Fault | None:
        self.calls.append((self._clock.monotonic(), chat))
        return self.faults.popleft() if self.faults else None


def _labels(markup: InlineKeyboardMarkup | None) -> tuple[str, ...]:
    return tuple(button.text for row in markup.inline_keyboard for button in row) if markup else ()


def _network(cause: type[httpx.HTTPError]) -> NetworkError:
    error = NetworkError("broken")
    error.__cause__ = cause("broken")
    return error


class _Scene:
    """A store, a bot, and a sender between them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = ManualClock(_START)
        self.bot = _Bot(self.clock)
        people.admit(store, _ANA, "admin", name="Ana", username=None, at=_START)
        people.admit(store, _BEN, "resident", name="Ben", username=None, at=_START)

    def add(self, text: str, chat: str = _ANA, **given: Any) -> int:
        payload = {"text": text, "buttons": given.pop("buttons", []), "chosen": given.pop("chosen", None)}
        payload["file"] = given.pop("file", None)
        due = given.pop("due_at", self.clock.now())
        return outbox.add(self.store, Outgoing("telegram", chat, chat, payload, self.clock.now(), due, **given))

    def state(self, number: int) -> str:
        row = outbox.get(self.store, number)
        assert row is not None
        return row.state

    def sender(self) -> OutboxSender:
        return OutboxSender(TelegramCalls(cast("Any", self.bot), Pacing(), self.clock), self.store, self.clock)

    def live(self, *, seconds: float = 300, restarts: int = 0) -> None:
        """Let a sender work for a while, which takes no time; between restarts a new one goes on."""
        asyncio.run(self._live(seconds))
        for _ in range(restarts):
            asyncio.run(self._live(seconds))

    async def _live(self, seconds: float) -> None:
        sender, until = self.sender(), self.clock.now() + timedelta(seconds=seconds)
        await sender.recover()
        while (delay := await sender.settle()) is not None and self.clock.after(delay) <= until:
            self.clock.move_to(self.clock.after(delay) + timedelta(milliseconds=1))
        await sender.close()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[_Scene]:
    """Return a scene of this test."""
    with open_store(tmp_path / "butler.db") as store:
        yield _Scene(store)


def test_what_waits_goes_out_in_order(scene: _Scene) -> None:
    """Each chat gets its messages as they were put in, and the store knows their numbers."""
    numbers = [scene.add(f"message {at}", [_ANA, _BEN][at % 2]) for at in range(20)]
    scene.live()
    assert scene.bot.texts(_ANA) == [f"message {at}" for at in range(0, 20, 2)]
    assert scene.bot.texts(_BEN) == [f"message {at}" for at in range(1, 20, 2)]
    assert {scene.state(number) for number in numbers} == {"sent"}
    first = outbox.by_external(scene.store, "telegram", _ANA, min(scene.bot.chats[7]))
    assert first is not None
    assert first.id == numbers[0]


def test_what_is_due_later_waits_and_blocks_nothing(scene: _Scene) -> None:
    """A notice of tomorrow does not hold up today's answers."""
    later = scene.add("tomorrow", due_at=_START + timedelta(hours=1))
    scene.add("today")
    scene.live(seconds=60)
    assert scene.bot.texts() == ["today"]
    scene.live(seconds=7200)
    assert scene.bot.texts() == ["today", "tomorrow"]
    assert scene.state(later) == "sent"


_NOT_SENT = [_network(httpx.ConnectError), _network(httpx.ConnectTimeout), NetworkError("Bad Gateway (502)")]


@pytest.mark.parametrize("error", _NOT_SENT, ids=["refused", "connect time-out", "502"])
def test_an_outage_is_waited_out(scene: _Scene, error: TelegramError) -> None:
    """Nothing is lost, doubled or out of order, and the pauses grow."""
    for at in range(4):
        scene.add(f"message {at}")
    scene.bot.faults.extend([_Fault(error)] * 5)
    scene.live()
    assert scene.bot.texts() == [f"message {at}" for at in range(4)]
    times = [at for at, _ in scene.bot.calls[:6]]
    assert [round(later - earlier) for earlier, later in pairwise(times)] == [1, 2, 4, 8, 16]


def test_nothing_is_called_while_telegram_wants_silence(scene: _Scene) -> None:
    """A flood is waited out to the second, by every chat, and then all goes out once."""
    for at in range(3):
        scene.add(f"message {at}")
        scene.add(f"message {at}", _BEN)
    scene.bot.faults.append(_Fault(RetryAfter(20)))
    scene.live(seconds=5)
    before = len(scene.bot.calls)
    scene.live()
    assert scene.bot.calls[before][0] >= 20
    assert scene.bot.texts(_ANA) == scene.bot.texts(_BEN) == [f"message {at}" for at in range(3)]


def test_silence_outlasts_a_restart(scene: _Scene) -> None:
    """A new process knows until when Telegram wants no calls."""
    scene.add("first")
    scene.bot.faults.append(_Fault(RetryAfter(50)))
    scene.live(seconds=1)
    scene.add("second", _BEN)
    scene.live(seconds=40)
    assert len(scene.bot.calls) == 1
    scene.live(seconds=60)
    assert scene.bot.texts(_ANA) == ["first"]
    assert scene.bot.texts(_BEN) == ["second"]


_MAYBE = [_network(httpx.ReadError), TimedOut(), TelegramError("Invalid server response"), KeyError("result")]


@pytest.mark.parametrize("done", [True, False], ids=["carried out", "not carried out"])
@pytest.mark.parametrize("error", _MAYBE, ids=["reset", "time-out", "garbage", "no result"])
def test_what_may_have_been_sent_is_not_sent_again(scene: _Scene, error: BaseException, *, done: bool) -> None:
    """Its reader is told once, behind what waited, with a button that shows it again."""
    number = scene.add("first", buttons=[["t1m0b0", "Undo"]], message="t1m0")
    scene.add("second")
    scene.bot.faults.append(_Fault(error, done))
    scene.live()
    assert scene.bot.texts() == [*(["first"] if done else []), "second", "I may have lost a message to you on the way."]
    assert scene.state(number) == "unsure"
    assert next(reversed(scene.bot.chats[7].values())).labels == ("Show it again",)
    again = buttons.get(scene.store, "n1b0")
    assert again is not None
    assert again.payload["effect"]["kind"] == "again"
    assert again.payload["effect"]["outbox"] == number


def test_several_lost_messages_are_told_of_at_once(scene: _Scene) -> None:
    """One message names them all, each with its button."""
    for at in range(3):
        scene.add(f"message {at}")
    scene.bot.faults.extend([_Fault(TimedOut())] * 3)
    scene.live()
    assert scene.bot.texts() == ["I may have lost 3 messages to you on the way."]
    assert next(iter(scene.bot.chats[7].values())).labels == tuple(f"Show “message {at}”" for at in range(3))


def test_a_message_about_a_lost_one_brings_no_other(scene: _Scene) -> None:
    """When it is lost itself, it is repeated a few times and then left."""
    scene.add("first")
    scene.bot.faults.extend([_Fault(TimedOut())] * 20)
    scene.live(seconds=3600)
    assert len(scene.bot.calls) < 8
    assert outbox.counts(scene.store).waiting == 0


def test_a_reminder_is_repeated_and_says_so(scene: _Scene) -> None:
    """Better twice than never, but marked."""
    scene.add("Water the plants", repeatable=True)
    scene.bot.faults.append(_Fault(TimedOut(), done=True))
    scene.live()
    assert scene.bot.texts() == ["Water the plants", "(Again, in case it didn't reach you.)\nWater the plants"]


def test_a_send_that_a_crash_cut_off_is_not_repeated(scene: _Scene) -> None:
    """After a restart it may have been sent; what waited behind it goes out."""
    number = scene.add("first")
    scene.add("second")
    outbox.claim(scene.store, number, scene.clock.now())
    scene.live()
    assert scene.state(number) == "unsure"
    assert scene.bot.texts() == ["second", "I may have lost a message to you on the way."]


def test_refused_markup_goes_as_plain_text(scene: _Scene, caplog: pytest.LogCaptureFixture) -> None:
    """Once more without markup, and it is written down."""
    scene.add("**a** < b")
    scene.bot.faults.append(_Fault(BadRequest("Can't parse entities: unclosed start tag")))
    scene.live()
    assert scene.bot.texts() == ["**a** < b"]
    assert scene.bot.modes == ["HTML", None]
    assert "markup" in caplog.text


def test_a_reply_to_what_is_gone_goes_as_no_reply(scene: _Scene) -> None:
    """The answer matters more than what it points at."""
    scene.add("answer", reply_to=55)
    scene.add("another", reply_to=56)
    scene.bot.faults.append(_Fault(BadRequest("Message to be replied not found")))
    scene.live()
    assert [shown.reply_to for shown in scene.bot.chats[7].values()] == [None, 56]


def test_what_telegram_refuses_does_not_block_the_rest(scene: _Scene) -> None:
    """A refusal is final for one message only."""
    number = scene.add("odd")
    scene.add("fine")
    scene.bot.faults.append(_Fault(BadRequest("Something new")))
    scene.live()
    assert scene.state(number) == "failed"
    assert scene.bot.texts() == ["fine"]


def test_a_chat_that_blocked_butler_gets_nothing_more(scene: _Scene) -> None:
    """What waits for it is dropped after one try, and others go on."""
    numbers = [scene.add(f"message {at}") for at in range(3)]
    scene.add("for Ben", _BEN)
    scene.bot.faults.append(_Fault(Forbidden("Forbidden: bot was blocked by the user")))
    scene.live()
    assert [scene.state(number) for number in numbers] == ["failed", "dropped", "dropped"]
    assert scene.bot.texts(_ANA) == []
    assert scene.bot.texts(_BEN) == ["for Ben"]


def test_a_group_that_moved_is_followed(scene: _Scene) -> None:
    """What waits goes to the new number, in order."""
    scene.add("one", "telegram:-5")
    scene.add("two", "telegram:-5")
    scene.bot.faults.append(_Fault(ChatMigrated(-1005)))
    scene.live()
    assert scene.bot.texts("telegram:-1005") == ["one", "two"]


def test_a_long_text_comes_in_parts(scene: _Scene) -> None:
    """In order, the buttons under the last, and a reply to any part is a reply to the message."""
    lines = [f"line {at} {'x' * 90}" for at in range(100)]
    number = scene.add("\n".join(lines), buttons=[["t3m0b0", "Undo"]], message="t3m0")
    scene.add("after")
    scene.live()
    shown = list(scene.bot.chats[7].values())
    assert "\n".join(one.text for one in shown[:-1]).split("\n") == lines
    assert [one.labels for one in shown] == [*[()] * (len(shown) - 2), ("Undo",), ()]
    for external in list(scene.bot.chats[7])[:-1]:
        row = outbox.by_external(scene.store, "telegram", _ANA, external)
        assert row is not None
        assert row.message == "t3m0"
    assert scene.state(number) == "sent"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_crash_between_parts_neither_loses_nor_doubles(scene: _Scene, place: int) -> None:
    """A new process goes on with the next part; only the one that was on its way is unsure."""
    text = "\n".join(f"{at:04}" + "x" * 95 for at in range(100))
    number = scene.add(text, message="t3m0")
    scene.bot.faults.extend([None] * place)
    scene.bot.faults.append(_Fault(SystemExit(), done=True))
    with pytest.raises((SystemExit, RuntimeError)):
        asyncio.run(_until_killed(scene))
    scene.live()
    *parts, told = scene.bot.texts()
    assert "\n".join(parts) == text
    assert told.startswith("I may have lost")
    assert scene.state(number) == ("unsure" if place == 2 else "sent")


async def _until_killed(scene: _Scene) -> None:
    """Run a sender whose bot ends the process in the middle of a call."""
    sender = scene.sender()
    while True:
        await sender.settle()


def test_a_blank_text_is_never_sent(scene: _Scene) -> None:
    """It fails quietly, and what follows goes out."""
    number = scene.add(" \n\u200b")
    scene.add("after")
    scene.live()
    assert scene.state(number) == "failed"
    assert scene.bot.texts() == ["after"]


def test_a_file_goes_out_with_its_caption(scene: _Scene) -> None:
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


def _asked(scene: _Scene) -> None:
    scene.add("Unlock it?", buttons=[["t1m0b0", "Yes"], ["t1m0b1", "No"]], message="t1m0")


def test_an_answered_keyboard_is_replaced_by_what_was_chosen(scene: _Scene) -> None:
    """The question keeps its words and shows the answer."""
    _asked(scene)
    scene.add("Unlock it?", kind="edit", edits="t1m0", chosen="Yes")
    scene.live()
    assert list(scene.bot.chats[7].values()) == [_Shown("Unlock it?\n\n✔ Yes")]


def test_a_dropped_question_says_so(scene: _Scene) -> None:
    """And loses its keyboard."""
    _asked(scene)
    scene.add("Unlock it?", kind="edit", edits="t1m0")
    scene.live()
    assert list(scene.bot.chats[7].values()) == [_Shown("Unlock it?\n\n(no longer open)")]


def test_buttons_that_still_do_something_stay(scene: _Scene) -> None:
    """Only what was pressed goes; an edit that would change nothing is not made."""
    _asked(scene)
    scene.add("Unlock it?", kind="edit", edits="t1m0", buttons=[["t1m0b0", "Yes"], ["t1m0b1", "No"]])
    scene.live()
    assert len(scene.bot.calls) == 1
    scene.add("Unlock it?", kind="edit", edits="t1m0", chosen="Yes", buttons=[["t1m0b1", "No"]])
    scene.live()
    assert list(scene.bot.chats[7].values()) == [_Shown("Unlock it?\n\n✔ Yes", ("No",))]


@pytest.mark.parametrize("done", [True, False])
def test_an_edit_that_may_have_been_made_is_made_once_more(scene: _Scene, *, done: bool) -> None:
    """In other words, because Telegram refuses one that changes nothing."""
    _asked(scene)
    edit = scene.add("Unlock it?", kind="edit", edits="t1m0", chosen="Yes")
    scene.bot.faults.extend([None, _Fault(TimedOut(), done)])
    scene.live()
    assert list(scene.bot.chats[7].values()) == [_Shown("Unlock it?\n\n✓ Yes")]
    assert scene.state(edit) == "sent"


def test_an_edit_of_a_long_message_changes_its_last_part(scene: _Scene) -> None:
    """That is where the buttons stand."""
    text = "\n".join("x" * 95 for _ in range(100))
    scene.add(text, buttons=[["t1m0b0", "Undo"]], message="t1m0")
    scene.add(text, kind="edit", edits="t1m0", chosen="Undo")
    scene.live()
    shown = list(scene.bot.chats[7].values())
    assert [one.labels for one in shown] == [()] * len(shown)
    assert [one.text.endswith("✔ Undo") for one in shown] == [False] * (len(shown) - 1) + [True]


def test_an_edit_of_what_never_went_out_is_let_be(scene: _Scene) -> None:
    """There is nothing to change."""
    edit = scene.add("Unlock it?", kind="edit", edits="t9m0", chosen="Yes")
    scene.live()
    assert scene.state(edit) == "sent"
    assert scene.bot.calls == []


def test_a_hundred_messages_to_one_person_keep_the_limits(scene: _Scene) -> None:
    """A burst, then one a second, all in order."""
    for at in range(60):
        scene.add(f"message {at}")
    scene.live()
    assert scene.bot.texts() == [f"message {at}" for at in range(60)]
    assert scene.clock.monotonic() >= 40
    assert len([at for at, _ in scene.bot.calls if at == 0]) == 20


def test_running_ends_when_told_to(scene: _Scene) -> None:
    """What waits at that moment still goes out, and a wake from another thread is heard."""

    async def served() -> None:
        sender, stopping = scene.sender(), asyncio.Event()
        running = asyncio.create_task(sender.run(stopping))
        await asyncio.to_thread(scene.add, "first")
        while not scene.bot.texts():
            await asyncio.to_thread(sender.wake)
        await asyncio.to_thread(scene.add, "second")
        stopping.set()
        await running
        sender.wake()

    asyncio.run(served())
    assert scene.bot.texts() == ["first", "second"]


def test_what_is_noted_of_losses_is_cleared(scene: _Scene) -> None:
    """Nobody is told twice, also after restarts."""
    scene.add("first")
    scene.bot.faults.append(_Fault(TimedOut()))
    scene.live(restarts=2)
    assert len(scene.bot.texts()) == 1
    assert facts.get(scene.store, "telegram.lost") == "[]"
