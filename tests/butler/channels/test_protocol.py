"""The requests of the stdio contract: what is one, and what is told about what is none."""

import contextlib
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.channels.lines import Line, lines_of
from butler.channels.protocol import (
    Advance,
    ProtocolError,
    Request,
    Reset,
    RunJob,
    Say,
    SetFault,
    SetState,
    ShowKnowledge,
    States,
    parse,
)


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ('{"user":"ana","text":"hi"}', Say("ana", "ana", text="hi")),
        ('{"user":"ana","chat":"family","text":"","reply_to":"m1"}', Say("ana", "family", text="", reply_to="m1")),
        ('{"user":"ana","press":"b1"}', Say("ana", "ana", press="b1")),
        ('{"op":"advance","seconds":0}', Advance(0)),
        ('{"op":"advance","seconds":1.5}\r', Advance(1.5)),
        ('{"op":"run","job":"watch"}', RunJob("watch")),
        ('{"op":"states"}', States()),
        ('{"op":"set","entity_id":"light.x","state":null}', SetState("light.x", None, {})),
        ('{"op":"set","entity_id":"light.x","attributes":{"a":null}}', SetState("light.x", None, {"a": None})),
        ('{"op":"fault","entity_id":"light.x","fault":"ok"}', SetFault("light.x", "ok")),
        ('{"op":"knowledge"}', ShowKnowledge()),
        ('{"op":"reset"}', Reset()),
    ],
)
def test_every_request_of_the_contract_is_read(line: str, request_: object) -> None:
    assert parse(Line(line.encode())) == request_


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"", "not JSON"),
        (b"turn on the light", "not JSON"),
        (b'{"user":"ana"', "not JSON"),
        (b'{"user":"ana","text":"\xff"}', "UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (b'{"op":"advance","seconds":NaN}', "NaN"),
        (b'{"op":"advance","seconds":1e999}', "too large"),
        (b'{"op":"advance","seconds":1' + b"0" * 400 + b"}", "too large"),
        (b'{"op":"advance","seconds":' + b"9" * 5_000 + b"}", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b"null", "not a JSON object"),
        (b"{}", "'user' is missing"),
        (b'{"user":7,"text":"hi"}', "'user' must be a string"),
        (b'{"user":" ","text":"hi"}', "'user'"),
        (b'{"user":"a\\u0000b","text":"hi"}', "'user'"),
        (b'{"user":"ana"}', "either 'text' or 'press'"),
        (b'{"user":"ana","text":"hi","press":"b"}', "either 'text' or 'press'"),
        (b'{"user":"ana","text":["hi"]}', "'text' must be a string"),
        (b'{"user":"ana","text":"hi","role":"admin"}', "unknown key 'role'"),
        (b'{"op":"shutdown"}', "unknown op 'shutdown'"),
        (b'{"op":7}', "'op' must be a string"),
        (b'{"op":"advance"}', "'seconds' must be a number"),
        (b'{"op":"advance","seconds":true}', "'seconds' must be a number"),
        (b'{"op":"advance","seconds":"5"}', "'seconds' must be a number"),
        (b'{"op":"advance","seconds":-1}', "negative"),
        (b'{"op":"run"}', "'job' is missing"),
        (b'{"op":"set","state":"on"}', "'entity_id' is missing"),
        (b'{"op":"set","entity_id":"light.x","state":1}', "'state' must be a string"),
        (b'{"op":"set","entity_id":"light.x","attributes":[]}', "'attributes' must be an object"),
        (b'{"op":"states","all":true}', "unknown key 'all'"),
    ],
)
def test_whatever_is_no_request_is_told_why(line: bytes, told: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        parse(Line(line))
    assert told in str(caught.value)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
_KEYS = st.sampled_from(
    ["user", "chat", "text", "press", "reply_to", "op", "seconds", "job", "entity_id", "attributes"]
)
_VALUES = _JSON | st.sampled_from(["advance", "run", "set", "fault", "states"])


@given(st.dictionaries(_KEYS, _VALUES))
def test_any_object_is_a_request_or_a_told_error(document: dict[str, object]) -> None:
    with contextlib.suppress(ProtocolError):
        assert isinstance(parse(Line(json.dumps(document).encode())), Request)


@given(st.lists(st.binary(max_size=12).filter(lambda b: b"\n" not in b)), st.booleans())
def test_lines_are_kept_in_number_and_order_however_long_they_are(lines: list[bytes], last_ends: bool) -> None:
    if lines and not lines[-1] and not last_ends:
        return
    stream = io.BytesIO(b"\n".join(lines) + (b"\n" if lines and last_ends else b""))
    found = list(lines_of(stream, longest=6))
    assert [line.too_long for line in found] == [len(line) > 6 for line in lines]
    assert [line.data for line in found if not line.too_long] == [line for line in lines if len(line) <= 6]


def test_a_line_that_is_too_long_is_told_so() -> None:
    with pytest.raises(ProtocolError, match="at most 1,000,000 bytes"):
        parse(Line(b"{", too_long=True))
