"""What is said in private: words, replies, edits, forwarded messages, voice, photos, long and hostile texts."""

from __future__ import annotations

import pytest

from tests.acceptance.telegram.household import Household
from tests.acceptance.telegram.people import Somebody

HOSTILE = (
    "<b>turn on</b> the kitchen light",
    "<b>unclosed",
    "</b></i>",
    "a & b &amp; c &lt;",
    "**bold** *and* _half_ `code",
    "**unclosed",
    "[link](http://example.org)",
    "<a href='http://example.org'>x</a>",
    "\u202eright to left\u202c",
    "zero\u200bwidth\u200d\ufeff",
    "tab\tand\nline\r\nends",
    "&#x41;&#65;&nbsp;",
    "<script>alert(1)</script>",
    "👩‍👩‍👧‍👦🇩🇪 flags",
    "' \" ` \\ | ~ { } ! # + - = . ( )",
    "<tg-spoiler>",
    "%s %d {0} {name}",
)


def test_a_word_is_taught_used_in_the_next_message_and_taken_back(house: Household, ada: Somebody) -> None:
    told = ada.says("when I say bertha I mean the floor lamp").text
    number = told.rpartition("(#")[2].partition(")")[0]
    assert "Floor lamp is off" in ada.says("turn off bertha").text
    assert f"Rolled back #{number}" in ada.says(f"/rollback {number}").text
    assert "Floor lamp is" not in ada.says("turn off bertha").text


def test_a_choice_is_made_by_button_and_its_keyboard_shows_what_was_chosen(house: Household, ben: Somebody) -> None:
    asked = ben.says("turn on the lamp")
    assert "Which one" in asked.text
    told = ben.presses("Desk Lamp", asked)
    assert "Desk lamp is" in told.text
    shown = house.message(asked.messages[-1])
    assert shown.buttons == {}
    assert "Desk Lamp" in shown.text


def test_an_edited_command_is_not_run_twice(house: Household, ben: Somebody) -> None:
    sent = ben.sends("turn on the porch light")
    house.settle()
    told = ben.edits(sent, "turn off the porch light")
    assert "is off" not in told.text
    assert "porch light is on" in ben.says("is the porch light on?").text.lower()


def test_a_forwarded_message_is_neither_done_nor_learned_from(house: Household, ben: Somebody) -> None:
    digest = house.digest()
    assert "forwarded" in ben.forwards("turn on the garage light").text
    assert "forwarded" in ben.forwards("when I say fwd I mean the floor lamp").text
    assert "off" in ben.says("is the garage light on?").text
    assert house.digest() == digest


def test_voice_without_a_speech_server_is_answered_honestly(house: Household, ben: Somebody) -> None:
    told = ben.sends_voice().text
    assert "voice" in told.lower()


@pytest.mark.parametrize("caption", ["", "turn on the garage light"])
def test_a_photo_is_answered_honestly_and_nothing_is_switched(house: Household, ben: Somebody, caption: str) -> None:
    told = ben.sends_photo(caption).text
    assert any(word in told.lower() for word in ("photo", "picture", "image")), told
    assert "off" in ben.says("is the garage light on?").text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markup_is_taken_and_shown_as_it_was_written(house: Household, ada: Somebody, text: str) -> None:
    """Talk, a lesson and a name: whatever comes back of it, Telegram takes it as it is."""
    assert not ada.says(text).silent
    assert not ada.says(f"when I say {text} I mean the floor lamp").silent
    assert not ada.says(f"turn on the {text}").silent
    assert not ada.says("/why").silent
    assert not ada.says(f"/rollback 1 {text}").silent


def test_a_name_with_markup_is_shown_as_it_is(house: Household, ada: Somebody) -> None:
    house.seeds.admit({"telegram:77": ("Bobby </b><i>& Tables", "resident")})
    assert "Bobby </b><i>& Tables" in ada.says("/users").text
    house.seeds.remove(["telegram:77"])


def test_a_message_of_4096_characters_is_refused_politely(house: Household, ben: Somebody) -> None:
    assert "1,000 characters" in ben.says("a" * 4096).text


def test_an_answer_over_4096_characters_comes_in_parts_that_end_with_lines(house: Household, ada: Somebody) -> None:
    """A hundred and twenty people make /users longer than one message."""
    crowd = {f"telegram:{number}": (f"Planted {number} " + "👩‍👩‍👧‍👦" * 4, "guest") for number in range(5_000, 5_120)}
    house.seeds.admit(crowd)
    parts = ada.says("/users").messages
    house.seeds.remove(list(crowd))
    assert len(parts) > 1
    assert all(len(part.text.encode("utf-16-le")) // 2 <= 4096 for part in parts)
    lines = [line for part in parts for line in part.text.splitlines() if "Planted" in line]
    assert [line.split()[2] for line in lines] == [str(number) for number in range(5_000, 5_120)]
    assert all(" guest since " in line for line in lines)


def test_a_reply_to_an_earlier_question_answers_that_one(house: Household, ben: Somebody) -> None:
    """Two questions are open or past: the reply says which is meant."""
    done = ben.says("turn on the bathroom light")
    ben.says("turn on the bedroom light")
    told = ben.says("undo", reply_to=done.messages[-1])
    assert "bathroom light back off" in told.text.lower()
    assert "on" in ben.says("is the bedroom light on?").text


def test_stickers_places_and_contacts_do_not_break_anything(house: Household, ben: Somebody) -> None:
    for kind in ("sticker", "location", "contact"):
        ben.sends_other(kind)
    assert "Kitchen light is" in ben.says("turn on the kitchen light").text
