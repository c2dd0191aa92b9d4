"""What kind of thought a text is, and on what that rests: a word that says it, the sentence's shape, or a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.tasks.kinds import Evidence, Kind
from engine.tasks.openers import DIARY, IT, OPENERS, PERSON, TO_DO
from engine.tasks.tails import without_tail
from engine.tasks.titles import has_duty, without_duty, without_lead, without_trail
from engine.tasks.words import words_of
from engine.understanding.wordings import any_of


@dataclass(frozen=True)
class KindReading:
    """A kind, its evidence, and what the words that said so left: `before` them and `rest` behind them."""

    kind: Kind
    evidence: Evidence
    rest: str
    before: str = ""


_REMIND = re.compile(
    rf"(?<![\w'])(?:remind(?:ing)?|remnid|remid|nudge|ping|poke|prod)\s+(?:{PERSON}|"
    rf"em)(?![\w'])(?:\s+again)?(?:\s+(?:to|about|that|of|for)(?![\w']))?[\s,:;.-]*"
    r"|[,;.]\s*(?:so\s+|and\s+)?(?:please\s+)?set\s+(?:me\s+)?a\s+reminder$"
    r"|(?<![\w'])remind\s+(?=\w+\s+(?:to|about|that|of)\b)",
    re.IGNORECASE,
)
_WAKE = re.compile(
    any_of(
        rf"(?<![\w'])(?:wake|get)\s+{PERSON}\s+(?:up|out\s+of\s+bed)(?![\w'])",
        rf"(?<![\w'])wake\s+{PERSON}(?![\w'])|(?<![\w'])wake[- ]?up\s+(?:call|alert)(?![\w'])",
        r"(?<![\w'])(?:set|put|have|need|want|do|make|schedule|add|initiate|like|get)(?:\s+(?:up|on|me))?"
        r"\s+(?:an|the|my|one|two|a\s+\w+)\s+alarms?(?:\s+clock)?(?![\w'])",
        r"^(?:get|wake|be)\s+up$|^(?:\w+\s+)?alarm(?:\s+please)?$",
    )
    + r"(?:\s+(?:to\s+)?(?:go(?:es)?\s+off|ring)(?![\w']))?[\s,:;.-]*",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"(?:i\s+(?:need|want)\s+to\s+)?(?:add|put|stick|write|get|have|pop|chuck|enter|note|jot|schedule|book|"
    r"place|log)"
    r"(?:\s+down)?\s+",
    re.IGNORECASE,
)
_ONTO_TO_DO = re.compile(
    rf"\s+(?:down\s+)?(?:to|on|onto|in|into|for)\s+(?:my|the|our|me)\s+(?:{TO_DO}|{DIARY})[\s.,!]*$", re.IGNORECASE
)
_ADD_EVENT = re.compile(
    r"(?:add|put in|enter|create|make|set up|schedule|arrange)\s+(?=(?:a|an|my|the|"
    r"another)\s+(?:\w+\s+){0,2}?"
    r"(?:meeting|appointment|event|call|chat|visit|lunch|dinner|session|class|practice|party)\b)",
    re.IGNORECASE,
)
_BOOK_IT = re.compile(
    r"(?:^|[,.;]\s*)(?:so\s+|and\s+|please\s+)?(?:can you\s+|could you\s+)?(?:book|put|write|add|pop|stick)\s+"
    rf"{IT}\s+(?:in|on|into|onto|to|down on)\s+(?:my|the|our)\s+(?:{TO_DO}|{DIARY})[\s,:;.-]*",
    re.IGNORECASE,
)
_SAVE_IT = re.compile(
    r"[\s,.;-]+(?:and\s+|so\s+|please\s+|can you\s+|could you\s+)*(?:put|save|write|note|keep|jot|remember|record)\s+"
    rf"{IT}(?:\s+down)?(?:\s+(?:in|to)\s+(?:my|the|our)\s+notes)?(?:\s+for\s+(?:me|us|later))?(?:\s+please)?[\s.!]*$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:[\s,;.-]+(?:so|and|then|please|can|could|would|will|you|just|to|i|need|want|like|have|'d|for|mind|better)\b)+"
    r"[\s,]*$",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"(?:should|shall|do|does|did|is|are|was|were|can|could|would|will|has|have|what|which|who|whom|whose|where|when|"
    r"why|how|am|might|may)\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(r"\b(?:can|could|would|will|possible|mind)\b", re.IGNORECASE)
_MUSING = re.compile(
    r"what if\b|(?:maybe |perhaps )?(?:we|i|you) (?:could|might)\b|how about\b|it(?:'d| would) be (?:nice|great|cool|"
    r"lovely)\b|"
    r"wouldn't it be\b|imagine\b",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def read_kind(text: str, *, in_project: bool = False, timed: bool = False) -> KindReading:
    """Return what kind of thought the text is by its own words; the rest keeps their case.

    `in_project` says that a project was named: what is added to a project is a task. `timed` says that a time was, and
    taken out: what has a time is sooner something to do than something to know.
    """
    said = _to_the_point(text)
    explicit = _explicit(said, in_project=in_project)
    if explicit is None and has_duty(said):
        explicit = _explicit(without_duty(said), in_project=in_project)
    return explicit or _shape(said) or KindReading(Kind.TASK if timed else Kind.NOTE, Evidence.GUESS, said)


def _to_the_point(text: str) -> str:
    said = without_lead(without_trail(text))
    asked = _COURTESY.search(text[: max(0, text.find(said))])
    return said.rstrip("? ") if asked else said


def _explicit(text: str, *, in_project: bool) -> KindReading | None:
    saved = _SAVE_IT.search(text, max(0, len(text) - 80))
    said = text[: saved.start()] if saved else text
    for opener in OPENERS:
        match = opener.expression.match(said)
        if match is not None and match.end() > 0:
            return _settled(opener.kind, match, said)
    if saved and saved.start():
        return KindReading(Kind.NOTE, Evidence.EXPLICIT, said)
    return _somewhere(text) or _added(text, in_project=in_project)


def _settled(kind: Kind, match: re.Match[str], text: str) -> KindReading:
    named = match.groupdict().get("named") or ""
    rest = text[match.end() :]
    if kind is Kind.NOTE and not re.search(r"\bself\b", match[0], re.IGNORECASE) and has_duty(rest):
        # "write down that i have to return the books" is something to do, whatever it is written on.
        return KindReading(Kind.TASK, Evidence.EXPLICIT, without_duty(rest))
    if kind in {Kind.NOTE, Kind.TASK} and _ASKING.match(rest) and rest.rstrip().endswith("?"):
        return KindReading(Kind.QUESTION, Evidence.EXPLICIT, rest)
    return KindReading(kind, Evidence.EXPLICIT, rest, named)


def _somewhere(text: str) -> KindReading | None:
    for kind, expression in ((Kind.REMINDER, _REMIND), (Kind.ALARM, _WAKE), (Kind.TASK, _BOOK_IT)):
        match = expression.search(text)
        if match is not None:
            rest = text[match.start() :] if match[0].strip().casefold() == "remind" else text[match.end() :]
            return KindReading(kind, Evidence.EXPLICIT, rest, _lead_in(text[: match.start()]))
    return None


def _lead_in(before: str) -> str:
    """Return what a sentence says before it comes to its request, without the words that only lead there."""
    return without_tail(_LEADING, before).strip(" ,;:-.")


def _added(text: str, *, in_project: bool) -> KindReading | None:
    onto = _ONTO_TO_DO.search(text, max(0, len(text) - 60))
    start = _ADDED.match(text)
    if onto is not None or (in_project and start is not None):
        end = onto.start() if onto else len(text)
        return KindReading(Kind.TASK, Evidence.EXPLICIT, text[start.end() if start else 0 : end])
    event = _ADD_EVENT.match(text)
    return KindReading(Kind.TASK, Evidence.EXPLICIT, text[event.end() :]) if event else None


def _shape(said: str) -> KindReading | None:
    if said.rstrip().endswith("?"):
        asked = Evidence.SHAPE if _ASKING.match(said) else Evidence.GUESS
        return KindReading(Kind.QUESTION, asked, said)
    if has_duty(said):
        return KindReading(Kind.TASK, Evidence.SHAPE, without_duty(said))
    if _MUSING.match(said):
        return KindReading(Kind.IDEA, Evidence.SHAPE, said)
    first = _FIRST_WORD.match(said)
    if first is not None and first[0].casefold() in words_of("verbs"):
        return KindReading(Kind.TASK, Evidence.SHAPE, said)
    return None
