"""Praise and complaint about what was just done."""

from __future__ import annotations

import re

from engine.understanding.framing import bare
from engine.understanding.lesson import Feedback

_MOST_WORDS = 14
_NO_LETTER = re.compile(r"[^\w%]+")
_IT = (
    r"(?:(?:that|this|it)(?:s| is| was| looks?| seems?| sounds?| must be)?|thatll be|everything(?:s| is)"
    r"|(?:the|your) (?:answer|response|command|action|result|last one|reply)(?: is| was)?)"
)
_VERY = (
    r"(?:(?:just|really|absolutely|so|completely|totally|quite|simply|very|pretty|clearly|exactly|entirely"
    r"|definitely"
    r"|still|again|also|the|a|an|some|such|truly|kind of) )"
)
_NOT = (
    r"(?:not|isnt|wasnt|isn t|wasn t|aint|doesnt look|didnt look)(?: at all| quite| really| very| exactly| even"
    r"| the| a)*"
)
_THING = r"(?:answer|response|command|action|result|reply|call|information|way|move|place|thing|one|idea|job)"
_WRONG = (
    rf"(?:wrong|incorrect|wrongly|incorrectly|bad|awful|terrible|rubbish|nonsense|useless|no good|mistakes?|error"
    rf"|all wrong"
    rf"|{_NOT} (?:it|the one|right|correct|good|great|ok|okay|helpful)(?: {_THING})?"
    rf"|(?:wrong|incorrect|bad|poor) (?:answer|response|command|action|result|reply|call|information|way|move|place"
    rf"|job))"
)
_WANTED = (
    r"(?:i|we)(?: have| had|ve|d|m| am| was)?(?: just| actually| really| ever| last)* "
    r"(?:said|say|meant|mean|wanted|want|asked|ask|requested|request|told you|had in mind|looking for"
    r"|was looking for|after"
    r"|needed|need|asking for|expected|ordered|searching for)(?: for| you for| to do| you to do)*"
)
_WRONGLY = (
    r"(?:wrong|wrongly|incorrectly|incorrect|not right|not correct|in (?:the )?wrong (?:way|manner)|badly|mistakes?"
    r"|wrong thing|up|incorrect information)"
)
_COMPLAINTS = re.compile(
    rf"(?:{_IT} )?{_VERY}*{_WRONG}(?: (?:again|butler|this time|at all|one))?"
    rf"|(?:{_IT} )?{_NOT}(?: what| one| thing| how| where| that| as)* {_WANTED}(?: it| that| at all)*"
    r"|i (?:did ?nt|did not|never)(?: ever| even)* (?:say|ask|mean|want|request|order)(?: you)?(?: for| to do)?"
    r" (?:that|this|it|any of (?:that|this|it)|that command)"
    rf"|you(?: have|ve)?(?: just| clearly| totally| completely)* (?:got|get|have|had|heard|understood|did|done|took"
    rf"|made"
    rf"|messed|screwed|mixed|gave|mucked)(?: \w+){{0,5}} {_WRONGLY}(?: (?:information|answer|thing|one|with|my|the"
    rf"|command|request))*"
    r"|you(?: have|ve)?(?: just| totally)* (?:misunderstood|misheard|failed|messed (?:it |that )?up|screwed up)"
    r"(?: it| that| this| me| again)*"
    r"|you (?:did ?nt|do ?nt|did not|do not|failed to)(?: even| really)* (?:understand|get|hear|listen|interpret|do)"
    r"(?: to)?(?: it| me| that| this| what i \w+| (?:my|the) \w+)?(?: right| correctly| properly)?"
    r"|you(?:re| are| were)(?: just| so| totally| completely)* (?:wrong|incorrect|mistaken|not correct|not right"
    r"|not listening)"
    r"|bad butler|(?:that|it)? ?did ?nt work|(?:that|it) did not work|thumbs down|(?:wrong )+wrong|why did you do that"
)
_YES = r"(?:(?:yes|yeah|yep|yeap|yup|ah+|oh+|wow|aha|haha|ooh|ha|ok) )*"
_FINE = (
    r"(?:good|great|nice|excellent|perfect|amazing|awesome|fantastic|wonderful|right|correct|brilliant|lovely|fine|top"
    r"|super|clever|superb|outstanding)"
)
_PRAISED = (
    rf"(?:{_FINE}|perfectly|exact|exactly|exactly right|correctly|beautiful|splendid|marvell?ous|terrific|ideal|cool"
    r"|much better|better|spot on|bang on|on point|helpful|useful|impressive|well done|nicely done|neatly done"
    r"|confirmed"
    r"|true|sweet|it|the one|the right (?:one|light|lamp|room|answer)"
    rf"|(?:exactly |just )?(?:what|how|the one|the way) {_WANTED}(?: it)?|(?:just |exactly )?how (?:i|we) like it"
    rf"|{_FINE} (?:one|job|work|answer|response|choice|butler|stuff|call|thinking|guess|result|boy"
    rf"|girl)(?: to (?:the |my )?(?:command|question))?)"
)
_PRAISES = re.compile(
    rf"{_YES}(?:(?:{_IT}) )?{_VERY}*{_PRAISED}(?: (?:butler|indeed|now|again|this time|too))?"
    rf"|{_YES}you(?:ve| have)?(?: just)? (?:did|done|do|got|get|nailed|understood|gotten|heard)(?: \w+){{0,3}}"
    r" (?:right|perfectly|correctly|well|great|exactly|in one|first time|brilliantly|nicely|good|spot on|job|work)"
    rf"|{_YES}(?:you )?(?:nailed|got) (?:it|that)|you (?:got me|rock|rule)|{_FINE} {_FINE}"
    r"|you(?:re| are)(?: the| a| an| my| so| such a| really| very)* (?:best|star|hero|genius|awesome|great|amazing"
    r"|smart"
    r"|helpful|good|brilliant|clever|wonderful|legend|lifesaver|gem)(?: butler)?"
    r"|(?:i )?(?:love|like) (?:it|that|this)(?: a lot| very much| like that)?|like that|well played|bravo|thumbs up"
    r"|(?:that |it )?(?:works|worked)(?: perfectly| great| well| nicely)|that works|could ?nt be better|just right"
    r"|just so|just like that|way to go|good on you|hooray|hurray|(?:ten|10) out of (?:ten|10)|full marks|top notch"
    r"|chefs kiss|first class|first rate"
)
_AROUND = re.compile(
    r"(?:(?:uh+|um+|hmm+|ah|oh|no+|nope|nah|(?:i ?a?m )?sorry|but|thanks|thank you|wait|shit|damn|dammit|damnit|ugh"
    r"|argh|nonsense|rubbish|garbage|bollocks|ridiculous"
    r"|oops|stop|listen(?: carefully)?|i think|i guess|i believe|im afraid|hey|well|actually|ok|okay"
    r"|(?:it )?seems(?: like)?|listen"
    r"|butler|then"
    r"|and|so|please|look|come on|hang on) )+"
)
_PRAISE_AROUND = re.compile(
    r"(?:(?:uh+|um+|hmm+|ah+|oh+|ok|okay|hey|well|butler|wow|thanks|thank you|and|ooh|aha|haha|nice|great|good|super"
    r"|yes|yeah|yep|yup|yay|i appreciate it) )+"
)
_AFTER_PRAISE = re.compile(
    r"(?: (?:and|so|thanks|thank you|ty|thx|cheers|a lot|so much|very much|(?:much )?appreciated|i appreciate it|butler"
    r"|mate|buddy|man|my friend|please|keep it up|you did well|(?:you(?: have|ve) )?done well|for that"
    r"|music to my ears|as always|lol))+$"
)
_AFTER_COMPLAINT = re.compile(
    r"(?: (?:and|so|please|lets|just|now|try|do|change|check|fix|correct|rectify|again|it|this|that|one more time"
    r"|once more))+$"
)
_HAND = {"👍": True, "👌": True, "👏": True, "💯": True, "👎": False}


def spoken(text: str) -> str:
    """Return `text` as bare words: lower case, no marks, no apostrophes ("that's" is "thats")."""
    lowered = bare(text).casefold().replace("'", "").replace("’", "")
    return " ".join(_NO_LETTER.sub(" ", lowered).split())


def parse_feedback(text: str) -> Feedback | None:
    """Return what the utterance says about the last action, or None if it says anything else as well."""
    gesture = _HAND.get(text.strip(" !.\ufe0f🏻🏼🏽🏾🏿"))
    if gesture is not None:
        return Feedback(gesture)
    words = spoken(text)
    if not words or words.count(" ") >= _MOST_WORDS:
        return None
    if any(_any_form(_COMPLAINTS, one, _AROUND) for one in (words, _AFTER_COMPLAINT.sub("", words))):
        return Feedback(positive=False)
    return Feedback(positive=True) if _any_form(_PRAISES, _AFTER_PRAISE.sub("", words), _PRAISE_AROUND) else None


def _any_form(pattern: re.Pattern[str], words: str, around: re.Pattern[str]) -> bool:
    if pattern.fullmatch(words):
        return True
    found = around.match(words)
    return bool(found and pattern.fullmatch(words[found.end() :]))
