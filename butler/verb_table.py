"""The commands of the command line, declared once: what each takes, and the module that carries it out."""

from __future__ import annotations

from argparse import SUPPRESS
from collections.abc import Mapping
from dataclasses import dataclass, field
from keyword import iskeyword
from pathlib import Path
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class Argument:
    """One argument of a verb, as argparse takes it."""

    names: tuple[str, ...]
    options: Mapping[str, Any]


def _argument(*names: str, **options: Any) -> Argument:
    return Argument(names, MappingProxyType(options))


def number(text: str) -> int:
    """Return a whole number that the store can hold; raises ValueError, of which argparse makes its error."""
    value = int(text)
    if not -_BOUND <= value < _BOUND:
        raise ValueError(text)
    return value


_BOUND = 2**63
_DATA = _argument("--data", type=Path, metavar="DIR", help="the data folder (BUTLER_DATA; else the platform's own)")
_CONFIG = _argument("--config", type=Path, metavar="FILE", help="a configuration file to read before the usual ones")
_HOME = _argument("--home", metavar="FILE", help="a home file to run as the demo home")
_ADMIN = _argument("--admin", action="append", metavar="NAME", help="a user who is an admin; may be repeated")
_GUEST = _argument("--guest", action="append", metavar="NAME", help="a user who is a guest; may be repeated")
_CLOCK = _argument("--clock", choices=("system", "manual"), default="system", help="manual: time stands still")
_NOW = _argument("--now", metavar="ISO", help="what a manual clock shows at the start")
_USER = _argument("--user", metavar="NAME", help="who talks (your login name, who is an admin)")
_NUMBER = _argument("number", type=number, metavar="N", help="the insight's number")
# Where they are said before the part, the part leaves them as they are.
_DECIDES = (
    *(_argument(*one.names, **one.options, default=SUPPRESS) for one in (_DATA, _CONFIG, _USER)),
    _HOME,
    _NUMBER,
)
_LIMIT = _argument("--limit", type=number, default=20, metavar="N", help="how many to show (20)")


@dataclass(frozen=True)
class Verb:
    """One command: `module` has a function `run(options) -> int` that carries it out.

    A quick one is called often, and raises none of the errors that commands end with. One that stands `alone` may be
    called without any of its parts.
    """

    name: str
    help: str
    arguments: tuple[Argument, ...] = ()
    parts: tuple[Verb, ...] = field(default=())
    quick: bool = False
    alone: bool = False

    @property
    def module(self) -> str:
        """The module that carries the verb out; where Python has the word for itself, with an underscore behind it."""
        name = self.name.replace("-", "_")
        return f"butler.verbs.{name}{'_' if iskeyword(name) else ''}"


VERBS: tuple[Verb, ...] = (
    Verb("chat", "Talk to Butler in this terminal.", (_DATA, _CONFIG, _HOME, _USER, _ADMIN, _GUEST)),
    Verb(
        "stdio",
        "Answer JSON requests, one a line, from standard input; for other front ends and for tests.",
        (_DATA, _CONFIG, _HOME, _ADMIN, _GUEST, _CLOCK, _NOW),
    ),
    Verb("understand", 'Read {"text"} lines and write what each means, one a line; touches nothing.', (_CONFIG, _HOME)),
    Verb("run", "Serve the household's chats on Telegram.", (_DATA, _CONFIG, _HOME)),
    Verb(
        "doctor", "Check all that `butler run` needs, and say what to do about what is wrong.", (_DATA, _CONFIG, _HOME)
    ),
    Verb(
        "health",
        "Say whether the process that serves is well: exit code 0, or 1 with the reason.",
        (_DATA,),
        quick=True,
    ),
    Verb(
        "golden",
        "Measure understanding on the golden dataset, or add to the household's own golden cases.",
        (_CONFIG,),
        parts=(
            Verb(
                "add",
                "Add a sentence that must go on meaning what it means here.",
                (
                    _DATA,
                    _argument("utterance", metavar="UTTERANCE", help="what is said"),
                    _argument("--intent", required=True, metavar="INTENT", help='what it is about: "light_control"'),
                    _argument("--device", action="append", metavar="ID", help="what it acts on; may be repeated"),
                    _argument("--user", metavar="NAME", help="who says it, where it is a word of their own"),
                ),
            ),
        ),
        alone=True,
    ),
    Verb(
        "backup",
        "Copy the store to a file while it may be in use.",
        (_DATA, _argument("file", type=Path, metavar="FILE", help="where the copy goes; a file there is replaced")),
    ),
    Verb(
        "restore",
        "Put a copy of the store in the store's place; Butler must not be running.",
        (_DATA, _argument("file", type=Path, metavar="FILE", help="a copy that `butler backup` or an upgrade made")),
    ),
    Verb(
        "export-data",
        "Write what Butler keeps about a person to standard output, as JSON.",
        (_DATA, _argument("user", metavar="USER", help='a name, @username, or id such as "telegram:123456789"')),
    ),
    Verb(
        "export-logs",
        "Write the traces, of what was decided and how it went, as JSON Lines and without tokens.",
        (
            _DATA,
            _CONFIG,
            _argument("--format", choices=("jsonl",), default="jsonl", help="one JSON object a line"),
            _argument("--since", metavar="WHEN", help="not before a date, a time or a span such as 30d (all)"),
            _argument("--out", type=Path, metavar="FILE", help="a file (standard output)"),
        ),
    ),
    Verb(
        "maintenance",
        "Look after Butler's own records.",
        parts=(
            Verb(
                "cleanup",
                "Delete old traces, messages and notices; what was learned, tasks and the audit stay.",
                (
                    _DATA,
                    _argument("--older-than", required=True, metavar="SPAN", help="such as 180d, 26w or 4000h"),
                    _argument("--dry-run", action="store_true", help="only say how much it would be"),
                ),
            ),
            Verb(
                "scan",
                "Review the traces now: what is new of them, or those of an export.",
                (
                    _DATA,
                    _CONFIG,
                    _argument("--logs", action="store_true", help="what is scanned; there is nothing else yet"),
                    _argument("--from", dest="export", type=Path, metavar="EXPORT", help="a file of export-logs"),
                ),
            ),
            Verb("status", "Show when the traces were reviewed last, over how much, and what was found.", (_DATA,)),
        ),
    ),
    Verb(
        "model",
        "Look after the embedding model.",
        parts=(
            Verb(
                "fetch",
                "Download an embedding model into the data folder.",
                (_DATA, _CONFIG, _argument("name", nargs="?", metavar="NAME", help="a model (the configured one)")),
            ),
        ),
    ),
    Verb(
        "models",
        "Show the language models of the server, what each does, and what was measured of it.",
        (_DATA, _CONFIG),
        parts=(
            Verb(
                "bench",
                "Measure language models on golden cases: valid answers, right ones, seconds, tokens a second.",
                (
                    _DATA,
                    _CONFIG,
                    _argument("--model", action="append", metavar="NAME", help="a model (the configured); repeatable"),
                    _argument("--job", action="append", metavar="JOB", help="understand, names, insights; repeatable"),
                    _argument("--cases", type=number, default=20, metavar="N", help="how many questions a job (20)"),
                ),
            ),
        ),
        alone=True,
    ),
    Verb(
        "suggest",
        "Suggest a name, an example, a wording or a rule: it is tested, and goes live or waits for an admin.",
        (
            _DATA,
            _CONFIG,
            _HOME,
            _argument("type", metavar="TYPE", help="alias, example, synonym, command, template, pattern, routing …"),
            _argument("source", metavar="SOURCE", help="the new name, sentence, wording …"),
            _argument("target", metavar="TARGET", help="what it is to mean"),
            _argument("--note", metavar="TEXT", help="why, for whoever decides"),
            _argument("--user", metavar="NAME", help="who suggests it (your login name, who is an admin)"),
            _argument("--json", action="store_true", help="print what came of it as one JSON object"),
        ),
    ),
    Verb(
        "history",
        "Show what was learned, held, rejected and taken back, newest first.",
        (
            _DATA,
            _CONFIG,
            _LIMIT,
            _argument("--status", action="append", metavar="STATUS", help='such as "rolled_back"; may be repeated'),
            _argument("--person", metavar="PERSON", help="whose lessons: a name, @username or id"),
            _argument("--kind", metavar="KIND", help='what was taught, such as "alias"'),
            _argument("--since", metavar="DATE", help="not before this day, such as 2026-11-01"),
        ),
    ),
    Verb(
        "audit",
        "Show every step of what was learned, as it was recorded; times are UTC.",
        (
            _DATA,
            _argument("--improvement", type=number, metavar="N", help="the steps of one improvement (all)"),
            _argument("--format", choices=("text", "jsonl"), default="text", help="jsonl: one JSON object a line"),
        ),
    ),
    Verb(
        "review",
        "Show complaints, lessons that failed their test, and corrections nothing came of.",
        (_DATA, _CONFIG, _HOME, _LIMIT, _argument("--close", metavar="KEY", help="be done with one of them")),
    ),
    Verb(
        "stats",
        "Show how understanding went, week by week.",
        (
            _DATA,
            _CONFIG,
            _argument("--weeks", type=number, default=12, metavar="N", help="how many weeks to look back (12)"),
            _argument("--png", type=Path, metavar="FILE", help="draw the learning curve into a file, too"),
        ),
    ),
    Verb(
        "insights",
        "Show what Butler proposes to change, and decide about it.",
        (_DATA, _CONFIG, _USER, _argument("--all", action="store_true", help="what was decided, too")),
        parts=(
            Verb("apply", "Test what an insight recommends, and put it in force.", _DECIDES),
            Verb("dismiss", "Turn an insight down.", _DECIDES),
        ),
        alone=True,
    ),
    Verb("report", "Show the report that /report sends: three insights you haven't seen.", (_DATA, _CONFIG, _USER)),
    Verb("aliases", "Show the names that were taught and are in force.", (_DATA,)),
    Verb(
        "export",
        "Write what was taught into Home Assistant, or for it.",
        parts=(
            Verb(
                "aliases",
                "Write the household's words into Home Assistant's names, after showing them.",
                (
                    _DATA,
                    _CONFIG,
                    _argument("--to", choices=("home-assistant",), default="home-assistant", help="where they go"),
                    _argument("--yes", action="store_true", help="write them without asking"),
                    _argument("--undo", action="store_true", help="take back what was written last"),
                ),
            ),
            Verb(
                "sentences",
                "Write taught sentence patterns as Home Assistant's custom sentences.",
                (_DATA, _CONFIG, _argument("file", type=Path, nargs="?", metavar="FILE", help="a file (the screen)")),
            ),
        ),
    ),
    Verb(
        "import",
        "Take Home Assistant's names in.",
        parts=(Verb("aliases", "Show which of its aliases count here, and which clash.", (_DATA, _CONFIG)),),
    ),
)
