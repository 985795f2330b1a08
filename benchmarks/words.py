"""What the embedded engine hears of a dataset: word error rate by voice and category.

    python -m benchmarks.words [DATASET]

Beside it the same transcripts by a plain lower-case comparison without our normaliser. These
are figures of the embedded engine; they say nothing about Gemini.
"""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import jiwer
from rich.console import Console
from rich.table import Table

from agent.local_live.engine import open_engine
from agent.models import DEFAULT_MODEL
from agent.prompts.prompt import find_prompt
from agent.tutor.tutor import Tutor
from evals.analysis.scored_run import ScoredRun, score_outcomes
from evals.dataset.catalogue import SHIPPED_DATASETS
from evals.dataset.utterances import load_dataset
from evals.notation import Katex
from evals.replay.runner import Plan, run_dataset
from evals.report.wording import EMBEDDED_NOTE, percent
from evals.runs.folder import Run

N_PROCESSES = 2  # the engine's recogniser has two


def replayed(folder: Path) -> ScoredRun:
    """The dataset through the embedded engine, scored."""
    dataset = load_dataset(folder)
    tutor = Tutor(find_prompt("transcribe"), DEFAULT_MODEL)
    with TemporaryDirectory() as scratch, Katex() as katex:
        run = asyncio.run(_run(Plan(dataset, tutor, Path(scratch) / "run", N_PROCESSES)))
        return score_outcomes(run, dataset, katex)


async def _run(plan: Plan) -> Run:
    async with open_engine() as endpoint:
        return await run_dataset(plan, endpoint)


def plain_wer(scored: ScoredRun) -> float:
    """Corpus WER of the raw words, lower-cased."""
    pairs = [
        (each.utterance.transcript.lower(), each.attempt.prediction.transcript.lower())
        for each in scored.attempts
    ]
    return float(jiwer.wer([said for said, _ in pairs], [heard for _, heard in pairs]))


def table(scored: ScoredRun) -> Table:
    """A row for all, each voice and each category."""
    summary = scored.summary
    shown = Table("", "word error rate", "formula exact as spoken", title=EMBEDDED_NOTE)
    shown.add_row("all", percent(summary.words.wer), percent(summary.notation.exact_spoken))
    shown.add_row("all, words compared as they stand", f"{100 * plain_wer(scored):.1f} %", "")
    for tag in ("voice", "category"):
        for value, rates in summary.slices[tag].items():
            shown.add_row(f"{tag} {value}", percent(rates.wer), percent(rates.exact_spoken))
    return shown


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED_DATASETS / "spoken-math-mini"
    Console(width=110).print(table(replayed(folder)))


if __name__ == "__main__":
    main()
