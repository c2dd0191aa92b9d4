"""The wordings in which people change what was written down, as expressions over a whole sentence."""

from __future__ import annotations

import re

from engine.tasks.kinds import Kind, Priority
from engine.understanding.wordings import any_of

IT = (
    r"(?:it|that|this|that one|this one|last|that last|the last|the last one|the last task|my last task|that task|"
    r"this task|the task)"
)
THING = r"(?:tasks?|to[- ]?dos?|reminders?|notes?|ideas?|appointments?|events?|items?|jobs?|chores?|entry|thoughts?)"
NO = re.compile(
    r"(?:(?:no+|nope|nah|not quite|wait|actually|sorry|hmm|oops|correction|i mean|rather|hang on|hold on|"
    r"oh)\b[\s,.!:-]*)+",
    re.IGNORECASE,
)
END = r"[\s.!]*$"
DONE = any_of(
    r"(?:(?:as|to|is) )?(?:already )?(?:done|completed?|finished|sorted|closed)(?: and \w+)?(?: already| now)?",
    r"as sent and done",
)
NOT_ASKED = r"(?!(?:if|whether|that|to see|the status|status|what|how|when|who)\b)"
MARK = re.compile(
    rf"(?:you can |you could )?(?:mark|set|flag|check|tick|cross) {NOT_ASKED}(?P<target>.{{1,120}}?) {DONE}{END}",
    re.IGNORECASE,
)
TICK_OFF = re.compile(
    rf"(?:.{{1,60}}, )?(?:tick|check|cross|strike) {NOT_ASKED}(?P<target>.{{1,120}}?) off(?: (?:my|the|"
    rf"our) .{{1,40}})?{END}",
    re.IGNORECASE,
)
OFF_FIRST = re.compile(
    rf"(?:(?:tick|check|cross|mark) off|(?:task|todo) (?:done|finished|completed?)|(?:complete|close|finish) (?:the |"
    rf"my )?(?:task|todo)"
    rf"(?: about| to| for| of)?)[\s:,-]+(?P<target>.{{1,120}}?){END}",
    re.IGNORECASE,
)
TICK_TASK = re.compile(
    rf"(?:tick|check|complete|close|finish) (?:the |my )?(?P<target>.{{1,100}}?) (?:task|todo|"
    rf"to-do)(?:,.*)?{END}",
    re.IGNORECASE,
)
DONE_WITH = re.compile(
    rf"(?:i'?m |we'?re |i am |i have |i've |all )?(?:done|finished) with (?:the |my |"
    rf"our )(?P<target>[^,]{{1,100}}?)(?:,.*| task)?{END}",
    re.IGNORECASE,
)
IS_DONE = re.compile(
    rf"(?:(?:the |my |our )?(?P<target>.{{1,100}}?) (?:task|todo|to-do)|(?:task|todo) (?P<other>.{{1,100}}?))(?:\s*:|"
    rf" is| are|'s)?"
    rf"(?: now| already| all)? (?:done|doen|finished|complete[d]?|sorted)(?:\b.*)?{END}",
    re.IGNORECASE,
)
THEN_TICK = re.compile(
    r"(?P<target>.{3,140}?)[\s,.;]{1,4}(?:so |and |then |please |you can |can you |could you )*"
    rf"(?:(?:tick|cross|strike|close) {IT}(?: off| as)?(?: done| completed?| finished| off)?(?: (?:my|the) .*)?"
    rf"|(?:check|mark|set) {IT} (?:off|as done|done|as completed?|as finished|off as done)"
    rf"|that'?s one (?:task|job) less){END}",
    re.IGNORECASE,
)
DID = re.compile(
    rf"i(?:'ve)?(?: have)?(?: already| just)? (?:did|done|finished|completed) (?:the |"
    rf"my )?(?P<target>.{{1,100}}?) (?:task|todo)(?: already| now| today)?{END}",
    re.IGNORECASE,
)
I_HAVE = re.compile(
    r"(?:(?:i|we)(?:'ve| have)?|finally|at last|one job down|that'?s|took me all \w+ but|now)(?: (?:just|already|"
    r"finally|now|got round to|managed to|have))*\s+",
    re.IGNORECASE,
)
JUST_DONE = re.compile(
    any_of(
        r"(?:i |we )?(?:already )?(?:did|done|finished|completed) (?:it|that|this)(?: already| now)?",
        rf"(?:{IT}(?:'?s| is) )?(?:already )?(?:done|finished|sorted)(?: already| now)?",
        rf"(?:tick|cross) {IT}(?: off)?|(?:mark|check|set) {IT} (?:off|(?:as )?(?:done|completed?|finished))",
    )
    + END,
    re.IGNORECASE,
)
DROP_VERB = (
    r"(?:delete|drop|remove|cancel|scrap|forget(?: about)?|bin|get rid of|lose|trash|ditch|erase|discard|"
    r"throw away|take out)"
)
DROP = re.compile(
    rf"{DROP_VERB} (?:the |my |our |that |this )?(?P<target>.{{1,100}}?) {THING}(?: (?:on|for|"
    rf"at) (?P<when>.{{1,40}}))?(?:,.*)?{END}",
    re.IGNORECASE,
)
DROP_ABOUT = re.compile(
    rf"{DROP_VERB} (?:the |my |our |that )?(?:last )?{THING} (?:about|to|for|called|"
    rf"of) (?P<target>.{{1,100}}?){END}",
    re.IGNORECASE,
)
DROP_DIARY = re.compile(
    rf"{DROP_VERB.replace('|take out', '|take out|take')} (?:the |my |our )?(?P<target>.{{1,100}}?) (?:out of|from|"
    rf"off|in) (?:the |my |our )"
    rf"(?:calendar|diary|to[- ]?do list|tasks|task list|agenda){END}",
    re.IGNORECASE,
)
DROP_ANY = re.compile(rf"{DROP_VERB} (?:the |my |our |that |this )?(?P<target>[^,.;]{{2,80}}?){END}", re.IGNORECASE)
DROP_IT = re.compile(rf"(?:{DROP_VERB}|never ?mind) {IT}(?: again| please)?{END}", re.IGNORECASE)
RENAME = re.compile(
    rf"(?:rename|retitle|reword) (?P<target>.{{1,120}}?) (?:to|as|into) (?P<title>.{{1,300}}){END}", re.IGNORECASE
)
CALL_IT = re.compile(
    rf"(?:call {IT}(?! a (?:day|night)\b| off| quits)|{IT} should (?:say|read|be called)|the title (?:is|should be)|"
    rf"change the title to) (?P<title>.{{2,300}}?)(?: instead)?{END}",
    re.IGNORECASE,
)
CHANGE = re.compile(
    rf"change (?P<target>.{{1,120}}?) (?:in)?to (?P<title>.{{2,300}}?)(?: instead)?{END}", re.IGNORECASE
)
MEANT = re.compile(
    rf"(?:i (?:actually |really )?meant(?: to say| to write| to put)?|i mean|it should be|"
    rf"should be) (?P<title>.{{2,300}}){END}",
    re.IGNORECASE,
)
PRESSING = {
    Priority.URGENT: r"urgent(?:ly)?|very urgent|top priority|really urgent|highest priority|the top priority|asap",
    Priority.HIGH: r"(?:a )?high(?:er)?(?: |-)priority|(?:very |really |more )?important|a priority|more urgent|high|"
    r"higher",
    Priority.NORMAL: r"(?:a )?normal(?:(?: |-)priority)?|(?:a )?medium(?:(?: |-)priority)?",
    Priority.LOW: r"(?:a )?low(?:er)?(?: |-)priority|less (?:urgent|important)|not (?:so |that |very )?(?:urgent|"
    r"important)|low|lower|no rush|no hurry",
}
LEVEL = any_of(*(f"(?P<{level.value}>{words})" for level, words in PRESSING.items()))
MAKE = re.compile(
    rf"(?:make|mark|set|bump|flag|put|raise|lower|change|treat|move) (?P<target>.{{1,120}}?)(?: up| down)?(?: to| as|"
    rf" at)? {LEVEL}{END}",
    re.IGNORECASE,
)
PRIORITY_OF = re.compile(
    rf"(?:set|change|raise|lower|make|bump|put) (?:the )?priority(?: (?:of|for|on) (?P<target>.{{1,120}}?))?(?: up|"
    rf" down)? (?:to|as) {LEVEL}{END}",
    re.IGNORECASE,
)
RAISE = re.compile(
    rf"(?P<way>raise|lower|increase|decrease|bump up|reduce) (?:(?P<its>its|the) priority(?: (?:of|for|"
    rf"on) (?P<target>.{{1,120}}?))?|the priority){END}",
    re.IGNORECASE,
)
IS_PRESSING = re.compile(
    rf"(?P<target>[^,]{{1,120}}?)(?:'s| is|s)? (?P<isnt>(?:isn'?t|not|is not) )?(?:actually |"
    rf"really |so |that )?{LEVEL}(?:,.*)?{END}",
    re.IGNORECASE,
)
KINDS = {
    "task": Kind.TASK, "to-do": Kind.TASK, "todo": Kind.TASK, "to do": Kind.TASK, "note": Kind.NOTE, "idea": Kind.IDEA,
    "question": Kind.QUESTION, "reminder": Kind.REMINDER, "alarm": Kind.ALARM,
}  # fmt: skip
KIND = r"(?:task|to-do|todo|to do|note|idea|question|reminder|alarm)"
AS_KIND = re.compile(
    rf"(?:{IT}(?:'?s| is| was| should be| should have been| should only be| was meant (?:as|to be))|i (?:just |"
    rf"only )?meant(?: {IT})?(?: as| to be)?|(?:just |only )?(?:make|turn|change|save|file|keep|put|store|write) {IT}"
    rf"(?: in)?(?:to| as| down as)?|should be|should have been|just|only|as|not (?:a|an) {KIND}[,;]?(?: but|"
    rf" it'?s)?)(?: just| only| really| actually| more of)? (?:a|an) (?P<kind>{KIND})"
    rf"(?:[\s,]+(?:and )?not (?:a|an) {KIND})?(?P<rest>(?:[\s,]+(?:for|on|at|by|due|to ring|in|this|next|tomorrow|"
    rf"today|tonight)\b.{{0,80}})?){END}",
    re.IGNORECASE,
)
NOT_KIND = re.compile(rf"(?:a|an) (?P<kind>{KIND})[\s,]+(?:and )?not (?:a|an) {KIND}{END}", re.IGNORECASE)
MAY_WE = re.compile(r"(?:can|could|may) (?:we|i) (?:please )?", re.IGNORECASE)
SO = re.compile(r".{3,160}?[\s,.;]{1,4}(?:so|and|then)\s+(?:please\s+)?(?=\w+\s)", re.IGNORECASE)
MOVE = re.compile(
    r"(?P<verb>(?:move|push|reschedule|postpone|shift|delay|defer|bring forward|put off|push back|put back|"
    r"bring(?=\b.{1,100}\bforward\b)|(?:make|set|put|do)(?=\b.{1,100}\b(?:later|earlier|sooner)\b))"
    r"(?: back| forward| out| on)?)\s+(?P<rest>.{2,200})",
    re.IGNORECASE,
)
SET_DATE = re.compile(
    r"(?:change|set|move|put|make|update)\s+(?:the )?(?:due date|deadline|date|time|day|due)(?:\s+(?:of|for|"
    r"on)\s+(?P<target>.{1,120}?))?\s+(?:to|for|as|on)\s+(?P<when>.{1,60})",
    re.IGNORECASE,
)
NEEDS_DATE = re.compile(
    any_of(
        r"(?:give )?(?P<target>.{1,120}?) (?:needs |should have |gets |has )?(?:a|the) (?:deadline|due date) (?:of|"
        r"on|for)?"
        r" ?(?P<when>.{1,60}?)",
        r"(?P<task>.{1,100}?) (?:(?:task|todo) is|is (?:actually|now|really)) due (?P<due>[^,]{1,60})"
        r"(?:, (?:change|move|fix|update) .{1,30})?",
        r"(?P<other>.{1,100}?) (?:task|todo|appointment) (?:can wait (?:until|till)|is (?:for|on)|"
        r"should be(?: due)?(?: on| by)?"
        r"|goes to|moves to) (?P<until>[^,]{1,60})",
    )
    + END,
    re.IGNORECASE,
)
IS_OVER = re.compile(
    r"\s+(?:is|are|has been|have been) (?:all |now |already )*(?:done|finished|complete[d]?|sorted|"
    r"over)[\s.!]*$",
    re.IGNORECASE,
)
MAKE_IT = re.compile(
    rf"(?P<verb>make|change|set|put|move|do) {IT}(?: be| to| for| on| at)? (?P<when>.{{1,60}})", re.IGNORECASE
)
MEANT_TIME = re.compile(
    r"(?:(?:i|we) (?:actually |really )?(?:meant|said|want(?:ed)?)(?: to say| it)?|i mean|it'?s|that'?s|it should be|"
    r"should be|should have been|make that|better|rather|not \w+ ?\w*,?(?: but)?)\s+(?P<when>.{1,60})",
    re.IGNORECASE,
)
TIME_AFTER = re.compile(
    r"(?P<when>.{1,60}?)[\s,]+(?:i (?:meant|mean|said)|instead|rather|not \w+(?: \w+)?|"
    r"then)[\s.!]*$",
    re.IGNORECASE,
)
PROJECT = re.compile(
    rf"(?P<verb>put|move|file|add|stick|assign|attach|link) (?P<target>.{{1,120}}?) (?:in|into|to|under|on|onto|"
    rf"with) (?:(?:the|my|our) )?(?P<name>[\w'&-]+(?: [\w'&-]+){{0,3}}) project{END}",
    re.IGNORECASE,
)
FOR_PROJECT = re.compile(
    rf"(?:{IT}(?:'?s| is| belongs| goes| should go| should be)?|i meant)(?: part of| for| to| in| under| into|"
    rf" with)+ (?:the |my |our )?(?P<name>[\w'&-]+(?: [\w'&-]+){{0,3}}) project{END}",
    re.IGNORECASE,
)
TAG = re.compile(r"#([^\W\d_][\w-]{0,40})")
IS_IT = re.compile(IT, re.IGNORECASE)
AROUND = re.compile(
    r"^(?:(?:the|my|our|that|this) )|[\s,]+(?:task|todo|to-do|reminder|note|meeting task)$", re.IGNORECASE
)
TASK_WORD = re.compile(r"\b(?:task|todo|to-do|reminder)s?\b", re.IGNORECASE)
HOME_VERBS = frozenset("turn switch show set play open close dim stop start lock unlock pause put change go".split())
NO_TARGET = re.compile(
    r"(?:you|him|her|them|us|me|everything|all|work|school|life|people|dinner|lunch|breakfast|here|there|something|"
    r"anything|nothing|what|who|one|ones|"
    r"conversation|day|week|chat|game|world|talk|nonsense|topic)",
    re.IGNORECASE,
)
SURE = re.compile(r"\b(?:priority|important|urgent|rush|hurry)\b", re.IGNORECASE)
PRONOUN = re.compile(r"\b(?:it|that|this|them)\b", re.IGNORECASE)
