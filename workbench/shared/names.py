"""How long a name in a request may be: of a prompt, a model, a dataset, an utterance."""

from typing import Annotated

from pydantic import Field

Name = Annotated[str, Field(max_length=200)]
