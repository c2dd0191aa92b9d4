from __future__ import annotations

import pytest

from engine.api import Engine
from engine.learning.changes import AliasChange, Change, CommandChange, SynonymChange
from engine.learning.conflicts import conflict, refusal
from engine.learning.grounds import Grounds
from engine.learning.outcomes import Conflict, Held, Live, Option, Refusal, Refused
from engine.learning.tiers import tier_of
from tests.engine.learning.conftest import Teacher

LAMP = "light.floor_lamp"


def named(phrase: str, target: str = LAMP) -> AliasChange:
    return AliasChange(phrase, "entity", target)


REFUSED = [
    *((named(word), Refusal.COMMAND_WORD) for word in ("tv", "turn off", "lights", "all", "everything", "lamp", "red")),
    *((named(word), Refusal.COMMAND_WORD) for word in ("yes", "undo", "forget", "no", "twenty", "50%", "brightness")),
    *((named(word), Refusal.COMMAND_WORD) for word in ("don't", "never", "all the lamps", "every big one", "tomorrow")),
    *((named(word), Refusal.COMMAND_WORD) for word in ("lock", "open the door", "dim", "light blue", "stop")),
    *((named(word), Refusal.STOP_WORDS) for word in ("it", "the", "on", "them", "this one", "me", "there")),
    *((named(word), Refusal.NO_LETTERS) for word in ("!!!", "🙂", "...", "“”")),
    *((named(word), Refusal.ODD_CHARACTERS) for word in ("<b>den</b>", "den\x00", "\u202eden", "den\u2066x", "a{b}")),
    *(
        (named(word), Refusal.ODD_CHARACTERS)
        for word in ("'; drop table head; --", "[x](y)", "`rm`", "den\nden", "$HOME")
    ),
    (named("d" * 61), Refusal.TOO_LONG),
    (named("den " * 2_500), Refusal.TOO_LONG),
    (named("den", "light.nowhere"), Refusal.MEANING_NOT_FOUND),
    (AliasChange("den", "area", "nowhere"), Refusal.MEANING_NOT_FOUND),
    (named("floor lamp"), Refusal.SAME_MEANING),
    (named("The Floor Lamp"), Refusal.SAME_MEANING),
    (named("kitchen light", "lock.front_door"), Refusal.NAME_OF_ANOTHER),
    (named("floor lamp", "lock.front_door"), Refusal.NAME_OF_ANOTHER),
    (SynonymChange("zap", "zap"), Refusal.SAME_MEANING),
    (SynonymChange("zap", "re zap it"), Refusal.LOOP),
    (SynonymChange("turn off", "turn on"), Refusal.COMMAND_WORD),
    (SynonymChange("lights", "blinds"), Refusal.COMMAND_WORD),
    (SynonymChange("never ever", "please"), Refusal.PROHIBITION),
    (SynonymChange("don't", "do"), Refusal.PROHIBITION),
    (SynonymChange("zap", "x" * 301), Refusal.TOO_LONG),
    (SynonymChange("zap", "<script>"), Refusal.ODD_CHARACTERS),
    (SynonymChange("zap", "..."), Refusal.MEANING_NOT_FOUND),
    (CommandChange("movie time", "movie time"), Refusal.SAME_MEANING),
    (CommandChange("movie time", "movie time and turn off the floor lamp"), Refusal.LOOP),
    (CommandChange("movie time", "florble the grommet"), Refusal.MEANING_NOT_FOUND),
    (CommandChange("movie time", "turn on the light in the ballroom"), Refusal.MEANING_NOT_FOUND),
    (CommandChange("movie time", "forget big bertha"), Refusal.MEANING_NOT_FOUND),
    (CommandChange("stop", "turn on the floor lamp"), Refusal.COMMAND_WORD),
    (CommandChange("yes", "turn on the floor lamp"), Refusal.COMMAND_WORD),
    (CommandChange("turn on the kitchen light", "turn off the kitchen light"), Refusal.COMMAND_WORD),
]


@pytest.mark.parametrize(("change", "reason"), REFUSED, ids=lambda value: str(value)[:60])
def test_a_hostile_or_mistaken_lesson_is_refused_with_its_reason(
    change: Change, reason: Refusal, grounds: Grounds
) -> None:
    refused = refusal(change, grounds)
    assert isinstance(refused, Refused), refused
    assert refused.reason is reason
    assert refused.text.endswith((".", "!"))


@pytest.mark.parametrize(
    "change",
    [
        named("big bertha"),
        named("Omi's lamp"),
        named("café corner"),
        named("lamp by the bed"),
        named("тёплая лампа"),
        named("r2 d2"),
        named("tv light"),
        named("blue lamp"),
        named("lamp on the floor"),
        AliasChange("liv room", "area", "living_room"),
        SynonymChange("zap", "turn on"),
        CommandChange("movie time", "turn off the floor lamp"),
        CommandChange("lights out", "turn off all the lights"),
    ],
    ids=lambda change: change.phrase,
)
def test_an_ordinary_lesson_is_neither_refused_nor_asked_about_nor_held(change: Change, grounds: Grounds) -> None:
    assert refusal(change, grounds) is None
    assert conflict(change, grounds) is None
    assert tier_of(change, grounds).level == 1


@pytest.mark.parametrize(
    ("change", "kind", "text"),
    [
        (named("kitchen light"), "entity", "Kitchen Light"),
        (named("worktop lights"), "entity", "Counter Lights"),
        (named("kitchen"), "area", "Kitchen"),
        (named("lounge"), "area", "Living Room"),
        (named("cellar"), "floor", "Basement"),
        (AliasChange("study", "area", "kitchen"), "area", "Office"),
        (SynonymChange("floor lamp", "kitchen light"), "entity", "Floor Lamp"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_word_that_shadows_a_real_name_is_asked_about(change: Change, kind: str, text: str, grounds: Grounds) -> None:
    asked = conflict(change, grounds)
    assert isinstance(asked, Conflict)
    assert (asked.kind, asked.meaning.text, asked.whose) == (kind, text, "home")
    assert Option.REPLACE in asked.options
    assert tier_of(change, grounds).level == 2


@pytest.mark.parametrize("target", ["lock.front_door", "cover.garage_door", "siren.hall", "alarm_control_panel.house"])
def test_a_name_for_what_is_guarded_waits_for_an_admin(target: str, grounds: Grounds) -> None:
    assert tier_of(named("squeaky thing", target), grounds).level == 2


def test_a_name_that_means_another_kind_of_thing_today_waits_for_an_admin(grounds: Grounds) -> None:
    moved = tier_of(named("robot vacum", LAMP), grounds)
    assert (moved.level, moved.shadows) == (2, True)
    assert moved.reason is not None
    assert "Robot Vacuum" in moved.reason


def test_the_bedroom_light_never_comes_to_mean_the_front_door(engine: Engine, by: Teacher) -> None:
    for answer in (None, Option.REPLACE, Option.ONLY_FOR_ME):
        outcome = engine.lesson(named("kitchen light", "lock.front_door"), by(role="admin", answer=answer))
        assert isinstance(outcome, Refused | Held)
    assert engine.words(None) == ()


def test_a_shadowed_name_is_held_even_when_replace_was_pressed(engine: Engine, by: Teacher) -> None:
    outcome = engine.lesson(named("kitchen light", "light.kitchen_counter"), by(answer=Option.REPLACE))
    assert not isinstance(outcome, Live)
    assert engine.words(None) == ()


def test_commands_that_lead_back_to_each_other_are_refused(engine: Engine, by: Teacher) -> None:
    assert isinstance(engine.lesson(SynonymChange("zap", "turn on"), by()), Live)
    refused = engine.lesson(SynonymChange("turn on", "zap"), by())
    assert isinstance(refused, Refused)
    assert refused.reason is Refusal.LOOP


def test_a_personal_word_may_differ_from_the_shared_one(engine: Engine, by: Teacher) -> None:
    engine.lesson(named("big bertha"), by())
    mine = AliasChange("big bertha", "entity", "light.kitchen_main", "personal", "bob")
    assert isinstance(engine.lesson(mine, by("bob")), Live)
