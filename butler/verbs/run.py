"""`butler run`: serve the household's chats."""

from __future__ import annotations

from argparse import Namespace

from butler.failures import UsageError


def run(_: Namespace) -> int:
    """Say that there is no channel to serve; raises UsageError."""
    raise UsageError("this version has no Telegram channel yet; talk to Butler with `butler chat`")
