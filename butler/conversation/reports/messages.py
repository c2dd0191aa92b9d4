"""An insight as people read it: what was seen, what is proposed, and its buttons."""

from __future__ import annotations

from butler.conversation.turn import Notice, Option
from store.insights import Insight

NOTICE = "insight"
ROLLBACK = "rollback"
APPLY, DISMISS, WHY = "insight_apply", "insight_dismiss", "insight_why"


def insight_text(insight: Insight, *, buttons: bool = True) -> str:
    """Return the message that puts an insight to somebody, and says how it is answered, by `buttons` or in a chat."""
    said = (insight.title, insight.sentence, insight.proposed)
    number = insight.id
    way = "Press a button, or say" if buttons else "In a chat say"
    how = f"{way} “apply {number}”, “dismiss {number}” or “why {number}”."
    return f"💡 **System Insight** – {' '.join(sentence(text) for text in said if text)}\n{how}"


def sentence(text: str) -> str:
    """Return a text on one line, closed as a sentence is."""
    flat = " ".join(text.split())
    return flat if flat.endswith((".", "?", "!", "…", ".”", "?”", "!”")) else f"{flat}."


def insight_options(number: int) -> tuple[Option, ...]:
    """Return what can be pressed under an insight."""
    labels = (("Apply", APPLY), ("Dismiss", DISMISS), ("Why", WHY))
    return tuple(Option(label, {"kind": kind, "insight": number}) for label, kind in labels)


def insight_notice(insight: Insight, user: str, *, chat: str | None = None) -> Notice:
    """Return the notice of an insight to one person; one that was asked for in a `chat` is said there at once."""
    return Notice(
        NOTICE, insight_text(insight), to=user, buttons=insight_options(insight.id), held=chat is None, chat=chat
    )
