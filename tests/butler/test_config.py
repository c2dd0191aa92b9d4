"""The configuration: who wins, what is wrong where, and that the shipped file tells all."""

import tomllib
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from butler.config import KEYS, Config, ConfigError, Telegram, load_config, packaged_config
from butler.conversation.messages import Role
from butler.data_folder import DataFolder
from butler.secret import Secret


def load(folder: Path, environ: dict[str, str] | None = None, **more: Any) -> Config:
    return load_config(DataFolder(folder), environ=environ or {}, **more)


def test_without_anything_the_shipped_file_decides(tmp_path: Path) -> None:
    found = load(tmp_path)
    assert found.household.names == ("Butler",)
    assert found.home_file is None
    assert not found.ollama.enabled
    assert (found.quiet_hours.start, found.quiet_hours.end) == (time(22), time(7))
    assert found.warnings == ()


def test_the_shipped_file_names_every_key_with_its_environment_variable() -> None:
    text = packaged_config().read_text("utf-8")
    document = tomllib.loads(text)
    assert {f"{section}.{name}" for section, table in document.items() for name in table} == {k.path for k in KEYS}
    assert [key.environment for key in KEYS if key.environment not in text] == []


def test_each_layer_wins_over_the_next(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    layers = {
        "flag": {"flags": {"embedding.model": "flag"}},
        "variable": {"environ": {"BUTLER_EMBEDDING_MODEL": "variable"}},
        "file": {"file": other},
    }
    other.write_text('[embedding]\nmodel = "file"\n')
    (tmp_path / "config.toml").write_text('[embedding]\nmodel = "folder"\n')
    for winner in [*layers, "folder"]:
        given = {key: value for layer in layers.values() for key, value in layer.items()}
        assert load(tmp_path, **given).embedding_model == winner
        layers.pop(winner, None)
    (tmp_path / "config.toml").unlink()
    assert load(tmp_path).embedding_model == "bundled"


def test_a_flag_that_was_not_given_and_an_empty_variable_decide_nothing(tmp_path: Path) -> None:
    found = load(tmp_path, {"BUTLER_EMBEDDING_MODEL": ""}, flags={"embedding.model": None})
    assert found.embedding_model == "bundled"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[household]\ntime_zone = "Mars/Olympus"', "household.time_zone"),
        ('[household]\nname = ""', "household.name"),
        ("[household]\nname = 7", "household.name"),
        ("household = 7", "household"),
        ('[ollama]\nenabled = "perhaps"', "ollama.enabled"),
        ('[quiet_hours]\nstart = "late"', "quiet_hours.start"),
        ("[risk]\nguarded_entities = [1]", "risk.guarded_entities"),
        ("[household]\ninvitation_hours = 0", "household.invitation_hours"),
        ("[household]\ninvitation_hours = true", "household.invitation_hours"),
        ("[household]\nlatitude = 91\nlongitude = 0", "household.latitude"),
        ("[household]\nlatitude = 'north'\nlongitude = 0", "household.latitude"),
        ("[household]\nlatitude = true\nlongitude = 0", "household.latitude"),
        ("[household]\nlatitude = 52.5", "household.longitude"),
        ('[telegram]\napi_base = "api.telegram.org"', "telegram.api_base"),
        ('[telegram]\napi_base = ""', "telegram.api_base"),
        ('[telegram]\nwebhook_url = "https://me:secret@example.org"', "telegram.webhook_url"),
        ("[telegram]\nwebhook_port = 70000", "telegram.webhook_port"),
        ('[speech]\nwyoming = "127.0.0.1:0"', "speech.wyoming"),
        ('[speech]\nwyoming = "http://127.0.0.1:10300"', "speech.wyoming"),
        ('[people]\nadmins = ["ana"]\nguests = ["ana"]', "people.guests"),
    ],
)
def test_an_error_names_the_key(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert caught.value.key == key
    assert key in str(caught.value)


def test_an_error_names_the_file_or_the_variable_it_stands_in(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[household]\nname = ""')
    with pytest.raises(ConfigError, match=r"config\.toml: household\.name"):
        load(tmp_path)
    with pytest.raises(ConfigError, match=r"BUTLER_HOUSEHOLD_TIME_ZONE: household\.time_zone"):
        load(tmp_path, {"BUTLER_HOUSEHOLD_NAME": "James", "BUTLER_HOUSEHOLD_TIME_ZONE": "Nowhere"})


@pytest.mark.parametrize("content", [b"[household", b"\xff\xfe", b"a = " + b"[" * 100_000])
def test_a_file_that_is_no_toml_is_told_by_its_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "config.toml").write_bytes(content)
    with pytest.raises(ConfigError, match=r"config\.toml"):
        load(tmp_path)


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml: cannot be read"):
        load(tmp_path, file=tmp_path / "nowhere.toml")


def test_unknown_keys_are_warned_of_and_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('colour = "red"\n[household]\nnmae = "James"\n[garden]\nsize = 3\n')
    found = load(tmp_path)
    assert found.household.names == ("Butler",)
    assert [warning.split()[-3] for warning in found.warnings] == ["colour", "household.nmae", "garden"]


def test_the_zone_is_the_configured_one_then_the_systems_then_utc(tmp_path: Path) -> None:
    berlin = {"TZ": "Europe/Berlin"}
    configured = {**berlin, "BUTLER_HOUSEHOLD_TIME_ZONE": "Asia/Tokyo"}
    assert str(load(tmp_path, configured).household.time_zone) == "Asia/Tokyo"
    assert load(tmp_path, berlin).household.time_zone == ZoneInfo("Europe/Berlin")
    assert str(load(tmp_path).household.time_zone) == "UTC"
    assert str(load(tmp_path, berlin, zone_of_system=False).household.time_zone) == "UTC"


def test_a_system_zone_that_has_no_name_is_warned_of(tmp_path: Path) -> None:
    found = load(tmp_path, {"TZ": "CET-1CEST,M3.5.0"})
    assert str(found.household.time_zone) == "UTC"
    assert "TZ" in found.warnings[0]


def test_the_name_of_a_server_turns_nothing_on(tmp_path: Path) -> None:
    found = load(tmp_path, {"OLLAMA_HOST": "http://elsewhere:1"})
    assert (found.ollama.enabled, found.ollama.host) == (False, "http://elsewhere:1")
    assert load(tmp_path, {"BUTLER_OLLAMA": "1"}).ollama.enabled


def test_a_home_file_lies_beside_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[home]\nfile = "house.json"\n')
    assert load(tmp_path).home_file == tmp_path / "house.json"


def test_roles_are_case_sensitive_and_everybody_else_is_a_resident(tmp_path: Path) -> None:
    people = load(tmp_path, {"BUTLER_PEOPLE_ADMINS": "ana, Bo"}, flags={"people.guests": ["cy"]}).people
    roles = [people.role_of(user) for user in ("ana", "Ana", "Bo", "cy")]
    assert roles == [Role.ADMIN, Role.RESIDENT, Role.ADMIN, Role.GUEST]


def test_what_is_guarded_is_what_the_configuration_says(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[risk]\nguarded_entities = ["switch.heater"]\nguarded_domains = ["lock"]\n')
    risk = load(tmp_path).risk
    assert risk.entities == {"switch.heater"}
    assert risk.domains == {"lock"}
    assert risk.read_only_domains == {"alarm_control_panel", "siren"}


def test_without_anything_telegram_is_polled_at_its_own_address(tmp_path: Path) -> None:
    found = load(tmp_path)
    assert found.telegram == Telegram(Secret(""), "https://api.telegram.org", None, "127.0.0.1", 8443)
    assert found.speech.host is None
    assert found.household.invitation_hours == 24


def test_an_address_has_no_slash_at_its_end(tmp_path: Path) -> None:
    given = {"TELEGRAM_API_BASE": "http://127.0.0.1:8081/", "BUTLER_TELEGRAM_WEBHOOK_URL": "https://example.org/hook/"}
    found = load(tmp_path, given).telegram
    assert (found.api_base, found.webhook_url) == ("http://127.0.0.1:8081", "https://example.org/hook")


@pytest.mark.parametrize(
    ("given", "host", "port"),
    [("", None, 10300), ("whisper", "whisper", 10300), ("tcp://10.0.0.7:1", "10.0.0.7", 1), ("[::1]:2", "::1", 2)],
)
def test_a_speech_server_is_a_host_and_a_port(tmp_path: Path, given: str, host: str | None, port: int) -> None:
    (tmp_path / "config.toml").write_text(f'[speech]\nwyoming = "{given}"\n')
    found = load(tmp_path).speech
    assert (found.host, found.port) == (host, port)


def test_numbers_may_come_from_the_environment(tmp_path: Path) -> None:
    given = {"BUTLER_TELEGRAM_WEBHOOK_PORT": "8080", "BUTLER_HOUSEHOLD_INVITATION_HOURS": "48"}
    found = load(tmp_path, given)
    assert (found.telegram.webhook_port, found.household.invitation_hours) == (8080, 48)
    with pytest.raises(ConfigError, match="BUTLER_TELEGRAM_WEBHOOK_PORT"):
        load(tmp_path, {"BUTLER_TELEGRAM_WEBHOOK_PORT": "many"})
