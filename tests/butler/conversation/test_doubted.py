"""Words that were doubted are asked about when they are said again, with what was meant then to choose from."""

from __future__ import annotations

from store import turns
from tests.butler.conversation.conftest import Chat

SLEEP = "i am off to sleep in the bedroom"
GLOOMY = "its too gloomy in the living room"
MEANT = "I meant “turn on the bedroom light”"


def doubted(chat: Chat, who: str = "ana") -> None:
    """Say something that is taken for a goodbye, and at once what was meant by it."""
    assert chat.say(SLEEP, who=who) == "Goodbye!"
    assert chat.labels == []
    chat.wait(20)
    chat.say("turn on the bedroom light", who=who)
    chat.wait(600)


def verdict(chat: Chat, turn: int | None) -> str | None:
    row = turns.get(chat.store, turn or 0)
    assert row is not None
    return row.verdict


def test_what_was_said_next_is_offered_and_done_and_remembered(chat: Chat) -> None:
    doubted(chat)
    chat.say("turn off the bedroom light")
    chat.say(SLEEP)
    turn = chat.last.turn
    assert chat.labels == ["✅", "❌", MEANT]
    assert "Bedroom light is on" in chat.press("I meant")
    assert chat.state("light.bedroom") == "on"
    assert verdict(chat, turn) == "corrected"
    assert f"Shall I remember that for “{SLEEP}”?" in chat.replies[-1].messages[-1].text
    chat.press("Remember it")
    chat.say("turn off the bedroom light")
    assert "Bedroom light is on" in chat.say(SLEEP)
    assert chat.labels == []


def test_a_question_offers_it_before_never_mind(chat: Chat) -> None:
    chat.say(GLOOMY)
    assert chat.last.outcome == "asked"
    chat.say("turn on the living room light")
    chat.say("turn off the living room light")
    chat.wait(600)
    chat.say(GLOOMY)
    assert "I meant “turn on the living room light”" in chat.labels
    assert chat.labels[-1] == "Never mind"
    chat.press("I meant “turn on")
    assert chat.state("light.living_room") == "on"
    # Of another kind of thing, what was taken for a name is none: the sentence is what can be kept.
    assert "From now on" not in chat.last.messages[0].text
    assert chat.labels[-1] == "Remember it"


def test_right_ends_the_doubt(chat: Chat) -> None:
    doubted(chat)
    chat.say(SLEEP)
    chat.press("✅")
    chat.wait(600)
    chat.say(SLEEP)
    assert chat.labels == []


def test_nobody_is_asked_more_than_three_times(chat: Chat) -> None:
    doubted(chat)
    asked = []
    for _ in range(5):
        chat.say(SLEEP)
        asked.append(MEANT in chat.labels)
        chat.wait(3600)
    assert asked == [True, True, True, False, False]


def test_what_the_house_is_told_exactly_is_never_asked_about(chat: Chat) -> None:
    chat.say("turn on the bedroom light")
    chat.say("turn off the bedroom light")
    chat.say("undo")
    chat.wait(600)
    chat.say("turn on the bedroom light")
    assert "✅" not in chat.labels


def test_what_comes_two_minutes_later_says_nothing_of_it(chat: Chat) -> None:
    chat.say(SLEEP)
    chat.wait(121)
    chat.say("turn on the bedroom light")
    chat.say(SLEEP)
    assert chat.labels == []


def test_somebody_else_is_asked_as_well_but_no_guest_is_offered_anything(chat: Chat) -> None:
    doubted(chat)
    chat.say(SLEEP, who="ben")
    assert chat.labels == ["✅", "❌", MEANT]
    chat.say(SLEEP, who="gus")
    assert MEANT not in chat.labels


def test_the_offer_still_holds_after_other_talk(chat: Chat) -> None:
    doubted(chat)
    chat.say("turn off the bedroom light")
    chat.say(SLEEP)
    turn = chat.last.turn
    chat.say("turn on the desk lamp")
    assert "Bedroom light is on" in chat.press("I meant")
    assert verdict(chat, turn) == "corrected"
    assert chat.state("light.desk_lamp") == "on"
    assert "already answered" in chat.press("I meant")


def test_wrong_asks_what_was_meant(chat: Chat) -> None:
    doubted(chat)
    chat.say(SLEEP)
    assert "What did you mean?" in chat.press("❌")


def test_nobody_is_shown_anothers_words(chat: Chat) -> None:
    """What was done in the home is told; how it was said is not."""
    chat.say(SLEEP)
    chat.say("my love, turn on the bedroom light please")
    assert chat.state("light.bedroom") == "on"
    chat.wait(600)
    chat.say(SLEEP, who="ben")
    assert chat.labels == ["✅", "❌", MEANT]
    chat.say(SLEEP)
    assert "my love" in chat.labels[2]


def test_what_somebody_wrote_down_is_offered_to_nobody_else(chat: Chat) -> None:
    chat.say("how are things")
    chat.say("add things to my shopping list")
    chat.wait(600)
    chat.say("how are things", who="ben")
    assert not any("shopping" in label for label in chat.labels)


def test_a_question_after_an_order_is_no_other_wording_of_it(chat: Chat) -> None:
    chat.say("the garage light can go out now")
    chat.say("are all lights out now")
    chat.wait(600)
    chat.say("the garage light can go out now")
    assert not any("are all lights" in label for label in chat.labels)


def test_an_offer_is_good_for_ten_minutes(chat: Chat) -> None:
    doubted(chat)
    chat.say("turn off the bedroom light")
    chat.say(SLEEP)
    chat.wait(601)
    assert "too late" in chat.press("I meant")
    assert chat.state("light.bedroom") == "off"


def test_what_holds_the_words_themselves_is_done_and_not_offered_to_be_remembered(chat: Chat) -> None:
    chat.say(SLEEP)
    chat.say(f"{SLEEP}, turn on the bedroom light")
    chat.wait(600)
    chat.say(SLEEP)
    assert chat.labels[2].startswith("I meant")
    chat.press("I meant")
    assert chat.state("light.bedroom") == "on"
    assert "Remember it" not in chat.labels
