"""Taught sentence patterns: what is wrong with one is named, and what ships is never overridden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation, Reason, Stage
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import Knowledge, LearnedPattern
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from engine.understanding.taught_templates import examples, fits, needed_words, normal, template_fault

ON = {"action": "on"}


@pytest.fixture
def heard(interpreter: Interpreter, house: Snapshot) -> Any:
    """Return what a text means with one pattern taught as #7."""

    def hear(text: str, template: str, intent: str, slots: Mapping[str, Any] | None = None) -> Interpretation:
        given = tuple(sorted((slots or {}).items()))
        taught = LearnedPattern(template, intent, given, 7)
        knowledge = Knowledge(interpreter.knowledge.base, patterns=(taught,))
        return interpreter.with_knowledge(knowledge).understand(text, Situation(house))

    return hear


def acts(found: Interpretation) -> bool:
    return INTENTS[found.intent].acts and found.disposition is Disposition.ACT


def test_a_taught_pattern_is_read_exactly_and_credited(heard: Any) -> None:
    found = heard("gimme the kitchen light", "gimme {target}", "light_control", ON)
    assert (found.intent, found.stage, found.slots["action"]) == ("light_control", Stage.PATTERN, "on")
    assert (found.disposition, found.used) == (Disposition.ACT, (7,))


def test_its_values_are_part_of_what_it_means(heard: Any) -> None:
    found = heard("cosy up the kitchen light", "cosy up {target}", "light_control", {"action": "set", "brightness": 20})
    assert found.slots == {"action": "set", "brightness": 20}


def test_a_value_may_be_said(heard: Any) -> None:
    found = heard("glow the kitchen light at 30%", "glow {target} at {value}", "light_control", {"action": "set"})
    assert found.slots["brightness"] == 30


def test_rules_that_ship_may_be_named(heard: Any) -> None:
    assert heard("flick the kitchen light alive", "<put> {target} alive", "light_control", ON).used == (7,)


@pytest.mark.parametrize(
    "said", ["turn on the kitchen light", "turn on the lights in the kitchen", "is the kitchen light on", "hello"]
)
def test_what_ships_is_never_overridden(heard: Any, interpreter: Interpreter, house: Snapshot, said: str) -> None:
    """A taught pattern that fits the same words comes behind, whatever it says."""
    before = interpreter.understand(said, Situation(house))
    for template, intent, slots in (
        ("turn on {target}", "light_control", {"action": "off"}),
        ("(turn on|is) [the] (kitchen light|lights in the kitchen) [on]", "smalltalk", {}),
        ("hello", "help", {}),
    ):
        assert heard(said, template, intent, slots) == before


def test_a_guarded_thing_still_waits_for_a_press(heard: Any) -> None:
    found = heard("sesame the front door", "sesame {target}", "lock_control", {"action": "unlock"})
    assert (found.disposition, found.reason) == (Disposition.CONFIRM, Reason.GUARDED)


@pytest.mark.parametrize("said", ["don't gimme the kitchen light", "gimme the kitchen light tomorrow at 7"])
def test_what_must_not_act_does_not(heard: Any, said: str) -> None:
    assert not acts(heard(said, "gimme {target}", "light_control", ON))


def test_a_question_commands_nothing(heard: Any) -> None:
    for said in ("should we have the kitchen light", "is it time for the kitchen light?"):
        assert not acts(heard(said, "(should we have|is it time for) {target}", "light_control", ON))


def test_a_name_nobody_bears_is_not_acted_on(heard: Any) -> None:
    found = heard("gimme the zorgl", "gimme {target}", "light_control", ON)
    assert not acts(found)


def test_a_pattern_without_a_target_asks_which(heard: Any) -> None:
    found = heard("let there be light", "let there be light", "light_control", ON)
    assert (found.intent, found.disposition, found.used) == ("light_control", Disposition.ASK, (7,))


def test_a_question_about_the_home_may_be_taught(heard: Any) -> None:
    found = heard("how fares the kitchen light", "how fares {target}", "state_query")
    assert (found.intent, found.slots["query"], found.disposition) == ("state_query", "state", Disposition.ACT)
    assert len(found.targets) == 1


def test_talk_may_be_taught(heard: Any) -> None:
    found = heard("what hour has struck", "what hour has struck", "time_query")
    assert (found.intent, found.stage, found.used) == ("time_query", Stage.PATTERN, (7,))


def test_knowledge_without_other_patterns_shares_what_is_compiled(interpreter: Interpreter) -> None:
    again = interpreter.with_knowledge(interpreter.knowledge.at_version(3))
    assert again.taught is interpreter.taught
    assert again.patterns is interpreter.patterns


@pytest.mark.parametrize(
    ("template", "intent", "slots", "said"),
    [
        ("gimme {target", "light_control", ON, "the “{” at place 7 is never closed"),
        ("gimme {target}]", "light_control", ON, "the “]” at place 15 closes nothing"),
        ("(gimme [x) {target}]", "light_control", ON, "closes nothing"),
        ("gimme {thing}", "light_control", ON, "{thing} is no wildcard of light_control"),
        ("gimme {media}", "light_control", ON, "{media} is no wildcard"),
        ("gimme {target} and {target}", "light_control", ON, "{target} stands in it twice"),
        ("gimme <nothing> {target}", "light_control", ON, "there is no rule <nothing>"),
        ("{target}", "light_control", ON, "match nearly everything"),
        ("[gimme] {target}", "light_control", ON, "match nearly everything"),
        ("(a|gimme) {target}", "light_control", ON, "match nearly everything"),
        ("[hello]", "greeting", {}, "match an empty text"),
        ("(a;b) word", "greeting", {}, "“;” is not used"),
        ("word " * 60, "greeting", {}, "longer than 200"),
        (" ".join(["(a1|b1|c1|d1|e1|f1)"] * 6), "greeting", {}, "more than 2000 sentences"),
        ("Gimme {target}!", "light_control", ON, "it has to be plain: “gimme {target}”"),
        ("gimme two {target}", "light_control", ON, "is read as"),
        ("gimme {target}", "light_control", {}, "needs an action"),
        ("gimme {target}", "light_control", {"action": "explode"}, "cannot be carried out"),
        ("gimme {target}", "light_control", {"action": "on", "volume": 3}, "has no value 'volume'"),
        ("gimme {target}", "light_control", {"action": "on", "brightness": 300}, "no brightness"),
        ("gimme {target}", "light_control", {"action": "on", "brightness": True}, "no brightness"),
        ("gimme {target}", "light_control", {"action": "on", "color": "zorgl"}, "no color"),
        ("gimme it", "nonsense", {}, "there is no intent 'nonsense'"),
        ("yes indeed", "affirm", {}, "cannot stand for affirm"),
        ("hi there", "greeting", {"action": "on"}, "takes no action"),
    ],
)
def test_what_is_wrong_with_a_template_is_named(template: str, intent: str, slots: dict[str, Any], said: str) -> None:
    assert said in (template_fault(template, intent, slots) or "")


@pytest.mark.parametrize(
    ("template", "intent", "slots"),
    [
        ("gimme {target}", "light_control", {"action": "on", "brightness": 40}),
        ("it's (cosy|movie) time in {target}", "light_control", {"action": "decrease"}),
        ("<put> {target} alive", "switch_control", ON),
        ("twist {target}", "valve_control", {"action": "increase"}),
        ("boil eggs for {value}", "timer_set", {}),
    ],
)
def test_a_sound_template_has_no_fault(template: str, intent: str, slots: dict[str, Any]) -> None:
    assert template_fault(template, intent, slots) is None


def test_a_template_is_made_plain() -> None:
    assert normal("  Gimme  {target}, it\u2019s time! ") == "gimme {target} it's time"


def test_examples_take_every_alternative_in_turn() -> None:
    assert examples("(gimme|fetch) {target} [now]", {"target": "the lamp"}) == ("gimme the lamp now", "fetch the lamp")


def test_a_template_fits_with_courtesy_around_it() -> None:
    assert fits("gimme {target}", "Please gimme the lamp")
    assert not fits("gimme {target}", "now fetch the lamp")


def test_the_words_of_which_one_is_needed() -> None:
    assert set(needed_words("(gimme|fetch) {target} now")) == {frozenset({"gimme", "fetch"}), frozenset({"now"})}
