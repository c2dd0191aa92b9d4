"""The command line: one table of verbs, their help, and how commands end."""

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from butler.cli import VERBS, Verb, main, parser
from butler.failures import EXIT_CODES, UsageError, exit_code, guarded
from store import StoreCorrupt, open_store
from store.errors import StoreError
from tests.butler.process import environment, run

HEAVY = ("numpy", "fastembed", "peewee", "hassil", "importlib.metadata")


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_verb_has_help_that_names_its_arguments(verb: Verb, capsys: pytest.CaptureFixture[str]) -> None:
    for called in ([verb.name], *([verb.name, part.name] for part in verb.parts)):
        with pytest.raises(SystemExit) as ended:
            main([*called, "--help"])
        assert ended.value.code == 0
    shown = capsys.readouterr().out
    arguments = [argument for one in (verb, *verb.parts) for argument in one.arguments]
    assert [a.names[-1] for a in arguments if a.names[-1].strip("-").lower() not in shown.lower()] == []


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_verb_has_a_module_that_carries_it_out(verb: Verb) -> None:
    assert callable(import_module(verb.module).run)


def test_help_names_every_verb() -> None:
    shown = parser().format_help()
    assert [verb.name for verb in VERBS if verb.help not in " ".join(shown.split())] == []


def test_help_imports_nothing_that_takes_long() -> None:
    asked = (
        f"import sys, butler.cli; butler.cli.parser().format_help(); print([m for m in {HEAVY} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, env=environment(), check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["chat", "--loud"],
        ["backup"],
        ["restore"],
        ["export-data"],
        ["model"],
        ["stdio", "--clock", "sand"],
        ["audit", "--improvement", "9" * 30],
        ["insights", "apply", "9" * 30],
        ["insights", "dismiss", f"-{'9' * 30}"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: butler" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("butler ")


def test_run_without_a_token_says_where_it_belongs(tmp_path: Path) -> None:
    done = run("run", "--data", str(tmp_path))
    assert done.returncode == 2
    assert "TELEGRAM_BOT_TOKEN" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_health_imports_nothing_that_takes_long(tmp_path: Path) -> None:
    asked = f"import sys; from butler.cli import main; main({['health', '--data', str(tmp_path)]})"
    code = f"{asked}; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "verb", [["history"], ["audit"], ["stats"], ["review"], ["aliases"], ["backup", "copy.db"], ["export-data", "ana"]]
)
def test_verbs_that_read_make_no_store(verb: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*verb, "--data", str(tmp_path / "none")]) == 66
    assert "butler.db" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_an_empty_store_has_no_history_and_no_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_store(tmp_path / "butler.db").close()
    assert main(["history", "--data", str(tmp_path)]) == 0
    assert main(["aliases", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "Nothing has been taught yet.\nNo names were taught yet.\n"


def test_a_backup_is_a_store_and_never_the_store_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_store(tmp_path / "butler.db").close()
    assert main(["backup", "--data", str(tmp_path), str(tmp_path / "copy.db")]) == 0
    open_store(tmp_path / "copy.db").close()
    assert main(["backup", "--data", str(tmp_path), str(tmp_path / "butler.db")]) == 2
    assert "the store itself" in capsys.readouterr().err
    assert main(["backup", "--data", str(tmp_path), str(tmp_path)]) == 2
    assert "is a folder" in capsys.readouterr().err
    os.mkfifo(tmp_path / "pipe")
    assert main(["backup", "--data", str(tmp_path), str(tmp_path / "pipe")]) == 2
    assert "no copy may replace" in capsys.readouterr().err
    assert (tmp_path / "pipe").is_fifo()


def test_a_store_that_is_damaged_ends_with_its_own_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "butler.db").write_bytes(b"not a database at all" * 500)
    assert main(["history", "--data", str(tmp_path)]) == StoreCorrupt.exit_code
    assert capsys.readouterr().err.startswith("butler: The store")


def test_a_wrong_key_of_the_configuration_ends_with_78(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "config.toml").write_text('[household]\nname = ""\n')
    assert main(["chat", "--data", str(tmp_path)]) == 78
    assert "household.name" in capsys.readouterr().err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), UsageError("no")])
def test_what_is_expected_to_go_wrong_ends_with_a_code(error: BaseException) -> None:
    def work() -> int:
        raise error

    assert guarded(work) in {2, 130}


def test_an_error_nobody_expects_is_not_hidden() -> None:
    def work() -> int:
        raise LookupError("a mistake of ours")

    with pytest.raises(LookupError):
        guarded(work)


def test_every_error_of_the_store_has_a_code_of_its_own_tree() -> None:
    kinds = [kind for kind, _ in EXIT_CODES]
    assert StoreError in kinds
    assert exit_code(StoreCorrupt("file")) == 65


def test_understand_answers_every_line_and_touches_nothing(tmp_path: Path) -> None:
    lines = ['{"text":"turn on the kitchen light"}', '{"text":""}', '{"words":"x"}', "nonsense"]
    given = "\n".join([*lines, '{"text":"hey butler, is the tv on"}'])
    done = run("understand", given=given, BUTLER_DATA=str(tmp_path / "none"))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [answer.get("intent") for answer in answers] == ["light_control", "out_of_scope", None, None, "state_query"]
    assert answers[0]["targets"] == ["light.kitchen"]
    assert answers[1]["reason"] == "empty"
    assert ["error" in answer for answer in answers] == [False, False, True, True, False]
    assert not (tmp_path / "none").exists()


def test_another_home_is_understood_by_its_own_names(tmp_path: Path) -> None:
    home = tmp_path / "home.json"
    home.write_text('{"entities":[{"entity_id":"light.moon","name":"Moon Lamp"}]}')
    done = run("understand", "--home", str(home), given='{"text":"turn on the moon lamp"}')
    assert json.loads(done.stdout)["targets"] == ["light.moon"]


def test_a_home_file_that_is_wrong_ends_with_78_and_names_the_key(tmp_path: Path) -> None:
    home = tmp_path / "home.json"
    home.write_text('{"entities":[{"entity_id":"moon","name":"Moon Lamp"}]}')
    done = run("stdio", "--home", str(home), "--data", str(tmp_path))
    assert done.returncode == 78
    assert "entities[0].entity_id" in done.stderr
    assert done.stdout == ""
