"""Which home is run: the configured one, and what only the demo home does is refused elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from butler.clock import SystemClock
from butler.config import Config, ConfigError, load_config
from butler.data_folder import DataFolder
from butler.home import DemoHome
from butler.home.assistant import AssistantHome
from butler.homes import NoDemoHomeError, demo_of, look, opened, problem_of
from tests.home_assistant.houses import EVERYTHING
from tests.home_assistant.stand_in import TOKEN, StandIn

URL = "http://127.0.0.1:1"


def load(folder: Path, **environ: str) -> Config:
    return load_config(DataFolder(folder), environ=environ)


def test_without_an_address_the_demo_home_is_run(tmp_path: Path) -> None:
    config = load(tmp_path)
    assert config.home_assistant.url is None
    with opened(config, SystemClock()) as home:
        assert isinstance(home, DemoHome)
        assert demo_of(home, "reset") is home
        assert problem_of(home) is None


def test_with_an_address_and_a_token_home_assistant_is_run(tmp_path: Path) -> None:
    config = load(tmp_path, HOME_ASSISTANT_URL=URL, HOME_ASSISTANT_TOKEN=TOKEN)
    with opened(config, SystemClock()) as home:
        assert isinstance(home, AssistantHome)
        assert problem_of(home)
        with pytest.raises(NoDemoHomeError, match="set is for the demo home"):
            demo_of(home, "set")


def test_an_address_without_a_token_is_an_error_that_says_where_it_belongs(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="HOME_ASSISTANT_TOKEN"):
        load(tmp_path, HOME_ASSISTANT_URL=URL)


def test_the_token_may_lie_in_a_file_and_is_shown_nowhere(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    config = load(tmp_path, HOME_ASSISTANT_URL=URL, HOME_ASSISTANT_TOKEN_FILE=str(tmp_path / "token"))
    assert config.home_assistant.token.reveal() == TOKEN
    assert TOKEN not in repr(config)


@pytest.mark.parametrize("token", ["zwei worte", "schlüssel"])
def test_what_is_no_token_is_refused_without_showing_it(tmp_path: Path, token: str) -> None:
    with pytest.raises(ConfigError, match="no token") as caught:
        load(tmp_path, HOME_ASSISTANT_URL=URL, HOME_ASSISTANT_TOKEN=token)
    assert token not in str(caught.value)


def test_a_token_in_a_configuration_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[home]\ntoken = "{TOKEN}"\n')
    with pytest.raises(ConfigError, match="does not belong"):
        load(tmp_path)


def test_a_home_file_wins_over_home_assistant_and_says_so(tmp_path: Path) -> None:
    config = load(
        tmp_path, HOME_ASSISTANT_URL=URL, HOME_ASSISTANT_TOKEN=TOKEN, BUTLER_HOME_FILE=str(tmp_path / "house.json")
    )
    assert config.home_assistant.url is None
    assert any("Home Assistant is not used" in warning for warning in config.warnings)


def test_a_look_from_the_command_line_sees_the_house(tmp_path: Path) -> None:
    server = StandIn(EVERYTHING)
    try:
        config = load(tmp_path, HOME_ASSISTANT_URL=server.address.url, HOME_ASSISTANT_TOKEN=TOKEN)
        assert look(config).by_id["light.table"].name == "Table Lamp"
    finally:
        server.close()
