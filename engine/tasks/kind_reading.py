"""What kind of thought a text is, and on what that rests: a word that says it, the sentence's shape, or a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.tasks.kinds import Evidence, Kind
from engine.tasks.tails import without_tail
from engine.tasks.titles import has_duty, without_duty, without_lead
from engine.tasks.words import words_of
from engine.understanding.wordings import any_of

_TO_DO = any_of(
    r"to[- ]?dos?(?:[- ]?list)?|tasks?(?:[- ]?list)?|task[- ]list|jobs? list|list of (?:jobs|tasks|to[- ]?dos|"
    r"things to do)"
)
_DIARY = r"(?:calendar|diary|agenda|planner)"
_MAKE = any_of(
    r"(?:set|create|add|make|put|book|write|save|log|record|start|get|enter|open)(?: up| in| down)?",
    "give me|new|another",
)


@dataclass(frozen=True)
class KindReading:
    """A kind, its evidence, and what the words that said so left: `before` them and `rest` behind them."""

    kind: Kind
    evidence: Evidence
    rest: str
    before: str = ""


@dataclass(frozen=True)
class _Opener:
    kind: Kind
    expression: re.Pattern[str]


def _opener(kind: Kind, *wordings: str) -> _Opener:
    return _Opener(kind, re.compile(any_of(*wordings) + r"(?![\w'])[\s,:;.-]*", re.IGNORECASE))


_A = r"(?:(?:a|an|another|the|my|one more|me a|us a|this as a|that as a|it as a)\s+)?(?:new\s+|quick\s+)?"
_PERSON = r"(?:me|us|myself)"
_IT = r"(?:this|that|it)"
_OPENERS = (
    _opener(
        Kind.IDEA,
        rf"(?:{_MAKE}\s+|i\s+have\s+|i've\s+(?:got|had)\s+|i\s+(?:just\s+)?had\s+|here'?s\s+|i've\s+)?{_A}(?:idea|"
        rf"brainwave)"
        r"(?:\s+(?=for\b)|(?:\s+(?:to|of|about|that))?(?=[\s,:;.-]))",
        r"(?:i\s+)?had\s+(?:a|an)\s+(?:thought|idea)",
    ),
    _opener(
        Kind.NOTE,
        r"note\s+(?:to\s+)?self(?:\s+that)?",
        rf"(?:can\s+i\s+have\s+|(?:{_MAKE}|take|keep|leave|jot|drop)(?:\s+down)?\s+)?{_A}notes?(?:\s+please)?"
        rf"(?:\s+(?:that|of\s+{_IT}|of|about|for\s+me|to\s+self|saying))*(?=[\s,:;.-]|$)",
        rf"(?:make|take)\s+{_A}note\s+to\s+self",
        rf"(?:note|jot|write|scribble|get|put|take)\s+(?:{_IT}\s+)?down(?:\s+for\s+me)?(?:\s+that)?",
        rf"(?:put|add|save|write|stick)\s+(?:{_IT}\s+)?(?:in|to|into)\s+(?:my|our|the)\s+notes(?:\s+that)?",
        r"for\s+the\s+record|(?:fyi|nb|n\.b)(?=[\s:,.])|(?:please\s+)?remember\s+(?:that|this)",
        r"note\s+that",
    ),
    _opener(
        Kind.QUESTION,
        r"(?:(?:i have |i've got )?(?:a |an |another |open )?question(?: for (?:later|us|you))?|q)(?=\s*[:,-])",
    ),
    _opener(
        Kind.ALARM,
        rf"(?:i\s+(?:need|want|have)\s+to\s+)?(?:wake|get)\s+{_PERSON}\s+(?:up|out\s+of\s+bed)|wake\s+{_PERSON}|"
        rf"(?:i\s+(?:need|"
        rf"want)\s+to\s+be\s+)woken(?:\s+up)?",
        rf"(?:(?:{_MAKE}|i\s+need|i\s+want|i'd\s+like|"
        rf"can\s+i\s+have)\s+)?{_A}(?:wake[- ]?up\s+)?alarms?(?:\s+(?:call|"
        rf"clock))?(?:\s+(?:to\s+)?(?:go(?:es)?\s+off|ring))?",
    ),
    _opener(
        Kind.REMINDER,
        rf"(?:{_MAKE}\s+|i\s+(?:need|want|'d\s+like)\s+|i'd\s+like\s+|(?:could|can|may)\s+(?:i|we)\s+(?:have|"
        rf"get)\s+)?{_A}"
        r"(?:reminder|nudge|shout|ping|heads[- ]up)(?=\s|[,:;.-]|$)(?:\s+(?:for\s+me|for\s+us))?(?:\s+(?:to|about|"
        r"that|of|for))?",
        rf"(?:{_MAKE})\s+{_A}(?P<named>\w+(?:\s+\w+){{0,3}}?)\s+reminder",
        r"(?:i|we)\s*(?:'d\s+like|want|need|would\s+like|wish|have)\s+to\s+be\s+reminded(?:\s+(?:to|about|that|of))?",
        rf"(?:tell|text|message|notify|alert|buzz|ping|warn)\s+{_PERSON}\s+(?=to\s)(?:to)",
        rf"(?:do\s+not|don'?t|dont|never)\s+let\s+{_PERSON}\s+forget(?:\s+(?:to|about|that))?",
    ),
    _opener(
        Kind.TASK,
        rf"(?:{_MAKE}\s+)?{_A}(?:task|to[- ]?do|chore|job|action(?:\s+item)?)(?:\s+item)?(?=\s|[,:;.-]|$)"
        r"(?:\s+(?:to|for\s+me\s+to|called|named|that|saying|for))?",
        r"(?:do\s+not|don'?t|dont|not\s+to|never)\s+forget(?:\s+(?:to|about|that))?|remember\s+to|be\s+sure\s+to",
        r"(?:i|we)\s+(?:must|mustn'?t|can'?t|have\s+to|need\s+to|should(?:n'?t)?)\s+(?:not\s+)?(?:forget|"
        r"remember)(?:\s+to|\s+about)?",
        rf"(?:add|put|stick|write|enter)\s+(?:on|to|in|onto|into)\s+(?:my|the|our)\s+(?:{_TO_DO}|"
        rf"{_DIARY})(?:\s+(?:to|that))?",
        rf"(?:book|put|write|get|pop|stick|add)\s+{_IT}\s+(?:in|on|into|onto|to)\s+(?:my|the|our)\s+(?:{_TO_DO}|"
        rf"{_DIARY})",
        rf"(?:on|for)\s+(?:my|the|our)\s+(?:{_TO_DO})(?:\s+please)?\s*[:,-]",
    ),
)
_REMIND = re.compile(
    rf"(?<![\w'])(?:remind(?:ing)?|remnid|remid|nudge|ping|poke|prod)\s+(?:{_PERSON}|"
    rf"em)(?![\w'])(?:\s+again)?(?:\s+(?:to|about|that|of|for))?[\s,:;.-]*"
    r"|(?<![\w'])remind\s+(?=\w+\s+(?:to|about|that|of)\b)",
    re.IGNORECASE,
)
_WAKE = re.compile(
    any_of(
        rf"(?<![\w'])(?:wake|get)\s+{_PERSON}\s+(?:up|out\s+of\s+bed)(?![\w'])",
        rf"(?<![\w'])wake\s+{_PERSON}(?![\w'])",
        r"(?<![\w'])(?:set|put|have|need|want|do)\s+(?:me\s+)?(?:an|the|my|a\s+\w+)\s+alarm(?:\s+clock)?(?![\w'])",
        r"^(?:\w+\s+)?alarm$",
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
    rf"\s+(?:down\s+)?(?:to|on|onto|in|into|for)\s+(?:my|the|our|me)\s+(?:{_TO_DO}|{_DIARY})[\s.,!]*$", re.IGNORECASE
)
_ADD_EVENT = re.compile(
    r"(?:add|put in|enter|create|make|set up|schedule|arrange)\s+(?=(?:a|an|my|the|"
    r"another)\s+(?:\w+\s+){0,2}?"
    r"(?:meeting|appointment|event|call|chat|visit|lunch|dinner|session|class|practice|party)\b)",
    re.IGNORECASE,
)
_BOOK_IT = re.compile(
    r"(?:^|[,.;]\s*)(?:so\s+|and\s+|please\s+)?(?:can you\s+|could you\s+)?(?:book|put|write|add|pop|stick)\s+"
    rf"{_IT}\s+(?:in|on|into|onto|to|down on)\s+(?:my|the|our)\s+(?:{_TO_DO}|{_DIARY})[\s,:;.-]*",
    re.IGNORECASE,
)
_SAVE_IT = re.compile(
    r"[\s,.;-]+(?:and\s+|so\s+|please\s+|can you\s+|could you\s+)*(?:put|save|write|note|keep|jot|remember|record)\s+"
    rf"{_IT}(?:\s+down)?(?:\s+(?:in|to)\s+(?:my|the|our)\s+notes)?(?:\s+for\s+(?:me|us|later))?(?:\s+please)?[\s.!]*$",
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


def read_kind(text: str, *, in_project: bool = False) -> KindReading:
    """Return what kind of thought the text is by its own words; the rest keeps their case.

    `in_project` says that a project was named: what is added to a project is a task.
    """
    said = _to_the_point(text)
    return _explicit(said, in_project=in_project) or _shape(said) or KindReading(Kind.NOTE, Evidence.GUESS, said)


def _to_the_point(text: str) -> str:
    said = without_lead(text)
    asked = said != text and _COURTESY.search(text[: len(text) - len(said)])
    return said.rstrip("? ") if asked else said


def _explicit(text: str, *, in_project: bool) -> KindReading | None:
    saved = _SAVE_IT.search(text, max(0, len(text) - 80))
    said = text[: saved.start()] if saved else text
    for opener in _OPENERS:
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
