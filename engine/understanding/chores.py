"""Chores that people say as orders though no home can do them: "feed the cat", "take the bins out tonight".

Only what is unmistakable counts: a verb with the things it is done to. What a home may do itself, such as cleaning a
room or watering a lawn, is not among them.
"""

from __future__ import annotations

import re

from engine.understanding.home_index import HomeIndex, find_span, words_of
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.judging import INEXACT
from engine.understanding.plain import plain
from engine.understanding.wordings import any_of

_OUR = r"(?:the |my |our |some |all the |ana's |mum's |dad's )?"
_ONE = r"(?:the|my|our|his|her|their) "
_PETS = "cats?|dogs?|puppy|puppies|kittens?|fish|goldfish|hens|chickens|rabbits?|hamsters?|guinea pigs?|birds?|horses?"
_BINS = "bins?|trash|rubbish|garbage|recycling|compost|waste|bin bags|wheelie bins?|food waste"
_PLANTS = (
    "(?:house |indoor |balcony |tomato )?plants?|flowers|tomatoes|herbs|pots|roses|orchids?|basil|seedlings|"
    "window box(?:es)?"
)
_KIN = (
    "mum|mom|mummy|mommy|mother|dad|daddy|father|gran|granny|grandma|grandpa|grandad|nan|nana|auntie|uncle|"
    "(?:my|our) (?:\\w+ ){0,2}?\\w+|the (?:\\w+ )?(?:plumber|electrician|dentist|doctor|doctor's|surgery|gp|"
    "vet|vets|bank|school|nursery|garage|landlord|builder|gardener|neighbours?|council|insurance|chemist|optician|hairdresser|caretaker|"
    "plumbers|roofer|carpenter|painter|accountant|solicitor|restaurant|hotel|shop|office|hospital|clinic)"
)
_LAUNDRY = "laundry|washing|clothes|towels|sheets|shirts?|bedding|ironing"
_HOUSEWORK = (
    f"dishes|{_LAUNDRY}|washing[- ]up|wash up|housework|chores|food shop|weekly shop|big shop|shopping|groceries|"
    "hoovering|dusting|homework|taxes|tax return|gardening|recycling|accounts|school run|beds|weeding"
)
_DIRTY = (
    "car|cars|windows?|oven|fridge|freezer|gutters?|barbecue|bbq|grill|shoes|boots|bikes?|bath|bathtub|sink|toilet|loo|"
    "shower screen|mirrors?|filters?|fish tank|cage|litter (?:tray|box)|rabbit hutch|hutch|aquarium|chimney|drains?|"
    "kettle|microwave|cupboards?|pans|dishes|dog bowl|glasses|brushes"
)
_OWED = (
    "bills?|rent|fees?|tax|taxes|invoice|deposit|fine|insurance|subscription|mortgage|window cleaner|gardener|cleaner"
)
_CODE = "bug|bugs|code|script|formula|function|program|website|query|spreadsheet"
_TAIL = (
    r"(?:$| (?:tonight|today|tomorrow|every|each|on|at|before|after|by|this|next|in|twice|once|when|again|about|for|"
    r"with|please|soon|later|asap|urgently|as soon|first|from|to)\b(?!.*\b(?:and|then|speaker)\b).*$)"
)
_CHORE = re.compile(
    any_of(
        rf"feed {_OUR}(?:{_PETS})|walk {_ONE}(?:{_PETS})|take {_ONE}(?:{_PETS}) (?:for a walk|out|to the vet\w*)",
        rf"(?:take|put|bring|get) (?:(?:out|in) {_OUR}(?:{_BINS})|{_OUR}(?:{_BINS}) (?:out|in))",
        rf"empty {_OUR}(?:{_BINS}|dishwasher|litter (?:tray|box)|gutters?|letter ?box|mail ?box|compost bin)",
        rf"water {_OUR}(?:{_PLANTS})|re-?pot {_OUR}\w+|(?:prune|weed|rake) {_OUR}\w+(?: \w+)?",
        rf"mow {_OUR}(?:lawns?|grass)|do {_OUR}(?:{_HOUSEWORK})",
        rf"(?:fold|hang up|hang out|hang|put away|sort|iron) {_OUR}(?:{_LAUNDRY})",
        rf"(?:clean|wash|scrub|polish|defrost|descale|unblock) (?:out )?{_OUR}(?:{_DIRTY})",
        rf"wash up|change {_OUR}(?:nappy|nappies|litter)|make {_OUR}(?:beds?|packed lunch(?:es)?)",
        rf"tidy (?:up )?{_OUR}\w+(?: \w+)?|bake a \w+(?: \w+)?",
        rf"fix {_ONE}(?!.*\b(?:{_CODE})\b)\w+(?: \w+){{0,2}}?",
        rf"(?:call|ring|phone)(?: up)? (?:{_KIN})(?: back)?",
        rf"(?:pick up|collect|fetch|drop off) {_ONE}\w+(?: \w+)?",
        rf"pay (?:{_ONE}(?:\w+ ){{0,2}}(?:{_OWED})|rent|council tax|bills)",
    )
    + _TAIL
)


def read_chore(text: str, index: HomeIndex) -> Interpretation | None:
    """Return a text that is an everyday chore as something to do, where it names nothing that this home has.

    When it is to be done may stand behind it. Who asks whether it can be done, or fixes a thing of the home, does not
    ask the home.
    """
    said = plain(text).removeprefix("please ")
    if text.rstrip().endswith("?") or _CHORE.match(said) is None:
        return None
    words = words_of(said)
    if not said.startswith("fix ") and find_span(words, index.names, len(words)) is not None:
        return None
    return Interpretation(text, "task_add", INEXACT, Stage.PATTERN, disposition=Disposition.ACT)
