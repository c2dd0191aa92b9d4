"""Understanding as a whole, with the real model and the golden house: what acts, what asks, and what never does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.embedding import HashedEncoder
from engine.learning.golden import GoldenSet
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation, Reason
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import Alias, BaseKnowledge, Command, Exemplar, Knowledge, Synonym
from engine.understanding.risk import is_guarded, is_read_only
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Area, Entity, Snapshot

ANY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
ACTS = {Disposition.ACT, Disposition.CONFIRM}
VERBS = (
    "turn on", "turn off", "open", "close", "lock", "unlock", "toggle", "start", "stop", "activate", "raise",
)  # fmt: skip
TALK = (
    "turn on off open unlock the a lamp kitchen light front door all and then don't if when butler 20% to set what is "
    "lights upstairs everything except it again blinds , . ? ! not garage 5 minutes hall speaker wrong i say means"
)
LAMP = "light.floor_lamp"


def parts(meant: Interpretation) -> tuple[Interpretation, ...]:
    """Return the clauses of a compound, or the one meaning."""
    return meant.clauses or (meant,)


def moves(meant: Interpretation) -> set[str]:
    """Return the entities that something would be done to, at once or once confirmed."""
    acting = [one for one in parts(meant) if one.disposition in ACTS and INTENTS[one.intent].acts]
    return {target for one in acting for target in one.targets}


class Ear:
    """Understands in the golden house, and shows little of itself when a test fails."""

    def __init__(self, interpreter: Interpreter, house: Snapshot) -> None:
        self.interpreter = interpreter
        self.house = house

    def __repr__(self) -> str:
        return "ear"

    def __call__(self, said: str, **situation: Any) -> Interpretation:
        """Return what `said` means."""
        return self.interpreter.understand(said, Situation(**{"snapshot": self.house, **situation}))

    def taught(self, **rows: Any) -> Ear:
        """Return an ear with learned rows in force."""
        return Ear(self.interpreter.with_knowledge(replace(self.interpreter.knowledge, **rows)), self.house)

    @property
    def guarded(self) -> tuple[Entity, ...]:
        """The entities of the house that are guarded."""
        return tuple(entity for entity in self.house.entities if is_guarded(entity, home=self.house.by_id))


@pytest.fixture(scope="module")
def ear(interpreter: Interpreter, house: Snapshot) -> Ear:
    """Return an ear in the golden house."""
    return Ear(interpreter, house)


@pytest.mark.parametrize(
    ("said", "intent", "targets", "slots"),
    [
        ("could you please switch the kettle on", "switch_control", {"switch.kettle"}, {"action": "on"}),
        ("trun on the kichen light", "light_control", {"light.kitchen_main"}, {"action": "on"}),
        ("floor lamp to thirty percent", "light_control", {LAMP}, {"action": "set", "brightness": 30}),
        ("make the desk lamp blue", "light_control", {"light.desk"}, {"action": "set", "color": "blue"}),
        ("set bedroom thermostat to 21", "climate_control", {"climate.bedroom"}, {"temperature": 21}),
        ("open the office blind halfway", "cover_control", {"cover.office_blind"}, {"position": 50}),
        ("raise the kitchen shutter by 20 percent", "cover_control", {"cover.kitchen_shutter"}, {"step": 20}),
        ("play jazz on the kitchen speaker", "media_control", {"media_player.kitchen_speaker"}, {"media": "jazz"}),
        ("start the upstairs vacuum", "vacuum_control", {"vacuum.upstairs"}, {"action": "start"}),
        ("movie night", "scene_activate", {"scene.movie_night"}, {"action": "activate"}),
        ("ceiling fan on high", "fan_control", {"fan.bedroom"}, {"speed": 100}),
    ],
)
def test_a_command_is_understood(said: str, intent: str, targets: set[str], slots: dict[str, Any], ear: Ear) -> None:
    """Intent, targets and values are found, and it may act."""
    meant = ear(said)
    assert (meant.intent, set(meant.targets), meant.disposition) == (intent, targets, Disposition.ACT)
    assert {name: meant.slots.get(name) for name in slots} == slots


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("is the front door locked", "state_query"),
        ("what time is it", "time_query"),
        ("set a timer for 10 minutes", "timer_set"),
        ("turn on the porch light at 9 pm", "schedule_set"),
        ("when i say snuggle i mean turn on the floor lamp", "teach"),
        ("thanks", "thanks"),
        ("undo", "undo"),
    ],
)
def test_what_is_no_command_moves_nothing(said: str, intent: str, ear: Ear) -> None:
    """Questions, times, lessons and talk have intents of their own."""
    meant = ear(said)
    assert meant.intent == intent
    assert moves(meant) == set()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("turn on the bananas", Reason.UNKNOWN_NAME),
        ("turn on the bedside lamp", Reason.AMBIGUOUS_NAME),
        ("turn off the lights", Reason.MISSING_TARGET),
        ("turn it on", Reason.NOTHING_TO_REFER_TO),
        ("front door", Reason.MISSING_ACTION),
        ("unlock the frnt door", Reason.GUARDED_INEXACT),
        ("turn off all the lights but not the cat", Reason.UNKNOWN_NAME),
    ],
)
def test_what_is_not_sure_asks_and_says_why(said: str, reason: Reason, ear: Ear) -> None:
    """An unknown, ambiguous or missing part is asked for, never guessed."""
    meant = ear(said)
    assert (meant.disposition, meant.reason) == (Disposition.ASK, reason)


@pytest.mark.parametrize("said", ["", "   ", "?!", "\u200b\u202e", "..."])
def test_nothing_said_is_empty(said: str, ear: Ear) -> None:
    """A message without words is understood as such."""
    meant = ear(said)
    assert (meant.disposition, meant.reason) == (Disposition.NONE, Reason.EMPTY)


def test_a_message_that_is_too_long_never_acts(ear: Ear) -> None:
    """What was cut off might have taken it back, so a message beyond the limit moves nothing."""
    meant = ear("turn on the porch light. " + "blah " * 195 + "no wait, don't")
    assert moves(meant) == set()


def test_two_commands_are_two_clauses(ear: Ear) -> None:
    """Each clause has its own targets, and one that is guarded is confirmed by itself."""
    meant = ear("turn on the porch light and unlock the front door")
    assert [(one.targets, one.disposition) for one in meant.clauses] == [
        (("light.porch",), Disposition.ACT),
        (("lock.front_door",), Disposition.CONFIRM),
    ]


def test_what_is_excepted_is_left_alone(ear: Ear) -> None:
    """All lights but one are all lights but that one."""
    meant = ear("turn off all the lights except the porch light")
    lights = {entity.entity_id for entity in ear.house.entities if entity.domain == "light"}
    assert moves(meant) == lights - {"light.porch"}


def test_a_command_taken_back_does_nothing(ear: Ear) -> None:
    """Never mind means never mind."""
    assert moves(ear("turn on the desk lamp, never mind")) == set()


@pytest.mark.parametrize(
    ("said", "targets"),
    [("turn it off", {LAMP}), ("make it brighter", {LAMP}), ("and the desk lamp", {"light.desk"})],
)
def test_a_follow_up_is_about_what_was_just_done(said: str, targets: set[str], ear: Ear) -> None:
    """Pronouns and fragments carry on from the last turn, and mean nothing without one."""
    before = ear("turn on the floor lamp")
    assert moves(ear(said, previous=before)) == targets
    assert moves(ear(said)) == set()


# what was learned


def test_a_personal_alias_is_understood_from_its_owner_only(ear: Ear) -> None:
    """Ana's word moves the lamp for Ana, is credited, and is nothing to others."""
    learned = ear.taught(aliases=(Alias("sunshine", "entity", LAMP, "personal", "ana", 7),))
    mine = learned("turn on sunshine", speaker="ana")
    assert (moves(mine), mine.used) == ({LAMP}, (7,))
    for other in ("ben", None):
        meant = learned("turn on sunshine", speaker=other)
        assert (moves(meant), meant.used) == (set(), ())


def test_a_household_alias_for_a_room_is_a_place(ear: Ear) -> None:
    """A shared word for an area chooses what is in it."""
    learned = ear.taught(aliases=(Alias("the den", "area", "office", "household", None, 8),))
    meant = learned("turn off all lights in the den")
    assert (moves(meant), meant.used, meant.slots["area"]) == ({"light.desk"}, (8,), "office")


@pytest.mark.parametrize("said", ["zap the desk lamp", "Zap the desk lamp!", "please zap the desk lamp"])
def test_a_synonym_is_read_as_what_it_stands_for(said: str, ear: Ear) -> None:
    """The phrase is rewritten wherever it stands, and credited; without it nothing moves."""
    learned = ear.taught(synonyms=(Synonym("zap", "turn on", "household", None, 3),))
    meant = learned(said)
    assert (moves(meant), meant.slots["action"], meant.used) == ({"light.desk"}, "on", (3,))
    assert moves(ear(said)) == set()


def test_a_synonym_is_not_read_inside_a_word(ear: Ear) -> None:
    """A phrase is whole words: "as" does not stand in "washing"."""
    learned = ear.taught(synonyms=(Synonym("as", "everything", "household", None, 3),))
    meant = learned("turn on the washing machine")
    assert (moves(meant), meant.used) == ({"switch.washing_machine"}, ())


def test_a_taught_command_is_the_whole_of_what_it_stands_for(ear: Ear) -> None:
    """Its phrase does everything it means, and every clause is credited."""
    text = "turn off the floor lamp and close the living room blinds"
    learned = ear.taught(commands=(Command("popcorn time", text, "household", None, 5),))
    meant = learned("Popcorn time!")
    assert moves(meant) == {LAMP, "cover.living_room_blinds"}
    assert meant.text == "Popcorn time!"
    assert [one.used for one in meant.clauses] == [(5,), (5,)]


def test_a_taught_command_does_not_lift_a_guard(ear: Ear) -> None:
    """A phrase that stands for unlocking still has to be confirmed."""
    learned = ear.taught(commands=(Command("fort knox", "unlock the front door", "household", None, 9),))
    assert learned("fort knox").disposition is Disposition.CONFIRM


def test_a_learned_exemplar_decides_its_sentence_until_it_is_taken_back(house: Snapshot) -> None:
    """The very sentence that was taught has the intent it was taught; taken back, it is as before."""
    base = BaseKnowledge.load()
    small = BaseKnowledge(base.exemplars[::20], base.patterns, "small")
    ear = Ear(Interpreter.build(Knowledge(small), HashedEncoder()), house)
    sentence = "my fingers are like icicles today"
    learned = ear.taught(learned=(Exemplar(sentence, "climate_control", 11),))
    assert learned(sentence).intent == "climate_control"
    assert learned.taught(learned=())(sentence).to_json() == ear(sentence).to_json()


# guarded entities


@pytest.mark.parametrize("verb", VERBS)
def test_no_phrase_acts_on_a_guarded_entity_at_once(verb: str, ear: Ear) -> None:
    """Over every entity of the house, no verb gives a guarded target the disposition to act."""
    acted = []
    for entity in ear.house.entities:
        for one in parts(ear(f"{verb} the {entity.name}")):
            touched = [t for t in one.targets if is_guarded(ear.house.by_id[t], home=ear.house.by_id)]
            if touched and one.disposition is Disposition.ACT and INTENTS[one.intent].acts:
                acted.append((entity.name, touched))
    assert acted == []


@pytest.mark.parametrize(
    "said", ["turn off everything", "open everything", "close everything in the garden", "all off"]
)
def test_everything_does_not_include_what_is_guarded(said: str, ear: Ear) -> None:
    """A sweep over the house never moves a lock, a gate or a valve at once."""
    for one in parts(ear(said)):
        assert one.disposition is not Disposition.ACT or not {entity.entity_id for entity in ear.guarded} & set(
            one.targets
        )


def _verb(entity: Entity) -> str:
    return "unlock" if entity.domain == "lock" else "open"


def _slips(name: str) -> Iterator[str]:
    """Yield the name with a letter left out, and with two exchanged."""
    for at, (one, two) in enumerate(pairwise(name)):
        if " " not in (one, two):
            yield name[:at] + name[at + 1 :]
            if one != two:
                yield name[:at] + two + one + name[at + 2 :]


def test_an_exact_guarded_name_is_confirmed(ear: Ear) -> None:
    """By its name and by each alias, a guarded entity that may be moved is offered for confirming."""
    wrong = []
    for entity in (entity for entity in ear.guarded if not is_read_only(entity)):
        for name in (entity.name, *entity.aliases):
            meant = ear(f"{_verb(entity)} the {name}")
            if (meant.targets, meant.disposition) != ((entity.entity_id,), Disposition.CONFIRM):
                wrong.append((name, meant.targets, meant.disposition))
    assert wrong == []


def test_a_misspelt_guarded_name_asks(ear: Ear) -> None:
    """No slip of the finger in a guarded name is offered for confirming: it is asked about."""
    confirmed = []
    for entity in (entity for entity in ear.guarded if not is_read_only(entity)):
        for slip in _slips(entity.name.casefold()):
            meant = ear(f"{_verb(entity)} the {slip}")
            if moves(meant):
                confirmed.append((slip, meant.targets, meant.disposition))
    assert confirmed == []


@pytest.mark.parametrize(
    "said",
    [
        "unlock front",
        "unlock the back",
        "open the hose",
        "open the driveway",
        "open the garage",
        "unlock the door at the back",
        "open the drive way gate",
        "unlock the door",
    ],
)
def test_a_part_of_a_guarded_name_asks(said: str, ear: Ear) -> None:
    """A partial name offers what may be meant and moves nothing."""
    meant = ear(said)
    assert (meant.disposition, moves(meant)) == (Disposition.ASK, set())
    assert meant.choices


@pytest.mark.parametrize("said", ["turn on the hall siren", "switch off the house alarm", "turn on the siren"])
def test_what_is_only_read_is_refused(said: str, ear: Ear) -> None:
    """A siren or an alarm system is never switched."""
    meant = ear(said)
    assert (meant.disposition, meant.reason) == (Disposition.REFUSE, Reason.READ_ONLY)


# what holds for all words


@pytest.mark.parametrize("negation", ["don't", "do not", "never", "please don't", "whatever you do, don't"])
def test_a_negated_command_never_acts(negation: str, golden: GoldenSet, ear: Ear) -> None:
    """No plain golden command about lights, switches or covers acts once it is negated."""
    said = [
        f"{negation} {case.utterance}"
        for case in golden.cases
        if case.category == "plain" and not case.context and case.expected is not None
        and case.expected.intent in {"light_control", "switch_control", "cover_control"}
    ]  # fmt: skip
    assert len(said) >= 20
    assert [text for text in said if moves(ear(text))] == []


@pytest.mark.parametrize(
    "said",
    [
        "a" * 1_200,
        "a," * 600,
        "turn on " * 150,
        "turn on the lamp, " * 66,
        "turn on everything except " * 46,
        "the kitchen light and " * 54,
        "when i say " * 109,
        "is the light on " * 75,
        "one hundred " * 100,
        "set the lamp to " + "9" * 500,
        "set the floor lamp to 1e400 percent",
        "(" * 600 + ")" * 600,
        "[a-z]+(.*)*\\1" * 90,
        "\u202e\u200b" * 600,
        "\ufdfa" * 1_200,
        "\u0130" * 1_200,
        "\U0001f642" * 1_200,
        "\x00\x07\x1b[2J turn on the lamp",
        "\ud800 lamp on",
        "'; drop table turns; --",
        "{target} <put> [on] (off|on)",
        "%s %d {0} \\N{DEGREE SIGN}",
        "\u0664\u0660 percent floor lamp",
        "e\u0301\u0301\u0301\u0301" * 240,
    ],
    ids=range(24),
)
def test_hostile_texts_are_understood_without_an_error(said: str, ear: Ear) -> None:
    """Long, repeated, nested and broken texts get an interpretation that can be shown."""
    meant = ear(said)
    assert meant.intent in INTENTS
    assert meant.to_json()["disposition"] in set(Disposition)


@settings(ANY, max_examples=40)
@given(said=st.text(max_size=1_200))
def test_any_text_is_understood(said: str, ear: Ear) -> None:
    """No text raises, and confidence is a probability."""
    meant = ear(said)
    assert meant.intent in INTENTS
    assert 0.0 <= meant.confidence <= 1.0


@settings(ANY, max_examples=80)
@given(said=st.lists(st.sampled_from(TALK.split()), min_size=1, max_size=14).map(" ".join))
def test_any_talk_of_a_home_is_understood_soundly(said: str, ear: Ear) -> None:
    """Whatever the words: targets fit the intent, an action is one of its own, doubt has a reason, guards hold."""
    for one in parts(ear(said)):
        intent = INTENTS[one.intent]
        assert list(one.targets) == sorted(set(one.targets) & set(ear.house.by_id))
        if intent.acts and one.disposition in ACTS:
            assert one.targets
            assert one.slots["action"] in intent.actions
        if one.disposition is Disposition.ACT and intent.acts:
            assert not any(is_guarded(ear.house.by_id[target], home=ear.house.by_id) for target in one.targets)
        if intent.acts and one.disposition in {Disposition.ASK, Disposition.REFUSE, Disposition.CONFIRM}:
            assert one.reason is not None


@settings(ANY, max_examples=30)
@given(said=st.lists(st.sampled_from(TALK.split()), min_size=1, max_size=10).map(" ".join))
def test_understanding_is_a_function(said: str, ear: Ear) -> None:
    """The same words in the same situation mean the same and so they do once knowledge was handed over."""
    meant = ear(said)
    assert ear(said) == meant
    assert ear.taught()(said) == meant


@pytest.mark.parametrize("name", ["Lamp Two", "Two Ember", "Ember Twenty One", "One Ember"])
def test_a_number_in_a_name_may_be_a_word(name: str, ear: Ear) -> None:
    """A lamp whose name spells its number is moved by that name."""
    home = Snapshot((), (), (Entity("light.x", name, None, "off"), Entity("light.y", "Zebra Bulb", None, "off")))
    assert moves(ear(f"turn on {name}", snapshot=home)) == {"light.x"}


@settings(ANY, max_examples=40)
@given(
    name=st.lists(
        st.sampled_from("Ember Quartz Maple Tiny Old Corner Nook Reading Ceiling Lamp Light 7 Red".split()),
        min_size=2,
        max_size=3,
        unique=True,
    ).map(" ".join),
    verb=st.sampled_from(["turn on", "switch off", "toggle"]),
)
def test_any_lamp_is_moved_by_its_name(name: str, verb: str, ear: Ear) -> None:
    """In a home of other things too, a command with the whole name of a lamp acts on that lamp alone."""
    home = Snapshot(
        (),
        (Area("p", "Parlour"),),
        (Entity("light.x", name, "p", "off"), Entity("light.y", "Zebra Bulb", "p", "on"), Entity("fan.z", "Whirl")),
    )
    meant = ear(f"{verb} the {name}", snapshot=home)
    assert (moves(meant), meant.disposition) == ({"light.x"}, Disposition.ACT)


def test_being_cold_names_no_device(interpreter: Interpreter, house: Snapshot) -> None:
    """What it feels like is asked about as what it is, not as a name nobody knows."""
    for text in ("it's freezing in here", "i'm freezing", "i'm cold"):
        found = interpreter.understand(text, Situation(house))
        assert (found.intent, found.slots["action"], found.reason) == (
            "climate_control",
            "increase",
            Reason.MISSING_TARGET,
        )
