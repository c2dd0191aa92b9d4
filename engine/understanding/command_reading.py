"""Reads home commands: from a matched sentence pattern, or from free text whose intent a classifier found."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from engine.understanding.actions import action_in, bend, settle
from engine.understanding.draft import Draft
from engine.understanding.home_index import find_span, words_of
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Reason
from engine.understanding.nouns import INTENT_OF_DOMAIN
from engine.understanding.patterns import PatternMatch
from engine.understanding.slots import extract
from engine.understanding.targets import Resolution, Scope, resolve

_SWITCHABLE = ("light", "switch", "input_boolean", "fan", "media_player")
_VALUE_ORDER = ("light_control", "climate_control", "cover_control", "valve_control", "media_control", "fan_control")
_GLUE = frozenset(
    [
        "to",
        "at",
        "on",
        "in",
        "by",
        "the",
        "a",
        "an",
        "of",
        "for",
        "it",
        "its",
        "mode",
        "x",
        "about",
        "around",
        "please",
        "degrees",
        "brightness",
        "volume",
        "speed",
        "position",
        "temperature",
        "colour",
        "color",
        "level",
    ]
)
_PLAYER_STATES = frozenset({"playing", "paused", "on", "idle"})

_COMMAND_WORDS = re.compile(
    r"\b(?:turn|turned|switch|switched|put|power|powered|flick|flip|get|make|made|set|change|adjust|bring|increase|decrease|raise|lower|reduce|dim|brighten|dimmer|brighter|"
    r"darker|darken|lighter|lighten|kill|cut|shut|open|opened|close|closed|lock|locked|unlock|unlocked|activate|deactivate|enable|disable|start|stop|pause|play|resume|run|"
    r"running|mute|unmute|skip|next|previous|go|going|begin|clean|cleaning|vacuum up|hoover up|do|use|want|wanted|need|needed|needs|like|would|could|can|should|have|has|give|let|see|be|being|is|are|"
    r"i|me|we|us|you|your|to|on|off|out|up|down|back|too|so|very|really|just|please|now|right|away|again|some|any|more|less|bit|little|a|an|the|there|here|with|and|as|"
    r"by|at|of|in|from|it's|its|it is|that|this|toggle|brightness|colour|color|level|intensity|volume|speed|temperature|temp|degrees|setting|state|status|mode|position|"
    r"louder|quieter|softer|warmer|cooler|hotter|colder|higher|faster|slower|loud|bright|dark|hot|cold|warm|cool|heat up|cool down|slightly|tad|touch|notch|"
    r"immediately|quickly|go ahead|make sure|possible|time|for|my|our|sure|ok|okay|hey|hi|olly|google|alexa|siri|one|some|thing|track|song|music|"
    r"night|day|engage|scene|routine|script|mode on|trouble|mind|while|drink|cup|coffee please|brew|ready|going|everyone|boil|blast|spin|shade|tone|tint|hue|dock|base|station|charger|charge|home base|return|send|itself|job|begin|"
    r"raised|lowered|lit|light up|illuminate|crank|bump|boost|lift|halt|cease|resume|continue|keep|ring|"
    r"half|full|max|maximum|minimum|percent|another|other)\b"
)


def read_pattern(match: PatternMatch, scope: Scope, prepared: str) -> Draft | None:
    """Return what a matched pattern says about the home; None when its wildcards do not fit together."""
    pattern = match.pattern
    mention = _clean(match.captures.get("target", "it"))
    if pattern.needs_value:
        return _with_inner_value(match, scope, prepared)
    domains = pattern.domains if pattern.intent is None else INTENTS[pattern.intent].domains
    domains = _hinted(domains, match, prepared)
    resolution = resolve(mention, _scoped(scope, domains))
    return _finish(match, resolution, mention, prepared, scope)


_ATTRIBUTE_WORDS = r"(?:brightness|volume|volme|speed|temperature|temp|colou?r|position|level)"
_HINTS = (
    (re.compile(r"\bdegrees?\b|\bcelsius\b|\bfahrenheit\b|\btemp(?:erature)?\b|\bwarm up\b|\bheat\b"), ("climate",)),
    (re.compile(r"\bvolu?me\b|\bloud\b"), ("media_player",)),
    (re.compile(r"\bbrightness\b|\bcolou?r\b|\bkelvin\b|\bdim\b|\bbrighten\b"), ("light",)),
    (re.compile(r"^(?!.*\b(?:lights?|lamps?|white)\b).*\b(?:colder|cooler|warmer|hotter)\b"), ("climate",)),
    (re.compile(r"\bspeed\b"), ("fan",)),
    (re.compile(r"\bposition\b"), ("cover", "valve")),
)


def _measures(intent: str, prepared: str) -> bool:
    """Whether what the words measure, where they say it, is something the intent's things have."""
    hinted = [set(domains) for words, domains in _HINTS if words.search(prepared)]
    return not hinted or any(domains & set(INTENTS[intent].domains) for domains in hinted)


def _clean(mention: str) -> str:
    """Take the name of a property off the name of a thing: "the bedroom speaker volume" is the speaker's."""
    shorter = re.sub(rf"^(?:the )?{_ATTRIBUTE_WORDS} (?:of|on|for|in) | {_ATTRIBUTE_WORDS}$", "", mention)
    return shorter or mention


def _hinted(domains: tuple[str, ...], match: PatternMatch, prepared: str) -> tuple[str, ...]:
    """Narrow the domains by what the words measure: degrees are the thermostat's, brightness a lamp's."""
    if match.pattern.intent is not None or not (
        "value" in match.captures or match.pattern.needs_value or match.pattern.action in {"increase", "decrease"}
    ):
        return domains
    for words, hinted in _HINTS:
        if words.search(prepared) and set(hinted) & set(domains):
            return tuple(domain for domain in domains if domain in hinted)
    if "value" in match.captures and not _whole_value(match.captures["value"], "light_control", "to"):
        return (
            tuple(
                d for d in domains if d != "light" and _whole_value(match.captures["value"], INTENT_OF_DOMAIN[d], "to")
            )
            or domains
        )
    return domains


def _scoped(scope: Scope, domains: tuple[str, ...]) -> Scope:
    return replace(scope, domains=domains)


def _finish(match: PatternMatch, resolution: Resolution, mention: str, prepared: str, scope: Scope) -> Draft | None:
    pattern = match.pattern
    resolution = _without_the_unswitchable(resolution, pattern.intent, mention)
    resolution = _by_state(resolution, pattern.intent, scope, mention)
    domain = _main_domain(resolution) or _likely_domain(resolution, pattern.domains)
    intent = pattern.intent or INTENT_OF_DOMAIN.get(domain, "out_of_scope")
    if pattern.action in {"open", "close"} and domain == "lock":
        intent = "lock_control"
    slots: dict[str, Any] = dict(pattern.slots)
    if "value" in match.captures:
        values = _whole_value(
            match.captures["value"], intent, "by" if pattern.action in {"increase", "decrease"} else "to"
        )
        if values is None:
            return None
        slots.update(values)
        if "source" in values and (source := _source(str(values["source"]), resolution, scope)):
            slots["source"] = source
    if "source" in match.captures:
        source = _source(match.captures["source"], resolution, scope)
        if source is None:
            return None
        slots["source"] = source
    if "media" in match.captures:
        slots["media"] = re.sub(
            r"^(?:some|the song|a song called|the track|the album|music by|songs by) ", "", match.captures["media"]
        )
    action = settle(intent, bend(pattern.action, domain) if pattern.action else None, slots, prepared)
    if action == "set" and not slots:
        return None
    return _draft(intent, action, slots, resolution, mention)


def _draft(intent: str, action: str | None, slots: dict[str, Any], resolution: Resolution, mention: str) -> Draft:
    if action:
        slots = {"action": action, **slots}
    if resolution.area:
        slots["area"] = resolution.area
    if resolution.floor:
        slots["floor"] = resolution.floor
    return Draft(intent, slots, resolution, mention)


def _main_domain(resolution: Resolution) -> str:
    """Return the domain most of the targets have."""
    domains = [target.partition(".")[0] for target in resolution.targets]
    return max(sorted(set(domains)), key=domains.count, default="")


def _likely_domain(resolution: Resolution, domains: tuple[str, ...]) -> str:
    if resolution.choices:
        return resolution.choices[0].targets[0].partition(".")[0]
    return domains[0] if len(domains) == 1 else ""


def _without_the_unswitchable(resolution: Resolution, intent: str | None, mention: str) -> Resolution:
    """ "Everything" means what is switched on and off every day, not the gate or the water."""
    if intent is not None or not resolution.group:
        return resolution
    domains = {target.partition(".")[0] for target in resolution.targets}
    if len(domains) > 1 and re.search(r"\b(?:everything|all|every|lot|stuff|things?)\b", mention):
        return replace(resolution, targets=tuple(t for t in resolution.targets if t.partition(".")[0] in _SWITCHABLE))
    return resolution


_PLAYED = re.compile(r"\b(?:music|volume|sound|song|track|playback|audio|playing|tune)\b")


def _by_state(resolution: Resolution, intent: str | None, scope: Scope, mention: str = "") -> Resolution:
    """Where no player was named, the only one that plays is meant."""
    if (
        intent != "media_control"
        or resolution.targets
        or resolution.reason not in {Reason.MISSING_TARGET, Reason.NOTHING_TO_REFER_TO}
        or (resolution.choices and not _PLAYED.search(mention))
    ):
        return resolution
    players = [
        e for e in scope.index.domain_members(("media_player",)) if scope.states.get(e.entity_id, e.state) == "playing"
    ]
    return Resolution((players[0].entity_id,), exact=False) if len(players) == 1 else resolution


def _whole_value(text: str, intent: str, lead: str) -> dict[str, Any] | None:
    for before in dict.fromkeys((lead, "to")):
        slots = extract(f"x {before} {text}", intent)
        if slots.values and not [word for word in slots.rest.split() if word not in _GLUE]:
            return dict(slots.values)
    return None


def _with_inner_value(match: PatternMatch, scope: Scope, prepared: str) -> Draft | None:
    """The value stands beside the name without a word between ("desk lamp 40%"): take it out for each kind of thing."""
    fallback: Draft | None = None
    intents = (
        [match.pattern.intent]
        if match.pattern.intent
        else [i for i in _VALUE_ORDER if set(INTENTS[i].domains) & set(match.pattern.domains)]
    )
    for intent in intents:
        if not _measures(intent, prepared):
            continue
        slots = extract(_clean(match.captures["target"]), intent)
        if not slots.values or ("duration" in slots.values and len(slots.values) == 1):
            continue
        mention = re.sub(
            r"\b(?:to|at|by)$|^(?:the )?(?:brightness|volume|speed|colou?r|temperature|position|level)(?: of| on| for| in)\b|\b(?:brightness|volume|speed|colou?r|temperature|position|level)$",
            "",
            slots.rest,
        ).strip()
        resolution = resolve(mention or "it", _scoped(scope, _hinted(INTENTS[intent].domains, match, prepared)))
        values = dict(slots.values)
        if "source" in values:
            source = _source(str(values["source"]), resolution, scope)
            if source is None:
                continue
            values["source"] = source
        action = settle(intent, action_in(prepared, intent), values, prepared)
        if "step" in slots.values and action not in {"increase", "decrease"}:
            continue
        draft = _draft(intent, action, values, resolution, mention)
        if draft.holds:
            return draft
        if (
            fallback is None
            and resolution.reason in {Reason.AMBIGUOUS_NAME, Reason.MISSING_TARGET}
            and match.literal > 3
        ):
            fallback = draft
    return fallback


def _source(said: str, resolution: Resolution, scope: Scope) -> str | None:
    wanted = said.replace(" ", "").lower()
    wanted = re.sub(r"^(?:the|input|source)", "", wanted)
    for target in resolution.targets:
        for source in scope.index.snapshot.by_id[target].attributes.get("source_list", ()):
            if str(source).replace(" ", "").lower() == wanted:
                return str(source)
    return None


def read_free(prepared: str, intent: str, scope: Scope) -> Draft:
    """Return the reading of a free text as `intent`: values, action and target are looked for wherever they stand."""
    scoped = replace(scope, domains=INTENTS[intent].domains, lenient=True)
    slots = extract(prepared, intent)
    action = settle(intent, action_in(prepared, intent), slots.values, prepared)
    mention, unread = _named_within(slots.rest, scoped)
    if mention:
        resolution = resolve(mention, scoped)
    else:
        mention = " ".join(w for w in _COMMAND_WORDS.sub(" ", slots.rest).split() if len(w) > 1)
        resolution = resolve(mention, scoped) if mention else _unmentioned(intent, scoped)
    resolution = _by_state(resolution, intent, scope, prepared)
    domain = resolution.targets[0].partition(".")[0] if resolution.targets else ""
    values = dict(slots.values)
    if intent == "media_control" and action == "play" and resolution.reason is not None and mention:
        values.setdefault("media", mention)
    draft = _draft(intent, bend(action, domain) if action else None, values, resolution, mention)
    return replace(draft, unread=unread)


def _unmentioned(intent: str, scope: Scope) -> Resolution:
    """Nothing was named: "it is too dark in here" is about no device one could know."""
    entities = scope.index.domain_members(scope.domains)
    if len(entities) == 1 and intent in {"vacuum_control", "climate_control", "media_control"}:
        return Resolution((entities[0].entity_id,), exact=False)
    return Resolution(reason=Reason.MISSING_TARGET)


def _named_within(rest: str, scope: Scope) -> tuple[str, bool]:
    """Return a whole known name that stands in the text, and whether words beside it were left unread."""
    words = words_of(rest)
    span = find_span(words, scope.index.names, 6)
    if span is None:
        return "", False
    name = " ".join(words[slice(*span)])
    fits = any(i.partition(".")[0] in scope.domains for i in scope.index.names[name])
    if not fits or (span[1] - span[0] == 1 and len(name) <= 4):
        return "", False
    outside = " ".join((*words[: span[0]], *words[span[1] :]))
    if re.search(r"\b(?:and|all|every|both|everything)\b", outside):
        return "", False
    return name, bool(_COMMAND_WORDS.sub(" ", outside).strip())
