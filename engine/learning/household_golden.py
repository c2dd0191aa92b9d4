"""The household's own golden file: sentences of its people that must go on meaning what they mean, in its own home."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.learning.cases import Case, GoldenError, case_document, case_of
from engine.learning.wordings import odd_characters
from engine.understanding.intents import INTENTS

FILE = "golden.jsonl"
_LONGEST_LINE = 4_000  # characters
_TEXTS = ("id", "utterance", "expected_intent", "category", "user", "now")
_LOG = logging.getLogger(__name__)


def read_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of a file, none where there is none; a line that is no case is logged and left out."""
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        _LOG.warning("%s cannot be read, so the household's golden cases do not count: %s", path, error)
        return ()
    cases: dict[str, Case] = {}
    for number, line in enumerate(lines, start=1):
        where = f"{path.name} line {number}"
        try:
            case = _case(where, line) if line.strip() else None
        except GoldenError as error:
            _LOG.warning("left out: %s", error)
            continue
        if case is not None and case.id in cases:
            _LOG.warning("left out: golden: %s: the id %r is given twice", where, case.id)
        elif case is not None:
            cases[case.id] = case
    return tuple(cases.values())


def add_case(path: Path, case: Mapping[str, Any]) -> Case:
    """Append a case to the file and return it; raises GoldenError where it is none or its id is taken, and OSError."""
    line = json.dumps(dict(case), ensure_ascii=False, default=str)
    found = _case("the case", line)
    if any(known.id == found.id for known in read_cases(path)):
        raise GoldenError(f"golden: the id {found.id!r} is taken")
    data = (json.dumps(case_document(found), ensure_ascii=False) + "\n").encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # One write of whole lines: whoever else appends comes before or after, and what a crash cut off stays apart.
        os.write(file, data if _is_whole(file) else b"\n" + data)
        os.fsync(file)
    finally:
        os.close(file)
    return found


def _is_whole(file: int) -> bool:
    """Tell whether a file ends with its last line."""
    size = os.lseek(file, 0, os.SEEK_END)
    if not size:
        return True
    os.lseek(file, size - 1, os.SEEK_SET)
    return os.read(file, 1) == b"\n"


def _case(where: str, line: str) -> Case:
    if len(line) > _LONGEST_LINE:
        raise GoldenError(f"golden: {where} is longer than {_LONGEST_LINE} characters")
    try:
        document = json.loads(line)
    except ValueError as error:
        raise GoldenError(f"golden: {where} is not JSON: {error}") from error
    if not isinstance(document, dict):
        raise GoldenError(f"golden: {where} is no JSON object")
    odd = [name for name in _TEXTS if not isinstance(document.get(name, ""), str)]
    if odd:
        raise GoldenError(f"golden: {where}: {odd[0]!r} is no text")
    case = case_of(where, document)
    fault = _fault(case)
    if fault:
        raise GoldenError(f"golden: {where}: {fault}")
    return case


def _fault(case: Case) -> str:
    intents = [clause.intent for clause in (case.expected, *case.clauses) if clause is not None]
    unknown = [intent for intent in intents if intent not in INTENTS]
    if unknown:
        return f"there is no intent {unknown[0]!r}"
    if not case.id.strip() or not case.utterance.strip() or odd_characters(case.utterance):
        return "an id and an utterance in plain letters are needed"
    if not all(isinstance(text, str) for text in (*case.context, *case.must_not_touch)):
        return "'context' and 'must_not_touch' are lists of texts"
    return "'now' needs an offset from UTC" if case.now and not case.now.tzinfo else ""
