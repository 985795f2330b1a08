"""The tool with which a model writes a formula, and the reader of its calls."""

from collections.abc import Mapping

from google.genai import types

from agent.errors import LiveError
from agent.transcript import Formula, Speaker

MAX_LATEX_CHARS = 4_000

WRITE_MATH = types.FunctionDeclaration(
    name="write_math",
    description=(
        "Write one formula on the page that the student and the tutor share. Call it once for "
        "every formula said, in the order they were said."
    ),
    behavior=types.Behavior.NON_BLOCKING,
    parameters=types.Schema(
        type=types.Type.OBJECT,
        properties={
            "latex": types.Schema(
                type=types.Type.STRING,
                description="The formula as LaTeX without dollar signs. For the student's formula: "
                "exactly what was said, not simplified, solved or corrected.",
            ),
            "spoken": types.Schema(
                type=types.Type.STRING, description="The words that were spoken for it."
            ),
            "speaker": types.Schema(
                type=types.Type.STRING,
                enum=["student", "tutor"],
                description="Whose formula it is; student when left out.",
            ),
        },
        required=["latex", "spoken"],
    ),
)


def formula_of_call(arguments: Mapping[str, object] | None) -> Formula:
    """Read the formula of one `write_math` call.

    A missing speaker means student. Raises LiveError, in words the model can act on, for
    arguments that hold no usable LaTeX.
    """
    written = (arguments or {}).get("latex")
    latex = _without_dollars(written) if isinstance(written, str) else ""
    if not latex:
        raise LiveError("write_math: expected a non-empty string `latex`")
    if len(latex) > MAX_LATEX_CHARS:
        raise LiveError(f"write_math: expected at most {MAX_LATEX_CHARS} characters of LaTeX")
    speaker: Speaker = "tutor" if (arguments or {}).get("speaker") == "tutor" else "student"
    return Formula(latex=latex, source="model", speaker=speaker)


def _without_dollars(latex: str) -> str:
    """Models put the delimiters that they were told to leave out; an escaped dollar stays."""
    bare = latex.strip()
    while bare.startswith("$"):
        bare = bare[1:].lstrip()
    while bare.endswith("$") and not bare.endswith(r"\$"):
        bare = bare[:-1].rstrip()
    return bare


def silent_response(
    call: types.FunctionCall, result: Mapping[str, object]
) -> types.FunctionResponse:
    """The answer to a call that must not make the tutor speak again."""
    return types.FunctionResponse(
        id=call.id,
        name=call.name,
        response=dict(result),
        scheduling=types.FunctionResponseScheduling.SILENT,
    )
