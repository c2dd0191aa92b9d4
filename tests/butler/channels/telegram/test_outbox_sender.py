"""Sending what waits: order, faults, floods and losses."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise

import httpx
import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from butler.channels.telegram import outbox_sender
from butler.channels.telegram.health import Reaching
from store import StoreFull, buttons, facts, outbox
from tests.butler.channels.telegram.sending_scene import ANA, BEN, START, Fault, Scene, network

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


def test_what_waits_goes_out_in_order(scene: Scene) -> None:
    """Each chat gets its messages as they were put in, and the store knows their numbers."""
    numbers = [scene.add(f"message {at}", [ANA, BEN][at % 2]) for at in range(20)]
    scene.live()
    assert scene.bot.texts(ANA) == [f"message {at}" for at in range(0, 20, 2)]
    assert scene.bot.texts(BEN) == [f"message {at}" for at in range(1, 20, 2)]
    assert {scene.state(number) for number in numbers} == {"sent"}
    first = outbox.by_external(scene.store, "telegram", ANA, min(scene.bot.chats[7]))
    assert first is not None
    assert first.id == numbers[0]


def test_what_is_due_later_waits_and_blocks_nothing(scene: Scene) -> None:
    """A notice of tomorrow does not hold up today's answers."""
    later = scene.add("tomorrow", due_at=START + timedelta(hours=1))
    scene.add("today")
    scene.live(seconds=60)
    assert scene.bot.texts() == ["today"]
    scene.live(seconds=7200)
    assert scene.bot.texts() == ["today", "tomorrow"]
    assert scene.state(later) == "sent"


_NOT_SENT = [network(httpx.ConnectError), network(httpx.ConnectTimeout), NetworkError("Bad Gateway (502)")]


@pytest.mark.parametrize("error", _NOT_SENT, ids=["refused", "connect time-out", "502"])
def test_an_outage_is_waited_out(scene: Scene, error: TelegramError) -> None:
    """Nothing is lost, doubled or out of order, and the pauses grow."""
    for at in range(4):
        scene.add(f"message {at}")
    scene.bot.faults.extend([Fault(error)] * 5)
    scene.live()
    assert scene.bot.texts() == [f"message {at}" for at in range(4)]
    times = [at for at, _ in scene.bot.calls[:6]]
    assert [round(later - earlier) for earlier, later in pairwise(times)] == [1, 2, 4, 8, 16]


def test_nothing_is_called_while_telegram_wants_silence(scene: Scene) -> None:
    """A flood is waited out to the second, by every chat, and then all goes out once."""
    for at in range(3):
        scene.add(f"message {at}")
        scene.add(f"message {at}", BEN)
    scene.bot.faults.append(Fault(RetryAfter(20)))
    scene.live(seconds=5)
    before = len(scene.bot.calls)
    scene.live()
    assert scene.bot.calls[before][0] >= 20
    assert scene.bot.texts(ANA) == scene.bot.texts(BEN) == [f"message {at}" for at in range(3)]


def test_silence_outlasts_a_restart(scene: Scene) -> None:
    """A new process knows until when Telegram wants no calls."""
    scene.add("first")
    scene.bot.faults.append(Fault(RetryAfter(50)))
    scene.live(seconds=1)
    scene.add("second", BEN)
    scene.live(seconds=40)
    assert len(scene.bot.calls) == 1
    scene.live(seconds=60)
    assert scene.bot.texts(ANA) == ["first"]
    assert scene.bot.texts(BEN) == ["second"]


_MAYBE = [network(httpx.ReadError), TimedOut(), TelegramError("Invalid server response"), KeyError("result")]


@pytest.mark.parametrize("done", [True, False], ids=["carried out", "not carried out"])
@pytest.mark.parametrize("error", _MAYBE, ids=["reset", "time-out", "garbage", "no result"])
def test_what_may_have_been_sent_is_not_sent_again(scene: Scene, error: BaseException, *, done: bool) -> None:
    """Its reader is told once, behind what waited, with a button that shows it again."""
    number = scene.add("first", buttons=[["t1m0b0", "Undo"]], message="t1m0")
    scene.add("second")
    scene.bot.faults.append(Fault(error, done))
    scene.live()
    assert scene.bot.texts() == [*(["first"] if done else []), "second", "I may have lost a message to you on the way."]
    assert scene.state(number) == "unsure"
    assert next(reversed(scene.bot.chats[7].values())).labels == ("Show it again",)
    again = buttons.get(scene.store, "n1b0")
    assert again is not None
    assert again.payload["effect"]["kind"] == "again"
    assert again.payload["effect"]["outbox"] == number


def test_several_lost_messages_are_told_of_at_once(scene: Scene) -> None:
    """One message names them all, each with its button."""
    for at in range(3):
        scene.add(f"message {at}")
    scene.bot.faults.extend([Fault(TimedOut())] * 3)
    scene.live()
    assert scene.bot.texts() == ["I may have lost 3 messages to you on the way."]
    assert next(iter(scene.bot.chats[7].values())).labels == tuple(f"Show “message {at}”" for at in range(3))


def test_a_message_about_a_lost_one_brings_no_other(scene: Scene) -> None:
    """When it is lost itself, it is repeated a few times and then left."""
    scene.add("first")
    scene.bot.faults.extend([Fault(TimedOut())] * 20)
    scene.live(seconds=3600)
    assert len(scene.bot.calls) < 8
    assert outbox.counts(scene.store).waiting == 0


def test_a_reminder_is_repeated_and_says_so(scene: Scene) -> None:
    """Better twice than never, but marked."""
    scene.add("Water the plants", repeatable=True)
    scene.bot.faults.append(Fault(TimedOut(), done=True))
    scene.live()
    assert scene.bot.texts() == ["Water the plants", "(Again, in case it didn't reach you.)\nWater the plants"]


def test_a_send_that_a_crash_cut_off_is_not_repeated(scene: Scene) -> None:
    """After a restart it may have been sent; what waited behind it goes out."""
    number = scene.add("first")
    scene.add("second")
    outbox.claim(scene.store, number, scene.clock.now())
    scene.live()
    assert scene.state(number) == "unsure"
    assert scene.bot.texts() == ["second", "I may have lost a message to you on the way."]


def test_refused_markup_goes_as_plain_text(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    """Once more without markup, and it is written down."""
    scene.add("**a** < b")
    scene.bot.faults.append(Fault(BadRequest("Can't parse entities: unclosed start tag")))
    scene.live()
    assert scene.bot.texts() == ["**a** < b"]
    assert scene.bot.modes == ["HTML", None]
    assert "markup" in caplog.text


def test_a_reply_to_what_is_gone_goes_as_no_reply(scene: Scene) -> None:
    """The answer matters more than what it points at."""
    scene.add("answer", reply_to=55)
    scene.add("another", reply_to=56)
    scene.bot.faults.append(Fault(BadRequest("Message to be replied not found")))
    scene.live()
    assert [shown.reply_to for shown in scene.bot.chats[7].values()] == [None, 56]


def test_what_telegram_refuses_does_not_block_the_rest(scene: Scene) -> None:
    """A refusal is final for one message only."""
    number = scene.add("odd")
    scene.add("fine")
    scene.bot.faults.append(Fault(BadRequest("Something new")))
    scene.live()
    assert scene.state(number) == "failed"
    assert scene.bot.texts() == ["fine"]


def test_a_chat_that_blocked_butler_gets_nothing_more(scene: Scene) -> None:
    """What waits for it is dropped after one try, and others go on."""
    numbers = [scene.add(f"message {at}") for at in range(3)]
    scene.add("for Ben", BEN)
    scene.bot.faults.append(Fault(Forbidden("Forbidden: bot was blocked by the user")))
    scene.live()
    assert [scene.state(number) for number in numbers] == ["failed", "dropped", "dropped"]
    assert scene.bot.texts(ANA) == []
    assert scene.bot.texts(BEN) == ["for Ben"]


def test_a_group_that_moved_is_followed(scene: Scene) -> None:
    """What waits goes to the new number, in order."""
    scene.add("one", "telegram:-5")
    scene.add("two", "telegram:-5")
    scene.bot.faults.append(Fault(ChatMigrated(-1005)))
    scene.live()
    assert scene.bot.texts("telegram:-1005") == ["one", "two"]


def test_a_hundred_messages_to_one_person_keep_the_limits(scene: Scene) -> None:
    """A burst, then one a second, all in order."""
    for at in range(60):
        scene.add(f"message {at}")
    scene.live()
    assert scene.bot.texts() == [f"message {at}" for at in range(60)]
    assert scene.clock.monotonic() >= 40
    assert len([at for at, _ in scene.bot.calls if at == 0]) == 20


def test_running_ends_when_told_to(scene: Scene) -> None:
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


def test_what_is_noted_of_losses_is_cleared(scene: Scene) -> None:
    """Nobody is told twice, also after restarts."""
    scene.add("first")
    scene.bot.faults.append(Fault(TimedOut()))
    scene.live(restarts=2)
    assert len(scene.bot.texts()) == 1
    assert facts.get(scene.store, "telegram.lost") == "[]"


@pytest.mark.parametrize("chat", ["ana", "telegram:", "telegram:ana", "telegram:7/x"])
def test_a_chat_that_is_none_of_telegrams_ends_its_own_messages_only(
    scene: Scene, caplog: pytest.LogCaptureFixture, chat: str
) -> None:
    """They failed for a reason that can be read, and everyone else gets theirs."""
    lost = [scene.add("lost", chat), scene.add("lost too", chat)]
    scene.add("fine")
    scene.live()
    assert [scene.state(number) for number in lost] == ["failed", "failed"]
    row = outbox.get(scene.store, lost[0])
    assert row is not None
    assert row.problem == "its chat is none of Telegram's"
    assert f"message {lost[0]} can never go out: its chat is none of Telegram's" in caplog.text
    assert scene.bot.texts() == ["fine"]


def test_nothing_is_called_before_it_is_on_record_for_certain(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a power cut nobody would know of a message that went out; a disk that fails is waited for."""
    number, flushes, calls = scene.add("hello"), list[str](), list[int]()

    def flush() -> None:
        flushes.append(scene.state(number))
        calls.append(len(scene.bot.calls))
        if len(flushes) == 1:
            raise StoreFull(scene.store.path, "no space left")

    monkeypatch.setattr(outbox_sender, "_STORE_PAUSE_S", 0.0)
    monkeypatch.setattr(scene.store, "flush", flush)
    scene.live()
    assert flushes == ["sending", "sending"]
    assert calls == [0, 0]
    assert scene.bot.texts() == ["hello"]


def test_where_nobody_polls_sending_tells_whether_telegram_is_reached(scene: Scene) -> None:
    """An outage is told of once it has lasted, however long ago something was sent before it."""
    reaching = scene.reaching = Reaching(START)
    scene.add("first")
    scene.live(seconds=10)
    assert reaching.last_ok == START
    scene.clock.move_to(START + timedelta(hours=5))
    scene.add("second")
    scene.bot.faults.extend(Fault(network(httpx.ConnectError)) for _ in range(50))
    scene.live(seconds=30)
    assert reaching.trouble(scene.clock.now()) is None
    scene.live(seconds=200)
    assert reaching.trouble(scene.clock.now()) == "Telegram is not reached: broken"
    scene.bot.faults.clear()
    scene.live(seconds=600)
    assert reaching.trouble(scene.clock.now()) is None
    assert scene.bot.texts() == ["first", "second"]
