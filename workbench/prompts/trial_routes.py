"""Trying an edited prompt: on one clip at once, and against others on a part of a dataset."""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import Field

from agent.errors import RunError, SpokenMathsError
from agent.strict import Strict
from agent.tutor.tutor import Tutor
from evals.dataset.utterances import Part
from evals.runs.folder import Run
from workbench.prompts.clips import Clips
from workbench.prompts.edited import EditedPrompt
from workbench.prompts.trial_views import (
    ClipView,
    JobView,
    PlannedView,
    TrialView,
    job_view,
    judged_view,
    planned_view,
)
from workbench.prompts.trials import MAX_GRID, Trial, Trials
from workbench.prompts.try_out import TrialNews, TrialProblem, TrialWhole, TryOut
from workbench.runs.evaluations import Evaluations
from workbench.shared.names import Name
from workbench.shared.parts import Shared
from workbench.shared.prompts import chosen_prompt

MAX_CLIPS = 200  # that a page lists; more are found by their words
RunIds = Annotated[list[Name], Query(min_length=1, max_length=MAX_GRID)]


class OneClip(Strict):
    edited: EditedPrompt
    dataset: Name
    utterance_id: Name


class WantedTrial(Strict):
    """`against` are versions, the baseline first; the edited prompt is compared with it too."""

    edited: EditedPrompt
    against: Annotated[list[Name], Field(max_length=6)]
    models: Annotated[list[Name], Field(max_length=6)] = Field(default_factory=list)
    dataset: Name
    sample: Annotated[int, Field(ge=1, le=100_000)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**31)] = 0
    wrong_in: Name = ""
    epochs: Annotated[int, Field(ge=1, le=20)] = 1
    concurrency: Annotated[int, Field(ge=1, le=8)] = 2


class RunNames(Strict):
    runs: Annotated[list[Name], Field(max_length=MAX_GRID)]


def trial_routes(shared: Shared, evaluations: Evaluations) -> APIRouter:
    """Plan, start, follow and stop; a trial is no more than its runs, which every tab lists."""
    routes = APIRouter(prefix="/api/trials")
    settings, recordings = shared.settings, shared.recordings
    clips = Clips(recordings)
    trials = Trials(settings, evaluations, recordings)
    try_out = TryOut(shared.katex, shared.typeset)

    @routes.get("/clips/{dataset}")
    def listed(dataset: str, text: Annotated[str, Query(max_length=200)] = "") -> list[ClipView]:
        found = clips.matching(dataset, text, MAX_CLIPS)
        return [{"id": each.id, "words": each.transcript} for each in found]

    @routes.post("/clip")
    async def try_clip(body: OneClip) -> StreamingResponse:
        prompt = body.edited.prompt()
        tutor = Tutor.of(prompt, prompt.settings.model or settings.agent_model)
        utterance = await run_in_threadpool(clips.find, body.dataset, body.utterance_id)
        try_out.check_place()
        clip = recordings.address(utterance.path)
        views = try_out.run(tutor, utterance, clip, shared.engine.endpoint)
        return StreamingResponse(_lines(views), media_type="application/x-ndjson")

    @routes.post("/plan")
    async def plan(body: WantedTrial) -> PlannedView:
        return planned_view(await trials.plan(await _trial(body)))

    @routes.post("")
    async def start(body: WantedTrial) -> list[str]:
        _ = shared.engine.endpoint  # says so now when there is none
        return [job.run_id for job in await trials.start(await _trial(body))]

    @routes.get("")
    async def follow(runs: RunIds) -> TrialView:
        jobs = await run_in_threadpool(lambda: [_how(run_id) for run_id in runs])
        judged = []
        if all(job["state"] == "complete" for job in jobs):
            judged = [judged_view(each) for each in await run_in_threadpool(trials.judge, runs)]
        return {"jobs": jobs, "judged": judged}

    @routes.post("/stop", status_code=204)
    async def stop(body: RunNames) -> None:
        for run_id in body.runs:
            evaluations.jobs.stop(run_id)

    def _how(run_id: str) -> JobView:
        job = evaluations.jobs.find(run_id)
        run: Run | None = None
        if job is None:
            try:
                run = evaluations.runs.find(run_id)
            except RunError:
                run = None
        return job_view(run, job, run_id)

    async def _trial(body: WantedTrial) -> Trial:
        edited = await run_in_threadpool(trials.prompt_as_edited, body.edited.prompt())
        others = [await run_in_threadpool(chosen_prompt, settings, key) for key in body.against]
        prompts = {prompt.reference: prompt for prompt in (*others, edited)}
        return Trial(
            tuple(prompts.values()),
            tuple(body.models),
            body.dataset,
            Part(body.sample, body.seed, body.wrong_in),
            body.epochs,
            body.concurrency,
        )

    return routes


async def _lines(views: AsyncGenerator[TrialNews | TrialWhole, None]) -> AsyncIterator[str]:
    """Each as a line of JSON; what goes wrong meanwhile is the last."""
    try:
        async with aclosing(views):
            async for view in views:
                yield json.dumps(view, ensure_ascii=False) + "\n"
    except SpokenMathsError as error:
        problem: TrialProblem = {"kind": "problem", "message": str(error)}
        yield json.dumps(problem) + "\n"
