"""Lessons are recognised in the many ways people put them, and in nothing else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.understanding.lesson_reading import lesson_in
from engine.understanding.lessons import Correct, Feedback, Forget, Teach, Undo, parse_lesson
from tests.engine.understanding.house import knows
from tests.engine.understanding.talk import TALK

TAUGHT = (
    ("the cave is my name for the office", Teach("cave", "office", personal=True)),
    ("everyone calls the office the cave", Teach("cave", "office", renames=True)),
    ("when I say bedtime turn off the lights", Teach("bedtime", "turn off the lights")),
    ("the phrase bedtime should turn off the lights", Teach("bedtime", "turn off the lights")),
    ("just so you know, the cave is the office", Teach("cave", "office")),
    ("please learn the word cave: it means office", Teach("cave", "office")),
    ("let's say cave means office", Teach("cave", "office")),
    ("start calling the office the cave", Teach("cave", "office", renames=True)),
    ("add an alias: cave means office", Teach("cave", "office")),
    ("in our family the cave means the office", Teach("cave", "office")),
    ("to me the big light is the kitchen light", Teach("big light", "kitchen light", personal=True)),
    ("remember that the bedroom light means the front door", Teach("bedroom light", "front door")),
    ("remember that 'liv room' means living room", Teach("liv room", "living room", quoted=True)),
    ("when I say bedroom lamp, I mean the nightstand light", Teach("bedroom lamp", "nightstand light")),
    ("liv room is what we call the living room", Teach("liv room", "living room")),
    ("call the floor lamp Big Bertha", Teach("Big Bertha", "floor lamp", renames=True)),
    ("call the floor lamp big bertha please", Teach("big bertha", "floor lamp", renames=True)),
    ("by liv room I mean the living room", Teach("liv room", "living room")),
    ('"liv room" means living room', Teach("liv room", "living room", quoted=True)),
    ("liv room means the living room", Teach("liv room", "living room")),
    ("from now on the snug is the living room", Teach("snug", "living room")),
    ("let's call the floor lamp Big Bertha", Teach("Big Bertha", "floor lamp", renames=True)),
    ("liv room = living room", Teach("liv room", "living room")),
    ("liv room is another name for the living room", Teach("liv room", "living room")),
    ("liv room is short for living room", Teach("liv room", "living room")),
    ("learn that Bertha is the floor lamp", Teach("Bertha", "floor lamp")),
    (
        "if I say movie time dim the living room to 20% and close the kitchen blinds",
        Teach("movie time", "dim the living room to 20% and close the kitchen blinds"),
    ),
    ("if I say movie time do dim the living room lights", Teach("movie time", "dim the living room lights")),
    (
        "when I say movie time, dim the living room to 20% and close the kitchen blinds",
        Teach("movie time", "dim the living room to 20% and close the kitchen blinds"),
    ),
    ("whenever someone says the snug, that's the living room", Teach("snug", "living room")),
    ("in this house the snug is the living room", Teach("snug", "living room")),
    ("treat the snug as the living room", Teach("snug", "living room")),
    ("teach: snug -> living room", Teach("snug", "living room")),
    ("we call the floor lamp Big Bertha", Teach("Big Bertha", "floor lamp", renames=True)),
    ("my lamp is the nightstand light", Teach("my lamp", "nightstand light", personal=True)),
    ("for me the lamp means the bedside lamp", Teach("lamp", "bedside lamp", personal=True)),
    ("snug should mean living room", Teach("snug", "living room")),
    ("alias snug for living room", Teach("snug", "living room")),
    ("nickname the floor lamp Bertha", Teach("Bertha", "floor lamp", renames=True)),
    ("I'd like you to know that Bertha is the floor lamp", Teach("Bertha", "floor lamp")),
    ("Bertha, that's the floor lamp", Teach("Bertha", "floor lamp")),
    ("note that snug means living room", Teach("snug", "living room")),
    (
        "Hey Butler, please remember that “Liv Room” means Living Room, ok?",
        Teach("Liv Room", "Living Room", quoted=True),
    ),
    ("ok so when I say `snug` I mean the living room from now on", Teach("snug", "living room", quoted=True)),
    ("the floor lamp is called Big Bertha", Teach("Big Bertha", "floor lamp", renames=True)),
    ("rename the floor lamp to Bertha", Teach("Bertha", "floor lamp", renames=True)),
    ("give the floor lamp the name Bertha", Teach("Bertha", "floor lamp", renames=True)),
    ("Bertha refers to the floor lamp", Teach("Bertha", "floor lamp")),
    ("another name for the floor lamp is Bertha", Teach("Bertha", "floor lamp")),
    ("can you remember that snug is the living room?", Teach("snug", "living room")),
    ("could you call the floor lamp Bertha?", Teach("Bertha", "floor lamp", renames=True)),
    ("switch on means turn on", Teach("switch on", "turn on")),
    ('"lumos" means turn on the bedroom light', Teach("lumos", "turn on the bedroom light", quoted=True)),
    ("let snug mean the living room", Teach("snug", "living room")),
    ("use snug for the living room", Teach("snug", "living room")),
    ("add Bertha as a nickname for the floor lamp", Teach("Bertha", "floor lamp")),
    ("Bertha is my name for the floor lamp", Teach("Bertha", "floor lamp", personal=True)),
    ("the word snug means the living room", Teach("snug", "living room")),
    ("refer to the floor lamp as Bertha", Teach("Bertha", "floor lamp", renames=True)),
    ("'Bertha' is the floor lamp", Teach("Bertha", "floor lamp", quoted=True)),
    ("the floor lamp is Bertha from now on", Teach("Bertha", "floor lamp", renames=True)),
    ("what we call the snug is the living room", Teach("snug", "living room")),
    ("don't forget that snug means living room", Teach("snug", "living room")),
    ("when we say lights out, turn off the lights", Teach("lights out", "turn off the lights")),
    ("if someone says lights out, switch off the lights", Teach("lights out", "switch off the lights")),
    ("map snug to living room", Teach("snug", "living room")),
    ("when I ask for the den I want the living room", Teach("den", "living room")),
    ("the floor lamp's name is Bertha", Teach("Bertha", "floor lamp", renames=True)),
    ("when you hear snug, think living room", Teach("snug", "living room")),
    ("define snug as the living room", Teach("snug", "living room")),
    ("the living room is what I mean by snug", Teach("snug", "living room")),
    ("you should know that snug = living room", Teach("snug", "living room")),
    ("I call the nightstand light Nighty", Teach("Nighty", "nightstand light", renames=True)),
    ("let me teach you a new word: snug means living room", Teach("snug", "living room")),
    ("call the standing lamp Bertha", Teach("Bertha", "standing lamp", renames=True)),
    ("when I say snug I mean the blue room", Teach("snug", "blue room")),
    ("save this: snug means the living room", Teach("snug", "living room")),
    ('please call the kitchen light "The Sun"', Teach("The Sun", "kitchen light", quoted=True, renames=True)),
    ("when i say 'the kids' lamp' i mean the reading lamp", Teach("the kids' lamp", "reading lamp", quoted=True)),
    (
        "learn: movie time = dim the living room to 20% and close the kitchen blinds",
        Teach("movie time", "dim the living room to 20% and close the kitchen blinds"),
    ),
    ("snug stands for living room, for me", Teach("snug", "living room", personal=True)),
    ("the living room shall be called the snug", Teach("snug", "living room", renames=True)),
    ("i want you to learn that nighty means the nightstand light", Teach("nighty", "nightstand light")),
    ("snug also means the living room", Teach("snug", "living room")),
    ("remember: snug is the living room", Teach("snug", "living room")),
    ("remember snug is the living room", Teach("snug", "living room")),
)


@pytest.mark.parametrize(("text", "lesson"), TAUGHT)
def test_a_wording_of_teaching_gives_its_phrase_and_its_meaning(text: str, lesson: Teach) -> None:
    assert parse_lesson(text, after_action=False, vocabulary=knows) == lesson


@pytest.mark.parametrize(("text", "lesson"), TAUGHT)
def test_teaching_is_recognised_right_after_an_action_too(text: str, lesson: Teach) -> None:
    assert parse_lesson(text, after_action=True, vocabulary=knows) == lesson


def test_there_are_more_wordings_than_anyone_asked_for() -> None:
    assert len(TAUGHT) >= 40


@pytest.mark.parametrize(
    ("opening", "closing"), ["\u201c\u201d", "\u2018\u2019", "\u201e\u201c", "\u00ab\u00bb", '""', "''", "``"]
)
def test_every_kind_of_quotation_mark_quotes(opening: str, closing: str) -> None:
    lesson = parse_lesson(f"remember that {opening}liv room{closing} means living room", after_action=False)
    assert lesson == Teach("liv room", "living room", quoted=True)


@pytest.mark.parametrize(
    "before", ["hey butler, ", "Please ", "ok so ", "OK, so, um, ", "Hi Butler! Could you please "]
)
@pytest.mark.parametrize("after", ["", " please", ", ok?", " from now on.", "! Thanks", " please, thank you."])
def test_politeness_around_a_lesson_is_not_part_of_it(before: str, after: str) -> None:
    lesson = parse_lesson(f"{before}call the floor lamp Big Bertha{after}", after_action=False, vocabulary=knows)
    assert lesson == Teach("Big Bertha", "floor lamp", renames=True)


def test_a_command_whose_second_half_nobody_knows_is_taught_without_a_comma_too() -> None:
    text = "when I say chill mode turn on the lamp and play something slow"

    def knows_the_first_half(phrase: str) -> bool:
        return phrase == "turn on the lamp"

    lesson = parse_lesson(text, after_action=False, vocabulary=knows_the_first_half)
    assert lesson == Teach("chill mode", "turn on the lamp and play something slow")


@pytest.mark.parametrize("text", ["note the boiler code is 4421", "remember the alarm code is 12-34"])
def test_a_code_is_no_word_for_anything(text: str) -> None:
    assert lesson_in(text, after_action=False, vocabulary=knows) is None


def test_a_meaning_keeps_the_case_it_was_written_in() -> None:
    lesson = parse_lesson("REMEMBER THAT 'den' MEANS Living Room", after_action=False)
    assert lesson == Teach("den", "Living Room", quoted=True)


def test_an_unquoted_word_for_something_unknown_is_talk_unless_the_wording_can_only_be_a_lesson() -> None:
    assert parse_lesson("sunshine means happiness", after_action=False, vocabulary=knows) is None
    lesson = parse_lesson("when I say snug I mean the blue room", after_action=False, vocabulary=knows)
    assert lesson == Teach("snug", "blue room")


def test_a_question_teaches_nothing_but_a_polite_request_does() -> None:
    assert parse_lesson("is snug what we call the living room?", after_action=False, vocabulary=knows) is None
    assert parse_lesson("snug means living room?", after_action=False, vocabulary=knows) is None
    asked = parse_lesson("could you remember that snug means living room?", after_action=False, vocabulary=knows)
    assert asked == Teach("snug", "living room")


@pytest.mark.parametrize(
    "text",
    [
        "remember that '' means living room",
        "remember that 'snug' means ''",
        "call the floor lamp",
        "call the floor lamp ''",
        "when I say I mean",
        "= living room",
        "snug =",
    ],
)
def test_a_lesson_with_an_empty_part_is_none(text: str) -> None:
    assert parse_lesson(text, after_action=False, vocabulary=knows) is None


def test_what_was_not_meant_is_no_part_of_the_meaning() -> None:
    lesson = parse_lesson(
        "when I say lamp I mean the floor lamp, not the reading lamp", after_action=False, vocabulary=knows
    )
    assert lesson == Teach("lamp", "floor lamp")


@pytest.mark.parametrize("text", TALK)
@pytest.mark.parametrize("after_action", [False, True])
@pytest.mark.parametrize("vocabulary", [None, knows])
def test_talk_teaches_corrects_and_forgets_nothing(text: str, vocabulary: object, *, after_action: bool) -> None:
    lesson = parse_lesson(text, after_action=after_action, vocabulary=knows if vocabulary else None)
    assert not isinstance(lesson, Teach | Correct | Forget | Undo)


_WORDS = st.sampled_from(
    [
        "when",
        "I",
        "say",
        "mean",
        "means",
        "call",
        "the",
        "floor",
        "lamp",
        "is",
        "what",
        "we",
        "no",
        "not",
        "wrong",
        "meant",
        "forget",
        "remember",
        "that",
        "'",
        '"',
        "=",
        ":",
        ",",
        ".",
        "?",
        "->",
        "my",
        "for",
        "undo",
        "it",
        "other",
        "one",
        "instead",
    ]
)


@given(st.one_of(st.text(max_size=1_100), st.lists(_WORDS, max_size=60).map(" ".join)), st.booleans(), st.booleans())
def test_no_text_raises_and_no_part_is_ever_empty(text: str, after_action: bool, with_vocabulary: bool) -> None:
    lesson = parse_lesson(text, after_action=after_action, vocabulary=knows if with_vocabulary else None)
    if isinstance(lesson, Teach):
        assert lesson.phrase.strip()
        assert lesson.meaning.strip()
    if isinstance(lesson, Correct):
        assert lesson.wanted is None or lesson.wanted.strip()
    if isinstance(lesson, Forget):
        assert lesson.phrase.strip()
    if not after_action:
        assert not isinstance(lesson, Feedback)


@pytest.mark.parametrize(
    "unit",
    [
        "no ",
        "call ",
        "'",
        "'a ",
        "when I say ",
        "x means ",
        ", ",
        "= ",
        "-",
        "not the lamp, ",
        "i meant ",
        "that's not ",
        "you got ",
        "very ",
        "yes ",
        "a",
        " ",
        "forget ",
        "put it back ",
        "so sorry but ",
    ],
)
def test_a_thousand_hostile_characters_take_no_noticeable_time(unit: str) -> None:
    text = (unit * 1_000)[:1_000]
    begun = time.process_time()
    parse_lesson(text, after_action=True, vocabulary=knows)
    assert time.process_time() - begun < 0.5
