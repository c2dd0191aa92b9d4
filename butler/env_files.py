"""The `.env` files: variables that count as environment and are not put into it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from butler.config_values import ConfigError


@dataclass(frozen=True)
class EnvFile:
    """A file of variables."""

    file: Path
    variables: Mapping[str, str]


def env_files(*folders: Path | None) -> Iterator[EnvFile]:
    """Yield the `.env` of each folder that has one; raises ConfigError."""
    for folder in dict.fromkeys(folder for folder in folders if folder):
        file = folder / ".env"
        if not _is_there(file):
            continue
        try:
            yield EnvFile(file, _variables(file.read_text(encoding="utf-8-sig")))
        except OSError as exc:
            raise ConfigError(str(file), "", f"cannot be read ({exc.strerror})") from exc
        except UnicodeDecodeError:
            # Without its cause: that one carries the whole file.
            raise ConfigError(str(file), "", "is not UTF-8 text") from None


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # a folder that is not ours to look into, such as the one of whoever called sudo
        return False


def _variables(content: str) -> dict[str, str]:
    from dotenv import dotenv_values  # noqa: PLC0415 - most households have no such file

    # Taken as they stand: a token is never put together from other variables.
    return {
        name: value for name, value in dotenv_values(stream=io.StringIO(content), interpolate=False).items() if value
    }
