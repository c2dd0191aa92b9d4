"""The words corrections are made of."""

from __future__ import annotations

import re


def _start(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})(?![\w'])[ ,.;:!?…–—-]*", re.IGNORECASE)


_THING = (
    r"(?:one|ones|light|lights|lamp|lamps|room|thing|device|fan|switch|speaker|tv|blind|blinds|door|place|plug"
    r"|heater|name|"
    r"word|bulb|scene|song|area|floor|curtain|curtains)"
)
_PERFECT = r"(?:'ve|'d| have| had)?"
_REALLY = r"(?: (?:actually|really|just|only|clearly|obviously|distinctly|meant to|did))*"
_CLAIMS = (
    rf"(?:i|we){_PERFECT}{_REALLY} (?:meant|mean|wanted|said|say|asked for|asked you for|was asking for"
    rf"|was talking about|"
    r"was referring to|was thinking of|told you|needed|was after|had in mind|intended|was looking for"
    r"|asked)(?: to say| to have| to do)?"
    r"|what (?:i|we)(?: actually| really)? (?:meant|mean|wanted|want|said)(?: was| is)|(?:it|that"
    r"|this) should(?:'ve| have)? be(?:en)?|should(?:'ve| have|a)? be(?:en)?"
    r"|(?:it |that )?(?:was |is )?(?:supposed|meant) to be"
)
_WISHES = (
    r"(?:i|we)(?:'d| would)? (?:want|need|like|prefer|rather have|rather|preferred)|(?:i'm|i am) (?:talking about"
    r"|asking for|referring to)|"
    r"(?:it|that)(?:'s|s| is| was)(?: supposed to be| meant to be)?|"
    r"make (?:it|that|them)|try|do|use|take|give me|how about|what about|rather|go for|go with"
)

OPENER = _start(
    r"no+(?! one )|nope|nah|naw|no no+|wrong(?! \w)|oops|oopsie|whoops|woops|ops|argh|ugh|my mistake|my bad|incorrect"
    r"|not quite|try again|"
    r"not exactly|(?:that|this|it)(?:'s|s| is| was) (?:wrong|incorrect|not right|not it|not correct)|"
    r"(?:that|this|it)(?:'s|s| is| was)? ?(?:not|n't) (?:what|the one) (?:i|we) (?:meant|wanted|said|asked for"
    r"|asked|mean|want)|"
    r"not what (?:i|we) (?:meant|wanted|said|asked for|asked|mean|want)|you (?:got|did|heard) (?:it|that|me) wrong"
    r"|you misheard(?: me)?|"
    r"you misunderstood(?: me)?|i (?:didn't|did not|didnt) (?:mean|say|want|ask for) (?:that|this|it)(?: one)?|"
    r"that was(?:n't|nt| not) it|(?:that|it) isn't it|i misspoke|typo|slip of the tongue"
)
SOFT_OPENER = _start(
    r"sorry|wait|actually|hang on|hold on|i'm sorry|excuse me|scratch that|correction|pardon|on second thought|hmm+"
)
NEUTRAL = _start(r"well|but|ah+|oh+|er+|erm|damn|yes but|ok but|and|so|shit|hey")
REJECTION = _start(
    rf"(?:(?:that|this|it|those|these)(?:'s|s| is| was| are| were)? |you (?:got|picked|took|chose|did|turned on"
    rf"|turned off|switched on|have|used) )?"
    rf"(?:the )?wrong {_THING}|"
    rf"(?:(?:that|this|it)(?:'s|s| is| was)? )?not (?:that|this|those|these|the right)(?: {_THING})?(?! \w)|"
    rf"(?:that|this|it)(?:'s|s| is| was)? ?(?:not|n't|isn't|isnt|wasn't) the (?:right )?(?:one|light|lamp|room)(?! \w)|"
    rf"(?:that|this|it) (?:isn't|isnt|wasn't|wasnt) the (?:right )?(?:one|light|lamp|room)(?! \w)|"
    r"not (?:that|this)(?: one)?(?=[,.;:!]|$)|(?:that|this) one(?:'s| is| was)(?: the)? wrong|wrong one"
)
CLAIM_BEFORE = _start(_CLAIMS)
WISH_BEFORE = _start(_WISHES)
CLAIM_AFTER = re.compile(
    rf"(?:[ ,–—-]+(?:is|was|are|were))?(?:[ ,–—-]+(?:what|the one|the ones|which|that))?[ ,–—-]+(?:{_CLAIMS})$",
    re.IGNORECASE,
)
NOT_FIRST = _start(
    r"not|(?:i|we) (?:(?:didn't|did not|didnt|never) (?:mean|say|want|ask for)|(?:don't|dont|do not) mean)|"
    r"(?:i|we) (?:wasn't|weren't) (?:asking for|talking about)|"
    r"(?:that|this|it)(?:'s|s| is| was)? not|(?:that|this|it) (?:isn't|wasn't)"
)
IT_WAS = _start(r"(?:that|this|it)(?:'s|s| is| was)|you (?:did|turned on|turned off|picked|chose|took|used)")
CONTRASTS = (
    re.compile(r"[ ,;.–—-]+(?:and |but )?not (?=\S)", re.IGNORECASE),
    re.compile(r"[ ,]+(?:instead of|rather than|as opposed to|in place of) (?=\S)", re.IGNORECASE),
)
OTHER_ONE = re.compile(
    rf"(?:the |that |my )?other(?: {_THING}| \w+ {_THING})?|(?:the |that )?(?:one )?(?:next to it|beside it"
    rf"|above it|next one)"
    r"|(?:the )?(?:other|opposite) (?:way|direction)(?: round| around)?|the (?:first|second|third|left|right|big"
    r"|small|top|bottom|last) one"
    r"|(?:both|all) of (?:them|those)",
    re.IGNORECASE,
)
VALUE = re.compile(
    r"(?:to |at |it |them )?(?:\d{1,3}(?:[.,]\d)? ?(?:%|percent|per cent|degrees?|°c?)?|on|off|up|down|open|closed|shut"
    r"|brighter|darker|dimmer|"
    r"warmer|cooler|colder|hotter|louder|quieter|higher|lower|faster|slower|red|green|blue|white|yellow|orange"
    r"|purple|pink|"
    r"warm white|cool white|half|full|maximum|minimum)",
    re.IGNORECASE,
)
TALK = re.compile(
    r"(?:i|you|he|she|we|they|there|who|what|why|how|when|where|which|because|if|but|is|are|was|were|do|does|did"
    r"|have|has|can|could|would|"
    r"should|will|not|no|yes|(?:that|this|it) (?:is|was)(?:n't)?|thanks|thank|it's|it|that's|that isn't|that wasn't"
    r"|someone|nobody|everyone)(?:'\w+)?(?: |$)",
    re.IGNORECASE,
)
