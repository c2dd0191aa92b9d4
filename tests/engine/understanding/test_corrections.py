"""Corrections and feedback count right after an action, and say what was wanted."""

from __future__ import annotations

import pytest

from engine.understanding.lessons import Correct, Feedback, parse_lesson
from tests.engine.understanding.house import knows

CORRECTED = (
    ("no I wanted it off", Correct("it off")),
    ("not red, blue", Correct("blue", "red")),
    ("wrong! I said the hall light", Correct("the hall light")),
    ("you turned on the wrong light, it should have been the hall light", Correct("the hall light")),
    ("not in the hall, in the kitchen", Correct("in the kitchen", "in the hall")),
    ("that's not the lamp I meant, I meant the reading lamp", Correct("the reading lamp", "the lamp I meant")),
    ("no, I meant the bedroom light", Correct("the bedroom light")),
    ("not that one, the bedroom light", Correct("the bedroom light")),
    ("wrong light, I wanted the bedroom light", Correct("the bedroom light")),
    ("I said the bedroom light", Correct("the bedroom light")),
    ("no the other one", Correct("the other one")),
    ("the bedroom one, not the kitchen", Correct("the bedroom one", "the kitchen")),
    ("I meant the bedroom light", Correct("the bedroom light")),
    ("that's the wrong one, bedroom light please", Correct("bedroom light")),
    ("actually I wanted the bedroom light", Correct("the bedroom light")),
    ("the bedroom light instead", Correct("the bedroom light")),
    ("no no, the bedroom light", Correct("the bedroom light")),
    ("sorry, the bedroom light I meant", Correct("the bedroom light")),
    ("not the kitchen, the hall", Correct("the hall", "the kitchen")),
    ("oops I meant the fan", Correct("the fan")),
    ("should have been the fan", Correct("the fan")),
    ("nope, the fan", Correct("the fan")),
    ("turn it on instead", Correct("turn it on")),
    ("not the lamp, the fan", Correct("the fan", "the lamp")),
    ("no, turn off the kitchen light", Correct("turn off the kitchen light")),
    ("no, the bedroom light please", Correct("the bedroom light")),
    ("i wanted the bedroom light not the kitchen light", Correct("the bedroom light", "the kitchen light")),
    ("that's not the one, the hall light", Correct("the hall light")),
    ("wrong room, the bedroom", Correct("the bedroom")),
    ("not this one, the fan", Correct("the fan")),
    ("I meant the fan instead of the lamp", Correct("the fan", "the lamp")),
    ("make it 50% instead", Correct("50%")),
    ("no, 50 percent", Correct("50 percent")),
    ("no, I meant 30", Correct("30")),
    ("no i said off", Correct("off")),
    ("it should have been the fan", Correct("the fan")),
    ("I didn't mean the lamp, I meant the fan", Correct("the fan", "the lamp")),
    ("I didn't say kitchen, I said hall", Correct("hall", "kitchen")),
    ("wrong one", Correct(None)),
    ("not that one", Correct(None)),
    ("that's not what I meant, I meant the fan", Correct("the fan")),
    ("you got the wrong light, I wanted the reading lamp", Correct("the reading lamp")),
    ("no, in the bedroom", Correct("in the bedroom")),
    ("i was talking about the fan", Correct("the fan")),
    ("that's the kitchen light, I wanted the hall light", Correct("the hall light", "the kitchen light")),
    ("wait, I meant the fan", Correct("the fan")),
    ("no, I meant the blorp", Correct("the blorp")),
    ("no, wrong lamp, the reading lamp", Correct("the reading lamp")),
    ("the fan, I said", Correct("the fan")),
    ("the fan is what I meant", Correct("the fan")),
    ("Nooo the bedroom light!", Correct("the bedroom light")),
    ("i meant turn on the fan", Correct("turn on the fan")),
    ("not the lamp but the fan", Correct("the fan", "the lamp")),
    ("the fan, not the lamp", Correct("the fan", "the lamp")),
    ("no sorry the fan", Correct("the fan")),
    ("hmm, the fan rather", Correct("the fan")),
    ("try the fan instead", Correct("the fan")),
    ("No — I meant the “bedroom light”.", Correct("the bedroom light")),
    ("no not the lamp, the fan", Correct("the fan", "the lamp")),
    ("no, not that one", Correct(None)),
    ("the bedroom light, I mean", Correct("the bedroom light")),
    ("actually, the fan", Correct("the fan")),
    ("I asked for the fan", Correct("the fan")),
    ("what I meant was the fan", Correct("the fan")),
    ("i meant the one in the bedroom", Correct("the one in the bedroom")),
    ("no the one in the kitchen", Correct("the one in the kitchen")),
)
EXPLICIT = (
    "no, I meant the bedroom light",
    "wrong light, I wanted the bedroom light",
    "actually I wanted the bedroom light",
    "sorry, the bedroom light I meant",
    "oops I meant the fan",
    "that's not what I meant, I meant the fan",
    "you got the wrong light, I wanted the reading lamp",
    "wait, I meant the fan",
    "No — I meant the “bedroom light”.",
)
COMPLAINTS = (
    "that was wrong",
    "nonsense, that was wrong",
    "rubbish! wrong",
    "not what I asked",
    "that's not right",
    "you got it wrong",
    "wrong",
    "that's not what I wanted",
    "incorrect",
    "no, that's wrong",
    "you misunderstood me",
    "that's not it",
    "that wasn't what I meant",
    "you made a mistake",
    "wrong again",
)
PRAISES = (
    "perfect",
    "exactly",
    "well done",
    "that's right",
    "spot on",
    "good job",
    "great, thanks",
    "that's what I wanted",
    "yes, perfect",
    "you nailed it",
    "nice one, thank you",
    "just what I wanted",
    "that's better",
    "brilliant",
    "that's the one",
    "that works",
    "👍",
)


@pytest.mark.parametrize(("text", "correction"), CORRECTED)
def test_a_wording_of_correction_says_what_was_wanted(text: str, correction: Correct) -> None:
    assert parse_lesson(text, after_action=True, vocabulary=knows) == correction


def test_corrections_come_in_many_wordings() -> None:
    assert len(CORRECTED) >= 40


@pytest.mark.parametrize("text", EXPLICIT)
def test_an_explicit_correction_is_one_even_with_nothing_before_it(text: str) -> None:
    assert isinstance(parse_lesson(text, after_action=False, vocabulary=knows), Correct)


@pytest.mark.parametrize(
    "text", ["no, the bedroom light", "not the lamp, the fan", "wrong one", "the fan instead", "not that one"]
)
def test_a_short_correction_needs_an_action_before_it(text: str) -> None:
    assert parse_lesson(text, after_action=False, vocabulary=knows) is None
    assert isinstance(parse_lesson(text, after_action=True, vocabulary=knows), Correct)


@pytest.mark.parametrize(
    "text",
    [
        "turn on the fan",
        "turn on the fan too",
        "actually turn on the fan",
        "the fan",
        "close the front door",
        "I want the fan on",
        "wait, turn on the fan as well",
        "and the hall light",
        "make it 50%",
        "set the fan to full",
        "the fan first",
    ],
)
def test_a_plain_command_after_an_action_corrects_nothing(text: str) -> None:
    assert parse_lesson(text, after_action=True, vocabulary=knows) is None


def test_a_no_followed_by_words_the_home_does_not_know_is_talk() -> None:
    assert parse_lesson("no, the meeting", after_action=True, vocabulary=knows) is None
    assert parse_lesson("no, the hall", after_action=True, vocabulary=knows) == Correct("the hall")


@pytest.mark.parametrize(("texts", "positive"), [(COMPLAINTS, False), (PRAISES, True)])
def test_feedback_is_told_apart_and_needs_an_action_before_it(texts: tuple[str, ...], *, positive: bool) -> None:
    assert len(texts) >= 10
    for text in texts:
        assert parse_lesson(text, after_action=True, vocabulary=knows) == Feedback(positive=positive), text
        assert parse_lesson(text, after_action=False, vocabulary=knows) is None, text


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "no",
        "ok",
        "thanks",
        "all right",
        "the wrong trousers",
        "I got it wrong at school",
        "is that right?",
        "you got the milk",
    ],
)
def test_answers_and_talk_are_no_feedback(text: str) -> None:
    assert parse_lesson(text, after_action=True, vocabulary=knows) is None
