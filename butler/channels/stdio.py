"""The stdio channel: one JSON object a line in, exactly one out."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, BinaryIO

from butler.app import App
from butler.channels.lines import Line, lines_of
from butler.channels.protocol import (
    Advance,
    ProtocolError,
    Request,
    Reset,
    RunJob,
    Say,
    SetFault,
    SetState,
    ShowKnowledge,
    States,
    parse,
)
from butler.clock import ClockError
from butler.conversation.messages import Reply
from butler.home import HomeError
from butler.homes import demo_of
from engine.embedding import EmbeddingError
from engine.scheduler import JobError
from store import StoreError, turns

_LOG = logging.getLogger(__name__)
_EXPECTED = (ProtocolError, ClockError, HomeError, JobError, StoreError, EmbeddingError)

Answer = dict[str, Any]


def serve(app: App, incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Answer every line until the input ends; raises BrokenPipeError when nobody listens any more."""
    for line in lines_of(incoming):
        said = answer(app, line)
        outgoing.write(encode(said))
        outgoing.flush()
        if said.get("messages"):
            app.notices_shown()


def answer(app: App, line: Line) -> Answer:
    """Return the answer to one line, which is `{"error": …}` when it is no request or failed."""
    try:
        request = parse(line)
        return _ANSWERS[type(request)](app, request)
    except _EXPECTED as exc:
        return {"error": str(exc)}
    except Exception as exc:  # noqa: BLE001 - a line is a turn, and the contract is that the process goes on
        _LOG.exception("line failed")
        return {"error": f"unexpected {type(exc).__name__}: {exc}"}


def encode(document: Mapping[str, Any]) -> bytes:
    """Return one line of JSON; in ASCII, so that text UTF-8 cannot hold passes too."""
    return json.dumps(document, default=_plain, separators=(",", ":")).encode("ascii") + b"\n"


def _say(app: App, request: Say) -> Answer:
    reply = app.handle(
        app.person(request.user),
        request.chat,
        text=request.text,
        press=request.press,
        reply_to=request.reply_to,
        private=request.chat == request.user,  # any other chat may be read by others
    )
    return _reply(app, reply)


def _advance(app: App, request: Advance) -> Answer:
    before = _newest_turn(app)
    app.advance(request.seconds)
    return {**_reply(app, Reply()), "calls": _calls_since(app, before)}


def _run(app: App, request: RunJob) -> Answer:
    before = _newest_turn(app)
    done = app.run_job(request.job)
    return {**_reply(app, Reply()), "calls": _calls_since(app, before), "summary": done.summary}


def _newest_turn(app: App) -> int:
    newest = turns.recent(app.store, 1)
    return newest[0].number if newest else 0


def _calls_since(app: App, number: int) -> list[Answer]:
    """Return the calls of what was done by itself since a turn, in order."""
    made = turns.recent(app.store, _newest_turn(app) - number) if _newest_turn(app) > number else []
    return [call for turn in made for call in turn.calls or ()]


def _states(app: App, _: States) -> Answer:
    return {"states": app.home.states()}


def _set(app: App, request: SetState) -> Answer:
    demo_of(app.home, "set").set(request.entity_id, request.state, request.attributes)
    return {"ok": True}


def _fault(app: App, request: SetFault) -> Answer:
    demo_of(app.home, "fault").fault(request.entity_id, request.fault)
    return {"ok": True}


def _reset(app: App, _: Reset) -> Answer:
    app.reset()
    return {"ok": True}


def _knowledge(app: App, _: ShowKnowledge) -> Answer:
    knowledge = app.engine.knowledge
    return {
        "version": knowledge.version,
        "digest": app.engine.digest(),
        "aliases": _rows(knowledge.aliases, "phrase", "target"),
        "synonyms": _rows(knowledge.synonyms, "phrase", "replacement"),
        "exemplars": len(knowledge.base.exemplars) + len(knowledge.learned),
    }


def _rows(taught: Iterable[Any], *names: str) -> list[Answer]:
    return [{name: getattr(row, name) for name in (*names, "scope", "owner", "improvement")} for row in taught]


def _reply(app: App, reply: Reply) -> Answer:
    return {
        "messages": [message.to_json() for message in (*app.take_notices(), *reply.messages)],
        "calls": [call.to_json() for call in reply.calls],
        "interpretation": reply.interpretation.to_json() if reply.interpretation else None,
        "turn": reply.turn,
    }


_ANSWERS: Mapping[type[Request], Callable[[App, Any], Answer]] = MappingProxyType(
    {
        Say: _say,
        Advance: _advance,
        RunJob: _run,
        States: _states,
        SetState: _set,
        SetFault: _fault,
        ShowKnowledge: _knowledge,
        Reset: _reset,
    }
)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)
