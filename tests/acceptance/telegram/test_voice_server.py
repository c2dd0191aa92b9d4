"""A voice note is written down by a speech-to-text server, shown, and then taken like what is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.acceptance.telegram.household import Household, Opening
from tests.acceptance.telegram.people import Somebody, Told
from tests.acceptance.telegram.speech_server import SpeechServer, voice_note

NOTE = voice_note()
# As patient with the server as a test can be; the minute that people get is the default of the same field.
LESS_PATIENT = """
from butler.channels.telegram.voice import Listener

Listener.__init__.__defaults__ = (3.5,)
"""


@pytest.fixture(scope="module")
def speech() -> Iterator[SpeechServer]:
    """Return the server, which has its port and is not there."""
    server = SpeechServer()
    yield server
    server.close()


@pytest.fixture(scope="module")
def listening(opened: Opening, speech: SpeechServer) -> Iterator[Household]:
    """Return a household that has its voice notes written down."""
    house = opened(config=f'[speech]\nwyoming = "127.0.0.1:{speech.port}"\n')
    house.inject(LESS_PATIENT)
    house.start()
    yield house
    house.close()


@pytest.fixture
def shared(listening: Household) -> Household:
    """Return that household as the one whose people come and go."""
    return listening


def says_aloud(house: Household, somebody: Somebody, content: bytes = NOTE) -> Told:
    """Send a voice note and return what came of it."""
    before = house.messages(somebody.chat)
    somebody.on_telegram.sends_voice(content)
    house.settle()
    return Told(tuple(shown for shown in house.messages(somebody.chat) if shown not in before))


def test_a_voice_note_is_written_down_shown_and_carried_out(
    house: Household, speech: SpeechServer, ben: Somebody
) -> None:
    speech.words = " Turn on the garage light. "
    with speech.open():
        told = says_aloud(house, ben)
    assert "I heard “Turn on the garage light.”" in told.text
    assert "Garage light is on" in told.text
    assert abs(speech.heard_s[-1] - 1.0) < 0.1
    assert "garage light is on" in ben.says("is the garage light on?").text.lower()
    ben.says("turn off the garage light")


def test_what_was_said_aloud_is_asked_about_like_what_is_written(
    house: Household, speech: SpeechServer, ben: Somebody
) -> None:
    """A voice is no key: a lock wants its press."""
    speech.words = "unlock the front door"
    with speech.open():
        told = says_aloud(house, ben)
    assert "I heard “unlock the front door”" in told.text
    assert "locked" in ben.says("is the front door locked?").text
    assert [label[:3] for label in told.with_button("Yes").buttons] == ["Yes", "No"]


def test_butler_is_shown_typing_while_it_listens(house: Household, speech: SpeechServer, ben: Somebody) -> None:
    speech.words, speech.seconds = "is the garage light on?", 1.25
    with speech.open():
        told = says_aloud(house, ben)
    speech.seconds = 0.0
    assert "arage light is" in told.text
    assert "typing" in [action for _, action in house.server.actions(ben.chat)]


@pytest.mark.parametrize(
    ("words", "said"),
    [("", "any words"), (" \n ", "any words"), (None, "didn't answer")],
    ids=["none", "blank", "slow"],
)
def test_a_voice_note_that_gives_no_words_is_answered_honestly(
    house: Household, speech: SpeechServer, ben: Somebody, words: str | None, said: str
) -> None:
    """Silence, and a server that takes too long."""
    speech.words = words
    turns = house.ledger.count("SELECT count(*) FROM turns")
    with speech.open():
        told = says_aloud(house, ben)
    assert said in told.text
    assert "write it" in told.text
    assert house.ledger.count("SELECT count(*) FROM turns") == turns


def test_a_server_that_is_down_is_told_of_and_does_not_hinder_what_is_written(house: Household, ben: Somebody) -> None:
    assert "didn't answer" in says_aloud(house, ben).text
    assert "Hall light is" in ben.says("turn on the hall light").text


def test_a_recording_that_cannot_be_read_is_told_of(house: Household, ben: Somebody) -> None:
    assert "couldn't read" in says_aloud(house, ben, b"OggS" + bytes(60)).text
