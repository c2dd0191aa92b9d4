"""A real Home Assistant is killed, restarted, and takes its token back."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator

import pytest

from butler.conversation.settings import Settings
from butler.home import Home, HomeUnreachableError, Outcome, carry_out
from butler.home.assistant import Address, AssistantHome
from butler.home.port import Call
from butler.secret import Secret
from tests.home_assistant.conftest import Talk, within
from tests.home_assistant.houses import EVERYTHING
from tests.home_assistant.real_server import RealServer

pytestmark = pytest.mark.real_home_assistant
Talking = Callable[[Home, Settings], Talk]


@pytest.fixture
def home(real_home_assistant: RealServer) -> Iterator[AssistantHome]:
    real_home_assistant.load(EVERYTHING)
    home = AssistantHome(real_home_assistant.address)
    yield home
    home.close()


def test_it_is_killed_in_mid_call_and_back_within_ten_seconds_of_answering(
    real_home_assistant: RealServer, home: AssistantHome, talking: Talking
) -> None:
    talk = talking(home, Settings(call_timeout_s=3.8))
    assert "off" in talk.say("turn off the table lamp")
    real_home_assistant.fault("light.table", "slow:30")
    killing = threading.Timer(0.5, lambda: real_home_assistant.stop(signal.SIGKILL))
    killing.start()
    said = talk.say("turn on the table lamp")
    killing.join()
    assert talk.last.outcome != "acted", said
    assert "can't reach" in talk.say("turn off the counter light")
    real_home_assistant.spawn()
    assert within(60, real_home_assistant.answers)
    assert within(10, lambda: home.snapshot() is not None)
    real_home_assistant.start()
    real_home_assistant.load(EVERYTHING)
    assert "off" in talk.say("turn off the counter light")
    assert talk.last.outcome == "acted"


def test_a_token_that_is_revoked_is_named_as_the_reason(real_home_assistant: RealServer) -> None:
    token = real_home_assistant.new_token(real_home_assistant.token)
    home = AssistantHome(Address(real_home_assistant.url, Secret(token)))
    try:
        assert home.snapshot().entities
        real_home_assistant.revoke(token)
        assert within(10, lambda: "token" in (home.problem or ""))
        with pytest.raises(HomeUnreachableError, match="does not take the token"):
            home.snapshot()
    finally:
        home.close()


def test_names_changed_in_home_assistant_are_known_at_the_next_look(
    real_home_assistant: RealServer, home: AssistantHome
) -> None:
    home.snapshot()
    update = "config/entity_registry/update"
    real_home_assistant.ask(update, entity_id="light.table", name="Reading Lamp", aliases=["big bertha"])
    lamp = home.snapshot().by_id["light.table"]
    assert (lamp.name, lamp.aliases) == ("Reading Lamp", ("big bertha",))


def test_a_script_with_a_lock_in_it_shows_what_it_acts_on(home: AssistantHome) -> None:
    assert home.snapshot().by_id["script.let_in"].attributes["entity_id"] == ["lock.back_door"]


def test_what_cannot_be_is_refused_with_home_assistants_reason(home: AssistantHome) -> None:
    report = carry_out(home, [Call("climate.set_temperature", ("climate.heating",), {"temperature": 90})])
    assert [outcome.outcome for outcome in report.outcomes] == [Outcome.ERROR]
    assert "30" in (report.outcomes[0].problem or "")


def test_a_user_who_may_only_look_sees_the_house_and_is_told_that_it_may_not_act(
    real_home_assistant: RealServer,
) -> None:
    real_home_assistant.load(EVERYTHING)
    reader = AssistantHome(Address(real_home_assistant.url, Secret(real_home_assistant.token_of_reader())))
    try:
        lamp = reader.snapshot().by_id["light.table"]
        assert (lamp.name, lamp.state, lamp.exposed) == ("Table Lamp", "on", True)
        report = carry_out(reader, [Call("light.turn_off", ("light.table",))])
        assert [(o.outcome, o.problem) for o in report.outcomes] == [
            (Outcome.ERROR, "Home Assistant does not let Butler do that")
        ]
    finally:
        reader.close()
