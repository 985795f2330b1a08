"""What the page is told about prompts and the runs made with them: plain values."""

from collections.abc import Sequence

from typing_extensions import TypedDict

from agent.prompts.prompt import Prompt
from agent.prompts.settings import PromptSettings
from evals.analysis.figures import Summary
from evals.analysis.statistics import Rate
from evals.runs.by_prompt import runs_of_prompts
from evals.runs.folder import Run, RunStatus
from workbench.shared.setting_fields import SettingField

MAX_RUNS = 50  # of one version, the newest


class PromptRun(TypedDict):
    """One run of a version; `is_part`: of chosen utterances."""

    id: str
    began: str
    dataset: str
    is_part: bool
    model: str
    engine: str
    depth: str
    status: RunStatus
    n_utterances: int


class PromptView(TypedDict):
    """One version without its text; `hash` is of its content, `parent` that of its origin."""

    reference: str
    name: str
    version: str
    is_draft: bool
    description: str
    note: str
    date: str
    parent: str
    hash: str
    runs: list[PromptRun]


class PromptsView(TypedDict):
    """Every version, and all that the editor offers."""

    prompts: list[PromptView]
    problems: list[str]
    note: str
    models: list[str]
    tutors: list[str]
    vocabulary_models: list[str]
    datasets: list[str]
    settings: list[SettingField]
    default_model: str


class PromptText(TypedDict):
    """One version as the editor is filled; `parent` is its own content's hash."""

    name: str
    description: str
    parent: str
    instructions: str
    settings: PromptSettings


class KeptPrompt(TypedDict):
    """A new version, and others that were made from the same one."""

    reference: str
    siblings: list[str]


class PromptRates(TypedDict):
    """The two headline rates of a run."""

    exact: Rate
    wer: Rate


def prompt_views(prompts: Sequence[Prompt], runs: Sequence[Run]) -> list[PromptView]:
    """Every version with its runs, newest run first; the text is asked for when it is opened."""
    return [
        {
            "reference": prompt.reference,
            "name": prompt.name,
            "version": prompt.version,
            "is_draft": prompt.is_draft,
            "description": prompt.description,
            "note": prompt.note,
            "date": prompt.date,
            "parent": prompt.parent,
            "hash": prompt.content_hash,
            "runs": [run_view(run) for run in found[:MAX_RUNS]],
        }
        for prompt, found in zip(prompts, runs_of_prompts(prompts, runs), strict=True)
    ]


def run_view(run: Run) -> PromptRun:
    """One run in a line."""
    info = run.info
    return {
        "id": run.folder.name,
        "began": info.began,
        "dataset": info.dataset_name,
        "is_part": info.part.sample is not None or bool(info.part.wrong_in),
        "model": info.tutor.model,
        "engine": info.engine,
        "depth": info.depth,
        "status": run.status,
        "n_utterances": len(info.utterance_ids),
    }


def text_view(prompt: Prompt) -> PromptText:
    """What the editor is filled with."""
    return {
        "name": prompt.name,
        "description": prompt.description,
        "parent": prompt.content_hash,
        "instructions": prompt.instructions,
        "settings": prompt.settings,
    }


def rates_view(summary: Summary) -> PromptRates:
    """The two headline rates with their intervals, failures as all wrong."""
    rates = summary.all_counted
    return {"exact": rates.exact_spoken, "wer": rates.wer}
