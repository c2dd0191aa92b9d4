"""Titles: what is left of a thought without the words that only say that it is one."""

from __future__ import annotations

import re

from engine.tasks.tails import without_tail
from engine.understanding.wordings import any_of

LEAD = (
    "(?:"
    + any_of(
        r"ok(?:ay)?|so|well|um+|uh+|erm?|ah|oh|hmm+|hey|hi|hello|yo|right|alright|now|and|also|then|actually|sorry",
        r"please|pls|plz|kindly|just|quick one|quickly|butler|thanks|no wait|oh yeah|yeah|yes",
        r"(?:oh )?before i forget|by the way|btw|one more thing|another thing|while i remember|as a reminder",
        r"if you (?:could|would|can|don'?t mind)(?: please)?|be (?:a dear|so kind|a love|an angel)(?: and| as to)?",
        r"do me a favou?r and|go ahead and|help me(?: to)? remember to|would it be possible to|is it possible to",
        r"(?:do|would) you mind|(?:can|could|would|will) (?:you|u|ya)(?: please| kindly| just| maybe| possibly)*",
        r"(?:i|we)(?:'d| would) (?:really )?(?:like|love|prefer|appreciate it if) (?:you to|you would|you could|"
        r"for you to)",
        r"(?:i|we) (?:just )?(?:want|need|wish) (?:you|u) to|(?:i|we) was wondering if you (?:could|can|would)",
    )
    + r"(?![\w'])[\s,:;.!-]*)*"
)
"""An expression for what people say before they come to the point, which may be nothing."""
_LEAD = re.compile(LEAD, re.IGNORECASE)
_TRAIL = re.compile(
    r"[\s,;.!-]*(?<![\w'])"
    + any_of(
        r"please|pls|plz|thanks(?: a lot| so much)?|thank you(?: very much| so much)?|thx|ta|cheers|mate|butler",
        r"will you|would you|could you|can you|ok(?:ay)?|if you (?:could|can|would|please|don'?t mind)|if possible|"
        r"if you'?d be so kind",
        r"would be (?:nice|great|lovely|good)|that'?s all|lol|haha",
    )
    + r"[\s,;.!]*$",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"(?:that |because |cause |as )?"
    + any_of(
        r"(?:i|we|you) (?:really |still |just |also |definitely |probably )*"
        + any_of(
            r"(?:need|have|want|ought|got|plan|intend|mean)(?: really)? to",
            r"needed to|wanted to|had to|'?ve got to|gotta|wanna|must(?: not forget to| remember to)?",
            r"should(?: really| probably| definitely| also)?(?: remember to| not forget to)?",
            r"(?:would|'d) like to|have got to|need(?:n't)? remember to|better",
        ),
        r"(?:i|we)(?:'ve| have) (?:really |still |just |also )*got to|(?:i|we)(?:'d| had) better|(?:i|we)'d like to",
        r"(?:i'm|im|i am|we're|we are) (?:supposed|meant|going) to|it'?s (?:about )?time (?:to|i|we)",
        r"gotta|got to|have to|need to|must|remember to|(?:do not|don'?t|not to) forget(?: to| about)?|"
        r"make sure (?:to|i|we|that i|that we)",
        r"be sure to|let'?s",
    )
    + r"(?:\s+(?:really|still|also|remember to|not forget to))?(?![\w'])[\s,:]*",
    re.IGNORECASE,
)
_JOINT = re.compile(r"(?:to|that|about|of|for|saying|which is|it'?s|and|so)(?![\w'])[\s,:;-]*", re.IGNORECASE)
_EDGES = " ,;:-–—|*•"
_TAIL_JOINT = re.compile(
    r"(?:[\s,;-]+(?:and|so|but|or|because|that|please|(?:ping|remind|nudge|tell|wake|message) (?:me|us)))+$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"([^\"]{1,300})\"|(?<!\w)'((?:[^']|(?<=\w)'(?=\w)){1,300})'(?!\w)")
_ARTICLE = re.compile(
    r"(?:a|an) (?=(?:meeting|appointment|call|chat|event|visit|trip|session|dinner|lunch|party)\b)", re.IGNORECASE
)
_SPACES = re.compile(r"\s+")


def without_lead(text: str) -> str:
    """Return the text from where it comes to the point; all of it where it never does."""
    return _LEAD.sub("", text, count=1) or text


def without_trail(text: str) -> str:
    """Return the text without the courtesies at its end."""
    for _ in range(3):
        shorter = without_tail(_TRAIL, text)
        if shorter == text:
            break
        text = shorter
    return text


def without_duty(text: str) -> str:
    """Return the text without the words that say it has to be done ("i need to", "we should really")."""
    match = _DUTY.match(text)
    return text[match.end() :] if match else text


def has_duty(text: str) -> bool:
    """Tell whether the text begins with words that say it has to be done."""
    return _DUTY.match(text) is not None


def quoted(text: str) -> str | None:
    """Return what stands in quotes, the first of several; None when nothing does."""
    match = _QUOTED.search(text)
    return (match[1] or match[2]).strip() if match else None


def title_of(text: str, *, duties: bool = True) -> str:
    """Return a thought's text as its title: no courtesy, no "that i need to", no marks at its edges.

    `duties` says that words such as "i need to" are no part of it: they are, in what is only written down.
    """
    title = _SPACES.sub(" ", text).strip(_EDGES)
    for _ in range(4):
        before = title
        title = without_trail(title).strip(_EDGES)
        title = _drop(_JOINT, title)
        if duties:
            title = _drop(_DUTY, without_lead(title).strip(_EDGES)).strip(_EDGES)
        if title == before:
            break
    title = without_tail(_TAIL_JOINT, title).strip(_EDGES).rstrip(".!")
    return _drop(_ARTICLE, _unquoted(title))


def _drop(expression: re.Pattern[str], text: str) -> str:
    match = expression.match(text)
    return text[match.end() :] if match and match.end() < len(text) else text


def _unquoted(title: str) -> str:
    match = _QUOTED.fullmatch(title)
    return (match[1] or match[2]).strip() if match else title
