"""Which runs were made with which prompt."""

from collections.abc import Sequence
from functools import cache

from agent.models import MODELS
from agent.prompts.prompt import Prompt
from agent.tutor.tutor import Tutor
from evals.runs.folder import Run


def runs_of_prompts(prompts: Sequence[Prompt], runs: Sequence[Run]) -> list[list[Run]]:
    """The runs made with each prompt, in the order given.

    A run belongs to the prompt that it names, if the text is the same, and to every prompt
    with the same fingerprint: what was tried as a draft and then kept is one tutor.
    """

    @cache
    def fingerprint(number: int, model: str) -> str:
        return Tutor.of(prompts[number], model).fingerprint if model in MODELS else ""

    def is_with(number: int, run: Run) -> bool:
        prompt, recorded = prompts[number], run.info.tutor
        if fingerprint(number, recorded.model) == run.info.fingerprint:
            return True
        return (recorded.prompt.name, recorded.prompt.version, recorded.prompt.instructions) == (
            prompt.name,
            prompt.version,
            prompt.instructions,
        )

    return [[run for run in runs if is_with(number, run)] for number in range(len(prompts))]
