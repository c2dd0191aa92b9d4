"""The household's lists: put on, taken off, read, cleared after a question, and all of it taken back."""

from __future__ import annotations

import pytest

from store import lists
from tests.butler.conversation.conftest import Chat


def on(chat: Chat, name: str = "shopping") -> list[str]:
    """Return what is on a list, with quantities."""
    return [f"{item.quantity} {item.item}" if item.quantity else item.item for item in lists.items(chat.store, name)]


def test_several_things_are_put_on_at_once(chat: Chat) -> None:
    said = chat.say("put milk, eggs and two lemons on the shopping list")
    assert said == "Put milk, eggs and 2 lemons on the shopping list."
    assert on(chat) == ["milk", "eggs", "2 lemons"]


def test_what_is_there_already_is_said_and_there_once(chat: Chat) -> None:
    chat.say("put milk on the shopping list")
    assert chat.say("put milk and bread on the shopping list") == (
        "Put bread on the shopping list. Milk was on it already."
    )
    assert on(chat) == ["milk", "bread"]


def test_how_much_it_was_before_is_brought_back(chat: Chat) -> None:
    chat.say("put milk and 2 lemons on the shopping list")
    assert chat.say("put 3 milk, 5 lemons and eggs on the shopping list") == (
        "Put eggs on the shopping list. It says 3 milk and 5 lemons there now."
    )
    assert "Undo" in chat.labels
    assert chat.say("undo") == "Took eggs off the shopping list again. It says milk and 2 lemons there again."
    assert on(chat) == ["milk", "2 lemons"]


def test_a_list_of_a_long_name_is_named_in_short(chat: Chat) -> None:
    chat.say(f"add nails to the {'x' * 300} list")
    assert len(chat.say("/lists")) < 100


@pytest.mark.parametrize("text", ["add ... to the list", "add , , , to the list"])
def test_nothing_is_put_on_where_nothing_was_named(chat: Chat, text: str) -> None:
    assert chat.say(text) == "What should I put on the shopping list?"
    assert on(chat) == []


def test_a_list_is_the_households(chat: Chat) -> None:
    chat.say("put milk on the shopping list")
    assert "milk" in chat.say("what's on the shopping list", "ben")
    assert chat.say("take milk off the shopping list", "gus") == "Took milk off the shopping list."
    assert on(chat) == []


def test_another_list_is_made_by_putting_something_on_it(chat: Chat) -> None:
    chat.say("add screws to the hardware list")
    assert chat.say("what's on the hardware list") == "On the hardware list:\n· screws"
    assert chat.say("/lists") == "The lists here:\n· hardware: 1 thing"
    assert chat.say("/lists hardware") == "On the hardware list:\n· screws"


@pytest.mark.parametrize("text", ["take the egg off the shopping list", "remove eggs from the shopping list"])
def test_a_thing_is_taken_off_by_its_name(chat: Chat, text: str) -> None:
    chat.say("put milk and eggs on the shopping list")
    assert "Took eggs off the shopping list." in chat.say(text)
    assert on(chat) == ["milk"]


def test_what_is_not_there_is_not_taken_off(chat: Chat) -> None:
    chat.say("put oat milk and soy milk on the shopping list")
    assert chat.say("remove bread from the shopping list") == "There is no bread on the shopping list."
    assert "Which one do you mean" in chat.say("remove milk from the shopping list")
    assert len(on(chat)) == 2


def test_undo_takes_off_again_and_puts_back(chat: Chat) -> None:
    chat.say("put milk and eggs on the shopping list")
    chat.say("remove eggs from the shopping list")
    assert chat.say("undo") == "Put eggs back on the shopping list."
    assert chat.say("undo") == "Took milk and eggs off the shopping list again."
    assert on(chat) == []


def test_undo_leaves_what_was_there_before(chat: Chat) -> None:
    chat.say("put milk on the shopping list", "ben")
    chat.say("put milk and eggs on the shopping list")
    chat.say("undo")
    assert on(chat) == ["milk"]


def test_clearing_asks_first_and_can_be_undone(chat: Chat) -> None:
    chat.say("put milk and eggs on the shopping list")
    assert chat.say("clear the shopping list") == "Shall I take 2 things off the shopping list: milk and eggs?"
    assert on(chat) == ["milk", "eggs"]
    assert chat.press("Yes") == "Took 2 things off the shopping list. It is empty now."
    assert chat.say("undo") == "Put milk and eggs back on the shopping list."


def test_only_what_was_asked_about_is_cleared(chat: Chat) -> None:
    chat.say("put milk on the shopping list")
    chat.say("clear the shopping list")
    chat.say("put bread on the shopping list", "ben")
    assert "still there" in chat.press("Yes")
    assert on(chat) == ["bread"]


def test_a_no_or_another_command_clears_nothing(chat: Chat) -> None:
    chat.say("put milk on the shopping list")
    chat.say("clear the shopping list")
    chat.press("No")
    chat.say("clear the shopping list")
    button = chat.button("Yes")
    assert "dropped my question" in chat.say("turn on the kitchen light")
    chat.press_id(button)
    assert on(chat) == ["milk"]


def test_whether_something_is_on_it_is_told(chat: Chat) -> None:
    chat.say("put milk on the shopping list")
    assert chat.say("is there milk on the shopping list").startswith("Yes: milk is on")
    assert chat.say("is there bread on the shopping list").startswith("No, there is no bread")


def test_an_empty_list_says_so(chat: Chat) -> None:
    assert chat.say("what's on the shopping list") == "There is nothing on the shopping list."
    assert chat.say("clear the shopping list") == "There is nothing on the shopping list."


def test_far_too_many_things_are_not_dropped_silently(chat: Chat) -> None:
    said = chat.say("add " + ", ".join(f"thing{n}" for n in range(80)) + " to the shopping list")
    assert f"I took the first {len(on(chat))}" in said


def test_done_with_something_that_is_no_task_takes_it_off_the_shopping_list(chat: Chat) -> None:
    chat.say("put milk on the shopping list")
    assert chat.say("done with the milk") == "Took milk off the shopping list."


def test_something_to_buy_on_a_day_is_a_task(chat: Chat) -> None:
    """Only where no list was named; on a list that was, the day is part of the thing."""
    assert "(task 1)" in chat.say("I need to buy milk and bread today")
    chat.say("put bread for sunday on the shopping list")
    assert len(on(chat)) == 1


def test_what_went_on_the_wrong_list_is_moved(chat: Chat) -> None:
    chat.say("put screws on the shopping list")
    assert chat.say("no, I meant the hardware list") == "Put screws on the hardware list."
    assert (on(chat), on(chat, "hardware")) == ([], ["screws"])
    chat.say("undo")
    assert on(chat, "hardware") == []
