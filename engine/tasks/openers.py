"""The words a thought begins with when it says what it is: "remind me to", "note:", "add a task"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.tasks.kinds import Kind
from engine.understanding.wordings import any_of

TO_DO = any_of(
    r"to[- ]?dos?(?:[- ]?list)?|tasks?(?:[- ]?list)?|task[- ]list|jobs? list",
    r"list of (?:jobs|tasks|to[- ]?dos|chores|things to do)(?: to (?:do|complete))?",
)
DIARY = r"(?:calendar|diary|agenda|planner)"
PERSON = r"(?:me|us|myself)"
IT = r"(?:this|that|it)"
_MAKE = any_of(
    r"(?:set|create|add|make|put|book|write|save|log|record|start|get|enter|open)(?: up| in| down)?",
    r"give me|new|another|i need|i want|i'?d like|i would like|(?:could|can|may) (?:i|we) (?:have|get)",
)
_A = r"(?:(?:a|an|another|the|my|one more|me a|us a|this as a|that as a|it as a) )?(?:new |quick )?"
_BARE = r"(?:(?:a|an|another|new|quick) )*"
_ENDS = r"(?=[\s,:;.-]|$)"


@dataclass(frozen=True)
class Opener:
    """What a thought of a kind may begin with; what is behind the match is the thought."""

    kind: Kind
    expression: re.Pattern[str]


def _opener(kind: Kind, *wordings: str) -> Opener:
    return Opener(kind, re.compile(any_of(*wordings) + r"(?![\w'])[\s,:;.-]*", re.IGNORECASE))


OPENERS = (
    _opener(
        Kind.IDEA,
        rf"(?:(?:{_MAKE}|i have|i'?ve (?:got|had)|i (?:just )?had|here'?s) {_A}|{_BARE})(?:idea|brainwave)"
        rf"(?: (?=for\b)|(?: (?:to|of|about|that))?{_ENDS})",
        r"(?:i )?(?:just )?had (?:a|an) (?:thought|idea)",
    ),
    _opener(
        Kind.NOTE,
        r"note (?:to )?self(?: that)?",
        rf"(?:note|jot|write|scribble|get|put|take) (?:{IT} )?down(?: for me)?(?: that)?",
        rf"(?:(?:{_MAKE}|take|keep|leave|jot|drop)(?: down)? {_A}|{_BARE})notes?(?: please)?"
        rf"(?: (?:that|of {IT}|of|about|for me|to self|saying))*{_ENDS}",
        rf"(?:put|add|save|write|stick) (?:{IT} )?(?:in|to|into) (?:my|our|the) notes(?: that)?",
        r"for the record|keep in mind(?: that)?|log that|(?:fyi|nb|n\.b)(?=[\s:,.])|remember (?:that|this)",
    ),
    _opener(
        Kind.QUESTION,
        r"(?:(?:i have |i've got )?(?:a |an |another |open )?question(?: (?:for|to|about) [\w' -]{1,30}?)?|"
        r"q)(?=\s*[:,-])",
    ),
    _opener(
        Kind.ALARM,
        rf"(?:wake|get) {PERSON} (?:up|out of bed)|wake {PERSON}|to be woken(?: up)?|be woken(?: up)?",
        rf"{_MAKE} {_A}(?:wake[- ]?up )?alarms?(?: call| clock)?(?: (?:to )?(?:go(?:es)? off|ring))?",
        rf"{_BARE}(?:wake[- ]?up )?alarms?(?=$|[:,-]| (?:for|at|to|please|on)\b)",
    ),
    _opener(
        Kind.REMINDER,
        rf"(?:{_MAKE} {_A}|{_BARE})(?:reminder|nudge|shout|ping|heads[- ]up)(?! (?:me|us)\b){_ENDS}"
        r"(?: (?:for me|for us))?(?: (?:to|about|that|of|for))?",
        rf"{_MAKE} {_A}(?P<named>\w+(?: \w+){{0,3}}?) reminder",
        r"(?:i|we) ?(?:'d like|want|need|would like|wish|have) to be reminded(?: (?:to|about|that|of))?",
        rf"(?:tell|text|message|notify|alert|buzz|ping|warn) {PERSON} (?=to )(?:to)",
        rf"(?:alert|notify) {PERSON}(?! (?:when|if|once|as soon|whenever|should))(?: (?:about|of|that))?",
        r"(?:i|we) need reminding(?: (?:to|about|that|of))?|(?:can|could) (?:i|we) be reminded(?: (?:to|about|that|"
        r"of))?",
        r"(?:get|be) reminded(?: (?:to|about|that|of))?|have a reminder(?: (?:to|about|that|for|of|set|made))*",
        rf"(?:do not|don'?t|never) let {PERSON} (?:forget|miss)(?: (?:to|about|that))?",
    ),
    _opener(
        Kind.TASK,
        rf"(?:{_MAKE} {_A}|{_BARE})(?:task|to[- ]?do)(?: item)?{_ENDS}(?: (?:to|for me to|called|named|that|saying|"
        rf"for))?",
        rf"(?:{_MAKE} {_A}|{_BARE}(?=\w+\s*:))(?:chore|job|action(?: item)?){_ENDS}(?: (?:to|called|for))?",
        r"(?:do not|don'?t|not to|never) forget(?: (?:to|about|that))?|remember to|be sure to",
        r"(?:i|we) (?:must|mustn'?t|can'?t|have to|need to|should(?:n'?t)?) (?:not )?(?:forget|remember)(?: to|"
        r" about)?",
        rf"(?:add|put|stick|write|enter) (?:on|to|in|onto|into) (?:my|the|our) (?:{TO_DO}|{DIARY})(?: (?:to|that))?",
        rf"(?:book|put|write|get|pop|stick|add) {IT} (?:in|on|into|onto|to) (?:my|the|our) (?:{TO_DO}|{DIARY})",
        rf"(?:on|for) (?:my|the|our) {TO_DO}(?: please)?\s*[:,-]",
    ),
)
