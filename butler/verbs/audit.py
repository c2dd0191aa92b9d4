"""`butler audit`: every step of the improvements as it was recorded, for people or for other programs."""

from __future__ import annotations

import json
from argparse import Namespace

from butler.channels.terminal import printable
from butler.failures import UsageError
from butler.verbs.output import say
from butler.verbs.setting_up import data_of
from store import open_store, utc_text
from store.improvements import AuditEntry, audit, get
from store.pauses import words_of


def run(options: Namespace) -> int:
    """Print the audit, oldest first: of one improvement, or all of it."""
    with open_store(data_of(options).require_store()) as store:
        if options.improvement is not None and get(store, options.improvement) is None:
            raise UsageError(f"there is no improvement #{options.improvement}")
        found = audit(store, options.improvement)
    shown = _json if options.format == "jsonl" else _text
    for entry in found:
        say(shown(entry))
    return 0


def _json(entry: AuditEntry) -> str:
    document = {
        "number": entry.number,
        "improvement": entry.improvement_id,
        "action": entry.action.value,
        "actor": entry.actor,
        "details": entry.details,
        "created_at": utc_text(entry.created_at),
    }
    return json.dumps(document, ensure_ascii=True)


def _text(entry: AuditEntry) -> str:
    paused_or_not = words_of(entry)
    if paused_or_not:
        return printable(f"{utc_text(entry.created_at)}  {paused_or_not} by {entry.actor}")
    reason = entry.details.get("reason") if isinstance(entry.details, dict) else None
    action = entry.action.value.replace("_", " ")
    told = f"{utc_text(entry.created_at)}  {entry.improvement_id}  {action} by {entry.actor}"
    return printable(f"{told}: {reason}" if reason else told)
