"""`butler understand`: lines of text in, what they mean out; nothing is touched."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import UTC, datetime
from typing import Any

from butler.app import encoder_of, warn_of
from butler.channels.lines import Line, lines_of
from butler.channels.protocol import ProtocolError, only, read_object, text_of
from butler.channels.stdio import encode
from butler.config import Config
from butler.homes import look
from butler.verbs.setting_up import config_of, log_to_stderr
from engine.understanding.intents import OUT_OF_SCOPE
from engine.understanding.interpretation import Disposition, Interpretation, Reason
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from engine.understanding.text import normalise


def run(options: Namespace) -> int:
    """Write one interpretation a line until the input ends."""
    log_to_stderr()
    config = config_of(options)
    warn_of(config)
    home = look(config)
    interpreter = Interpreter.build(Knowledge(BaseKnowledge.load()), encoder_of(config))
    for line in lines_of(sys.stdin.buffer) if sys.stdin else ():
        sys.stdout.buffer.write(encode(_meaning(line, interpreter, home, config)))
        sys.stdout.buffer.flush()
    return 0


def _meaning(line: Line, interpreter: Interpreter, home: Snapshot, config: Config) -> dict[str, Any]:
    try:
        document = read_object(line)
        only(document, "text")
        text = text_of(document, "text")
    except ProtocolError as exc:
        return {"error": str(exc)}
    return _understood(text, interpreter, home, config).to_json()


def _understood(text: str, interpreter: Interpreter, home: Snapshot, config: Config) -> Interpretation:
    said = normalise(text, config.household.names)
    reason = Reason.TOO_LONG if said.too_long else None if said.text else Reason.EMPTY
    if reason:
        return Interpretation(text, OUT_OF_SCOPE, disposition=Disposition.REFUSE, reason=reason)
    situation = Situation(home, now=datetime.now(UTC), risk=config.risk)
    return interpreter.understand(said.text, situation)
