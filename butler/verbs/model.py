"""`butler model fetch [NAME]`: the only command that downloads anything."""

from __future__ import annotations

from argparse import Namespace

from butler.verbs.output import say
from butler.verbs.setting_up import config_of
from engine.embedding import fetch


def run(options: Namespace) -> int:
    """Download a model into the data folder, unless it is there."""
    config = config_of(options)
    name = options.name or config.embedding_model
    files = fetch(name, config.data.models)
    say(f"The embedding model {name} is on this machine (SHA-256 {files.sha256}).")
    if name != config.embedding_model:
        say(f'To use it, write under [embedding] in {config.data.config}: model = "{name}"')
    return 0
