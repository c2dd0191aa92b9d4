"""The golden report: its shares, confusions and lists, over an understander that is wrong in known ways."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Self

from butler.golden_report import GoldenReport, Share, measure
from engine.learning.golden import Case, Clause, GoldenSet
from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot


class Echo:
    """Understands what it was told to."""

    knowledge = Knowledge(BaseKnowledge((), "", ""))

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self.meanings = meanings

    def with_knowledge(self, _: Knowledge) -> Self:
        return self

    def understand(self, text: str, _: Situation) -> Interpretation:
        return Interpretation(text, self.meanings[text], disposition=Disposition.ACT)


CASES = (
    Case("a", "lamp on", Clause("light_control"), "plain"),
    Case("b", "lamp off", Clause("light_control"), "typo"),
    Case("c", "hello", Clause("greeting"), "plain"),
)
SILENT = (Case("s", "don't", None, "negation"),)
GOLDEN = GoldenSet(CASES, SILENT, frozenset({"a"}), Snapshot(), "digest")
MEANINGS = {"lamp on": "light_control", "lamp off": "switch_control", "hello": "greeting", "don't": "light_control"}


def report() -> GoldenReport:
    return measure(GOLDEN, Echo(MEANINGS))


def test_shares_are_counted_overall_by_intent_and_by_category() -> None:
    found = report()
    assert found.overall == Share(2, 3)
    assert found.by_intent == {"greeting": Share(1, 1), "light_control": Share(1, 2)}
    assert found.by_category == {"plain": Share(2, 2), "typo": Share(0, 1)}


def test_a_confusion_says_what_was_taken_for_what() -> None:
    assert report().confusions == {("light_control", "switch_control"): 1}
    assert [failure.case.id for failure in report().failures] == ["b"]


def test_what_must_not_act_and_does_is_listed() -> None:
    found = report()
    assert found.silent == Share(0, 1)
    assert [failure.case.id for failure in found.acting] == ["s"]


def test_a_known_failure_that_passes_is_to_be_taken_off_the_list() -> None:
    assert report().mended == ("a",)
    assert measure(replace(GOLDEN, known_failures=frozenset({"b"})), Echo(MEANINGS)).mended == ()


def test_a_share_of_nothing_is_whole() -> None:
    assert (Share(0, 0).percent, Share(1, 4).percent) == (100, 25)
