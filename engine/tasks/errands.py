"""Errands that are written down at once though nobody said "task": "ring ana", "collect the parcel on friday".

Only verbs count that nobody uses to order a machine about, and no words of what an assistant may do for people ("pay it
from my account", "order a pizza", "text dad that …"): those are offered to be written down.
"""

from __future__ import annotations

import re

from engine.understanding.plain import plain

_VERBS = frozenset(
    (
        "air arrange assemble bake bathe bleach charge chase collect cut declutter decorate defrost deliver "
        "deposit descale drain dry dust empty feed fetch fill fix fold groom harvest hang hoover insulate invite "
        "iron lend mend mop mow oil organise organize pack paint patch pay phone pick plant plaster polish post "
        "practise prepare prune pump rebook recycle refill refund renew rent repair repaint replace repot reseal "
        "revise ring rinse sand scrub sew sharpen shred sign sort stain steam submit sweep tidy tile tighten trim "
        "unblock unpack vacuum varnish visit walk wash water weed wipe wrap call clean finish buy "
    ).split()
)
_DOING = re.compile(
    r"\b(?:and then|and put|speaker|status|hours|number|price|for me|call me|ring me|phone me|account|cards?|visa"
    r"|paypal|facebook|twitter|instagram|amazon|online|uber|taxi|app|bugs?|code|script|formula|spreadsheet|reservation"
    r"|lists?|event|meeting|schedule|camera|\$\d+)\b"
)
_MOST_WORDS = 12
_LEAST_WORDS = 2


def is_errand(text: str) -> bool:
    """Tell whether a text is an order of everyday life to do something oneself, which is written down unasked."""
    words = plain(text).removeprefix("please ").split()
    if text.rstrip().endswith("?") or not _LEAST_WORDS <= len(words) <= _MOST_WORDS:
        return False
    return words[0] in _VERBS and _DOING.search(" ".join(words)) is None
