"""What a model's call carries is read, or refused in words the model can act on."""

import pytest
from google.genai import types

from agent.errors import LiveError
from agent.tutor.write_math import MAX_LATEX_CHARS, WRITE_MATH, formula_of_call, silent_response


@pytest.mark.parametrize(
    ("arguments", "latex", "speaker"),
    [
        ({"latex": "x^2", "spoken": "x squared", "speaker": "student"}, "x^2", "student"),
        ({"latex": "x^2", "spoken": "x squared", "speaker": "tutor"}, "x^2", "tutor"),
        ({"latex": "x^2", "spoken": "x squared"}, "x^2", "student"),
        ({"latex": "x^2"}, "x^2", "student"),
        ({"latex": "x^2", "speaker": "teacher"}, "x^2", "student"),
        ({"latex": "x^2", "speaker": None}, "x^2", "student"),
        ({"latex": " $x^2$ "}, "x^2", "student"),
        ({"latex": "$$ x^2 $$"}, "x^2", "student"),
        ({"latex": r"5\$"}, r"5\$", "student"),
        ({"latex": r"$ 5\$ $"}, r"5\$", "student"),
        ({"latex": "$x$ + $y$"}, "x$ + $y", "student"),
        ({"latex": "x" * MAX_LATEX_CHARS}, "x" * MAX_LATEX_CHARS, "student"),
        ({"latex": r"\frac{1", "extra": 1}, r"\frac{1", "student"),
    ],
)
def test_a_call_gives_a_formula(arguments: dict[str, object], latex: str, speaker: str) -> None:
    """A missing speaker means student; delimiters are not part of LaTeX."""
    formula = formula_of_call(arguments)
    assert (formula.latex, formula.source, formula.speaker) == (latex, "model", speaker)


@pytest.mark.parametrize(
    "arguments",
    [
        None,
        {},
        {"spoken": "x squared"},
        {"latex": ""},
        {"latex": "  "},
        {"latex": "$$"},
        {"latex": " $ $ "},
        {"latex": None},
        {"latex": 2},
        {"latex": ["x^2"]},
        {"latex": {"a": 1}},
        {"latex": "x" * (MAX_LATEX_CHARS + 1)},
    ],
)
def test_a_call_without_usable_latex_is_refused(arguments: dict[str, object] | None) -> None:
    """An empty card on the page helps nobody, and the model may try again."""
    with pytest.raises(LiveError, match="write_math: expected"):
        formula_of_call(arguments)


def test_the_tool_takes_flat_strings_only() -> None:
    """A nested argument loses its schema on the way through LiveKit."""
    properties = WRITE_MATH.parameters.properties if WRITE_MATH.parameters else None
    assert properties is not None
    assert {name: schema.type for name, schema in properties.items()} == dict.fromkeys(
        ("latex", "spoken", "speaker"), types.Type.STRING
    )
    assert WRITE_MATH.behavior == types.Behavior.NON_BLOCKING


def test_an_answer_asks_for_no_speech() -> None:
    """The default, WHEN_IDLE, makes the tutor speak twice."""
    answer = silent_response(types.FunctionCall(id="1", name="write_math"), {"written": True})
    assert (answer.id, answer.name, answer.response) == ("1", "write_math", {"written": True})
    assert answer.scheduling == types.FunctionResponseScheduling.SILENT
