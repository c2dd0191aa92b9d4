"""Lists that the home keeps itself: what is said of one goes there, and not onto one of Butler's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from butler.conversation import wording
from butler.conversation.dialogue import Deed
from butler.conversation.journal import about_to
from butler.conversation.phrasing import joined
from butler.conversation.tasks.item_words import counted, key_of, the_list
from butler.conversation.tasks.phrases import short
from butler.conversation.turn import Effect, Option, Ports, Turn
from butler.conversation.unseen import is_unseen
from butler.home.errors import CallTimeoutError, HomeError, HomeUnreachableError
from butler.home.offers import HomeLists, ListItem, offers_of
from engine.tasks.listing import ListOp, ListRequest
from engine.understanding.snapshot import Entity

EFFECT = "home_list"
_MOST = 40
_LONGEST = 80
_ANSWER_S = 2.0  # an answer of the home may take so long
_OWN_LIST = "I can't reach the home, which may keep a list of that name, so this is about the list I keep myself."
_NOT_READ = "I couldn't finish that: the list is out of reach just now. Please look at it before you ask again."


@dataclass(frozen=True)
class _List:
    """One list of the home, by the name people call it."""

    home: HomeLists
    entity_id: str
    name: str
    left: Callable[[], float]

    @property
    def said(self) -> str:
        return the_list(self.name)

    def open(self) -> list[ListItem]:
        return [item for item in self._in_time().items(self.entity_id) if not item.done]

    def put_on(self, text: str) -> None:
        self._in_time().put_on(self.entity_id, text)

    def take_off(self, items: Sequence[ListItem]) -> None:
        self._in_time().take_off(self.entity_id, [item.id for item in items])

    def _in_time(self) -> HomeLists:
        """Return the home as long as the turn may wait for it; raises CallTimeoutError."""
        if self.left() <= 0:
            raise CallTimeoutError("todo", (self.entity_id,), "there was no time left")
        return self.home


@dataclass(frozen=True)
class _Change:
    """What came of writing on a list, in words, and how it is taken back where anything changed."""

    text: str
    back: Effect | None = None


def on_home_list(ports: Ports, turn: Turn, request: ListRequest) -> bool:
    """Do what is asked of a list the home keeps; return False where it keeps none of that name."""
    found = _list(ports, turn, request.list) if request.op is not ListOp.NAMES else None
    if found is None:
        if is_unseen(turn) and offers_of(ports.home).lists is not None:
            turn.say(_OWN_LIST)
        return False
    if not turn.reachable:
        turn.outcome, turn.spoilt = "home_unreachable", True
        turn.say(ports.words(wording.UNREACHABLE))
        return True
    turn.trace("list", request.op.value, component="home", entity=found.entity_id)
    try:
        _carry_out(ports, turn, found, request)
    except HomeError as exc:
        turn.spoilt = True
        turn.trace("list", "failed", component="home", outcome=str(exc))
        turn.say(_NOT_READ)
    return True


def change_home_list(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Do what a button said about a list of the home: put on, or take off."""
    try:
        _tell(turn, _changed(ports, turn, effect))
    except HomeError:
        turn.spoilt = True
        turn.say(_NOT_READ)


def take_back_on_home_list(ports: Ports, turn: Turn, effect: Effect) -> str:
    """Undo what was put on or taken off a list of the home, and return what is so now."""
    try:
        return _changed(ports, turn, effect).text
    except HomeError:
        turn.spoilt = True
        turn.dialogue = turn.dialogue.did(Deed(turn.number, turn.incoming.at, undo=effect))  # it may be tried again
        return _NOT_READ


def _changed(ports: Ports, turn: Turn, effect: Effect) -> _Change:
    """Do what an effect says, and return what came of it; raises a HomeError."""
    home = offers_of(ports.home).lists
    if home is None:
        raise HomeUnreachableError("this home keeps no lists")
    one = _List(home, str(effect["entity"]), str(effect["list"]), _patience(ports, turn))
    if effect["op"] == "put_on":
        return _put_on(ports, turn, one, [str(item) for item in effect["items"]])
    keys = {key_of(str(item)) for item in effect["items"]}
    return _take_off(ports, turn, one, [item for item in one.open() if key_of(item.text) in keys])


def _list(ports: Ports, turn: Turn, name: str) -> _List | None:
    home = offers_of(ports.home).lists
    if home is None:
        return None
    wanted = _bare(name)
    for entity in turn.snapshot.entities:
        if entity.domain == "todo" and entity.exposed and wanted in {_bare(called) for called in _names(entity)}:
            return _List(home, entity.entity_id, name, _patience(ports, turn))
    return None


def _patience(ports: Ports, turn: Turn) -> Callable[[], float]:
    """Return how long the turn may go on beginning to ask the home, in seconds from now, with time for one answer."""
    whole = ports.settings.call_timeout_s
    if turn.home_until is None:
        turn.home_until = ports.monotonic() + whole
    ends = turn.home_until - min(_ANSWER_S, whole / 2)
    return lambda: ends - ports.monotonic()


def _names(entity: Entity) -> Sequence[str]:
    return (entity.name, *entity.aliases)


def _bare(name: str) -> str:
    return " ".join(word for word in key_of(name).split() if word not in {"list", "the", "my", "our"})


def _carry_out(ports: Ports, turn: Turn, one: _List, request: ListRequest) -> None:
    named = [f"{item.quantity} {item.name}" if item.quantity else item.name for item in request.items]
    match request.op:
        case ListOp.ADD if named:
            _tell(turn, _put_on(ports, turn, one, named))
        case ListOp.ADD:
            turn.say(f"What should I put on {one.said}?")
        case ListOp.REMOVE if named:
            _take_off_named(ports, turn, one, [item.name for item in request.items])
        case ListOp.REMOVE:
            turn.say(f"What should I take off {one.said}?")
        case ListOp.CLEAR:
            _ask_to_empty(ports, turn, one)
        case _:
            _read(turn, one, [item.name for item in request.items])


def _put_on(ports: Ports, turn: Turn, one: _List, texts: Sequence[str]) -> _Change:
    """Put lines on the list, and tell which of them are seen there afterwards."""
    there = {key_of(item.text) for item in one.open()}
    new = [text for text in dict.fromkeys(texts) if key_of(text) not in there]
    if new:
        _about_to(ports, turn, f"putting {_things(new)} on {one.said}")
    for text in new:
        one.put_on(text)
    seen = {key_of(item.text) for item in one.open()} if new else there
    done = [text for text in new if key_of(text) in seen]
    missing = [text for text in new if key_of(text) not in seen]
    already = [text for text in texts if text not in new]
    told = [f"Put {_things(done)} on {one.said}."] if done else []
    told += [f"{_things(already)} {'was' if len(already) == 1 else 'were'} on {one.said} already."] if already else []
    told += [f"I tried to add {_things(missing)}, but can't see it on {one.said}."] if missing else []
    return _Change(_opened(" ".join(told)), _effect(one, "take_off", done) if done else None)


def _take_off_named(ports: Ports, turn: Turn, one: _List, said: Sequence[str]) -> None:
    there = one.open()
    meant = {word: _meant(there, word) for word in said}
    gone = [found[0] for found in meant.values() if len(found) == 1]
    missing = [word for word, found in meant.items() if not found]
    unclear = [found for found in meant.values() if len(found) > 1]
    if gone:
        _tell(turn, _take_off(ports, turn, one, gone))
    if missing:
        turn.say(f"There is no {_things(missing)} on {one.said}.")
    for found in unclear:
        turn.say(f"Which one do you mean: {_things([item.text for item in found])}?")


def _take_off(ports: Ports, turn: Turn, one: _List, items: Sequence[ListItem]) -> _Change:
    """Take lines off the list, and tell which of them are gone afterwards."""
    if not items:
        return _Change(f"There is nothing of that on {one.said} any more.")
    _about_to(ports, turn, f"taking {_things([item.text for item in items])} off {one.said}")
    one.take_off(items)
    left = {item.id for item in one.open()}
    gone = [item.text for item in items if item.id not in left]
    stayed = [item.text for item in items if item.id in left]
    told = [f"Took {_things(gone)} off {one.said}."] if gone else []
    told += [f"I tried, but {_things(stayed)} is still on {one.said}."] if stayed else []
    return _Change(" ".join(told), _effect(one, "put_on", gone) if gone else None)


def _about_to(ports: Ports, turn: Turn, doing: str) -> None:
    """Record that lines are about to be written, so that a crash neither writes them twice nor hides it."""
    before = turn.effect.get(EFFECT)
    whole = f"{before['doing']}, and {doing}" if before else doing
    said = f"I was {whole}, and don't know what of that happened: please look at it before you ask again."
    about_to(ports, turn, EFFECT, said, doing=whole)


def _ask_to_empty(ports: Ports, turn: Turn, one: _List) -> None:
    there = [item.text for item in one.open()]
    if not there:
        turn.say(f"There is nothing on {one.said}.")
        return
    words = f"clear {one.said}"
    options = (Option(f"Yes, {words}", _effect(one, "take_off", there)), Option("No", {"kind": "leave"}))
    ask = f"Shall I take {counted(len(there))} off {one.said}: {_things(there)}?"
    turn.ask("confirm", ask, options, about=words, lasts_s=ports.settings.confirm_seconds * 10)


def _read(turn: Turn, one: _List, named: Sequence[str]) -> None:
    there = one.open()
    if named:
        for word in named:
            found = [item.text for item in _meant(there, word)]
            yes = f"Yes: {_things(found)} {'is' if len(found) == 1 else 'are'} on {one.said}."
            turn.say(yes if found else f"No, there is no {short(word, _LONGEST)} on {one.said}.")
        return
    if not there:
        turn.say(f"There is nothing on {one.said}.")
        return
    lines = [f"On {one.said}:", *(f"· {short(item.text, _LONGEST)}" for item in there[:_MOST])]
    left = len(there) - _MOST
    turn.say("\n".join([*lines, *([f"… and {left} more"] if left > 0 else [])]))


def _meant(there: Sequence[ListItem], said: str) -> list[ListItem]:
    """Return what is meant: that very line, else those that have all its words."""
    key = key_of(said)
    exact = [item for item in there if key_of(item.text) in {key, f"{key}s", key.removesuffix("s")}]
    words = set(key.split())
    return exact or [item for item in there if words and words <= set(key_of(item.text).split())]


def _tell(turn: Turn, change: _Change) -> None:
    if change.back is None:
        turn.say(change.text)
        return
    turn.outcome = "kept"
    turn.dialogue = turn.dialogue.did(Deed(turn.number, turn.incoming.at, undo=change.back))
    turn.offer(change.text, (Option("Undo", {"kind": "take_back_written", "turn": turn.number, "undo": change.back}),))


def _effect(one: _List, op: str, items: Sequence[str]) -> Effect:
    return {"kind": EFFECT, "op": op, "entity": one.entity_id, "list": one.name, "items": list(items)}


def _things(texts: Sequence[str]) -> str:
    return joined(short(text, _LONGEST) for text in texts)


def _opened(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
