"""What a dataset's references must be, said in a sentence."""

from collections.abc import Sequence

from agent.errors import DatasetError
from evals.dataset.gold import gold_problems
from evals.notation import Katex


def check_gold(transcript: str, readings: Sequence[str], katex: Katex) -> None:
    """DatasetError with a sentence when these could never be scored."""
    for problem in gold_problems(transcript, readings, katex):
        raise DatasetError(sentence(problem))


def sentence(problem: str) -> str:
    """A problem as the page shows it, without the line it is in."""
    return f"{problem[0].upper()}{problem[1:]}."
