"""A prompt as it stands in the page's editor."""

from typing import Annotated

from pydantic import Field

from agent.prompts.prompt import MAX_PROMPT_CHARS, Prompt
from agent.prompts.settings import PromptSettings
from agent.strict import Strict


class EditedPrompt(Strict):
    """What was typed; `parent` is the content hash of the version that it began with."""

    name: Annotated[str, Field(max_length=100)]
    description: Annotated[str, Field(max_length=1_000)] = ""
    parent: Annotated[str, Field(pattern=r"^([0-9a-f]{12})?$")] = ""
    instructions: Annotated[str, Field(max_length=MAX_PROMPT_CHARS)]
    settings: PromptSettings

    def prompt(self, note: str = "") -> Prompt:
        """The same as a prompt of no version yet."""
        return Prompt(
            self.name,
            "",
            self.description,
            self.instructions,
            parent=self.parent,
            note=note,
            settings=self.settings,
        )
