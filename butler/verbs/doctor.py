"""`butler doctor`: what `butler run` needs, checked one thing a line."""

from __future__ import annotations

from argparse import Namespace

from butler.channels.terminal import printable
from butler.doctor import findings
from butler.verbs.output import say
from butler.verbs.setting_up import config_of, data_of, log_to_stderr


def run(options: Namespace) -> int:
    """Return 0 when all is well, else 1."""
    log_to_stderr()
    problems = 0
    for finding in findings(data_of(options), lambda: config_of(options)):
        problems += not finding.ok
        say(printable(f"{'ok' if finding.ok else 'problem':<8} {finding.name}: {finding.text.rstrip('.')}."))
    say("All is well." if not problems else "One problem." if problems == 1 else f"{problems} problems.")
    return 1 if problems else 0
