"""`butler import`: what Home Assistant's own aliases bring into this house, and where they clash with taught words."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from butler.app import warn_of
from butler.channels.terminal import printable
from butler.conversation.phrasing import joined
from butler.failures import UsageError
from butler.homes import look
from butler.verbs.export import knowledge_of
from butler.verbs.output import say
from butler.verbs.setting_up import config_of, log_to_stderr
from engine.understanding.plain import plain
from engine.understanding.snapshot import Area, Entity, Floor, Snapshot
from engine.understanding.taught_names import Alias
from store import open_store


def run(options: Namespace) -> int:
    """Print the aliases that are taken in as base knowledge, and the words that were taught another meaning here."""
    log_to_stderr()
    config = config_of(options)
    warn_of(config)
    if config.home_assistant.url is None:
        raise UsageError("there is no Home Assistant to import from: set HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN")
    snapshot = look(config)
    with open_store(config.data.require_store()) as store:
        taught = knowledge_of(store).aliases
    named = [thing for thing in _things(snapshot) if thing.aliases]
    for thing in named:
        say(printable(f"{thing.name}: {joined(f'“{alias}”' for alias in sorted(thing.aliases))}"))
    for line in _clashes(named, taught, snapshot):
        say(printable(line))
    many = sum(len(thing.aliases) for thing in named)
    say(
        f"{many} aliases of {len(named)} things count as their own names here, and follow Home Assistant by themselves."
    )
    return 0


def _things(snapshot: Snapshot) -> Iterator[Entity | Area | Floor]:
    yield from snapshot.floors
    yield from snapshot.areas
    yield from (entity for entity in snapshot.entities if entity.exposed)


def _clashes(named: list[Entity | Area | Floor], taught: tuple[Alias, ...], snapshot: Snapshot) -> Iterator[str]:
    own = {plain(alias): thing for thing in named for alias in thing.aliases}
    for alias in taught:
        thing = own.get(plain(alias.phrase))
        target = snapshot.by_id.get(alias.target) or snapshot.areas_by_id.get(alias.target)
        if thing is not None and target is not None and thing is not target:
            yield (
                f"“{alias.phrase}” is {thing.name} in Home Assistant, and was taught here as {target.name} "
                f"(#{alias.improvement}): the taught word goes first."
            )
