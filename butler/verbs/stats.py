"""`butler stats`: how understanding went week by week, and the learning curve as a picture."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime

from butler.conversation.weekly import NO_TURNS, table
from butler.failures import UsageError
from butler.learning_curve import draw
from butler.verbs.output import say
from butler.verbs.setting_up import config_of, data_of
from store import open_store
from store.statistics import weekly

_MOST_WEEKS = 520


def run(options: Namespace) -> int:
    """Print the table, and write the picture where one is asked for."""
    if not 1 <= options.weeks <= _MOST_WEEKS:
        raise UsageError(f"--weeks must be between 1 and {_MOST_WEEKS}")
    zone = config_of(options).household.time_zone
    with open_store(data_of(options).require_store()) as store:
        weeks = weekly(store, datetime.now(UTC), zone, options.weeks)
    if not weeks:
        say(NO_TURNS)
        return 0
    for line in table(weeks):
        say(line)
    if options.png:
        try:
            options.png.write_bytes(draw(weeks))
        except OSError as error:
            raise UsageError(f"{options.png} cannot be written: {error.strerror}") from error
    return 0
