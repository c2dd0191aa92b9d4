"""A household words Butler's sentences as it likes, but nothing is called done that nobody saw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learning.template_rules import template_fault
from engine.sentences import SENTENCES, worded

CLAIMS = [
    "Done!",
    "I have turned it on.",
    "It's on now.",
    "It is open.",
    "Lights on",
    "On it!",
    "All set.",
    "It will be on in a second",
    "Not to worry, it's done.",
    "It is not not done.",
    "I didn't ask, it is opened.",
    "Consider it done",
    "I did nothing and turned it on",
    "I've done it",
    "I've done nothing but turned it on",
    "Don't worry: locked",
    "\uff24\uff4f\uff4e\uff45",
    "D\u043ene",
    "do\u0301ne",
    "do\u200bne",
    "d.o.n.e",
    "D o n e",
    "I\u2019ve changed everything",
    "Should be done, and is done.",
    "✅ as you wish",
    "Ta-da!",
    "Turning it on",
    "Successfully applied",
    "Finished, sir.",
]


@pytest.mark.parametrize("text", CLAIMS)
def test_a_sentence_that_claims_something_is_refused_wherever_nothing_was_read_back(text: str) -> None:
    for sentence in SENTENCES.values():
        if not sentence.placeholders:
            assert template_fault(sentence.key, text), sentence.key


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_what_ships_keeps_the_rules_itself(key: str) -> None:
    assert template_fault(key, SENTENCES[key].text) is None


def test_only_what_was_read_back_may_be_called_done() -> None:
    assert template_fault("done", "Done: {what}") is None
    assert [sentence.key for sentence in SENTENCES.values() if sentence.read_back] == ["done"]


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("nonsense", "Hello", "there is no sentence 'nonsense'"),
        ("nothing_tells", "That is for later.", "placeholders of the sentence, each once: {what}"),
        ("nothing_tells", "{what} is for {when}.", "placeholders"),
        ("nothing_tells", "{what} and {what} are for later.", "placeholders"),
        ("greeting", "Hello {what}", "placeholders of the sentence, each once: none"),
        ("nothing_tells", "{what.__class__} is for later", "placeholders"),
        ("nothing_tells", "{what!r} is for later", "a placeholder is a name"),
        ("nothing_tells", "{what:>9000} is for later", "a placeholder is a name"),
        ("greeting", "Hello {{x}}", "a placeholder is a name"),
        ("greeting", "Hello {", "do not pair up"),
        ("greeting", "Hello <b>you</b>", "markup"),
        ("greeting", "Hello [you](x)", "markup"),
        ("greeting", "Hello *you*", "mark"),
        ("greeting", "See https://example.org", "markup"),
        ("greeting", "See bit.ly/x", "link"),
        ("greeting", "Ask @mallory", "address"),
        ("greeting", "Hello\nyou", "control characters"),
        ("greeting", "Hello \u202eyou", "invisible"),
        ("greeting", "Type /approve 3", "names a command"),
        ("greeting", "…", "has words"),
        ("greeting", "x" * 500, "at most 400 characters"),
        ("confirm", "I am about to {what}.", "has to stay one"),
    ],
)
def test_what_is_wrong_with_a_wording_is_named(key: str, text: str, said: str) -> None:
    assert said in (template_fault(key, text) or "")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("greeting", "Good day, how may I serve?"),
        ("left", "As you like."),
        ("unreachable", "The house does not answer, so nothing was changed."),
        ("nothing_tells", "Ah, {what}. Nothing here tells that."),
        ("confirm", "May I {what}?"),
        ("empty", "Yes? /help tells what I can do."),
    ],
)
def test_an_honest_wording_is_taken(key: str, text: str) -> None:
    assert template_fault(key, text) is None


@given(st.text(max_size=60))
def test_whatever_is_taken_can_be_said(text: str) -> None:
    """No wording that passes breaks the sentence it is filled into."""
    for key in ("greeting", "nothing_tells"):
        if template_fault(key, text) is None:
            values = {"what": "timers"} if key == "nothing_tells" else {}
            assert worded(SENTENCES[key], {key: text}, **values)
