"""The words that speak of an action without asking for it now: regular expressions over plain text, by reason.

A pattern is found anywhere unless it is anchored. What follows a `(?!` takes back what only looks like a veto: "don't
forget to" asks for something, and so does "when you can".
"""

from __future__ import annotations

from engine.understanding.wordings import any_of, word_of

_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"

_DONE = any_of(  # what someone did
    "turned|switched|opened|closed|shut|locked|unlocked|dimmed|played|paused|stopped|started|left|set|put|ran|raised",
    "lowered|activated|muted",
    "brightened|drew|pulled|rolled|forgot|broke|fixed|changed|replaced|bought|installed|cleaned|vacuumed|hoovered",
    "was|were|went|came",
    "got|said|told|asked|kept|tried|noticed|heard|saw|thought|bumped|knocked|painted|moved|toggled|triggered|cranked",
    "sent|used|had",
)
_RELATIONS = any_of(
    "kids?|children|wife|husband|partner|mum|mom|dad",
    "mother|father|son|daughter|brother|sister|neighbou?rs?|cleaner|dog|cat|boss|guests?|landlord|plumber",
    "electrician|builders?|gardener|girls?|boys?",
    "baby|toddler|lodger|flatmate|roommate|friend|nan|gran|grandma|grandad|grandpa|aunt|uncle|cousin|teenager|postman",
    "courier|babysitter|nanny|family|in-laws|colleague|mate",
)
_PEOPLE = (
    "i|we|he|she|they|you|it|someone|somebody|everyone|everybody|nobody|who",
    f"(?:the|my|our|his|her|their) {_RELATIONS}",
    "dave|bob|ana|anna|tom|sam|alice|john|jane|mary|mike|mark|sarah|emma|lucy|ben|jack|kate|laura|peter|paul|anne",
    "tim|joe|max|dan|amy",
)
_SOMEONE = any_of(*_PEOPLE)
_TURNING = "turning|switching|opening|closing|locking|unlocking"

_NEVER = word_of(
    "don't|dont|do'nt|dnt|nvr|isn't|isnt|aren't|wasn't|hasn't|haven't|in no case|by no means|at no (?:point|time)",
    "do not|don t|doesn't|does not|didn't|did not|never|ne'er|mustn't|must not|shouldn't|should not|can't|cannot",
    "can not|couldn't|won't|will not|wouldn't",
    "not to|no longer|nobody should|no one should|no-one should|noone should",
)
_NOT_YET = "the|yet|now|tonight|today|in a million|under|going to|gonna|allowed|supposed|necessary|while|until|at all"
_REFUSALS = word_of(
    "no need (?:to|for)|needn't|need not|rather (?:you )?(?:not|didn't)",
    "stop (?:yourself|turning|switching|opening|closing|locking|unlocking|dimming|messing|touching|playing with|trying"
    "|changing|setting|starting|fiddling)",
    f"refrain|avoid|under no circumstances|on no account|not (?:{_NOT_YET})",
    r"keep (?:your hands|the [\w ]+? (?:as|closed|shut|locked|off|on|open|down|up)"
    "|it (?:as|locked|closed|shut|off|on|open))",
    r"leave (?:\w+ ){1,4}(?:alone|as (?:it|they|is|are)|be|off|on|open|closed|shut|locked|unlocked|running|where|how"
    "|that way|like)",
    f"hands off|forbid|forbidden|prohibit(?:ed)?|prevent|without (?:{_TURNING})|instead of (?:{_TURNING})",
    "hold off|resist|skip (?:turning|switching|opening|closing)|cancel (?:turning|switching|opening|closing)",
    "forget (?:about )?(?:turning|opening|closing|locking|unlocking|switching)",
    "neither|nor|please no|wait don't|not (?:turn|switch|open|close|lock|unlock|dim|play|start)",
    r"no (?:turning|switching|opening|closing|locking|unlocking|dimming|lights?\b|music)",
)
NEGATION = (
    _NEVER + r"(?! (?:forget to (?!lock)|mind|see|sleep|hear|stand|believe|like|know|care|wait|think)\b)",
    _REFUSALS,
    r"\bnot\b(?! (?:only|just|long|sure))",
    r"^(?:no|nope|nah) (?!i |we )(?:\w+ ){0,4}(?:on|off)\b",
)

_MOMENT = "(?:chance|sec|second|minute|moment)"
_WHEN = (
    "when(?:ever)?(?= "
    + any_of(
        "the|it|i|i'm|we|we're|he|he's|she|she's|they|my|our|you|you're|someone|somebody|anyone|nobody|everyone",
        r"everybody|there|there's|it's|\w+ (?:is|gets|comes|leaves|arrives|goes|wakes|rises|sets|opens|closes)|motion",
        "movement|sunset|sunrise|dinner|the sun",
    )
    + ")"
)
_AT_LEISURE = (
    r"(?! you (?:could|can|would|don't mind|please|want|like|"
    rf"get a {_MOMENT}|have a {_MOMENT}|are able|are ready))(?! (?:possible|you're ready|u can|ur))"
)
CONDITION = (
    word_of(
        "if|unless|provided(?: that)?|assuming|in case|as long as|so long as|in the event",
        "as soon as|until|till",
        r"the (?:moment|minute|second)(?= (?:that|i|we|you|he|she|they|it|the|my|our|some\w+|every\w+|mum|dad)\b)",
        "once (?:it|the|i|we|he|she|they|my|everyone|you|dinner|we're|i'm|he's|she's|they're"
        r"|\w+ (?:is|are|gets?|has))",
        "whenever|every time|each time|next time|depending on",
        _WHEN,
    )
    + _AT_LEISURE,
    r"^(?:while|whilst)\b(?! (?:you're|you are|at it|i think|i remember|i'm at it)\b)",
)

_YOU_KNOW = any_of(
    "think|know|ever|usually|always|normally|often|remember|have|want|like|need|reckon|recommend|suggest|believe"
)
_TOLD_HOW = any_of(
    "turning|switching|opening|closing|dimming|putting|making|setting|you (?:turn|switch|open|close|dim|set)"
)
_MUSINGS = word_of(
    "what (?:if|happens|would|does)|would it|could it|can it|will it",
    "is it (?:ok|okay|safe|worth|better|a good|wise|bad|possible to have|legal)",
    "wonder(?:ing)? (?:what|why|how|whether|if (?!you))",
    "suppose|supposing|imagine|hypothetically|theoretically|in theory|what about if|let's say|say i|pretend",
    "perhaps we|maybe (?:we|i) should|thinking (?:about|of)|considering",
    "i (?:might|may|could|should|would have|wish|hope|guess|think|suppose|wonder|bet|love (?:it|when|how)"
    "|like (?:it|when|how)|hate (?:it|when|how)|prefer (?:it|when))",
    "we (?:might|may|could|should|ought)",
    "(?:he|she|they|it|someone|somebody|one|anyone) (?:might|may|could|should|would|can|will|must)",
    "had i|if only|as if|as though|would be (?:nice|great|good|lovely|cool) (?:if|to|when)",
    r"are you able to (?=\w+ (?:at all|in general))|do you know how|able to see|would have|could have|should have",
    "used to",
)
HYPOTHETICAL = (
    (
        r"^(?:\w+ ){0,3}?(?:should|shall|ought|may|might|must|do|did|does) "
        rf"(?:i|we|it|they|one|someone|he|she|the|that|you {_YOU_KNOW})\b"
    ),
    (
        r"^(?:is|are|was|were|has|have (?:i|we|you|they|he|she|any|the \w+ been)|had|isn't|aren't|wasn't|hasn't|haven't"
        "|am) (?!it possible (?:to|for you)|you able to|there any (?:chance|way) you)"
    ),
    (
        r"^(?:and |so |but |hey |ok |well |oh )*(?:what|why|how|where|who|whose|which|when|whether)\b"
        rf"(?! about {_TOLD_HOW})(?! if you (?:turn|switch))"
    ),
    _MUSINGS,
    (
        "^(?:can|could|may|might) "
        r"(?:i|we|the|he|she|they|it|anyone|someone|somebody|guests|kids|people|my|our|burglars?|one)\b"
        r"(?! (?:have|get|go\b|please have|see the|be \w+ed))"
    ),
    (
        r"^(?:can|could|would|will) you "
        r"(?:tell|explain|remember|imagine|believe|even|ever|usually|normally|really|see|hear|do that)\b"
    ),
    r"^(?:how do|how can|how to|how would|how should|how about (?!turning|opening|closing|switching))\b",
)

_ALREADY = any_of(
    "'ve|'d|'s| nearly| almost| have| has| had| just| already| always| never| usually| often| finally| accidentally",
    " probably| definitely| also| then| even| all| both| only",
)
_DOES = any_of(
    "turns|switches|opens|closes|shuts|locks|unlocks|dims|plays|pauses|stops|starts|sets|puts|runs|raises|lowers",
    "leaves|keeps|likes?|loves?|hates?|needs to|wants to|always|usually|often|is|are|was|were|am|looks|seems|feels",
    "sounds|works|says",
)
_IS_DOING = any_of(
    "turning|switching|opening|closing|locking|unlocking|dimming|playing|pausing|stopping|starting|setting|putting",
    "running|leaving|going to (?:turn|switch|open|close|lock|unlock|dim|play|set|start|stop|leave|buy|fix)|gonna",
    "about to (?:turn|switch|open|close|lock|unlock)",
)
_WILL_DO = any_of(
    "turn|switch|open|close|shut|lock|unlock|dim|play|pause|stop|start|set|put|run|raise|lower|leave|do|sort|handle",
    "deal|get|go|buy|fix|ask|tell",
)
_THINGS_DO = any_of(
    "is|are|was|were|isn't|aren't|wasn't|has|have|had|keeps?|kept|looks?|needs?|seems?|feels?|sounds?|won't|doesn't",
    "don't|didn't|broke|stopped|turned|went|came|flickers?|flickered|works?|stays?|stayed|gets?|got|makes?|made",
    "used to|costs?|smells?|belongs?|comes?|goes|opens|closes|locks|turns|shuts|should|could|would|will|can't|can",
)
STATEMENT = (
    (
        rf"\b{_SOMEONE}{_ALREADY}* {_DONE}\b"
        r"(?! like| to have (?:the|my|our|it))(?<! i want)(?<!i'd like it)(?! (?:the|it|them|that) to\b)"
    ),
    rf"\b{_SOMEONE} {_DOES}\b(?! (?:to (?:turn|switch)|going))(?!$)",
    rf"\b(?:i'm|i am|we're|we are|he's|she's|they're|you're|it's|that's|there's) (?:\w+ )?{_IS_DOING}\b",
    rf"\b(?:i|we)(?:'ll| will| shall|'m going to| am going to|'m gonna) {_WILL_DO}\b",
    (
        rf"\b(?:the|my|our|that|this|those) (?:\w+ ){{1,4}}?{_THINGS_DO}\b"
        r"(?! (?:to be|turning|switching|closing|opening|dimming|locking|go|be turned|be switched|come on"
        r"|get turned)\b)"
    ),
    (
        rf"\b(?:yesterday|last (?:night|week|month|year|time|summer|winter|{_DAYS})"
        r"|\d+ (?:minutes|hours|days|weeks|years) ago|ages ago|an hour ago|earlier|this morning i|when i was"
        r"|years ago)\b"
    ),
    (
        r"\b(?:nice|glad|good|great|happy|thanks for|thank you for|thanks that|love that|well done|good job|cheers for"
        r"|appreciate) (?:that |you |it |for )+(?:\w+ )*?"
        r"(?:turning|turned|on|off|locked|opened|closed|opening|closing|dimming|switching)\b"
    ),
)

QUOTED = (
    word_of(
        "said|says|told|asked|yelled|shouted|screamed|whispered|texted|wrote|reads?|sings?|sang|goes like|called",
        "titled|named|lyrics?|quote|mentioned|replied|answered|muttered|keeps saying|screaming|joked|means",
    ),
    r"\bthe (?:sign|poem|phrase|words?|sentence|line|joke|advert|recipe|manual|instructions|email|message|post) ",
    r"\b(?:translate|spell|pronounce|define|how do you say)\b",
)

_ASKED_POLITELY = "(?:please |can you |could you |will you |would you |just |go |i want you to |you should )*"
_TELL = any_of(
    "tell|ask|remind|text|call|message|email|ring|phone|get|have|let|make|send|warn|convince|persuade|teach|help|want",
    "expect|need",
)
_NOT_THE_SPEAKER = (
    "(?!me (?:to have|the|some)|you to|u to"
    "|the (?:light|lamp|blind|curtain|fan|heat|tv|music|kettle|coffee|vacuum|robot))"
)
_OTHERS = any_of(*_PEOPLE, "him|her|them|us|everybody|people|guys|alexa|siri|google|[a-z]+")
THIRD_PERSON = (
    rf"^{_ASKED_POLITELY}{_TELL} {_NOT_THE_SPEAKER}{_OTHERS}\b (?:to |that |know |if |about |he|she|they|not )",
    (
        rf"^(?:i|we) (?:want|need|expect|asked|told|would like|'d like) (?:{_SOMEONE}|him|her|them) to\b"
        "(?<!want you to)(?<!need you to)(?<!like you to)"
    ),
)
