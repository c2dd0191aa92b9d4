"""Lists in talk: what is to be added to which list, taken off it, read out or cleared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from engine.tasks.items import Item, items_of
from engine.tasks.list_names import DEFAULT_LIST, FoundList, find_list, list_key
from engine.tasks.slips import mended
from engine.tasks.tails import without_tail
from engine.tasks.titles import without_lead, without_trail
from engine.understanding.wordings import any_of

__all__ = ["DEFAULT_LIST", "Item", "ListOp", "ListRequest", "parse_list"]


class ListOp(StrEnum):
    """What is done with a list; `names` asks which lists there are."""

    ADD = "add"
    REMOVE = "remove"
    CLEAR = "clear"
    QUERY = "query"
    NAMES = "names"


@dataclass(frozen=True)
class ListRequest:
    """What is asked of a list (a plain key): an add without items makes it, a query with items asks for just them."""

    op: ListOp
    list: str = DEFAULT_LIST
    items: tuple[Item, ...] = ()


_BREAK = r"(?:^|(?<=[,.;:])\s*|(?<=\bso )|(?<=\band )|(?<=\bplease )|(?<=\byou )|(?<=\bcan )|(?<=\bto )|(?<=\bshould ))"
_ADD_VERB = (
    r"(?:re-?add|add|ad|put|stick|pop|chuck|throw|bung|get|include|write|jot|note|place|append|also add|whack|sling|"
    r"shove|list|have|make sure (?:we|i) get|"
    r"remember|buy|pick up|grab|order|fetch|don'?t forget)(?: down| in| back)?"
)
_ADD = re.compile(
    rf"{_BREAK}(?:also |just |then |please |quickly )*{_ADD_VERB}(?![\w'])\s*(?:to buy |to get |the following:? ?)?",
    re.IGNORECASE,
)
_BARE_VERB = re.compile(rf"{_ADD_VERB}(?: it| this| these| the following)?", re.IGNORECASE)
_EDGES = " ,.;:!?-–—…"
_AND_MORE = re.compile(r"(?:and|plus)(?: also)?\s+(?=\S)", re.IGNORECASE)
_NEED = re.compile(
    any_of(
        r"(?:we|i)(?:'ve| have|'re| are)? (?:also |really |still |just |nearly |almost |completely |all )*(?:need|"
        r"run out of|running (?:low|out) (?:on|of)|ran out of|out of|low on|short of|short on|want|fancy|could do with)"
        r"(?: some more| some| more)?(?: to (?:buy|get|pick up|order))?",
        r"(?:just )?(?:used|finished|using|ate|eaten|drank)(?: up)?(?: all| the last| the end)(?: of)?",
        r"(?:we|i)(?:'ve| have) (?:just )?(?:used|finished|eaten|drunk)(?: up)?(?: the last of| the last| all)?",
        r"there'?s no|there is no|there are no|no more|(?:we|i)(?:'ve| have) got no|(?:we|i) have no|out of|"
        r"running out of|(?:also |still )?needs?",
    )
    + r"(?![\w'])\s*",
    re.IGNORECASE,
)
_NEED_LATER = re.compile(rf"[^,.;]{{1,60}}[,.;] ?(?:and |so )?{_NEED.pattern}", re.IGNORECASE)
_SO_ADD = re.compile(r"(?:[\s,]+(?:so|and|please|can|could|you|that'?ll|i'd|will))+$", re.IGNORECASE)
_SO_TAKE = re.compile(
    r"(?:[\s,.;]+(?:so|and|please|can|could|you|it|that|they|those|which|but|come|go|be|taken|should|will))+[\s,]*$",
    re.IGNORECASE,
)
_THAT_SHOULD = re.compile(
    r"(?:[\s,]+(?:so|and))?(?:[\s,]+(?:that'?ll|it'?ll|that|it|they|they'll|which|these|those))?"
    r"(?:\s+(?:will|needs? to|has to|have to|should|can|must|ought to))+(?:\s+(?:go|be|get put))?$",
    re.IGNORECASE,
)
_PUT = re.compile(r"(?:i|we) (?:accidentally )?(?:put|added|wrote|stuck)(?: down)? ", re.IGNORECASE)
_NEED_TRAIL = re.compile(
    r"\s+(?:left|in the house|at home|any ?more|from the (?:shops?|store|supermarket)|at the (?:shops?|store|"
    r"supermarket))+$",
    re.IGNORECASE,
)
_REMOVE_VERB = (
    r"(?:remove|delete|take|cross|strike|scratch|drop|get rid of|tick|check|scrap|kill|clear|erase|wipe|"
    r"lose|bin|mark|rub|knock|pull)"
)
_REMOVE = re.compile(rf"{_BREAK}(?:also |just |then |please )*{_REMOVE_VERB}(?: off| out)?(?![\w'])\s*", re.IGNORECASE)
_OFF_TAIL = re.compile(
    r"(?:\s+back)?\s*(?<![\w'])(?:back|off|away|out|from|again|as (?:bought|done|got))(?: again| now| then)*[\s.!]*$",
    re.IGNORECASE,
)
_HAVE = re.compile(
    r"(?:(?:i|we|he|she|they|dad|mum|mom|someone|[a-z]+)(?:'ve|'s| have| has)? )?(?:(?:i|we)(?:'ve|"
    r" have)? )?(?:just |already |also |now |finally )*"
    r"(?:bought|got|picked up|grabbed|have got|have|ordered|found)(?: us| me)?(?![\w'])\s*(?:already )?",
    re.IGNORECASE,
)
_DONT = re.compile(
    r"(?:(?:i|we)\s+)?(?:don'?t|do not|dont|no longer|won'?t)\s+(?:actually |really |even )?(?:need|"
    r"want)(?: to (?:buy|get))?(?![\w'])\s*|no need (?:for|to (?:buy|get))\s+|never ?mind (?:about )?(?:the )?|"
    r"no more\s+|there'?s (?:still )?(?:loads of|plenty of|lots of|enough|some|still) |we (?:still )?have (?:enough|"
    r"plenty of|loads of) ",
    re.IGNORECASE,
)
_ANY_MORE = re.compile(
    r"(?:'s|\s)+(?:is |are |been )?(?:done|bought|sorted|in the bag|got|any ?more|any longer|after all|already|now|"
    r"today|left|in the (?:cupboard|fridge|freezer|house|pantry)|by mistake|though)+[\s.!]*$",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(
    r"(?:them|it|that|those|these|this|both|some|it all|them all|that one|those ones|one)(?: back| all| too| on| off)?",
    re.IGNORECASE,
)
_EVERYTHING = re.compile(
    r"(?:everything|all(?: of)?(?: the| my| our)?(?: items| things| stuff| entries| of it| of them)?|(?:every|"
    r"each)(?: single| last)? (?:item|thing|entry)|"
    r"(?:the |all )*(?:lot|whole lot|whole thing|items|entries|contents)|the whole list|it all|them all|"
    r"all the \w+)(?: on it| that'?s on it| on there)?",
    re.IGNORECASE,
)
_IS_ON = re.compile(
    r"(?:is there(?: any)?|are there(?: any)?|is|are|have (?:we|i|you|they)(?: already)?(?: got| put| added)?|"
    r"has (?:anyone|anybody|someone|\w+)(?: already)?(?: put| added)?|"
    r"did (?:i|we|you|anyone|anybody|someone|\w+)(?: already)?(?: put| add| write| remember to put| remember to add)|"
    r"do (?:we|i)(?: still| already)? (?:have(?: to (?:buy|get))?|need(?: to (?:buy|get))?)|"
    r"does|check (?:if|whether|for)|see if|tell me if)(?![\w'])\s*",
    re.IGNORECASE,
)
_IS_ON_TAIL = re.compile(
    r"\s*(?<![\w'])(?:(?:is |are |was )?(?:already |still |down )?(?:on(?: it| there)?|in)|on it|have|got|there|"
    r"listed|yet|already|still|down|any|say|include)"
    r"(?:\s+(?:on it|there|yet|already|still|listed|down))*[\s?.!]*$",
    re.IGNORECASE,
)
_HAS = re.compile(r"^(?:have|say|include|contain|got)\s+", re.IGNORECASE)
_NO_ITEM = re.compile(r"(?:anything|any thing|what|something|left|much|many|more|items?|things?)\b", re.IGNORECASE)
_NAMES = re.compile(
    r"(?:what|which|how many|show|tell|list|read|name|see|all)\b[^.?!]{0,40}\blists\b|^(?:my |our |the |"
    r"all )*lists\??$|\blists (?:do|have|are) ",
    re.IGNORECASE,
)
_MAKE = re.compile(
    r"(?:create|make|start|begin|open|set up|new|add)(?: me| us)?(?: up)?(?: a| an|"
    r" another)?(?: new)?(?: empty)?(?: list)?",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"(?:(?:create|make|start|begin|set up)(?: me| us)?(?: up)? )?(?:(?:a|an|another) )?new list(?: called|"
    r" named)?[\s:,-]+(?P<name>[\w'&/ -]{1,40})",
    re.IGNORECASE,
)


def parse_list(text: str, intent: str, known: Sequence[str] = ()) -> ListRequest | None:
    """Return what is asked of a list by a text understood as `intent`; None where it names nothing, or a to-do list.

    `known` are the plain keys of the lists there are; they need not be called a list ("off the films to watch").
    """
    read = _READERS.get(intent)
    said = mended(without_trail(without_lead(" ".join(text.split()))))
    if read is None or not said:
        return None
    if intent == "list_query" and _NAMES.search(said):
        return ListRequest(ListOp.NAMES)
    if intent == "list_add" and (new := _NEW.fullmatch(said)):
        return ListRequest(ListOp.ADD, list_key(new["name"], known))
    found = find_list(said, known)
    return None if found.is_tasks else read(found)


def _adding(found: FoundList) -> ListRequest | None:
    if _MAKE.fullmatch(found.before.strip()) or not found.before:
        makes = found.said and found.before and not found.after
        return ListRequest(ListOp.ADD, found.name) if makes else _request(ListOp.ADD, found, _needed(found.after))
    if found.said and _BARE_VERB.fullmatch(found.before.strip(_EDGES)):
        return ListRequest(ListOp.ADD, found.name, items_of(_needed(found.after)))
    named = _added(found.before)
    if items_of(named) and found.tied:
        more = _AND_MORE.match(found.after)
        return _request(ListOp.ADD, found, f"{named}, {found.after[more.end() :]}" if more else named)
    return _request(ListOp.ADD, found, _needed(found.after) or named)


def _added(said: str) -> str:
    """Return the words that name what is to be added."""
    for verb in _ADD.finditer(said):
        named = said[verb.end() :].strip(" ,.:")
        if named and not _PRONOUNS.fullmatch(named):
            return _needed(named)
        earlier = said[: verb.start()].strip(" ,.;")
        if named and earlier:
            return _needed(without_tail(_SO_ADD, earlier))
    return _needed(without_tail(_THAT_SHOULD, said))


def _needed(named: str) -> str:
    need = _NEED.match(named) or _NEED_LATER.match(named[:80])
    return without_tail(_NEED_TRAIL, named[need.end() :] if need else named)


def _removing(found: FoundList) -> ListRequest | None:
    said = _removed(found.before, found.after)
    if _EVERYTHING.fullmatch(said.strip(" ,.!")):
        return ListRequest(ListOp.CLEAR, found.name)
    return _request(ListOp.REMOVE, found, said)


def _removed(before: str, after: str) -> str:
    """Return the words that name what is to be taken off."""
    for verb in _REMOVE.finditer(before):
        named = without_tail(_OFF_TAIL, before[verb.end() :]).strip(" ,.:")
        if named and not _PRONOUNS.fullmatch(named):
            return named
        earlier = before[: verb.start()].strip(" ,.;")
        return _had(earlier)
    return _had(without_tail(_OFF_TAIL, before) or after)


def _had(said: str) -> str:
    """Return what a sentence says is there already, or no longer needed."""
    said = without_tail(_SO_TAKE, said)
    put = _PUT.match(said)
    said = said[put.end() :] if put else said
    found = _DONT.search(said)
    said = said[found.end() :] if found else said
    have = None if found else _HAVE.match(said)
    return without_tail(_ANY_MORE, said[have.end() :] if have else said)


def _clearing(found: FoundList) -> ListRequest | None:
    verb = _REMOVE.search(found.before)
    named = without_tail(_OFF_TAIL, found.before[verb.end() :]).strip(" ,.!") if verb and found.tied else ""
    if not named or _EVERYTHING.fullmatch(named) or _PRONOUNS.fullmatch(named):
        return ListRequest(ListOp.CLEAR, found.name)
    return _request(ListOp.REMOVE, found, named)


def _asking(found: FoundList) -> ListRequest:
    start = _IS_ON.match(found.before or found.after)
    if start is None:
        return ListRequest(ListOp.QUERY, found.name)
    said = f"{found.before} {found.after}".strip()[start.end() :]
    named = _HAS.sub("", without_tail(_IS_ON_TAIL, said).strip())
    return ListRequest(ListOp.QUERY, found.name, () if _NO_ITEM.match(named) else items_of(named))


def _request(op: ListOp, found: FoundList, said: str) -> ListRequest | None:
    items = items_of(said)
    return ListRequest(op, found.name, items) if items else None


_READERS: Mapping[str, Callable[[FoundList], ListRequest | None]] = MappingProxyType(
    {"list_add": _adding, "list_remove": _removing, "list_clear": _clearing, "list_query": _asking}
)
