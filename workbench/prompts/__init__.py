"""The Prompts tab's server side: versions, edits, trials and comparisons."""

from typing import TYPE_CHECKING

from agent.lazy import handed_on

if TYPE_CHECKING:
    from workbench.shared.prompts import (
        chosen_prompt,
        known_prompts,
        offered_prompts,
        prompt_called,
        prompt_problems,
    )

__all__ = ["chosen_prompt", "known_prompts", "offered_prompts", "prompt_called", "prompt_problems"]

__getattr__ = handed_on(
    __name__,
    {
        "chosen_prompt": "workbench.shared.prompts",
        "known_prompts": "workbench.shared.prompts",
        "offered_prompts": "workbench.shared.prompts",
        "prompt_called": "workbench.shared.prompts",
        "prompt_problems": "workbench.shared.prompts",
    },
)
