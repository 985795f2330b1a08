"""What Gradio gets of a body: plain values, read once and written anew."""

import json

import pytest
from fastapi import HTTPException

from workbench.shared.security.gradio import MAX_DEPTH, MAX_SIGNS, checked_body

SHADOW = {"path": "/etc/shadow", "meta": {"_type": "gradio.FileData"}}


def body(*data: object) -> bytes:
    return json.dumps({"fn_index": 4, "session_hash": "s", "data": data}).encode()


def nested(value: object, depth: int) -> object:
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "attack",
    [
        body(SHADOW),
        body({"path": "/dev/zero"}),
        body({"url": "http://127.0.0.1:7880/", "orig_name": "x"}),
        body({"meta": {"_type": "gradio.FileData"}}),
        body({"path": None}),
        body([[SHADOW]], "a batch"),
        body({"a": {"b": [{"c": SHADOW}]}}),
        body(nested(SHADOW, 10)),
        json.dumps({"jsonrpc": "2.0", "method": "tools/call", "params": {"arguments": {"words": SHADOW}}}).encode(),
        json.dumps([{"jsonrpc": "2.0", "params": SHADOW}]).encode(),
        json.dumps({"data": [], "event_data": SHADOW}).encode(),
        rb'{"data": [{"p\u0061th": "/etc/shadow"}]}',
        rb'{"data": [{"\u005f\u0074\u0079\u0070\u0065": "gradio.FileData"}]}',
    ],
)  # fmt: skip
def test_whatever_names_a_file_is_refused(attack: bytes) -> None:
    """Gradio would copy it into a folder that it serves, or read a device for ever."""
    with pytest.raises(HTTPException, match="got a file"):
        checked_body(attack)


@pytest.mark.parametrize(
    "attack",
    [
        body(SHADOW).decode().encode("utf-16"),
        body(SHADOW).decode().encode("utf-32-le"),
        b"\xef\xbb\xbf" + body(SHADOW),
        body(SHADOW) + b"{}",
        b"data=%7B%22path%22%3A+%22%2Fetc%2Fshadow%22%7D",
        b"",
        b"{'data': []}",
        b'{"data": [NaN]}',
        rb'{"data": ["\ud800"]}',
        b"[" * 500 + b"]" * 500,
        b'{"data": [' + b"9" * 19_000 + b"]}",
    ],
)
def test_what_is_no_plain_json_is_refused(attack: bytes) -> None:
    """Another reader may find in it what this one does not."""
    with pytest.raises(HTTPException, match="JSON in UTF-8"):
        checked_body(attack)


@pytest.mark.parametrize(
    ("attack", "sentence"),
    [
        (body(nested(1, MAX_DEPTH)), "nested at most"),
        (body(nested(SHADOW, 100)), "nested at most"),
        (b"[" * 200_000, "at most 20000 values"),
        (body([0] * MAX_SIGNS), "at most 20000 values"),
        (json.dumps({"session_hash": "s" * 101}).encode(), "session_hash"),
        (json.dumps({"session_hash": ["s"]}).encode(), "session_hash"),
        (json.dumps({"session_hash": "../s"}).encode(), "session_hash"),
    ],
)
def test_what_is_too_much_is_one_sentence(attack: bytes, sentence: str) -> None:
    """Depth and number cost time, and a session's name is kept."""
    with pytest.raises(HTTPException, match=sentence):
        checked_body(attack)


def test_of_two_values_under_one_name_one_goes_on() -> None:
    """Otherwise Gradio could take the one that was not looked at."""
    doubled = b'{"data": [{"p\\u0061th": 1}], "data": [1e999, "\\u0022path\\u0022:"]}'
    assert checked_body(doubled) == b'{"data":[null,"\\"path\\":"]}'


def test_plain_values_go_on_as_they_are() -> None:
    """What the page and programs send."""
    sent = {"data": ["x^2", 3, 0.5, None, True, {"pathology": "url"}], "session_hash": "2n9i-757"}
    assert json.loads(checked_body(json.dumps(sent).encode())) == sent
