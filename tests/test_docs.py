"""The guides name what there is: every verb, every slash command, every file they link to."""

import re
import tomllib
from pathlib import Path

import pytest

from butler.cli import VERBS
from butler.config import KEYS
from butler.conversation.command_table import COMMANDS
from butler.conversation.messages import Role

ROOT = Path(__file__).resolve().parents[1]
NOT_OURS = {"newbot", "revoke", "setprivacy", "data"}  # BotFather's commands, and a folder
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def text_of(*names: str) -> str:
    return "\n".join((ROOT / name).read_text("utf-8") for name in names)


def test_the_admin_guide_names_every_verb() -> None:
    guide = text_of("docs/admin-guide.md")
    assert [verb.name for verb in VERBS if f"`butler {verb.name}" not in guide] == []


def test_the_user_guide_names_every_command_that_all_may_use() -> None:
    guide = text_of("docs/user-guide.md")
    assert [c.name for c in COMMANDS if c.least is not Role.ADMIN and f"`/{c.name}" not in guide] == []


def test_the_admin_guide_names_every_command_of_admins() -> None:
    guide = text_of("docs/admin-guide.md").replace("\\|", "|")
    assert [c.name for c in COMMANDS if c.least is Role.ADMIN and f"`{c.usage}`" not in guide] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_command_in_a_guide_is_one(guide: Path) -> None:
    text = guide.read_text("utf-8")
    called = re.findall(r"(?:`|^\$ )butler ([a-z]+(?:-[a-z]+)?)", text, re.MULTILINE)
    assert set(called) - {verb.name for verb in VERBS} == set()
    written = re.findall(r"`/([a-z]+)(?= |`)", text)
    assert set(written) - {command.name for command in COMMANDS} - NOT_OURS == set()


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_file_a_guide_links_to_is_there(guide: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", guide.read_text("utf-8"))
    assert [link for link in links if "://" not in link and not (guide.parent / link).exists()] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_key_a_guide_shows_is_one(guide: Path) -> None:
    shown = re.findall(r"```toml\n(.*?)```", guide.read_text("utf-8"), re.DOTALL)
    keys = {f"{section}.{name}" for block in shown for section, table in tomllib.loads(block).items() for name in table}
    assert keys - {key.path for key in KEYS} == set()


def test_the_container_is_made_of_files_that_are_there() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text_of("deploy/Dockerfile"), re.MULTILINE)
    names = [name for line in copied for name in line.split()]
    assert names
    assert [name for name in names if not (ROOT / name).exists()] == []
    allowed = text_of("deploy/Dockerfile.dockerignore").splitlines()
    assert [name for name in names if f"!{name.rstrip('/')}" not in allowed] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_no_guide_leaves_a_blank_to_fill_in(guide: Path) -> None:
    """What a reader is to choose is named in a sentence; capitals with dashes are a template's."""
    assert re.findall(r"\b[A-Z]+(?:-[A-Z]+){2,}\b", guide.read_text("utf-8")) == []
