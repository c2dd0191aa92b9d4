"""A correction as an interpretation, as channels and records show it: what was said, and the command it came to."""

from __future__ import annotations

from dataclasses import replace

from engine.understanding.interpretation import Interpretation


def with_command(reading: Interpretation, done: Interpretation) -> Interpretation:
    """Return a correction with the one command it came to; one that came to several is shown as those."""
    if done.clauses:
        return done
    return replace(
        reading,
        targets=done.targets,
        disposition=done.disposition,
        reason=done.reason,
        used=done.used,
        clauses=(done,),
    )
