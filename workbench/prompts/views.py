"""What the page is told about prompts and the runs made with them: plain values."""

from collections.abc import Sequence
from dataclasses import asdict

from agent.prompts.prompt import Prompt
from evals.analysis.figures import Summary
from evals.runs.by_prompt import runs_of_prompts
from evals.runs.folder import Run
from workbench.shared.views import View

MAX_RUNS = 50  # of one version, the newest


def prompt_views(prompts: Sequence[Prompt], runs: Sequence[Run]) -> list[View]:
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


def run_view(run: Run) -> View:
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


def text_view(prompt: Prompt) -> View:
    """What the editor is filled with."""
    return {
        "name": prompt.name,
        "description": prompt.description,
        "parent": prompt.content_hash,
        "instructions": prompt.instructions,
        "settings": prompt.settings.model_dump(mode="json"),
    }


def rates_view(summary: Summary) -> View:
    """The two headline rates with their intervals, failures as all wrong."""
    rates = summary.all_counted
    return {"exact": asdict(rates.exact_spoken), "wer": asdict(rates.wer)}
