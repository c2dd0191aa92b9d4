"""Words that already run the house: verbs, kinds, quantities, answers; no lesson may give them another meaning."""

from __future__ import annotations

import re

from engine.understanding.colors import COLORS, WHITES
from engine.understanding.nouns import NOUNS
from engine.understanding.plain import plain

_VERBS = (
    "turn switch set put make get shut dim brighten brighter dimmer open close lock unlock play pause resume stop start"
    " run activate mute unmute raise lower increase decrease reduce enable disable toggle skip send dock locate find"
    " warm warmer cool cooler heat louder quieter faster slower higher less more next previous vacuum clean arm disarm"
    " change adjust power kill bring show tell give say do let keep leave call use go come press"
)
_PARTICLES = (
    "on off up down in out to at of from for with by into onto over under about around back again away there here"
    " now then later too also only just as so"
)
_QUANTITIES = (
    "all every everything everywhere everyone both each any anything none nothing some half quarter full max maximum"
    " min minimum percent % degree degrees celsius fahrenheit bit little lot low medium high whole entire rest other"
)
_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand first second third"
)
_PRONOUNS = (
    "i me my mine we us our ours you your yours he him his she her it its they them their this that these those one"
    " ones thing things same who what which where when why how someone somebody"
)
_GLUE = "the a an and or is are was were be been am have has had can could would will shall should may might must if"
_GUARDS = (
    "not no never don't dont doesn't didn't won't can't cannot shouldn't mustn't nobody unless until except but without"
    " tomorrow today tonight yesterday while before after"
)
_ANSWERS = (
    "yes yeah yep yup ok okay sure no nope nah cancel confirm undo redo help forget remember means mean thanks thank"
    " please hello hi hey bye goodbye wrong right perfect correct replace dismiss apply approve reject why"
)
_STATES = "opened closed locked unlocked playing paused muted armed disarmed"
_SETTINGS = (
    "brightness colour color temperature volume position speed mode source channel auto automatic dry fan_only timer"
    " alarm reminder schedule list task note weather time date device devices"
)
_PLACES = "home house flat apartment room rooms floor area place upstairs downstairs inside outside"

STOP_WORDS = frozenset(f"{_PARTICLES} {_GLUE} {_PRONOUNS}".split())
GUARD_WORDS = frozenset(_GUARDS.split())
QUANTIFIERS = frozenset("all every everything everywhere both each any anything whole entire".split())
LOCK_WORDS = frozenset(
    "lock locks locked unlock unlocks unlocked bolt unbolt deadbolt latch unlatch arm disarm siren alarm gate gates"
    " garage valve valves".split()
)
_NOUN_WORDS = frozenset(word for noun in NOUNS for word in noun.split())
_COLOUR_WORDS = frozenset(word for colour in (*COLORS, *WHITES) for word in colour.split())
_COMMAND_WORDS = (
    STOP_WORDS
    | GUARD_WORDS
    | frozenset(f"{_VERBS} {_QUANTITIES} {_NUMBERS} {_ANSWERS} {_STATES} {_SETTINGS}".split())
    | _NOUN_WORDS
    | _COLOUR_WORDS
)
_NUMBER = re.compile(r"-?\d+(?:[.,:]\d+)*(?:%|°c|°f|k|am|pm|st|nd|rd|th|s|m|h)?")
_POSSESSIVES = frozenset("my our".split())
_PHRASES = frozenset({"never mind"})


def words_of_phrase(phrase: str) -> tuple[str, ...]:
    """Return the plain words of a phrase."""
    return tuple(plain(phrase).split())


def is_command_word(phrase: str) -> bool:
    """Tell whether a phrase is made of words that already run the house and nothing else ("turn off", "all lights").

    One's own thing ("my lamp", "our light") is a name, though each of its words is taken.
    """
    words = words_of_phrase(phrase)
    if plain(phrase) in _PHRASES:
        return True
    if len(words) == 1 and words[0] in _PLACES.split():
        return True
    if _is_kind_of_thing(words):
        return plain(phrase) in NOUNS or plain(phrase) in COLORS or plain(phrase) in WHITES
    if len(words) > 1 and words[0] in _POSSESSIVES and not set(words) & QUANTIFIERS:
        return all(_is_command(word) and word not in NOUNS for word in words[1:])
    return bool(words) and all(_is_command(word) for word in words)


def _is_kind_of_thing(words: tuple[str, ...]) -> bool:
    """Tell whether kinds and colours make a name of their own together ("tv light", "blue lamp")."""
    return len(words) > 1 and words[-1] in _NOUN_WORDS and set(words) <= _NOUN_WORDS | _COLOUR_WORDS


def is_stop_words(phrase: str) -> bool:
    """Tell whether a phrase has no word that could tell one thing from another."""
    words = words_of_phrase(phrase)
    return bool(words) and all(word in STOP_WORDS for word in words)


def _is_command(word: str) -> bool:
    return word in _COMMAND_WORDS or _NUMBER.fullmatch(word) is not None
