"""Suggestions as people type them: read where they are clear, else told what is wrong and how it is written."""

from __future__ import annotations

import pytest

from butler.conversation.suggestions import FORMS, Suggestion, SuggestionError, of_parts, parse

NAMED = Suggestion("alias", "liv room lamp", "living room lamp")


@pytest.mark.parametrize(
    "typed",
    [
        'alias "liv room lamp" = living room lamp',
        "alias “liv room lamp” = “living room lamp”",
        "alias „liv room lamp“ = «living room lamp»",
        "alias liv room lamp = living room lamp",
        "alias 'liv room lamp' = living room lamp",
        "alias ‘liv room lamp’ = living room lamp",
        'Alias   "liv room lamp"="living room lamp"',
        'alias "liv room lamp" → living room lamp',
        'alias "liv room lamp" -> living room lamp',
        'alias "liv room lamp" "living room lamp"',
    ],
)
def test_quotes_and_arrows_come_in_many_kinds(typed: str) -> None:
    assert parse(typed) == NAMED


@pytest.mark.parametrize("dash", ["--", "—", "–"])
def test_a_note_stands_behind_a_dash(dash: str) -> None:
    assert parse(f'alias "den" = lounge {dash} because it is shorter').note == "it is shorter"


def test_what_is_quoted_is_one_piece() -> None:
    """Neither a dash nor an equals sign within quotes parts anything."""
    said = parse('command "movie = time" = "dim the lights -- all of them" -- we like it')
    assert (said.source, said.target, said.note) == ("movie = time", "dim the lights -- all of them", "we like it")


@pytest.mark.parametrize("typed", ["alias mum's lamp = ben's light", "alias 'mum's lamp' = ‘ben's light’"])
def test_an_apostrophe_is_no_quote(typed: str) -> None:
    said = parse(typed)
    assert (said.source, said.target) == ("mum's lamp", "ben's light")


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("light_control action=on", {"action": "on"}),
        ("light_control on", {"action": "on"}),
        ("light_control action=set brightness=40", {"action": "set", "brightness": 40}),
        (
            'media_control action=play media="smooth jazz" volume=12,5',
            {"action": "play", "media": "smooth jazz", "volume": 12.5},
        ),
        ("smalltalk", {}),
    ],
)
def test_a_pattern_has_an_intent_and_values(typed: str, values: dict[str, object]) -> None:
    said = parse(f'pattern "gimme {{target}}" = {typed}')
    assert (said.source, said.target, dict(said.values)) == ("gimme {target}", typed.partition(" ")[0], values)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "Say what you suggest"),
        ("role ana = admin", "“role” is nothing that can be suggested"),
        ('alias "den = lounge', "is never closed"),
        ("alias den lounge", "an “=” has to stand between the new name and what it names"),
        ("alias = lounge", "the new name is missing"),
        ('alias "den" =', "what it names is missing"),
        ('alias "" = lounge', "the new name is missing"),
        ('pattern "x" = action=on', "the intent is missing"),
        ('pattern "x" = light_control on off', "neither an action nor a value"),
        ('pattern "x" = light_control on action=off', "neither an action nor a value"),
        ('pattern "x" = light_control action=on action=off', "given twice"),
    ],
)
def test_an_error_says_what_is_wrong_and_shows_the_form(typed: str, problem: str) -> None:
    with pytest.raises(SuggestionError) as raised:
        parse(typed)
    assert problem in str(raised.value)
    form = FORMS.get(typed.partition(" ")[0], FORMS["alias"])
    assert form.usage in str(raised.value)


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.type)
def test_every_form_that_is_shown_can_be_typed(form: object) -> None:
    assert isinstance(form, type(FORMS["alias"]))
    said = parse(form.usage.removeprefix("/suggest "))
    assert said.type == form.type
    assert said.source
    assert said.target


def test_the_command_line_gives_it_in_parts() -> None:
    assert of_parts("exemplar", "lights = please", "light_control", "why") == Suggestion(
        "example", "lights = please", "light_control", "why"
    )
