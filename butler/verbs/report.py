"""`butler report`: what there is to report to whoever asks, as `/report` sends it, on the screen."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime

from butler.channels.terminal import printable
from butler.conversation.reports.asking import NOTHING_NEW
from butler.conversation.reports.helping import measure_applied
from butler.conversation.reports.messages import insight_text
from butler.conversation.reports.sending import OUTCOME, report_for
from butler.verbs.output import say
from butler.verbs.setting_up import config_of, log_to_stderr
from butler.verbs.speaking import person_of
from store import insights, notices, open_store


def run(options: Namespace) -> int:
    """Print a report; what was shown is not reported to this person again, and what could not be written is."""
    log_to_stderr()
    config = config_of(options)
    at = datetime.now(UTC)
    with open_store(config.data.require_store()) as store:
        person = person_of(options, config, store)
        measure_applied(store, at)
        found = report_for(store, person.id, person.role, at, asked=True)
        for line in found.lines:
            say(printable(line))
            notices.plan(store, kind=OUTCOME, user=person.id, text=line, at=at)
        for insight in found.insights:
            say(printable(insight_text(insight, buttons=False)))
            insights.deliver(store, insight.id, person.id, at=at)
    if found.is_empty:
        say(NOTHING_NEW)
    return 0
