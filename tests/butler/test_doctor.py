"""`butler doctor`: each thing that can be wrong is told with what to do, and the token never."""

import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

import pytest
from wyoming.event import Event, read_event, write_event

from butler.cli import main
from butler.data_folder import DataFolder
from store import open_store

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz_0123"
HIDDEN = TOKEN.partition(":")[2]
ME = {"ok": True, "result": {"id": 123456789, "username": "house_bot", "can_read_all_group_messages": False}}


@contextmanager
def serving(server: ThreadingTCPServer | ThreadingHTTPServer) -> Iterator[str]:
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def bot_api(status: int = 200, answer: bytes | None = None) -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path == f"/bot{TOKEN}/getMe"
            self.send_response(status if known else 404)
            self.end_headers()
            self.wfile.write(json.dumps(ME).encode() if answer is None else answer)

        def log_message(self, *_: Any) -> None:
            pass

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Answer)) as where:
        yield f"http://{where}"


@contextmanager
def speech_server(*programs: str) -> Iterator[str]:
    class Answer(StreamRequestHandler):
        def handle(self) -> None:
            asked = read_event(self.rfile)  # type: ignore[arg-type]  # a buffered reader is one
            assert asked is not None
            assert asked.type == "describe"
            write_event(Event("info", {"asr": [{"name": name} for name in programs]}), self.wfile)  # type: ignore[arg-type]  # so is a writer

    with serving(ThreadingTCPServer(("127.0.0.1", 0), Answer)) as where:
        yield where


@pytest.fixture(autouse=True)
def _well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("http_proxy", "HTTP_PROXY", "TELEGRAM_BOT_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BUTLER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BUTLER_HOUSEHOLD_TIME_ZONE", "Europe/Berlin")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_BASE", "http://127.0.0.1:1")


def examined(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """Return the exit code, and each check's word and text."""
    code = main(["doctor", *arguments])
    shown = capsys.readouterr()
    assert HIDDEN not in shown.out + shown.err
    lines = [line.split(maxsplit=1) for line in shown.out.splitlines() if line.startswith(("ok ", "problem "))]
    return code, {rest.partition(": ")[0]: (word, rest.partition(": ")[2]) for word, rest in lines}


def test_where_all_is_well_it_ends_with_0(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    open_store(tmp_path / "data" / "butler.db").close()
    with bot_api() as api, speech_server("whisper") as speech:
        monkeypatch.setenv("TELEGRAM_API_BASE", api)
        monkeypatch.setenv("BUTLER_SPEECH_WYOMING", speech)
        code, found = examined(capsys)
    assert {word for word, _ in found.values()} == {"ok"}
    assert code == 0
    assert "@house_bot" in found["telegram"][1]
    assert "whisper" in found["speech"][1]
    assert "Europe/Berlin" in found["time zone"][1]
    assert "sound" in found["store"][1]


@pytest.mark.parametrize(
    ("status", "answer", "told"),
    [
        (401, None, "does not know this token"),
        (502, b"<html>", "HTTP 502"),
        (200, b"<html>", "does not answer as such a server does"),
        (200, b"[]", "does not answer as such a server does"),
    ],
)
def test_a_bot_api_that_refuses_is_told(
    status: int,
    answer: bytes | None,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with bot_api(status, answer) as api:
        monkeypatch.setenv("TELEGRAM_API_BASE", api)
        code, found = examined(capsys)
    assert code == 1
    assert found["telegram"][0] == "problem"
    assert told in found["telegram"][1]


def test_what_a_check_says_ends_with_one_full_stop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data" / "butler.db").mkdir(parents=True)
    code, found = examined(capsys)
    assert code == 1
    assert found["store"][0] == "problem"
    assert [text for _, text in found.values() if not text.endswith(".") or text.endswith("..")] == []


@pytest.mark.parametrize(
    ("variable", "value", "check", "told"),
    [
        ("TELEGRAM_API_BASE", "http://127.0.0.1:1", "telegram", "cannot be reached (Connection refused)"),
        ("TELEGRAM_BOT_TOKEN", "", "token", "BotFather"),
        ("TELEGRAM_BOT_TOKEN", f"{TOKEN}!", "configuration", "is no bot token"),
        ("BUTLER_HOUSEHOLD_TIME_ZONE", "", "time zone", "time_zone ="),
        ("BUTLER_HOME_FILE", "nowhere.json", "home", "nowhere.json"),
        ("BUTLER_EMBEDDING_MODEL", "no-such-model", "model", "no-such-model"),
        ("BUTLER_SPEECH_WYOMING", "127.0.0.1:1", "speech", "cannot be reached"),
        ("BUTLER_DATA", "/dev/null/data", "data folder", "/dev/null is no folder"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(  # noqa: PLR0917
    variable: str,
    value: str,
    check: str,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setenv(variable, value)
    code, found = examined(capsys)
    assert code == 1
    assert found[check][0] == "problem"
    assert told in found[check][1]


def test_a_webhook_that_telegram_would_not_call_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUTLER_TELEGRAM_WEBHOOK_URL", "http://example.org/hook")
    assert examined(capsys)[1]["updates"][0] == "ok"  # a Bot API server of one's own calls any address
    monkeypatch.setenv("TELEGRAM_API_BASE", "https://api.telegram.org")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    assert examined(capsys)[1]["updates"][0] == "problem"


def test_a_server_that_writes_down_no_speech_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with speech_server() as speech:
        monkeypatch.setenv("BUTLER_SPEECH_WYOMING", speech)
        assert "writes down no speech" in examined(capsys)[1]["speech"][1]


def test_a_damaged_store_is_told_and_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "data" / "butler.db"
    store.parent.mkdir()
    store.write_bytes(b"not a database at all" * 500)
    assert examined(capsys)[1]["store"][0] == "problem"
    assert store.read_bytes() == b"not a database at all" * 500


def test_it_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    examined(capsys)
    assert list(tmp_path.iterdir()) == []


def test_it_may_be_called_while_butler_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with DataFolder(tmp_path / "data").held("run"), closing(open_store(tmp_path / "data" / "butler.db")):
        _, found = examined(capsys)
    assert "in use by `butler run` (process" in found["data folder"][1]
    assert found["store"][0] == "ok"
