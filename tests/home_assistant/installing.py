"""Installs Home Assistant from its package into a cache folder, beside Butler's own environment.

`python -m tests.home_assistant.installing` does it and prints the interpreter; `--find` prints only the Python 3.13 it
would take, and exits with 3 where there is none. HOME_ASSISTANT_PYTHON names another one, BUTLER_TEST_CACHE another
folder than the user's cache.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

VERSION = "2025.4.4"
NEEDS = "3.13"
NO_PYTHON = 3
_INTEGRATIONS = (
    "analytics api application_credentials assist_pipeline automation backup brands calendar config conversation "
    "frontend hardware hassio homeassistant image_processing input_boolean input_button input_datetime input_number "
    "input_select input_text intent labs logger network person scene schedule script stt system_health tag timer todo "
    "tts valve weather websocket_api zone camera"
).split()
_NO_FRONTEND = """
import pathlib


def where():
    return pathlib.Path(__file__).parent
"""


def cache() -> Path:
    """Return the folder of what was installed, which lies outside the checkout."""
    named = os.environ.get("BUTLER_TEST_CACHE")
    folder = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(named) if named else Path(folder) / "butler-tests"


def python() -> Path | None:
    """Return a Python 3.13, or None where there is none."""
    roots = sorted(Path.home().glob(f".pyenv/versions/{NEEDS}.*/bin/python"))
    named = [os.environ.get("HOME_ASSISTANT_PYTHON"), shutil.which(f"python{NEEDS}"), *map(str, roots)]
    return next((Path(name) for name in named if name and _is_right(name)), None)


def installed() -> Path:
    """Return the interpreter of an environment that has Home Assistant, which is made the first time."""
    found = python()
    if found is None:
        raise SystemExit(NO_PYTHON)
    folder = cache() / f"home-assistant-{VERSION}"
    mine = folder / "bin" / "python"
    done = folder / "installed"
    if not done.exists():
        _install(found, folder, mine)
        done.touch()
    return mine


def _is_right(name: str) -> bool:
    try:
        told = subprocess.run([name, "-V"], capture_output=True, text=True, timeout=20, check=False).stdout
    except OSError:
        return False
    return told.startswith(f"Python {NEEDS}.")


def _install(found: Path, folder: Path, mine: Path) -> None:
    _run(found, "-m", "venv", "--clear", folder)
    _run(mine, "-m", "pip", "install", "-q", "uv")
    _run(mine, "-m", "uv", "pip", "install", "-q", "--python", mine, f"homeassistant=={VERSION}")
    package = next(folder.glob("lib/python3*/site-packages/homeassistant"))
    needed = sorted(_requirements(package))
    limits = package / "package_constraints.txt"
    _run(mine, "-m", "uv", "pip", "install", "-q", "--python", mine, "-c", limits, *needed)
    _stand_in_for_pages(package.parent / "hass_frontend")


def _requirements(package: Path) -> Iterable[str]:
    """Yield what the integrations need that a start loads; Home Assistant would download it itself, one by one."""
    seen: set[str] = set()
    waiting = [*_INTEGRATIONS, *_default_integrations(package / "bootstrap.py")]
    while waiting:
        manifest = package / "components" / waiting.pop() / "manifest.json"
        if manifest.parent.name in seen or not manifest.exists():
            continue
        seen.add(manifest.parent.name)
        told = json.loads(manifest.read_text("utf-8"))
        yield from (row for row in told.get("requirements", ()) if not row.startswith("home-assistant-frontend"))
        waiting += told.get("dependencies", ())


def _default_integrations(bootstrap: Path) -> list[str]:
    for node in ast.parse(bootstrap.read_text("utf-8")).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and target.id == "DEFAULT_INTEGRATIONS" and node.value is not None:
                return [each.value for each in ast.walk(node.value) if isinstance(each, ast.Constant)]
    return []


def _stand_in_for_pages(folder: Path) -> None:
    """Put an empty package in the place of the pages, which weigh 200 MB and without which nothing starts."""
    for name in ("static", "frontend_latest", "frontend_es5"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    pages = "service_worker.js sw-modern.js sw-legacy.js robots.txt onboarding.html authorize.html index.html"
    for name in pages.split():
        (folder / name).touch()
    (folder / "__init__.py").write_text(_NO_FRONTEND)


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=sys.stderr, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    if "--find" in sys.argv:
        there = python()
        sys.stdout.write(f"{there}\n" if there else "")
        sys.exit(0 if there else NO_PYTHON)
    sys.stdout.write(f"{installed()}\n")
