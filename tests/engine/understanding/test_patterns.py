"""Sentence patterns: templates compiled once, matched against whole plain texts."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.understanding.knowledge import BaseKnowledge
from engine.understanding.patterns import PatternError, PatternSet

DOCUMENT = dedent("""
    rules:
      put: "(turn|switch)"
    patterns:
      - intent: light_control
        action: "on"
        domains: [light]
        slots: {brightness: 100}
        sentences:
          - "<put> on [the] {target} fully"
      - action: "on"
        domains: [light, switch]
        sentences:
          - "<put> on {target}"
          - "{target} on"
      - intent: time_query
        sentences:
          - "what time is it [now]"
      - intent: media_control
        action: play
        sentences:
          - "play {media} on {target}"
""")
PATTERNS = PatternSet.parse(DOCUMENT)


def test_a_template_fits_a_whole_text_and_captures_its_wildcards() -> None:
    """What stands at the wildcard is captured, rules and alternatives are read."""
    (match,) = PATTERNS.matches("switch on big lamp")
    assert match.captures == {"target": "big lamp"}
    assert match.pattern.action == "on"


def test_several_wildcards_are_captured() -> None:
    """Each wildcard holds its own stretch."""
    (match,) = PATTERNS.matches("play some jazz on kitchen speaker")
    assert match.captures == {"media": "some jazz", "target": "kitchen speaker"}


@pytest.mark.parametrize(
    "said", ["", "on", "please turn on lamp now ok", "turn onlamp", "what time is it then", "turnon lamp"]
)
def test_a_text_that_fits_no_template_has_no_match(said: str) -> None:
    """Words must stand alone, wildcards need a word, and nothing may be left over."""
    assert PATTERNS.matches(said) == []


def test_the_most_literal_template_comes_first() -> None:
    """Of several that fit, the one that fixes most letters itself leads, with the slots it brings."""
    matches = PATTERNS.matches("turn on the lamp fully")
    assert [match.literal for match in matches] == sorted((match.literal for match in matches), reverse=True)
    assert dict(matches[0].pattern.slots) == {"brightness": 100}
    assert len(matches) == 2


@pytest.mark.parametrize("said", ["what time is it", "what time is it now"])
def test_an_optional_word_may_be_missing(said: str) -> None:
    """What stands in brackets may be said or not."""
    (match,) = PATTERNS.matches(said)
    assert match.pattern.intent == "time_query"
    assert match.captures == {}


@pytest.mark.parametrize("template", ["<nobody> {target}", "do {something}", "(a;b)", "turn (on {target}"])
def test_a_template_that_cannot_be_read_is_named(template: str) -> None:
    """Unknown rules and wildcards, permutations and open brackets are errors that name the template."""
    with pytest.raises(PatternError) as raised:
        PatternSet.parse(f'patterns:\n  - intent: stop\n    sentences: ["{template}"]\n')
    assert template in str(raised.value)


def test_an_empty_document_has_no_patterns() -> None:
    """Without rules and patterns nothing matches."""
    assert PatternSet.parse("patterns: []").patterns == ()


def test_the_shipped_patterns_are_read() -> None:
    """What ships compiles, and knows the plainest command."""
    shipped = PatternSet.parse(BaseKnowledge.load().patterns)
    best = shipped.matches("turn on the lamp")[0]
    assert (best.pattern.action, best.captures["target"]) == ("on", "the lamp")


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from("turn on off the lamp to 40% is what time play set at a in it".split()), max_size=30))
def test_captures_are_stretches_of_the_text(said: list[str]) -> None:
    """Whatever fits, captures stand in the text and the literal letters are what they leave."""
    text = " ".join(said)
    for match in PatternSet.parse(BaseKnowledge.load().patterns).matches(text):
        assert all(captured in text for captured in match.captures.values())
        assert 0 <= match.literal <= len(text)
