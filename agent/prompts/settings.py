"""What a prompt may say of its tutor besides the instructions."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from agent.errors import PromptError

LISTS = frozenset({"vocabulary"})  # written with commas between


def one_line(text: str) -> str:
    """`text` as a line of front matter can hold it: white space as single blanks."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


Line = Annotated[str, AfterValidator(one_line)]
Word = Annotated[Line, Field(min_length=1, max_length=100, pattern=r"^[^,]*$")]


class PromptSettings(BaseModel):
    """Settings that one prompt brings along; None and empty leave them to whoever runs it.

    `silence_ms` is how long a pause ends the student's turn; `tool_description` tells the model
    when to call `write_math`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: Annotated[str, Field(pattern=r"^[\w./-]{1,100}$")] | None = None
    voice: Annotated[str, Field(pattern=r"^[\w-]{1,50}$")] | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    silence_ms: Annotated[int, Field(ge=200, le=5_000)] | None = None
    vocabulary: Annotated[tuple[Word, ...], Field(max_length=200)] = ()
    tool_description: Annotated[Line, Field(min_length=1, max_length=4_000)] | None = None

    @classmethod
    def read(cls, fields: Mapping[str, str], where: str) -> "PromptSettings":
        """Those among a front matter's fields; PromptError, beginning with `where`."""
        known = {name: fields[name] for name in cls.model_fields if fields.get(name)}
        try:
            return cls.model_validate(
                {name: _parts(text) if name in LISTS else text for name, text in known.items()}
            )
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            raise PromptError(f"{where}: {first['loc'][0]}: {first['msg']}") from None

    def written(self) -> dict[str, str]:
        """Those that are set, each as its line of front matter holds it."""
        values = self.model_dump(exclude_defaults=True)
        return {
            name: ", ".join(value) if name in LISTS else str(value)
            for name, value in values.items()
        }


NO_SETTINGS = PromptSettings()


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
