"""Several people at once: who waits for a slow device holds up nobody else, and nothing of anybody's is mixed up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from butler.conversation.messages import Reply
from butler.home.port import Call
from store import turns
from tests.acceptance.household import Household

_SOON = 10.0  # seconds; nothing here takes that long unless it is broken


@contextmanager
def stuck(home: Household, entity_id: str) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Have calls for one device wait until the second event is set; the first says that one does."""
    waiting, let_go, real = threading.Event(), threading.Event(), home.app.home.call

    def call(asked: Call, timeout_s: float) -> None:
        if entity_id in asked.entity_ids:
            waiting.set()
            assert let_go.wait(_SOON)
        real(asked, timeout_s)

    with patch.object(home.app.home, "call", call):
        try:
            yield waiting, let_go
        finally:
            let_go.set()


def talk(home: Household, who: str, text: str) -> Callable[[], Reply]:
    """Say something in a thread of its own, and return what waits for the reply."""
    replies: list[Reply] = []
    thread = threading.Thread(
        target=lambda: replies.append(home.app.handle(home.app.person(who), who, text=text)), daemon=True
    )
    thread.start()

    def reply() -> Reply:
        thread.join(_SOON)
        return replies[0]

    return reply


def test_others_are_answered_while_one_waits_for_a_device(home: Household) -> None:
    """Ben switches a light and asks the time while Ana's lamp hangs; each gets their own answer."""
    with stuck(home, "light.desk_lamp") as (waiting, let_go):
        ana = talk(home, "ana", "turn on the desk lamp")
        assert waiting.wait(_SOON)
        assert "itchen light" in talk(home, "ben", "turn on the kitchen light")().messages[0].text
        assert talk(home, "cem", "what time is it?")().messages
        let_go.set()
        assert "esk lamp" in ana().messages[0].text
    assert home.state("light.kitchen") == home.state("light.desk_lamp") == "on"


def test_one_persons_messages_stay_in_order(home: Household) -> None:
    """Ana's second message is not begun before the first is over."""
    with stuck(home, "light.desk_lamp") as (waiting, let_go):
        first = talk(home, "ana", "turn on the desk lamp")
        assert waiting.wait(_SOON)
        second = talk(home, "ana", "undo")
        assert turns.count(home.app.store) == 1
        let_go.set()
        first(), second()
    assert home.state("light.desk_lamp") == "off"


def test_each_undoes_their_own_after_they_overlapped(home: Household) -> None:
    """What was before is kept for each turn, whoever else acted in between."""
    with stuck(home, "light.desk_lamp") as (waiting, let_go):
        ana = talk(home, "ana", "turn on the desk lamp")
        assert waiting.wait(_SOON)
        talk(home, "ben", "turn on the kitchen light")()
        let_go.set()
        ana()
    talk(home, "ana", "undo")()
    assert (home.state("light.desk_lamp"), home.state("light.kitchen")) == ("off", "on")
    talk(home, "ben", "undo")()
    assert home.state("light.kitchen") == "off"


def test_many_people_at_once_are_each_answered_once(home: Household) -> None:
    """Twenty people in as many threads: as many turns as messages, and every name gets its own answer."""
    waits = [talk(home, f"p{n}", "turn on the kitchen light" if n % 2 else "is the desk lamp on?") for n in range(20)]
    replies = [wait() for wait in waits]
    assert sorted(reply.turn or 0 for reply in replies) == list(range(1, 21))
    assert all(message.to == f"p{n}" for n, reply in enumerate(replies) for message in reply.messages)
