"""What must not act: words that speak of an action without asking for it now.

Each guard is a reason with its patterns over plain text. They veto only home actions; a reminder may say "if".
"""

from __future__ import annotations

import re

from engine.understanding.interpretation import Reason

_VERB = (
    r"(?:turn|switch|put|open|close|shut|lock|unlock|set|dim|brighten|play|pause|stop|start|run|raise|lower|activate|mute|unmute|unlatch|"
    r"arm|disarm|trigger|boost|heat|cool|vacuum|clean|hoover|touch|mess|fiddle|use|kill|leave|let|make|change|toggle|power|crank|bring|fire|skip|"
    r"send|draw|roll|pull|bolt|warm|light|get|go|do|ever|you|even|dare|bother|just|yet|please|be|want|need|forget to lock|shut off|adjust|keep)"
)
_PAST = (
    r"(?:turned|switched|opened|closed|shut|locked|unlocked|dimmed|played|paused|stopped|started|left|set|put|ran|raised|lowered|activated|muted|"
    r"brightened|drew|pulled|rolled|forgot|broke|fixed|changed|replaced|bought|installed|cleaned|vacuumed|hoovered|was|were|went|came|"
    r"got|said|told|asked|kept|tried|noticed|heard|saw|thought|bumped|knocked|painted|moved|toggled|triggered|cranked|sent|used|had)"
)
_SOMEONE = (
    r"(?:i|we|he|she|they|you|it|someone|somebody|everyone|everybody|nobody|who|(?:the|my|our|his|her|their) (?:kids?|children|wife|husband|partner|mum|mom|dad|"
    r"mother|father|son|daughter|brother|sister|neighbou?rs?|cleaner|dog|cat|boss|guests?|landlord|plumber|electrician|builders?|gardener|girls?|boys?|"
    r"baby|toddler|lodger|flatmate|roommate|friend|nan|gran|grandma|grandad|grandpa|aunt|uncle|cousin|teenager|postman|courier|babysitter|nanny|family|in-laws|colleague|mate)|"
    r"dave|bob|ana|anna|tom|sam|alice|john|jane|mary|mike|mark|sarah|emma|lucy|ben|jack|kate|laura|peter|paul|anne|tim|joe|max|dan|amy)"
)

_NEGATION = (
    r"\b(?:don't|dont|do'nt|dnt|nvr|isn't|isnt|aren't|wasn't|hasn't|haven't|in no case|by no means|at no (?:point|time)|do not|don t|doesn't|does not|didn't|did not|never|ne'er|mustn't|must not|shouldn't|should not|can't|cannot|can not|couldn't|won't|will not|wouldn't|"
    r"not to|no longer|nobody should|no one should|no-one should|noone should)\b(?! (?:forget to (?!lock)|mind|see|sleep|hear|stand|believe|like|know|care|wait|think)\b)",
    r"\b(?:no need (?:to|for)|needn't|need not|rather (?:you )?(?:not|didn't)|stop (?:yourself|turning|switching|opening|closing|locking|unlocking|dimming|messing|touching|playing with|trying|changing|setting|starting|fiddling)|"
    r"refrain|avoid|under no circumstances|on no account|not (?:the|yet|now|tonight|today|in a million|under|going to|gonna|allowed|supposed|necessary|while|until|at all)|"
    r"keep (?:your hands|the [\w ]+? (?:as|closed|shut|locked|off|on|open|down|up)|it (?:as|locked|closed|shut|off|on|open))|leave (?:\w+ ){1,4}(?:alone|as (?:it|they|is|are)|be|off|on|open|closed|shut|locked|unlocked|running|where|how|that way|like)|"
    r"hands off|forbid|forbidden|prohibit(?:ed)?|prevent|without (?:turning|switching|opening|closing|locking|unlocking)|instead of (?:turning|switching|opening|closing|locking|unlocking)|"
    r"hold off|resist|skip (?:turning|switching|opening|closing)|cancel (?:turning|switching|opening|closing)|forget (?:about )?(?:turning|opening|closing|locking|unlocking|switching)|"
    r"neither|nor|please no|wait don't|not (?:turn|switch|open|close|lock|unlock|dim|play|start)|no (?:turning|switching|opening|closing|locking|unlocking|dimming|lights?\b|music))\b",
    r"\bnot\b(?! (?:only|just|long|sure))",
    r"^(?:no|nope|nah) (?!i |we )(?:\w+ ){0,4}(?:on|off)\b",
)
_CONDITION = (
    r"\b(?:if|unless|provided(?: that)?|assuming|in case|as long as|so long as|in the event|as soon as|the moment|the minute|the second|until|till|once (?:it|the|i|we|he|she|they|my|everyone|you|dinner|we're|i'm|he's|she's|they're|\w+ (?:is|are|gets?|has))|"
    r"whenever|every time|each time|next time|depending on|when(?:ever)?(?= (?:the|it|i|i'm|we|we're|he|he's|she|she's|they|my|our|you|you're|someone|somebody|anyone|nobody|everyone|everybody|there|there's|it's|\w+ (?:is|gets|comes|leaves|arrives|goes|wakes|rises|sets|opens|closes)|motion|movement|sunset|sunrise|dinner|the sun)))\b(?! you (?:could|can|would|don't mind|please|want|like|get a (?:chance|sec|second|minute|moment)|have a (?:chance|sec|second|minute|moment)|are able|are ready))(?! (?:possible|you're ready|u can|ur))",
)
_DEFERRED = (
    r"\b(?:tomorrow|tonight|later(?: on)?|this (?:evening|afternoon|morning|weekend|night)|next (?:week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning|evening)|"
    r"(?:on |every |each |this )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?|weekdays?|weekends?|every (?:day|night|morning|evening|hour|week|\d+)|each (?:day|night|morning|evening)|nightly|daily|hourly)\b",
    r"\b(?:in|after|within) (?:about |around |another |the next )?(?:\d+(?:\.\d+)?|an?|half an?|a couple of|a few|several|some) ?(?:seconds?|secs?|minutes?|mins?|min|hours?|hrs?|h|days?|weeks?|bit|while|moment|mo)\b",
    r"\b\d+ ?(?:minutes?|mins?|hours?|seconds?|days?) (?:from now|later|before|after)\b|\b(?:an|half an) hour (?:from now|later)\b",
    r"\b(?:at|by|around|before|after|from|until|till|come) (?:about )?(?:\d{1,2}(?::\d{2})? ?(?:am|pm|a m|p m|o'clock)\b|\d{1,2}:\d{2}\b|half past|quarter (?:past|to)|\d{1,2} in the (?:morning|evening|afternoon)|noon|midday|midnight|sunset|sunrise|dusk|dawn|nightfall|bedtime(?! routine)|lunch(?:time)?|dinner(?:time)?(?! time scene)|breakfast|supper|work|school|dark|tea ?time|the film|christmas|the news)\b",
    r"\b\d{1,2}(?::\d{2})? ?(?:am|pm|o'clock)\b|\bhalf past \w+\b|\b(?:quarter|\d+) (?:past|to) (?:\d+|noon|midnight)\b|\b\d{1,2}:\d{2}\b",
    r"\bat (?:1[0-2]|[1-9])$",
    r"\b(?:from|on|until|by) the (?:first|second|third|\d+(?:st|nd|rd|th)?)(?: of)? (?:january|february|march|april|may|june|july|august|september|october|november|december)\b|\bon the \d+(?:st|nd|rd|th)\b",
    r"\b(?:on a schedule|schedule|some ?day|soon|eventually|first thing|overnight|in the (?:morning|evening|afternoon|night)|at night|during the (?:day|night)|(?:on|off|open|closed?|up|down|running|%|lights?|door|fan|heating|tv|music) while (?:i'm|we're|i am|we are|i|we|they|he|she|the)\b|before (?:i|we|you|they|he|she|bed|the|it)\b|after (?:i|we|you|they|he|she|the|it|dinner|lunch)\b)",
)
_HYPOTHETICAL = (
    r"^(?:\w+ ){0,3}?(?:should|shall|ought|may|might|must|do|did|does) (?:i|we|it|they|one|someone|he|she|the|that|you (?:think|know|ever|usually|always|normally|often|remember|have|want|like|need|reckon|recommend|suggest|believe))\b",
    r"^(?:is|are|was|were|has|have (?:i|we|you|they|he|she|any|the \w+ been)|had|isn't|aren't|wasn't|hasn't|haven't|am) (?!it possible (?:to|for you)|you able to|there any (?:chance|way) you)",
    r"^(?:and |so |but |hey |ok |well |oh )*(?:what|why|how|where|who|whose|which|when|whether)\b(?! about (?:turning|switching|opening|closing|dimming|putting|making|setting|you (?:turn|switch|open|close|dim|set)))(?! if you (?:turn|switch))",
    r"\b(?:what (?:if|happens|would|does)|would it|could it|can it|will it|is it (?:ok|okay|safe|worth|better|a good|wise|bad|possible to have|legal)|wonder(?:ing)? (?:what|why|how|whether|if (?!you))|"
    r"suppose|supposing|imagine|hypothetically|theoretically|in theory|what about if|let's say|say i|pretend|perhaps we|maybe (?:we|i) should|thinking (?:about|of)|considering|"
    r"i (?:might|may|could|should|would have|wish|hope|guess|think|suppose|wonder|bet|love (?:it|when|how)|like (?:it|when|how)|hate (?:it|when|how)|prefer (?:it|when))|we (?:might|may|could|should|ought)|(?:he|she|they|it|someone|somebody|one|anyone) (?:might|may|could|should|would|can|will|must)|"
    r"had i|if only|as if|as though|would be (?:nice|great|good|lovely|cool) (?:if|to|when)|are you able to (?=\w+ (?:at all|in general))|do you know how|able to see|would have|could have|should have|used to)\b",
    r"^(?:can|could|may|might) (?:i|we|the|he|she|they|it|anyone|someone|somebody|guests|kids|people|my|our|burglars?|one)\b(?! (?:have|get|go\b|please have|see the|be \w+ed))",
    r"^(?:can|could|would|will) you (?:tell|explain|remember|imagine|believe|even|ever|usually|normally|really|see|hear|do that)\b",
    r"^(?:how do|how can|how to|how would|how should|how about (?!turning|opening|closing|switching))\b",
)
_STATEMENT = (
    rf"\b{_SOMEONE}(?:'ve|'d|'s| nearly| almost| have| has| had| just| already| always| never| usually| often| finally| accidentally| probably| definitely| also| then| even| all| both| only)* {_PAST}\b(?! like| to have (?:the|my|our|it))(?<! i want)(?<!i'd like it)(?! (?:the|it|them|that) to\b)",
    rf"\b{_SOMEONE} (?:turns|switches|opens|closes|shuts|locks|unlocks|dims|plays|pauses|stops|starts|sets|puts|runs|raises|lowers|leaves|keeps|likes?|loves?|hates?|needs to|wants to|always|usually|often|is|are|was|were|am|looks|seems|feels|sounds|works|says)\b(?! (?:to (?:turn|switch)|going))(?!$)",
    r"\b(?:i'm|i am|we're|we are|he's|she's|they're|you're|it's|that's|there's) (?:\w+ )?(?:turning|switching|opening|closing|locking|unlocking|dimming|playing|pausing|stopping|starting|setting|putting|running|leaving|going to (?:turn|switch|open|close|lock|unlock|dim|play|set|start|stop|leave|buy|fix)|gonna|about to (?:turn|switch|open|close|lock|unlock))\b",
    r"\b(?:i|we)(?:'ll| will| shall|'m going to| am going to|'m gonna) (?:turn|switch|open|close|shut|lock|unlock|dim|play|pause|stop|start|set|put|run|raise|lower|leave|do|sort|handle|deal|get|go|buy|fix|ask|tell)\b",
    r"\b(?:the|my|our|that|this|those) (?:\w+ ){1,4}?(?:is|are|was|were|isn't|aren't|wasn't|has|have|had|keeps?|kept|looks?|needs?|seems?|feels?|sounds?|won't|doesn't|don't|didn't|broke|stopped|turned|went|came|flickers?|flickered|works?|stays?|stayed|gets?|got|makes?|made|used to|costs?|smells?|belongs?|comes?|goes|opens|closes|locks|turns|shuts|should|could|would|will|can't|can)\b(?! (?:to be|turning|switching|closing|opening|dimming|locking|go|be turned|be switched|come on|get turned)\b)",
    r"\b(?:yesterday|last (?:night|week|month|year|time|summer|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|\d+ (?:minutes|hours|days|weeks|years) ago|ages ago|an hour ago|earlier|this morning i|when i was|years ago)\b",
    r"\b(?:nice|glad|good|great|happy|thanks for|thank you for|thanks that|love that|well done|good job|cheers for|appreciate) (?:that |you |it |for )+(?:\w+ )*?(?:turning|turned|on|off|locked|opened|closed|opening|closing|dimming|switching)\b",
)
_QUOTED = (
    r"\b(?:said|says|told|asked|yelled|shouted|screamed|whispered|texted|wrote|reads?|sings?|sang|goes like|called|titled|named|lyrics?|quote|mentioned|replied|answered|muttered|keeps saying|screaming|joked|means)\b",
    r"\bthe (?:sign|poem|phrase|words?|sentence|line|joke|advert|recipe|manual|instructions|email|message|post) ",
    r"\b(?:translate|spell|pronounce|define|how do you say)\b",
)
_THIRD_PERSON = (
    rf"^(?:please |can you |could you |will you |would you |just |go |i want you to |you should )*(?:tell|ask|remind|text|call|message|email|ring|phone|get|have|let|make|send|warn|convince|persuade|teach|help|want|expect|need) (?!me (?:to have|the|some)|you to|u to|the (?:light|lamp|blind|curtain|fan|heat|tv|music|kettle|coffee|vacuum|robot)){_SOMEONE[:-1]}|him|her|them|us|everybody|people|guys|alexa|siri|google|[a-z]+)\b (?:to |that |know |if |about |he|she|they|not )",
    rf"^(?:i|we) (?:want|need|expect|asked|told|would like|'d like) (?:{_SOMEONE}|him|her|them) to\b(?<!want you to)(?<!need you to)(?<!like you to)",
)

_TABLE: tuple[tuple[Reason, tuple[re.Pattern[str], ...]], ...] = tuple(
    (reason, tuple(re.compile(pattern) for pattern in patterns))
    for reason, patterns in (
        (Reason.NEGATION, _NEGATION),
        (Reason.CONDITION, _CONDITION),
        (Reason.QUOTED, _QUOTED),
        (Reason.STATEMENT, _THIRD_PERSON),
        (Reason.DEFERRED, _DEFERRED),
        (Reason.HYPOTHETICAL, _HYPOTHETICAL),
        (Reason.STATEMENT, _STATEMENT),
    )
)
_ALL_BUT = re.compile(
    r"(?:\b(?:but|except|apart from|just|though)\b|,|;) ?(?:please )?(?:not|do not|don't|dont|leave|keep|without) (?P<what>(?:(?:touch|include|do|turn off|turn on|switch off|switch on) )?.+?)$|\bnot the [\w ]+? (?:though|one)?$"
)


def guard(plain_text: str) -> Reason | None:
    """Return why the words of `plain_text` must not act on the home now, or None when nothing speaks against it."""
    for reason, patterns in _TABLE:
        if any(pattern.search(plain_text) for pattern in patterns):
            return reason
    return None
