"""Reads free text whose intent a classifier found: values, action and target wherever they stand."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.understanding.actions import action_in, bend, settle
from engine.understanding.draft import Draft
from engine.understanding.home_index import find_span, words_of
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Reason
from engine.understanding.near_names import looks_like_place
from engine.understanding.offers import offered
from engine.understanding.players import or_the_playing_one
from engine.understanding.scope import Resolution, Scope
from engine.understanding.slots import extract
from engine.understanding.targets import resolve
from engine.understanding.wordings import word_of

_LONGEST_NAME = 6  # words
_COMMAND_WORDS = re.compile(  # words that say what to do rather than to what
    word_of(
        # turning and setting
        "turn|turned|switch|switched|put|power|powered|flick|flip|get|make|made|set|change|adjust|bring|increase",
        "decrease|raise|lower|reduce|dim|brighten|dimmer|brighter",
        "darker|darken|lighter|lighten|kill|cut|shut|open|opened|close|closed|lock|locked|unlock|unlocked|activate",
        "deactivate|enable|disable|start|stop|pause|play|resume|run",
        "running|mute|unmute|skip|next|previous|go|going|begin|clean|cleaning|vacuum up|hoover up|do|use",
        # wishes, persons and little words
        "want|wanted|need|needed|needs|like|would|could|can|should|have|has|give|let|see|be|being|is|are",
        "i'm|i|me|we|us|you|your|to|on|off|out|up|down|back|too|so|very|really|just|please|now|right|away|again|some|any",
        "more|less|bit|little|a|an|the|there|here|with|and|as",
        # properties and comparisons
        "by|at|of|in|from|it's|its|it is|that|this|toggle|brightness|colour|color|level|intensity|volume|speed",
        "temperature|temp|degrees|setting|state|status|mode|position",
        "louder|quieter|softer|warmer|cooler|hotter|colder|higher|faster|slower|loud|bright|dark|hot|cold|warm|cool",
        "heat up|cool down|slightly|tad|touch|notch",
        "freezing|chilly|boiling|roasting|sweltering|stuffy|melting|sweating",
        # the rest of what people say around a command
        "immediately|quickly|go ahead|make sure|possible|time|for|my|our|sure|ok|okay|hey|hi|olly|google|alexa|siri",
        "one|some|thing|track|song|music",
        "night|day|engage|scene|routine|script|mode on|trouble|mind|while|drink|cup|coffee please|brew|ready|going",
        "everyone|boil|blast|spin|shade|tone|tint|hue|dock|base|station|charger|charge|home base|return|send|itself",
        "job|begin",
        "raised|lowered|lit|light up|illuminate|crank|bump|boost|lift|halt|cease|resume|continue|keep|ring",
        "half|full|max|maximum|minimum|percent|another|other",
    )
)
_PLAY = re.compile(r"^(?:play|put on|listen to|hear|start playing) (?:me |us )?(?P<media>.+)$")
_POINTING = re.compile(r"\b(?:it|that|this|them)\b")
_SEVERAL = re.compile(r"\b(?:and|all|every|both|everything)\b")


def read_free(prepared: str, intent: str, scope: Scope) -> Draft:
    """Return the reading of a free text as `intent`."""
    scoped = replace(scope, domains=INTENTS[intent].domains, lenient=True)
    slots = extract(prepared, intent)
    action = settle(intent, action_in(prepared, intent), slots.values, prepared)
    mention, unread = _named_within(slots.rest, scoped)
    if intent == "vacuum_control":
        unread = [word for word in unread if not looks_like_place((word,)) and word not in scope.index.tokens]
    if not mention:
        mention = " ".join(word for word in _COMMAND_WORDS.sub(" ", slots.rest).split() if len(word) > 1)
    resolution = resolve(mention, scoped) if mention else _unmentioned(intent, scoped)
    resolution = or_the_playing_one(resolution, intent, scope, prepared)
    if not resolution.targets and not resolution.choices and not _POINTING.search(mention):
        resolution = _instead(intent, action, scoped) or resolution
    domain = resolution.targets[0].partition(".")[0] if resolution.targets else ""
    values = dict(slots.values)
    if intent == "media_control" and action == "play" and not resolution.exact and mention:
        values.setdefault("media", _media(prepared) or mention)
    draft = Draft.of(intent, bend(action, domain) if action else None, values, resolution, mention)
    return replace(draft, unread=bool(unread))


def _media(prepared: str) -> str:
    """Return what is to be played, in the words it was asked for."""
    match = _PLAY.match(prepared)
    return match["media"] if match else ""


def _instead(intent: str, action: str | None, scope: Scope) -> Resolution | None:
    """Return what is meant where the words named something else than a device: a room to clean, a song to play."""
    ids = [entity.entity_id for entity in scope.index.domain_members(scope.domains)]
    if intent == "vacuum_control" and len(ids) == 1 and action:
        return Resolution((ids[0],), exact=False)
    if intent != "media_control" or action != "play" or not ids:
        return None
    playing = [i for i in ids if scope.states.get(i) == "playing"]
    if len(playing) == 1 or len(ids) == 1:
        return Resolution(tuple(playing or ids), exact=False)
    return Resolution(reason=Reason.MISSING_TARGET, choices=offered(ids, scope.index.snapshot))


def _unmentioned(intent: str, scope: Scope) -> Resolution:
    """Return the only thing there is where nothing was named; "too dark in here" is about no device one could know."""
    entities = scope.index.domain_members(scope.domains)
    if len(entities) == 1 and intent in {"vacuum_control", "climate_control", "media_control"}:
        return Resolution((entities[0].entity_id,), exact=False)
    return Resolution(reason=Reason.MISSING_TARGET)


def _named_within(rest: str, scope: Scope) -> tuple[str, list[str]]:
    """Return a whole known name that stands in the text, and the words beside it that nothing reads."""
    words = words_of(rest)
    span = find_span(words, scope.index.names, _LONGEST_NAME)
    if span is None:
        return "", []
    start, end = span
    name = " ".join(words[start:end])
    fits = any(scope.allows(entity_id) for entity_id in scope.index.names[name])
    if not fits or (end - start == 1 and len(name) <= 4):
        return "", []
    outside = " ".join((*words[:start], *words[end:]))
    if _SEVERAL.search(outside):
        return "", []
    return name, _COMMAND_WORDS.sub(" ", outside).split()
