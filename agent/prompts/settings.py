"""What a prompt may say of its tutor besides the instructions."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError

from agent.errors import PromptError
from agent.strict import Strict


def one_line(text: str) -> str:
    """`text` as a line of front matter can hold it: white space as single blanks."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


Line = Annotated[str, AfterValidator(one_line)]
Word = Annotated[Line, Field(min_length=1, max_length=100, pattern=r"^[^,]*$")]
Model = Annotated[str, Field(pattern=r"^[\w./-]{1,100}$")]
Voice = Annotated[str, Field(pattern=r"^[\w-]{1,50}$")]
Temperature = Annotated[float, Field(ge=0, le=2)]
PauseMs = Annotated[int, Field(ge=200, le=5_000)]
"""How long a pause is that ends the student's turn, wherever one is set."""


class PromptSettings(Strict):
    """Settings that one prompt brings along; None and empty leave them to whoever runs it.

    One entry each: its bounds, its default, and its field in an editor (`title` is the label,
    `step` what an arrow key adds, the example stands there while nothing is set). `silence_ms`
    is how long a pause ends the student's turn; `tool_description` tells the model when to call
    `write_math`.
    """

    model: Model | None = Field(None, title="Model")
    voice: Voice | None = Field(None, title="Voice")
    temperature: Temperature | None = Field(
        None, title="Temperature", json_schema_extra={"step": 0.1}
    )
    silence_ms: PauseMs | None = Field(
        None, title="A pause that ends a turn", json_schema_extra={"step": 50, "unit": "ms"}
    )
    vocabulary: Annotated[tuple[Word, ...], Field(max_length=200)] = Field(
        (),
        title="Vocabulary, with commas between: words to expect",
        examples=["theta, curl of F, eigenvalue"],
    )
    tool_description: Annotated[Line, Field(min_length=1, max_length=4_000)] | None = Field(
        None, title="Description of the tool write_math, for the model"
    )

    @classmethod
    def read(cls, fields: Mapping[str, str], where: str) -> "PromptSettings":
        """Those among a front matter's fields; PromptError, beginning with `where`."""
        known = {name: fields[name] for name in cls.model_fields if fields.get(name)}
        try:
            return cls.model_validate(
                {name: _parts(text) if name in _LISTS else text for name, text in known.items()}
            )
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            raise PromptError(f"{where}: {first['loc'][0]}: {first['msg']}") from None

    def written(self) -> dict[str, str]:
        """Those that are set, each as its line of front matter holds it."""
        values = self.model_dump(exclude_defaults=True)
        return {
            name: ", ".join(value) if name in _LISTS else str(value)
            for name, value in values.items()
        }


NO_SETTINGS = PromptSettings()
# Written with commas between.
_LISTS = frozenset(name for name, value in NO_SETTINGS if isinstance(value, tuple))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
