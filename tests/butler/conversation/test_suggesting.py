"""Suggested by command: tier 1 is live at once, tier 2 waits for an admin, and each kind does what it says."""

from __future__ import annotations

import pytest

from butler.conversation.messages import Role
from butler.conversation.suggestions import FORMS
from store import improvements
from store.improvements import Improvement
from store.status import Status
from tests.acceptance.family import ADA, GUS, RIA, Family
from tests.butler.conversation.conftest import Chat


def latest(chat: Chat) -> Improvement:
    return improvements.listing(chat.store)[0]


def approve(chat: Chat) -> int:
    number = latest(chat).number
    assert "Approved" in chat.say(f"/approve {number}", "adm")
    return number


@pytest.mark.parametrize(
    ("suggested", "said", "entity", "state"),
    [
        ('alias "liv room lamp" = living room light', "turn on the liv room lamp", "light.living_room", "on"),
        ('synonym "wake up" = "turn on"', "wake up the living room light", "light.living_room", "on"),
        ('command "movie time" = "turn on the living room light"', "movie time", "light.living_room", "on"),
    ],
)
def test_a_word_is_live_in_the_next_message(chat: Chat, suggested: str, said: str, entity: str, state: str) -> None:
    assert chat.state(entity) != state
    assert "From now on" in chat.say(f"/suggest {suggested} -- because we say so")
    found = latest(chat)
    assert (found.tier, found.status, found.source) == (1, Status.APPLIED, "user_suggestion")
    assert (found.submitted_by, found.rationale) == ("ana", "we say so")
    chat.say(said)
    assert chat.state(entity) == state


def test_an_example_is_live_and_can_be_undone(chat: Chat) -> None:
    before = chat.engine.digest()
    assert "lights please" in chat.say('/suggest example "lights please" = light_control')
    assert chat.engine.digest() != before
    chat.say("/undo")
    assert chat.engine.digest() == before


def test_what_is_guarded_waits(chat: Chat) -> None:
    before = chat.engine.digest()
    assert "waits" in chat.say("/suggest alias sesame = front door") or latest(chat).status is Status.PENDING
    assert (latest(chat).tier, chat.engine.digest()) == (2, before)


def test_a_pattern_acts_once_it_is_approved(chat: Chat) -> None:
    told = chat.say('/suggest pattern "Gimme {target}!" = light_control on')
    assert "isn't in use yet" in told
    chat.say("gimme the living room light")
    assert chat.state("light.living_room") == "off"
    number = approve(chat)
    assert "living room light is on" in chat.say("gimme the living room light").lower()
    assert chat.state("light.living_room") == "on"
    assert "the sentence “gimme {target}”, taught by ana" in chat.say("/why")
    chat.say(f"/rollback {number}", "adm")
    chat.say("turn off the living room light")
    chat.say("gimme the living room light")
    assert chat.state("light.living_room") == "off"


def test_a_route_changes_who_answers(chat: Chat) -> None:
    """What was sent elsewhere is done in no way, also not by a correction; an admin takes it back."""
    chat.say("/suggest routing light_control = home_state")
    number = approve(chat)
    assert chat.say("turn on the living room light") == "The living room light is off."
    assert chat.last.calls == ()
    assert "“home state” answers" in chat.say("/why")
    chat.say("no, I meant the kitchen light")
    assert (chat.state("light.living_room"), chat.last.calls) == ("off", ())
    chat.say(f"/rollback {number}", "adm")
    chat.say("turn on the living room light")
    assert chat.state("light.living_room") == "on"


def test_locks_can_be_left_alone(chat: Chat) -> None:
    chat.say("/suggest routing lock_control = decline")
    approve(chat)
    assert chat.say("unlock the front door") == "I leave locks alone here, so I did nothing."
    assert chat.labels == []


def test_help_may_answer_small_talk(chat: Chat) -> None:
    before = chat.say("how are you")
    chat.say("/suggest routing smalltalk = help")
    approve(chat)
    assert chat.say("how are you") != before
    assert "Commands:" in chat.say("how are you")


def test_a_sentence_is_worded_by_the_household(chat: Chat) -> None:
    chat.say('/suggest template thanks = "My pleasure entirely."')
    approve(chat)
    assert chat.say("thank you") == "My pleasure entirely."
    assert chat.say("/help").startswith("I run the home")


def test_only_what_was_read_back_is_told_as_done(chat: Chat) -> None:
    chat.say('/suggest template done = "Done: {what}"')
    approve(chat)
    assert chat.say("turn on the living room light") == "Done: Living room light is on."
    chat.home.fault("light.kitchen", "no_effect")
    assert "Done" not in chat.say("turn on the kitchen light")


def test_a_guarded_question_is_worded_and_still_asks(chat: Chat) -> None:
    chat.say('/suggest template confirm = "May I really {what}?"')
    approve(chat)
    assert chat.say("unlock the front door") == "May I really unlock the front door?"
    assert chat.state("lock.front_door") == "locked"


def test_a_threshold_decides_how_sure_is_sure_enough(chat: Chat) -> None:
    chat.say("/suggest threshold act = 0,6")
    approve(chat)
    assert chat.engine.knowledge.thresholds["act"] == 0.6


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("alias den = zorgl", "there is nothing called “zorgl” here"),
        ("alias den = the lamp", "could be"),
        ('example "lights please" = light_contrl', "do you mean light_control"),
        ("routing greeting = home_command", "may do more than talk"),
        ("routing greeting = shell", "nobody called “shell” answers here"),
        ('template greeting = "Done!"', "nothing was read back"),
        ('template greetin = "Hi"', "do you mean greeting"),
        ("threshold act = 0.1", "between 0.5 and 0.95"),
        ("threshold act = lots", "is no number"),
        ("threshold confirm_seconds = 600", "there is no threshold"),
        ('pattern "{target}" = light_control on', "nearly everything"),
        ('pattern "gimme {target" = light_control on', "is never closed"),
        ('pattern "gimme {target}" = light_control', "needs an action"),
        ("role ana = admin", "nothing that can be suggested"),
        ("guarded light.kitchen = no", "nothing that can be suggested"),
    ],
)
def test_what_cannot_be_suggested_says_why_and_how(chat: Chat, typed: str, told: str) -> None:
    before = chat.engine.digest(), len(improvements.listing(chat.store))
    answer = chat.say(f"/suggest {typed}")
    assert told in answer
    assert "/suggest " in answer
    assert (chat.engine.digest(), len(improvements.listing(chat.store))) == before


def test_hidden_letters_are_seen(chat: Chat) -> None:
    """What nobody sees must not become part of a word."""
    chat.say("/suggest alias de\u202en = living room light")
    assert not any(alias.phrase != "den" for alias in chat.engine.knowledge.aliases)


def test_guests_suggest_nothing(chat: Chat) -> None:
    assert "people who live here" in chat.say("/suggest alias den = lounge", "gus")
    assert improvements.listing(chat.store) == []


def test_admins_are_asked_with_buttons_and_the_suggester_is_told(family: Family) -> None:
    """The notice carries the reason; its press puts the suggestion in force."""
    family.say('/suggest template thanks = "My pleasure entirely." -- because it is nicer', RIA)
    notice = next(one for one in family.told(ADA) if "suggests that" in str(one.payload))
    assert "it is nicer" in str(notice.payload)
    approve_button = notice.payload["buttons"][0][0]
    assert "Approved" in family.press_id(approve_button, ADA)
    assert any("What you suggested" in str(one.payload) for one in family.told(RIA))
    assert family.say("thank you", GUS) == "My pleasure entirely."


def test_an_admin_decides_on_the_spot(chat: Chat) -> None:
    chat.say('/suggest template thanks = "My pleasure entirely."', "adm")
    assert chat.labels == ["Approve", "Reject"]
    chat.press("Approve", "adm")
    assert chat.say("thank you") == "My pleasure entirely."


def test_history_and_pending_tell_each_kind_in_words(chat: Chat) -> None:
    for typed in (
        'pattern "gimme {target}" = light_control action=on brightness=40',
        "routing smalltalk = help",
        'template thanks = "My pleasure entirely."',
        "threshold act = 0.6",
    ):
        chat.say(f"/suggest {typed}")
    told = chat.say("/pending", "adm")
    assert "“gimme {target}” is read as lights: on and brightness 40 (pending, suggested by ana)" in told
    assert "what is about small talk is answered otherwise (help: it tells what I can do)" in told
    assert "the sentence “thanks” is worded “My pleasure entirely.”" in told
    assert "the threshold “act” is 0.6" in told
    assert all(f"#{number}" in chat.say("/history", "adm") for number in (1, 2, 3, 4))


def test_help_names_the_command_for_residents_alone(chat: Chat) -> None:
    assert "/suggest" in chat.say("/help")
    assert "/suggest" not in chat.say("/help", "gus")
    assert Role.RESIDENT.value == "resident"


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.type)
def test_every_form_that_is_shown_is_taken(chat: Chat, form: object) -> None:
    """What an error shows as right is right here."""
    usage = getattr(form, "usage", "")
    chat.say(usage.replace("= living room lamp", "= living room light"))
    assert latest(chat).status in {Status.APPLIED, Status.PENDING}
