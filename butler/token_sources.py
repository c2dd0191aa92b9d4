"""Where tokens come from: the environment, a file that it names, or a `.env`; never a configuration file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from butler.config_values import ConfigError
from butler.env_files import EnvFile

_LONGEST = 4_096
"""Bytes of a token's file that are read."""


@dataclass(frozen=True)
class TokenSource:
    """A token by its variable; NAME_FILE names a file with it. `shape` is how it looks, `what` what it is called."""

    variable: str
    shape: re.Pattern[str]
    what: str

    @property
    def file_variable(self) -> str:
        """The variable that names a file."""
        return f"{self.variable}_FILE"

    @property
    def where_it_belongs(self) -> str:
        """What to do with a token that one has."""
        return (
            f"put it into the environment variable {self.variable}, into a file that {self.file_variable} names, "
            f"or into a file .env in the data folder"
        )

    def find(self, environ: Mapping[str, str], files: Sequence[EnvFile]) -> tuple[str, str] | None:
        """Return where the token was found, and the token; raises ConfigError, which never shows it.

        The environment comes before the `.env` files, and a variable with the token before one that names its file.
        """
        found = self._named(environ, "", Path.cwd())
        for each in files:
            found = found or self._named(each.variables, f"{each.file}: ", each.file.parent)
        return found

    def _named(self, variables: Mapping[str, str], prefix: str, folder: Path) -> tuple[str, str] | None:
        if token := variables.get(self.variable, "").strip():
            return prefix + self.variable, token
        if not (name := variables.get(self.file_variable, "").strip()):
            return None
        origin = prefix + self.file_variable
        if self.shape.search(name):
            raise ConfigError(origin, "", f"names a file; the token itself goes into {self.variable}")
        file = folder / Path(name).expanduser()
        return f"{origin}={file}", self._content(file, origin)

    def _content(self, file: Path, origin: str) -> str:
        try:
            with file.open("rb") as opened:
                content = opened.read(_LONGEST).decode("utf-8-sig", "replace").strip()
        except OSError as exc:
            raise ConfigError(origin, "", f"the file {file} cannot be read ({exc.strerror})") from exc
        if not content:
            raise ConfigError(origin, "", f"the file {file} is empty; it has to hold {self.what}")
        return content
