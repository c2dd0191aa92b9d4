"""Home Assistant goes, stumbles and comes back: Butler says so, claims nothing, and is there again by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from butler.conversation.settings import Settings
from butler.home import Home, HomeUnreachableError, Outcome, carry_out
from butler.home.assistant import AssistantHome
from butler.home.errors import CallError, CallTimeoutError
from butler.home.port import Call
from tests.home_assistant.conftest import QUICK, Talk, within
from tests.home_assistant.stand_in import StandIn

OFF = Call("light.turn_off", ("light.table",))
Talking = Callable[[Home, Settings], Talk]


def test_a_home_that_was_never_there_is_out_of_reach_and_says_why() -> None:
    with pytest.raises(HomeUnreachableError, match="cannot be reached"):
        look_at_nothing()


def look_at_nothing() -> None:
    server = _stopped()
    home = AssistantHome(server.address, timing=QUICK)
    try:
        home.snapshot()
    finally:
        home.close()
        server.close()


def _stopped() -> StandIn:
    server = StandIn({})
    server.stop()
    return server


def test_after_a_restart_it_is_there_again_with_what_changed_meanwhile(server: StandIn, home: AssistantHome) -> None:
    home.snapshot()
    server.stop()
    assert within(2, lambda: home.problem is not None)
    with pytest.raises(HomeUnreachableError):
        home.snapshot()
    server.house.demo.set("light.table", "off")
    server.house.look("01ELSEWHERE")
    server.start()
    assert within(5, lambda: home.snapshot().by_id["light.table"].state == "off")
    assert carry_out(home, [Call("light.turn_on", ("light.table",))]).succeeded


def test_a_call_under_which_the_server_dies_is_no_success(server: StandIn, home: AssistantHome) -> None:
    home.snapshot()
    server.house.slow["light.table"] = 30.0
    dying = threading.Timer(0.1, server.stop)
    dying.start()
    report = carry_out(home, [OFF], 1.0)
    dying.join()
    assert [outcome.outcome for outcome in report.outcomes] == [Outcome.ERROR]


def test_a_call_that_was_served_before_the_connection_broke_is_seen_once_it_is_back(
    server: StandIn, home: AssistantHome
) -> None:
    home.snapshot()
    server.mischief.breaks = lambda message: message.get("result", {}) is not None and "context" in str(message)
    report = carry_out(home, [OFF], 2.0)
    assert server.mischief.broken == 1
    assert [outcome.outcome for outcome in report.outcomes] == [Outcome.CHANGED]


def test_a_token_that_is_taken_back_is_named_as_the_reason(server: StandIn, home: AssistantHome) -> None:
    home.snapshot()
    server.revoke()
    assert within(2, lambda: "token" in (home.problem or ""))
    with pytest.raises(HomeUnreachableError, match="does not take the token"):
        home.snapshot()


def test_a_server_that_falls_silent_is_left_and_reached_anew(server: StandIn, home: AssistantHome) -> None:
    home.snapshot()
    server.mischief.loses = lambda _: True
    with pytest.raises(HomeUnreachableError, match="no answer"):
        home.snapshot()
    server.mischief.none()
    assert within(5, lambda: bool(home.snapshot().entities))


def test_an_answer_that_never_comes_is_a_timeout(server: StandIn, home: AssistantHome) -> None:
    home.snapshot()
    server.mischief.loses = lambda message: "context" in str(message.get("result"))
    with pytest.raises(CallTimeoutError):
        home.call(Call("light.toggle", ("light.counter",)), 0.5)


def test_a_lost_event_is_made_up_for_by_reading_back(server: StandIn, home: AssistantHome) -> None:
    home.snapshot()
    server.mischief.loses = lambda message: message.get("type") == "event" and "c" in message["event"]
    report = carry_out(home, [OFF], 2.0)
    assert [outcome.outcome for outcome in report.outcomes] == [Outcome.CHANGED]


def test_nothing_is_called_already_so_from_a_state_that_is_long_past(server: StandIn, home: AssistantHome) -> None:
    home.snapshot()
    server.mischief.loses = lambda message: message.get("type") == "event"
    server.change(lambda house: house.demo.set("light.table", "off"))
    server.mischief.none()
    server.change(lambda house: house.demo.fault("light.table", "no_effect"))
    report = carry_out(home, [Call("light.turn_on", ("light.table",))], 2.0)
    assert [outcome.outcome for outcome in report.outcomes] == [Outcome.UNCHANGED]


def test_messages_out_of_order_lead_to_the_last_state(server: StandIn, home: AssistantHome) -> None:
    home.snapshot()
    server.mischief.swaps = True
    server.mischief.delay_s = 0.05

    async def flicker() -> None:
        for state in ("off", "on") * 10 + ("off",):
            server.house.demo.set("light.table", state)
            server.tell_states(server.house.context())

    server.do(flicker())
    server.mischief.none()
    assert within(3, lambda: home.snapshot().by_id["light.table"].state == "off")


@pytest.mark.parametrize("kind", ["light.dance", "light.turn_on"])
def test_a_refused_call_is_an_error_and_the_connection_lives(server: StandIn, home: AssistantHome, kind: str) -> None:
    home.snapshot()
    data = {"color_name": "octarine"} if kind == "light.turn_on" else {}
    with pytest.raises(CallError):
        home.call(Call(kind, ("light.table",), data), 2)
    assert home.problem is None


def test_without_the_home_butler_answers_says_so_and_learns_nothing(
    server: StandIn, home: AssistantHome, talking: Talking
) -> None:
    talk = talking(home, Settings(call_timeout_s=1.0))
    assert "off" in talk.say("turn off the table lamp")
    server.stop()
    assert within(2, lambda: home.problem is not None)
    assert "can't reach" in talk.say("turn on the table lamp")
    assert talk.say("hello")
    assert talk.last.outcome == "answered"
    server.start()
    assert within(5, lambda: bool(home.snapshot().entities))
    assert "on" in talk.say("turn on the table lamp")
    assert talk.last.outcome == "acted"


@pytest.mark.parametrize(("shut_out", "told"), [(False, "can't reach"), (True, "doesn't let me in")])
def test_of_a_home_that_was_not_reached_since_the_start_nothing_is_called_unknown(
    server: StandIn, talking: Talking, *, shut_out: bool, told: str
) -> None:
    """What is in it is not known, and nobody is asked what it is called; what is to be done is still written down."""
    (server.revoke if shut_out else server.stop)()
    home = AssistantHome(server.address, timing=QUICK)
    talk = talking(home, Settings(call_timeout_s=1.0))
    for text in (
        "turn on the table lamp",
        "which lights are on",
        "is the front door locked",
        "what's the temperature in the hall",
        "what's the weather tomorrow",
        "set the heating to 21",
        "turn on the table lamp in 10 minutes",
    ):
        assert told in talk.say(text)
        assert not talk.last.messages[0].buttons
    assert "milk" in talk.say("buy milk this weekend")
    if not shut_out:
        server.start()
        assert within(5, lambda: bool(home.snapshot().entities))
        assert talk.say("turn off the table lamp")
        assert talk.last.outcome == "acted"
    home.close()


def test_a_closed_home_is_out_of_reach(home: AssistantHome) -> None:
    home.snapshot()
    home.close()
    home.close()
    with pytest.raises(HomeUnreachableError):
        home.snapshot()
