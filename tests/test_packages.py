"""What holds for the source as a whole: which way imports go, what the engine cannot reach, what no file may hold."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BELOW = {"butler": {"engine", "store"}, "engine": {"store"}, "store": set[str]()}
OURS = {*BELOW, "golden", "bench", "tests"}
REACHING = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpcore",
    "httpx",
    "ollama",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "subprocess",
    "telegram",
    "telnetlib",
    "urllib",
    "urllib3",
    "websocket",
    "websockets",
    "xmlrpc",
}
LOCKS = ("requirements.lock", "requirements-dev.lock", "build.lock")
# Built from parts, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(
    "|".join(
        (
            r"(?<![\w.~/-])/(?:ro" + r"ot|ho" + r"me|Us" + r"ers)/[\w.-]+/",
            r"(?<![\w.~/-])/wo" + r"rk/\w",
            r"(?<![\w.~/-])/o" + r"pt/\w",
            r"[A-Z]:\\Us" + r"ers\\",
        )
    )
)


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    return names_in(path.read_text("utf-8"), path.relative_to(ROOT).parent.parts)


def names_in(source: str, package: tuple[str, ...]) -> Iterator[str]:
    """Yield the full name of everything a module of `package` imports, also inside functions and by name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join((*base, *([node.module] if node.module else [])))
            yield from (f"{origin}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("__import__", "import_module")):
            name = node.args[0]
            yield str(name.value) if isinstance(name, ast.Constant) else "unknown"


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("package", sorted(BELOW))
def test_imports_go_one_way(package: str) -> None:
    """Butler imports the engine, the engine the store, and neither the other way round."""
    allowed = BELOW[package] | {package}
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in modules(package)
        for name in imported(path)
        if name.split(".")[0] in OURS - allowed
    }
    assert modules(package)
    assert not wrong


@pytest.mark.parametrize("package", ["engine", "store"])
def test_nothing_in_the_engine_or_store_can_reach_a_device(package: str) -> None:
    """No module beside the language model's port imports a way out of the process."""
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in modules(package)
        if (ROOT / "engine" / "llm") not in path.parents
        for name in imported(path)
        if name.split(".")[0] in REACHING or name == "unknown"
    }
    assert not wrong


def test_the_walk_sees_every_kind_of_import() -> None:
    """The two tests above would notice a plain, a relative, a local and a dynamic import."""
    source = (
        "import socket\nfrom ..home import port\ndef f():\n    import http.client\nimportlib.import_module('ssl')\n"
    )
    found = set(names_in(source, ("butler", "channels")))
    assert found == {"socket", "butler.home.port", "http.client", "ssl"}


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_version_and_hashes_and_no_host_is_named(name: str) -> None:
    """A lock file says what is installed and never where from."""
    text = (ROOT / name).read_text("utf-8")
    requirements = [block.replace("\\\n", " ") for block in re.split(r"\n(?=\S)", text.strip())]
    assert requirements
    for requirement in requirements:
        assert re.match(r"[a-z0-9.-]+==\S+", requirement), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", requirement), requirement
    assert not re.search(r"://|index-url|find-links|trusted-host|(?:^|\s)[./~]+/", text)


def test_the_locks_agree_on_every_package_they_share() -> None:
    """Installing one lock after another changes no version."""
    versions: dict[str, set[str]] = {}
    for name in LOCKS:
        pinned: dict[str, set[str]] = {}
        for package, version in re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE):
            pinned.setdefault(package, set()).add(version)
        for package, found in pinned.items():
            assert versions.setdefault(package, found) == found, package


def test_no_file_holds_a_path_of_somebodys_machine() -> None:
    """What is committed works on any machine and tells of none."""
    wrong = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in tracked()
        if (found := MACHINE_PATH.search(path.read_bytes().decode("utf-8", "ignore")))
    ]
    assert not wrong


@pytest.mark.parametrize(
    "path", ["/ro" + "ot/notes/", "see /wo" + "rk/main", "/ho" + "me/ana/x", "C:\\Us" + "ers\\ana"]
)
def test_paths_of_a_machine_are_recognised(path: str) -> None:
    """The test above would notice each of the usual places."""
    assert MACHINE_PATH.search(path)
