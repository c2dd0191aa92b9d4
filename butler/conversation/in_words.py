"""What a slash command does, asked for in words: "what have you learned", "what do you know about me"."""

from __future__ import annotations

import re

from engine.understanding.plain import plain

_LEARNED = r"(?:learn(?:ed|t)?|pick(?:ed)? up)"
_WORDS = tuple(
    (command, re.compile(rf"(?:(?:so|and|ok|okay|hey|butler) )*(?:{said})(?: (?:please|so far|yet|until now|by now))*"))
    for command, said in (
        (
            "/aliases",
            rf"what (?:have|did|do) you (?:already )?{_LEARNED}(?: from (?:me|us))?",
        ),
        ("/aliases", r"(?:what|which)(?: words| names)? (?:have|did) (?:i|we) (?:already )?(?:taught|teach) you"),
        (
            "/aliases",
            rf"(?:what|which) (?:new )?(?:words|names) (?:do you know|(?:have|did) you {_LEARNED})",
        ),
        (
            "/aliases",
            rf"(?:show|list|tell)(?: me)? (?:all |the )*(?:words|names) you (?:know|{_LEARNED})",
        ),
        (
            "/report",
            r"(?:(?:do|have) you (?:have |got )?)?any (?:suggestions|proposals|insights)(?: for (?:me|us))?",
        ),
        ("/report", r"what (?:would|do) you (?:change|suggest|propose)|what have you noticed(?: about (?:me|us))?"),
        ("/mydata", r"what (?:do|have) you (?:know|have|got|keep|kept|store|stored|save|saved) (?:about|on|of) me"),
        ("/mydata", r"(?:send|show|give)(?: me)? (?:all )?my data|what data do you (?:have|keep)(?: (?:about|on) me)?"),
        ("/forgetme", r"(?:forget|delete|erase|remove) (?:everything|all)(?: you (?:know|have|keep))? (?:about|on) me"),
        ("/forgetme", r"(?:delete|erase) (?:all )?my data"),
    )
)


def command_in_words(text: str) -> str | None:
    """Return the slash command that a text asks for in words, or None."""
    said = plain(text)
    return next((command for command, pattern in _WORDS if pattern.fullmatch(said)), None)
