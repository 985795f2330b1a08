"""What is kept can be read back: text in UTF-8, numbers that JSON has, within bounds."""

import json

import pytest

from agent.storable import MAX_NESTING, MAX_VALUES, read_json, storable


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("x² ≤ ∑ 𝑥 नमस्ते", "x² ≤ ∑ 𝑥 नमस्ते"),
        ("one\ttwo\r\nthree", "one\ttwo\r\nthree"),
        ("x\u200dy", "x\u200dy"),  # a joiner, as emoji and Indic scripts need it
        ("x \ud800 y", "x \ufffd y"),  # half a character: no UTF-8
        ("\udfff", "\ufffd"),
        ("x\x00y", "x\ufffdy"),  # ends a text in SQLite's functions and in C
        ("\x1b[2J", "\ufffd[2J"),  # clears a terminal
        ("\x7f", "\ufffd"),
    ],
)
def test_text_keeps_all_that_can_be_read_back(text: str, kept: str) -> None:
    """Whatever a model says is shown, logged, stored and posted as UTF-8."""
    assert storable(text) == kept
    storable(text).encode()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [1, 2.5, null, true, "x"]}', {"a": [1, 2.5, None, True, "x"]}),
        (b'{"\\ud800": "\\udc00"}', {"\ufffd": "\ufffd"}),
        (b'"\\ud835\\udc65"', "𝑥"),  # both halves: a character
        ("[" * MAX_NESTING + "]" * MAX_NESTING, None),
    ],
)
def test_json_is_read_with_storable_text(text: str | bytes, value: object) -> None:
    """Keys, too: they are shown in messages."""
    found = read_json(text)
    assert value is None or found == value
    json.dumps(found, ensure_ascii=False, allow_nan=False).encode()


@pytest.mark.parametrize(
    "text",
    [
        "NaN", "[Infinity]", '{"a": -Infinity}', "1e999", "-1e999", "", "{", b"\xff", b"\xed\xa0\x80",
        "[" * (MAX_NESTING + 2) + "]" * (MAX_NESTING + 2), "[" * 200_000, "1" * 5_000,
        "[" + "0," * MAX_VALUES + "0]",
    ],
)  # fmt: skip
def test_what_could_not_be_read_back_is_refused(text: str | bytes) -> None:
    """One error for all of it, RecursionError included."""
    with pytest.raises(ValueError):
        read_json(text)
