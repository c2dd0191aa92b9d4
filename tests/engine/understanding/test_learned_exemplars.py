"""Learned exemplars go into the classifier and out of it again, leaving it as if they had never been there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.embedding import FastembedEncoder, VectorCache
from engine.embedding.precompute import SHIPPED
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Exemplar, Knowledge


@pytest.fixture(scope="module")
def fresh() -> Interpreter:
    return Interpreter.build(Knowledge(BaseKnowledge.load()), VectorCache(FastembedEncoder(), SHIPPED))


def taught(interpreter: Interpreter, *learned: Exemplar) -> Interpreter:
    return interpreter.with_knowledge(replace(interpreter.knowledge, learned=learned))


def test_a_base_exemplar_that_was_taught_otherwise_is_itself_again_when_that_is_taken_back(fresh: Interpreter) -> None:
    known = fresh.knowledge.base.exemplars[0]
    other = next(one.intent for one in fresh.knowledge.base.exemplars if one.intent != known.intent)
    changed = taught(fresh, Exemplar(known.text, other, 1))
    assert changed.classifier.label_of(known.text) == other
    back = taught(changed)
    assert back.classifier.label_of(known.text) == known.intent
    assert back.classifier.key == fresh.classifier.key


def test_of_two_lessons_about_the_same_words_the_later_counts_and_the_earlier_returns(fresh: Interpreter) -> None:
    first, second = (
        Exemplar("make the cellar cosy", "light_control", 1),
        Exemplar("make the cellar cosy", "task_add", 2),
    )
    both = taught(fresh, first, second)
    assert both.classifier.label_of(first.text) == "task_add"
    assert taught(both, first).classifier.label_of(first.text) == "light_control"
    assert taught(both, second).classifier.label_of(first.text) == "task_add"
    assert taught(both).classifier.label_of(first.text) is None


def test_many_at_once_come_out_as_one_after_the_other(fresh: Interpreter) -> None:
    """Beyond some number the classifier is fitted afresh, which nobody can tell."""
    learned = [Exemplar(f"make room number {n} cosy for guest {n}", "light_control", n) for n in range(1, 31)]
    at_once, slowly = taught(fresh, *learned), fresh
    for until in range(5, 31, 5):
        slowly = taught(slowly, *learned[:until])
    texts = ["make room number 7 cosy", "set the table for guest 4", "turn on the lamp", "what time is it"]
    for text, vector in zip(texts, fresh.encoder.encode(texts), strict=True):
        one, other = (each.classifier.predict(vector, text) for each in (at_once, slowly))
        assert one.intent == other.intent
        assert one.confidence == pytest.approx(other.confidence, abs=1e-3)


def test_what_is_verbatim_says_what_its_very_words_mean_and_nothing_else(fresh: Interpreter) -> None:
    """However near other words are, not a digit of what is thought of them moves."""
    odd = "brew up for the crew"
    changed = taught(fresh, Exemplar(odd, "switch_control", 1, verbatim=True))
    texts = ["brew up for a crew", "brew up for the crew please", "turn on the lamp"]
    for text, vector in zip(texts, fresh.encoder.encode(texts), strict=True):
        assert changed.classifier.predict(vector, text) == fresh.classifier.predict(vector, text)
    own = changed.classifier.predict(fresh.encoder.encode([odd])[0], "Brew up for the crew!")
    assert (own.intent, own.confidence, own.exact) == ("switch_control", 1.0, True)
    assert taught(changed).classifier.label_of(odd) is None


def test_of_an_example_and_a_verbatim_one_of_the_same_words_the_later_counts(fresh: Interpreter) -> None:
    odd = "brew up for the crew"
    wide, verbatim = Exemplar(odd, "task_add", 2), Exemplar(odd, "switch_control", 1, verbatim=True)
    assert taught(fresh, wide, verbatim).classifier.label_of(odd) == "task_add"
    later = taught(fresh, wide, Exemplar(odd, "switch_control", 3, verbatim=True))
    assert later.classifier.label_of(odd) == "switch_control"
    assert taught(later, wide).classifier.label_of(odd) == "task_add"


def test_many_examples_at_once_leave_verbatim_ones_in_force(fresh: Interpreter) -> None:
    """Also where the classifier is fitted afresh."""
    verbatim = Exemplar("brew up for the crew", "switch_control", 1, verbatim=True)
    many = [Exemplar(f"make room number {n} cosy for guest {n}", "light_control", n) for n in range(2, 28)]
    assert taught(taught(fresh, verbatim), verbatim, *many).classifier.label_of(verbatim.text) == "switch_control"
