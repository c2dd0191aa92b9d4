"""Takes what a command excepted out of its targets."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.understanding.interpretation import Disposition, Interpretation, Reason
from engine.understanding.plain import plain
from engine.understanding.scope import Resolution, Scope
from engine.understanding.targets import resolve

_AND = re.compile(r"\s*,\s*(?:and )?|\s+and\s+")
_AROUND = re.compile(r"\b(?:ones?|those|that are|in|on|at|main|please|though)\b")


def leave_out(meant: Interpretation, left_out: str, scope: Scope) -> Interpretation:
    """Return the command without what was excepted; an exception that names nothing here is asked about."""
    clauses = meant.clauses or (meant,)
    domains = tuple(sorted({target.partition(".")[0] for clause in clauses for target in clause.targets}))
    out: set[str] = set()
    used: set[int] = set()
    for part in _AND.split(left_out):
        found = _resolve(part, scope, domains)
        if found is None:
            return replace(
                meant, disposition=Disposition.ASK, reason=Reason.UNKNOWN_NAME, mention=part, targets=(), clauses=()
            )
        out.update(found.targets)
        used.update(found.used)
    without = [_without(clause, out, used) for clause in clauses]
    kept = tuple(clause for clause in without if clause.targets)
    if not kept:
        kept = (replace(without[0], disposition=Disposition.ASK, reason=Reason.MISSING_TARGET),)
    return replace(kept[0], text=meant.text, clauses=kept if len(kept) > 1 else ())


def _without(clause: Interpretation, out: set[str], used: set[int]) -> Interpretation:
    targets = tuple(target for target in clause.targets if target not in out)
    return replace(clause, targets=targets, used=tuple(sorted({*clause.used, *used})))


def _resolve(part: str, scope: Scope, domains: tuple[str, ...]) -> Resolution | None:
    """Return what an exception stands for, of the command's kinds or of any; where it could be several, all of them."""
    text = plain(part)
    phrase = " ".join(_AROUND.sub(" ", text).split()) or text
    for allowed in (domains, ()):
        for wording in (text, phrase, f"all {phrase}"):
            found = resolve(wording, replace(scope, domains=allowed))
            if found.targets:
                return found
            if found.choices and found.reason is Reason.AMBIGUOUS_NAME:
                return replace(found, targets=tuple(t for choice in found.choices for t in choice.targets))
    return None
