"""The sentences that do not depend on a device, by name: what ships, and how a household may word them otherwise."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType


@dataclass(frozen=True)
class Sentence:
    """One sentence as it ships, with its placeholders in braces.

    `read_back` says that it is only said of what was seen to be so, so that it may say "done".
    """

    key: str
    text: str
    read_back: bool = False

    @cached_property
    def placeholders(self) -> tuple[str, ...]:
        """The names of what is filled in, sorted."""
        return tuple(sorted(name for _, name, _, _ in string.Formatter().parse(self.text) if name is not None))

    @property
    def asks(self) -> bool:
        """Whether it is a question, which has to stay one."""
        return self.key == "confirm" or self.key.startswith("ask_")


_ALL = (
    Sentence(
        "too_long",
        "That is more than I can take in at once (1,000 characters at most). Could you say it in fewer words?",
    ),
    Sentence("empty", "I'm here. Tell me what you'd like, or type /help."),
    Sentence(
        "forwarded",
        "I don't act on forwarded messages, nor learn from them. If you'd like it done, tell me in your own words.",
    ),
    Sentence("edited", "I don't act on edited messages. If you'd like it done, please send it as a new one."),
    Sentence(
        "unreachable",
        "I can't reach the home at the moment, so I did nothing. Please try again in a little while.",
    ),
    Sentence(
        "shut_out",
        "Home Assistant doesn't let me in any more, so I did nothing: my access was withdrawn or is wrong. An admin "
        "needs to give me a new token.",
    ),
    Sentence(
        "not_understood",
        "Sorry, I didn't understand that. I can run the home (“turn on the kitchen light”), answer questions about"
        " it (“is the garage door open?”), keep tasks and lists (“buy milk this weekend”) and learn your words "
        "(“when I say snug I mean the living room”). /help shows more.",
    ),
    Sentence(
        "out_of_scope",
        "That is beyond me, I'm afraid: I look after the home, answer questions about it and learn your words.",
    ),
    Sentence("nothing_before", "There is nothing before this that I could put right. What would you like me to do?"),
    Sentence(
        "what_was_meant",
        "Sorry about that. I've noted that it was wrong. What did you mean? (Or say “undo” to take it back.)",
    ),
    Sentence("praised", "Glad that was right."),
    Sentence(
        "guests_cannot_teach",
        "Teaching me words that everybody shares is for the people who live here, so I've left everything as it "
        "is. A word of your own you can teach me: say it with “for me” at the end.",
    ),
    Sentence(
        "guests_own_words",
        "That word is shared with the people who live here, so as a guest you can't take it back.",
    ),
    Sentence(
        "unclear_lesson",
        "I haven't learned anything from that: I can't tell which word should mean what, or it would bend words I "
        "need to understand you. Say it like this: when I say “snug” I mean the living room.",
    ),
    Sentence("nothing_to_undo", "There is nothing of yours here that I could undo."),
    Sentence("left", "All right, I've left it as it is."),
    Sentence("not_kept", "I don't have that message any more. Just ask me again."),
    Sentence("last_admin", "That is the only admin here, so I did nothing: somebody has to look after me."),
    Sentence(
        "guests_not_guarded",
        "Sorry, doors, gates and the like are for the people who live here, so I did nothing.",
    ),
    Sentence("above_admin", "Sorry, {what} is for admins only. Someone who is an admin here can do it for you."),
    Sentence("above_resident", "Sorry, {what} is for the people who live here, so I did nothing."),
    Sentence("above_guest", "Sorry, {what} is not for you, so I did nothing."),
    Sentence("greeting", "Hello! What can I do for you?"),
    Sentence("thanks", "You're welcome."),
    Sentence("goodbye", "Goodbye!"),
    Sentence("smalltalk", "All is well here. Talk is not my strength, I look after the home: what can I do for you?"),
    Sentence("stop", "All right."),
    Sentence("affirm", "Good. I wasn't waiting for an answer, though: what would you like me to do?"),
    Sentence("reject", "All right, I'm not doing anything."),
    Sentence("feedback_positive", "Thank you!"),
    Sentence(
        "feedback_negative",
        "Sorry. I haven't done anything just now that I could put right: what would you like?",
    ),
    Sentence(
        "teach",
        "If that was meant to teach me a word, say it like this: when I say “snug” I mean the living room.",
    ),
    Sentence(
        "forget",
        "If a word is to be forgotten, say it like this: forget “snug”. /aliases lists what I was taught.",
    ),
    Sentence("refused_negation", "All right, I won't. Nothing was changed."),
    Sentence("refused_statement", "Thanks for telling me; I've changed nothing."),
    Sentence("refused_hypothetical", "I've changed nothing. Tell me plainly if you'd like it done."),
    Sentence(
        "refused_condition",
        "I can't wait for a condition yet, so I've changed nothing. Tell me when it should be done.",
    ),
    Sentence(
        "refused_deferred",
        "I can't do things later yet, so I've changed nothing. Tell me when it should be done.",
    ),
    Sentence("refused_quoted", "I took that as something someone said, so I've changed nothing."),
    Sentence("refused_read_only", "I only ever read sirens and security alarms; I never switch them."),
    Sentence("refused_unsupported", "That is something I can't do with it, so I've changed nothing."),
    Sentence(
        "refused_guarded_inexact",
        "For something as important as that I need its exact name, so I've changed nothing.",
    ),
    Sentence("refused_not_handled", "I understood that, but I can't do it, so I've changed nothing."),
    Sentence("ask_ambiguous_name", "Which one do you mean?"),
    Sentence("ask_missing_target", "Which one do you mean?"),
    Sentence("ask_missing_value", "What should I set it to?"),
    Sentence("ask_missing_action", "What should I do with it?"),
    Sentence("ask_nothing_to_refer_to", "I'm not sure what that refers to. Which one do you mean?"),
    Sentence("ask_unsure", "I'm not sure I understood. Is this what you mean?"),
    Sentence("ask_guarded_inexact", "For something as important as that I need to be sure. Which one do you mean?"),
    Sentence("ask_again", "I've done nothing so far. Could you say that another way?"),
    Sentence(
        "nothing_tells",
        "There is nothing in this home that tells {what}.",
    ),
    Sentence("confirm", "Shall I {what}?"),
    Sentence("declined_here", "I leave {what} alone here, so I did nothing."),
    Sentence("done", "{what}", read_back=True),
)
SENTENCES: Mapping[str, Sentence] = MappingProxyType({sentence.key: sentence for sentence in _ALL})


def worded(sentence: Sentence, templates: Mapping[str, str], **values: str) -> str:
    """Return a sentence as this household words it, filled in; every sentence that is said comes from here."""
    text = templates.get(sentence.key, sentence.text)
    return text.format(**values) if sentence.placeholders else text
