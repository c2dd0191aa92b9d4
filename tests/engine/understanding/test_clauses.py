"""Where one message holds several commands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.understanding.clauses import looks_like_command, looks_like_question, split
from engine.understanding.plain import plain

CONNECTORS = frozenset("and then also so but plus after that while you're at it".split())
MESSAGES = st.lists(
    st.sampled_from(
        "turn on off the lamp close and then , . ; but so also open kitchen is 20% 21.5 don't it's - please".split()
    ),
    min_size=1,
    max_size=25,
).map(" ".join)


def words(text: str) -> list[str]:
    """Return the words of a text that are no connectors."""
    return [word for word in plain(text).split() if word not in CONNECTORS]


@pytest.mark.parametrize(
    ("said", "clauses"),
    [
        ("turn on the lamp and close the blinds", ("turn on the lamp", "close the blinds")),
        ("turn off the kitchen light; start the vacuum", ("turn off the kitchen light", "start the vacuum")),
        (
            "open the blinds, close the curtains, and lock the front door",
            ("open the blinds", "close the curtains", "lock the front door"),
        ),
        ("kitchen light on, bedroom light off", ("kitchen light on", "bedroom light off")),
        ("dim the lamp to 20% and make it blue", ("dim the lamp to 20%", "make it blue")),
        ("is the door locked and are the lights off", ("is the door locked", "are the lights off")),
        ("it's dark in here, turn on the lamp", ("it's dark in here", "turn on the lamp")),
    ],
)
def test_commands_in_a_row_are_parted(said: str, clauses: tuple[str, ...]) -> None:
    """Each command and question becomes a clause, in the order said."""
    assert split(said) == clauses


@pytest.mark.parametrize(
    "said",
    [
        "turn on the lamp",
        "turn on the lamp and the fan",
        "bedroom and hall lights off",
        "close the blinds and the curtains",
        "remind me to buy milk and eggs",
        "add milk and turn off the lights to my list",
        "set it to 21.5",
        "play rock and roll",
        "",
        "...",
    ],
)
def test_one_command_stays_whole(said: str) -> None:
    """Things listed for one verb, lists of one's own, titles and decimals are not parted."""
    assert split(said) == (said,)


@settings(deadline=None, max_examples=200)
@given(MESSAGES)
def test_splitting_loses_no_words(said: str) -> None:
    """All words but connectors are in the clauses, in their order."""
    assert words(" ".join(split(said))) == words(said)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=300))
def test_any_text_has_a_clause(said: str) -> None:
    """There is always at least one clause, and none is longer than what was said."""
    clauses = split(said)
    assert clauses
    assert all(len(clause) <= len(said) for clause in clauses)


@pytest.mark.parametrize(
    ("said", "command", "question"),
    [
        ("dim the lamp", True, False),
        ("kitchen light off", True, False),
        ("is the lamp on", False, True),
        ("how warm is it", False, True),
        ("lovely weather", False, False),
    ],
)
def test_commands_and_questions_are_told_apart(said: str, command: bool, question: bool) -> None:
    """A stretch of talk looks like a command, like a question, or like neither."""
    assert (looks_like_command(said), looks_like_question(said)) == (command, question)
