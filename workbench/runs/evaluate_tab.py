"""The Evaluate tab: replay a dataset, watch it, read the scores, compare one by one."""

import asyncio
import json
from collections.abc import Awaitable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import gradio as gr

from agent.errors import RunError, SpokenMathsError
from agent.models import MODELS
from agent.settings import Settings
from evals.replay.depths import DEFAULT_DEPTH, DEPTHS
from evals.runs.prediction import UtteranceCounts
from workbench.runs.evaluations import Choice, Evaluations
from workbench.runs.job_views import command, job_lines
from workbench.runs.jobs import Job
from workbench.runs.views import explained_rates, heading, plain
from workbench.shared.prompts import chosen_prompt, offered_prompts
from workbench.shared.recordings import Recordings

UTTERANCE = Path(__file__).parents[1] / "static" / "runs" / "evaluate.html"
NOTHING_YET = "Choose a dataset and press **Run**, or open a past run."
SHOW_RUN = "(address) => window.workbench.showRun(address)"
TICK_SEC = 1.0
Update = dict[Any, Any]


class EvaluateTab:
    """Controls on the left, results on the right; to be built inside a Blocks."""

    def __init__(
        self, settings: Settings, evaluations: Evaluations, recordings: Recordings
    ) -> None:
        self._settings = settings
        self._evaluations = evaluations
        self._recordings = recordings
        with gr.Row():
            with gr.Column(scale=1, min_width=280):
                self._build_controls(settings)
            with gr.Column(scale=2, min_width=320):
                self._build_results()
        self._run_id = gr.State("")
        self._awaited = gr.State("")  # the run that this page shows when it is over
        self._told = gr.State("")
        self._tick = gr.Timer(TICK_SEC)
        self._address = gr.Textbox(visible="hidden", elem_id="evaluate-address")
        self._listen()

    def _build_controls(self, settings: Settings) -> None:
        datasets, prompts = list(self._recordings.datasets()), list(offered_prompts(settings))
        transcribe = next((p for p in prompts if p.startswith("transcribe@")), prompts[0])
        self._dataset = gr.Dropdown(datasets, value=next(iter(datasets), None), label="Dataset")
        self._prompt = gr.Dropdown(prompts, value=transcribe, label="Prompt")
        self._model = gr.Dropdown(list(MODELS), value=settings.agent_model, label="Model")
        depths = [(f"{each.name}: {each.measures}", each.name) for each in DEPTHS.values()]
        self._depth = gr.Dropdown(depths, value=DEFAULT_DEPTH, label="Depth")
        # A Number without a value shows 0.
        self._limit = gr.Textbox(
            label="Utterances", placeholder="all", max_lines=1, elem_id="evaluate-limit"
        )
        self._concurrency = gr.Slider(1, 8, value=2, step=1, label="Sessions at a time")
        self._epochs = gr.Slider(1, 5, value=1, step=1, label="Epochs")
        with gr.Row():
            self._run = gr.Button("Run", variant="primary", elem_id="evaluate-run")
            self._stop = gr.Button("Stop", interactive=False, elem_id="evaluate-stop")
        self._past = gr.Dropdown(
            self._evaluations.past(), value=None, label="Past runs", elem_id="evaluate-past"
        )
        self._resume = gr.Button("Resume", interactive=False, elem_id="evaluate-resume")

    def _build_results(self) -> None:
        self._jobs = gr.Markdown("", elem_id="evaluate-jobs")
        self._status = gr.Markdown(NOTHING_YET, elem_id="evaluate-status")
        self._rates = gr.Markdown("", elem_id="evaluate-rates")
        gr.HTML(UTTERANCE.read_text(encoding="utf-8"), apply_default_css=False, padding=False)

    def _listen(self) -> None:
        results = [self._status, self._rates, self._address, self._run_id, self._resume]
        choice = [
            self._dataset,
            self._prompt,
            self._model,
            self._limit,
            self._concurrency,
            self._epochs,
            self._depth,
        ]
        news = [self._jobs, self._told, self._stop, self._past, self._awaited, *results]
        hidden: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        begun = [self._status, self._awaited]
        self._run.click(self.run, choice, begun, **hidden)
        self._resume.click(self.resume, self._run_id, begun, **hidden)
        self._stop.click(self._evaluations.jobs.stop, None, None, **hidden)
        self._prompt.input(self.take_settings, self._prompt, self._model, **hidden)
        self._past.input(self.open, self._past, results, **hidden)
        self._tick.tick(
            self.follow, [self._told, self._awaited], news, concurrency_limit=None, **hidden
        )
        self._address.change(None, self._address, None, js=SHOW_RUN, **hidden)

    def refresh_with(self, page: gr.Blocks) -> None:
        """List the datasets, prompts and runs there are whenever the page is opened."""
        listed = [self._dataset, self._prompt, self._past]
        page.load(self._listed, None, listed, api_visibility="private")

    def _listed(self) -> Update:
        return {
            self._dataset: gr.update(choices=list(self._recordings.datasets())),
            self._prompt: gr.update(choices=list(offered_prompts(self._settings))),
            self._past: gr.update(choices=self._evaluations.past()),
        }

    def take_settings(self, prompt: str) -> Update:
        """A prompt that brings a model along chooses it."""
        model = chosen_prompt(self._settings, prompt).settings.model
        return gr.skip() if model is None else gr.update(value=model)

    async def run(self, *chosen: Any) -> Update:  # noqa: ANN401 (what Gradio gives)
        """Put what is chosen in line; `follow` tells how it goes."""
        dataset, prompt, model, limit, concurrency, epochs, depth = chosen
        try:
            n_utterances = _count(limit)
        except RunError as error:
            return {self._status: f"**{error}**"}
        choice = Choice(dataset, prompt, model, n_utterances, int(concurrency), int(epochs), depth)
        return await self._begun(self._evaluations.start(choice))

    async def resume(self, run_id: str) -> Update:
        """Go on with the run that is shown."""
        return await self._begun(self._evaluations.resume(run_id))

    async def follow(self, told: str, awaited: str) -> Update:
        """What has changed since the page was last told; results when its run is over."""
        jobs = self._evaluations.jobs.all()
        news = job_lines(jobs)
        if news == told:
            return {self._told: gr.skip()}
        update: Update = {
            self._jobs: news,
            self._told: news,
            self._stop: gr.update(interactive=any(job.state == "running" for job in jobs)),
        }
        if any(job.is_over and job.run_id == awaited for job in jobs):
            update |= await self.open(awaited)
            past = await asyncio.to_thread(self._evaluations.past)
            update |= {self._awaited: "", self._past: gr.update(choices=past)}
        return update

    async def open(self, run_id: str) -> Update:
        """Show a past run."""
        try:
            return await self._results(run_id)
        except SpokenMathsError as error:
            return {self._status: f"**{error}**"}

    async def _begun(self, starting: Awaitable[Job]) -> Update:
        try:
            job = await starting
        except SpokenMathsError as error:
            return {self._status: f"**{error}**"}
        return {self._status: "", self._awaited: job.run_id}

    async def _results(self, run_id: str) -> Update:
        runs = self._evaluations.runs
        run = await asyncio.to_thread(runs.find, run_id)
        overview = json.loads(await asyncio.to_thread(runs.overview, run_id))
        heads = f"{heading(run, UtteranceCounts(**overview['utterances']))}\n\n{command(run)}"
        return {
            self._status: "\n\n".join(filter(None, (heads, overview["remarks"]))),
            self._rates: explained_rates(overview["rates"]),
            self._address: f"/api/runs/{quote(run_id)}/rows?bytes={run.n_bytes}",
            self._run_id: run_id,
            self._resume: gr.update(interactive=run.status == "stopped"),
        }


def _count(typed: str) -> int | None:
    """How many utterances are wanted; None for all. Raises RunError for what is no number."""
    if not typed.strip():
        return None
    if not (typed.strip().isdecimal() and int(typed) > 0):
        raise RunError(
            f"Utterances: expected a whole number from 1, or nothing for all, got {plain(typed[:20])}."
        )
    return int(typed)
