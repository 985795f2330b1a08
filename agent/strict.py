"""The base of whatever comes from outside: a key that nobody knows is refused, not ignored."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A value from a file or a request; a mistyped key must not pass in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)
