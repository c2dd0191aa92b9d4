"""`butler aliases`: the names that were taught and are in force."""

from __future__ import annotations

from argparse import Namespace

from butler.channels.terminal import printable
from butler.verbs.output import say
from butler.verbs.setting_up import data_of
from store import LearnedRow, active_rows, open_store


def run(options: Namespace) -> int:
    """Print every name with what it stands for, who may use it and which improvement put it there."""
    with open_store(data_of(options).require_store()) as store:
        found = [row for row in active_rows(store) if row.type == "alias"]
    if not found:
        say("No names were taught yet.")
    for row in found:
        say(_line(row))
    return 0


def _line(row: LearnedRow) -> str:
    whose = f"only for {row.owner}" if row.owner else "for everybody"
    return printable(f"“{row.key}” is {row.payload['target']}, {whose} (#{row.improvement})")
