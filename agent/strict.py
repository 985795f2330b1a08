"""The base of whatever comes from outside: a key that nobody knows is refused, not ignored."""

from pydantic import BaseModel, ConfigDict, model_validator

from agent.storable import is_unicode


class Strict(BaseModel):
    """A value from a file or a request; a mistyped key must not pass in silence.

    What could not be read back is refused: half of a character, NaN and infinity.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _can_be_kept(cls, value: object) -> object:
        if not is_unicode(value):
            raise ValueError("expected text in Unicode, got half of a character")
        return value
