"""The `.env` files and the bot's token: where they are looked for, who wins, and that no error shows the token."""

import os
from pathlib import Path
from typing import Any

import pytest

from butler.config import Config, ConfigError, load_config
from butler.data_folder import DataFolder
from tests.butler.process import run

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz_0123"
OTHER = "987654321:BBE-abcdefghijklmnopqrstuvwxyz_0123"


def load(data: Path, environ: dict[str, str] | None = None, **more: Any) -> Config:
    return load_config(DataFolder(data), environ=environ or {}, **more)


def token(data: Path, environ: dict[str, str] | None = None, **more: Any) -> str:
    return load(data, environ, **more).telegram.token.reveal()


def write(folder: Path, content: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / ".env").write_text(content, encoding="utf-8")


def test_without_one_there_is_no_token(tmp_path: Path) -> None:
    assert not load(tmp_path).telegram.token


def test_the_environment_wins_over_the_working_folder_which_wins_over_the_data_folder(tmp_path: Path) -> None:
    data, working = tmp_path / "data", tmp_path / "working"
    write(data, f"TELEGRAM_BOT_TOKEN={OTHER}\n")
    assert token(data, working_folder=working) == OTHER
    write(working, f"# the bot\nexport TELEGRAM_BOT_TOKEN='{TOKEN}'\n")
    assert token(data, working_folder=working) == TOKEN
    assert token(data, {"TELEGRAM_BOT_TOKEN": OTHER}, working_folder=working) == OTHER


def test_a_token_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    assert token(tmp_path, {"TELEGRAM_BOT_TOKEN_FILE": str(tmp_path / "token")}) == TOKEN
    write(tmp_path, "TELEGRAM_BOT_TOKEN_FILE=token\n")
    assert token(tmp_path) == TOKEN
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={OTHER}\n")
    assert token(tmp_path, {"TELEGRAM_BOT_TOKEN_FILE": str(tmp_path / "token")}) == TOKEN


def test_a_variable_of_the_configuration_may_stand_there_too(tmp_path: Path) -> None:
    write(tmp_path, "TELEGRAM_API_BASE=http://127.0.0.1:8081/\nBUTLER_HOUSEHOLD_TIME_ZONE=Mars\n")
    with pytest.raises(ConfigError, match=r"\.env: BUTLER_HOUSEHOLD_TIME_ZONE: household\.time_zone"):
        load(tmp_path)
    found = load(tmp_path, {"BUTLER_HOUSEHOLD_TIME_ZONE": "Asia/Tokyo"})
    assert found.telegram.api_base == "http://127.0.0.1:8081"
    assert str(found.household.time_zone) == "Asia/Tokyo"


def test_what_a_file_says_is_not_put_into_the_environment(tmp_path: Path) -> None:
    write(tmp_path, f"TELEGRAM_BOT_TOKEN={TOKEN}\n")
    before = dict(os.environ)
    load(tmp_path)
    assert dict(os.environ) == before


def test_a_token_is_taken_as_it_stands_and_not_put_together(tmp_path: Path) -> None:
    write(tmp_path, f"PART={TOKEN}\nTELEGRAM_BOT_TOKEN=${{PART}}\n")
    with pytest.raises(ConfigError, match="no bot token"):
        load(tmp_path)


def test_a_folder_named_env_is_no_such_file(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert not load(tmp_path).telegram.token


@pytest.mark.parametrize(
    "wrong", [f"{TOKEN} {TOKEN}", f"bot{TOKEN}", TOKEN.replace(":", ""), f"{TOKEN}/", f"“{TOKEN}”", "123456:short-one"]
)
def test_a_token_of_another_shape_is_an_error_that_does_not_show_it(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ConfigError, match="TELEGRAM_BOT_TOKEN: is no bot token") as caught:
        load(tmp_path, {"TELEGRAM_BOT_TOKEN": wrong})
    assert TOKEN[12:30] not in str(caught.value)
    assert "short-one" not in str(caught.value)


@pytest.mark.parametrize("content", [None, "", " \n"])
def test_a_file_for_the_token_that_is_missing_or_empty_is_told(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "token").write_text(content)
    with pytest.raises(ConfigError, match=r"TELEGRAM_BOT_TOKEN_FILE: the file .*token (cannot be read|is empty)"):
        load(tmp_path, {"TELEGRAM_BOT_TOKEN_FILE": str(tmp_path / "token")})


def test_a_token_where_a_files_name_belongs_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="names a file") as caught:
        load(tmp_path, {"TELEGRAM_BOT_TOKEN_FILE": TOKEN})
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize(
    "text", [f'[telegram]\ntoken = "{TOKEN}"', f'telegram = "{TOKEN}"', f"[telegram]\ntoken = {TOKEN}"]
)
def test_a_token_in_the_configuration_is_an_error_that_does_not_show_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(ConfigError, match=r"config\.toml") as caught:
        load(tmp_path)
    assert TOKEN[12:30] not in str(caught.value)


def test_a_token_in_the_configuration_is_told_where_it_belongs(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[telegram]\ntoken = "{TOKEN}"')
    with pytest.raises(ConfigError, match=r"TELEGRAM_BOT_TOKEN.*\.env"):
        load(tmp_path)


def test_a_token_in_the_address_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="TELEGRAM_API_BASE") as caught:
        load(tmp_path, {"TELEGRAM_API_BASE": f"https://api.telegram.org/bot{TOKEN}"})
    assert TOKEN not in str(caught.value)


def test_a_file_that_is_no_text_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match=r"\.env: is not UTF-8 text"):
        load(tmp_path)


def test_a_command_with_a_wrong_token_ends_with_78_and_does_not_show_it(tmp_path: Path) -> None:
    done = run("chat", "--data", str(tmp_path), TELEGRAM_BOT_TOKEN=f"{TOKEN}!")
    assert done.returncode == 78
    assert "is no bot token" in done.stderr
    assert TOKEN not in done.stderr + done.stdout
