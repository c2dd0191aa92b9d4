"""Suggestions as they are typed: what is suggested, in which words, with what note. Nothing here knows a home."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Value = str | int | float


@dataclass(frozen=True)
class Form:
    """One type of suggestion: what stands on either side, and an example of it."""

    type: str
    source: str
    target: str
    example: str

    @property
    def usage(self) -> str:
        """The suggestion as it is written."""
        return f"/suggest {self.type} {self.example}"


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        form.type: form
        for form in (
            Form("alias", "the new name", "what it names", '"liv room lamp" = living room lamp'),
            Form("example", "a sentence", "an intent", '"lights please" = light_control'),
            Form("synonym", "a wording", "what it means", '"switch on" = "turn on"'),
            Form("command", "a phrase", "a whole command", '"movie time" = "turn off the living room lights"'),
            Form("template", "the name of a sentence", "its wording", 'left = "As you like, nothing happens."'),
            Form(
                "pattern", "a sentence with {target}", "an intent and its action", '"gimme {target}" = light_control on'
            ),
            Form("routing", "an intent", "who answers it", "smalltalk = help"),
            Form("threshold", "its name", "a number", "act = 0.6"),
            Form("time", "a phrase", "the time it says", '"after work" = at 18:00'),
            Form("priority", "a phrase", "low, normal, high or urgent", '"dentist" = high'),
            Form("ask", "a phrase", "what to ask: kind, when or what", '"work on" = what'),
            Form("model", "a job", "a language model", "understand = qwen2.5:1.5b"),
        )
    }
)
_TYPES = MappingProxyType(
    {
        **{name: name for name in FORMS},
        "exemplar": "example",
        "training_example": "example",
        "sentence": "template",
        "route": "routing",
        "model_choice": "model",
        "time_mapping": "time",
        "keyword": "priority",
        "keyword_rule": "priority",
        "ambiguity": "ask",
        "ambiguity_rule": "ask",
    }
)


class SuggestionError(ValueError):
    """A suggestion that cannot be read; the message says what is wrong and shows how it is written."""


@dataclass(frozen=True)
class Suggestion:
    """What somebody suggests; `values` are what a pattern says beside its intent."""

    type: str
    source: str
    target: str
    note: str = ""
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))


_OPENING = '"“„«‟〝'
_CLOSING = '"”“»‟〞'
_SINGLE = {"'": "'", "‘": "’", "‚": "‘", "’": "’"}
_NOTE = re.compile(r"(?:^|\s)(?:--|—|–)\s+")
_EQUALS = re.compile(r"\s*(?:=|→|->|⇒)\s*")
_BECAUSE = re.compile(r"^because\s+", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_TOKEN = re.compile(r'(?P<name>[\w]+)\s*=\s*(?:["“„](?P<quoted>[^"”“]*)["”“]|(?P<bare>\S+))|(?P<word>\S+)')


def parse(text: str) -> Suggestion:
    """Return the suggestion that stands behind /suggest; raises SuggestionError."""
    kind, _, rest = text.strip().partition(" ")
    form = _form(kind)
    rest = rest.strip()
    quoted = _quoted(rest)
    if quoted.open_at is not None:
        raise _error(form, f"the quote before “{rest[quoted.open_at + 1 :][:20]}” is never closed")
    said, note = _split(_NOTE, rest, quoted) or (rest, "")
    sides = _split(_EQUALS, said, quoted) or _two_quoted(said)
    if sides is None:
        raise _error(form, f"an “=” has to stand between {form.source} and {form.target}")
    return _made(form, *sides, _BECAUSE.sub("", note.strip()))


def of_parts(kind: str, source: str, target: str, note: str = "") -> Suggestion:
    """Return the suggestion that a command line gives in parts; raises SuggestionError."""
    return _made(_form(kind), source, target, note.strip())


def _form(kind: str) -> Form:
    name = _TYPES.get(kind.strip().casefold().replace("-", "_"))
    if name is None:
        started = f"“{kind}” is nothing that can be suggested" if kind.strip() else "Say what you suggest"
        examples = "\n".join(form.usage for form in FORMS.values())
        raise SuggestionError(f"{started}. It is written like one of these:\n{examples}")
    return FORMS[name]


def _made(form: Form, source: str, target: str, note: str) -> Suggestion:
    source, target = _unquoted(source), _unquoted(target)
    if not source:
        raise _error(form, f"{form.source} is missing")
    if not target:
        raise _error(form, f"{form.target} is missing")
    values: dict[str, Value] = {}
    if form.type == "pattern":
        target, values = _intent_and_values(form, target)
    return Suggestion(form.type, source, target, note, MappingProxyType(values))


def _intent_and_values(form: Form, text: str) -> tuple[str, dict[str, Value]]:
    words: list[str] = []
    values: dict[str, Value] = {}
    for token in _TOKEN.finditer(text):
        if token["word"]:
            words.append(token["word"].strip(","))
        elif token["name"] in values:
            raise _error(form, f"“{token['name']}” is given twice")
        else:
            said = token["quoted"] if token["quoted"] is not None else token["bare"].strip(",")
            values[token["name"]] = _value(said)
    intent, *action = words or [""]
    if not intent:
        raise _error(form, "the intent is missing")
    if len(action) > 1 or (action and "action" in values):
        raise _error(form, f"“{' '.join(action)}” is neither an action nor a value: a value is written name=value")
    return intent, {**({"action": action[0]} if action else {}), **values}


def _value(text: str) -> Value:
    if not _NUMBER.fullmatch(text):
        return text
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number


@dataclass(frozen=True)
class _Quotes:
    """Where double quotes stand: `inside` are the places between them, `open_at` that of one that is not closed."""

    inside: frozenset[int]
    open_at: int | None


def _quoted(text: str) -> _Quotes:
    """Return where a text is quoted; single quotes count as apostrophes here."""
    inside: set[int] = set()
    opened: int | None = None
    for at, letter in enumerate(text):
        if opened is None and letter in _OPENING:
            opened = at
        elif opened is not None and letter in _CLOSING:
            inside.update(range(opened, at + 1))
            opened = None
    return _Quotes(frozenset(inside), opened)


def _split(mark: re.Pattern[str], text: str, quoted: _Quotes) -> tuple[str, str] | None:
    """Return what stands before and behind the first mark outside of quotes."""
    for found in mark.finditer(text):
        if not quoted.inside.intersection(range(*found.span())):
            return text[: found.start()], text[found.end() :]
    return None


def _two_quoted(text: str) -> tuple[str, str] | None:
    """Return two quoted parts that stand side by side: what is between them can only be an "="."""
    parts = re.fullmatch(rf"[{_OPENING}]([^{_CLOSING}]+)[{_CLOSING}]\s+[{_OPENING}]([^{_CLOSING}]+)[{_CLOSING}]", text)
    return (parts[1], parts[2]) if parts else None


def _unquoted(text: str) -> str:
    """Return a part without the quotes around it; apostrophes within stay."""
    text = text.strip()
    double = len(text) > 1 and text[0] in _OPENING and text[-1] in _CLOSING
    single = len(text) > 2 and text[0] in _SINGLE and text[-1] == _SINGLE[text[0]] and text[-2] != " "
    return text[1:-1].strip() if double or single else text


def _error(form: Form, problem: str) -> SuggestionError:
    return SuggestionError(f"I can't read that: {problem}. It is written like this: {form.usage}")
