"""The Evaluate tab: replay a dataset, watch it, read the scores, compare one by one."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import gradio as gr

from agent.errors import SpokenMathsError
from agent.models import MODELS
from agent.settings import Settings
from evals.runner import Progress
from evals.scored_runs import ScoredRun
from evals.wording import rate_rows
from workbench.evaluations import Choice, Evaluations
from workbench.prompts import offered_prompts
from workbench.recordings import Recordings
from workbench.render_scores import heading, utterance_rows

UTTERANCE = Path(__file__).parents[1] / "static" / "evaluate.html"
COLUMNS = ["Utterance", "Verdict", "Word errors", "Said", "Heard"]
WIDTHS: list[str | int] = ["20%", "16%", "14%", "25%", "25%"]
NOTHING_YET = "Choose a dataset and press **Run**, or open a past run."
SHOW_UTTERANCE = "(address) => window.workbench.showUtterance(address)"
Update = dict[Any, Any]


class EvaluateTab:
    """Controls on the left, results on the right; to be built inside a Blocks."""

    def __init__(
        self, settings: Settings, evaluations: Evaluations, recordings: Recordings
    ) -> None:
        self._evaluations = evaluations
        self._recordings = recordings
        with gr.Row():
            with gr.Column(scale=1, min_width=280):
                self._build_controls(settings)
            with gr.Column(scale=2, min_width=320):
                self._build_results()
        self._run_id = gr.State("")
        self._address = gr.Textbox(visible="hidden", elem_id="evaluate-address")
        self._listen()

    def _build_controls(self, settings: Settings) -> None:
        datasets, prompts = list(self._recordings.datasets()), list(offered_prompts(settings))
        transcribe = next((p for p in prompts if p.startswith("transcribe@")), prompts[0])
        self._dataset = gr.Dropdown(datasets, value=next(iter(datasets), None), label="Dataset")
        self._prompt = gr.Dropdown(prompts, value=transcribe, label="Prompt")
        self._model = gr.Dropdown(list(MODELS), value=settings.agent_model, label="Model")
        self._limit = gr.Number(
            None, label="Utterances (empty: all)", precision=0, minimum=1, elem_id="evaluate-limit"
        )
        self._concurrency = gr.Slider(1, 8, value=2, step=1, label="Sessions at a time")
        self._epochs = gr.Slider(1, 5, value=1, step=1, label="Epochs")
        with gr.Row():
            self._run = gr.Button("Run", variant="primary", elem_id="evaluate-run")
            self._stop = gr.Button("Stop", interactive=False, elem_id="evaluate-stop")
        self._past = gr.Dropdown(
            self._evaluations.past(), value=None, label="Past runs", elem_id="evaluate-past"
        )

    def _build_results(self) -> None:
        self._status = gr.Markdown(NOTHING_YET, elem_id="evaluate-status")
        self._rates = gr.Dataframe(
            headers=["Measure", "Value (95 % interval, utterances)"],
            interactive=False,
            visible=False,
            elem_id="evaluate-rates",
        )
        self._table = gr.Dataframe(
            headers=COLUMNS,
            column_widths=WIDTHS,
            wrap=True,
            interactive=False,
            visible=False,
            max_height=420,
            elem_id="evaluate-table",
        )
        gr.HTML(UTTERANCE.read_text(encoding="utf-8"), apply_default_css=False, padding=False)

    def _listen(self) -> None:
        shown = [self._status, self._rates, self._table, self._run_id]
        buttons = [self._run, self._stop, self._past]
        choice = [
            self._dataset,
            self._prompt,
            self._model,
            self._limit,
            self._concurrency,
            self._epochs,
        ]
        hidden: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        self._run.click(self.run, choice, [*shown, *buttons], **hidden)
        self._stop.click(self._evaluations.stop, None, None, queue=False, **hidden)
        self._past.input(self.open, self._past, shown, **hidden)
        self._table.select(self.address, self._run_id, self._address, **hidden).then(
            None, self._address, None, js=SHOW_UTTERANCE, **hidden
        )

    def refresh_with(self, page: gr.Blocks) -> None:
        """List the datasets and runs there are whenever the page is opened."""
        page.load(self._listed, None, [self._dataset, self._past], api_visibility="private")

    def _listed(self) -> Update:
        return {
            self._dataset: gr.update(choices=list(self._recordings.datasets())),
            self._past: gr.update(choices=self._evaluations.past()),
        }

    async def run(self, *chosen: Any) -> AsyncIterator[Update]:  # noqa: ANN401 (what Gradio gives)
        """Run what is chosen and show it as it goes."""
        yield {self._run: gr.update(interactive=False), self._stop: gr.update(interactive=True)}
        dataset, prompt, model, limit, concurrency, epochs = chosen
        choice = Choice(
            dataset, prompt, model, int(limit) if limit else None, int(concurrency), int(epochs)
        )
        update: Update = {}
        try:
            async for news in self._evaluations.follow(choice):
                if isinstance(news, Progress):
                    yield {self._status: _progress_line(news)}
                else:
                    update = await self._results(news.folder.name)
        except SpokenMathsError as error:
            update = {self._status: f"**{error}**"}
        update[self._run] = gr.update(interactive=True)
        update[self._stop] = gr.update(interactive=False)
        update[self._past] = gr.update(choices=self._evaluations.past())
        yield update

    async def open(self, run_id: str) -> Update:
        """Show a past run."""
        try:
            return await self._results(run_id)
        except SpokenMathsError as error:
            return {self._status: f"**{error}**"}

    def address(self, run_id: str, selected: gr.SelectData) -> str:
        """Where the page's client asks for the row that was clicked."""
        return f"/api/runs/{quote(run_id)}/attempts/{int(selected.index[0])}"

    async def _results(self, run_id: str) -> Update:
        scored: ScoredRun = await asyncio.to_thread(self._evaluations.open, run_id)
        return {
            self._status: heading(scored),
            self._rates: gr.update(value=rate_rows(scored.summary), visible=True),
            self._table: gr.update(value=utterance_rows(scored), visible=True),
            self._run_id: run_id,
        }


def _progress_line(progress: Progress) -> str:
    counts = f"{progress.ok} ok, {progress.cut_off} cut off, {progress.failed} failed"
    return f"Running: {progress.done} of {progress.total} utterances ({counts})"
