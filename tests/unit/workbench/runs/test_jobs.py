"""Runs in line: their order, their end, what becomes of the rest."""

from pathlib import Path

import pytest

from agent.errors import EnvironmentNotReady
from agent.models import DEFAULT_MODEL
from agent.prompts.prompt import find_prompt
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor
from evals.dataset.catalogue import SHIPPED_DATASETS
from evals.dataset.utterances import load_dataset
from evals.replay.runner import Plan, Progress
from workbench.runs.job_views import job_lines
from workbench.runs.jobs import MAX_JOBS, Job, Jobs, TooManyJobsError

DATASET = load_dataset(SHIPPED_DATASETS / "spoken-math-mini")


def plan(folder: Path) -> Plan:
    return Plan(DATASET, Tutor(find_prompt("transcribe"), DEFAULT_MODEL), folder, limit=2)


def not_ready() -> LiveEndpoint:
    raise EnvironmentNotReady("Gemini Live is being started.")


async def test_a_run_that_fails_says_why_and_the_next_is_taken(tmp_path: Path) -> None:
    """One broken run must not hold up the line."""
    jobs = Jobs(not_ready)
    first, second = jobs.add(plan(tmp_path / "a")), jobs.add(plan(tmp_path / "b"))
    await jobs.finished()
    assert first.problem == second.problem == "Gemini Live is being started."
    assert jobs.all() == [second]
    assert "Failed: spoken-math-mini" in job_lines(jobs.all())
    assert "**Gemini Live is being started.**" in job_lines(jobs.all())


async def test_a_waiting_run_can_be_taken_out_of_the_line(tmp_path: Path) -> None:
    """Changing one's mind costs nothing."""
    jobs = Jobs(not_ready)
    jobs.add(plan(tmp_path / "a"))
    waiting = jobs.add(plan(tmp_path / "b"))
    jobs.stop("b")
    assert waiting.state == "stopped"
    await jobs.aclose()
    assert not (tmp_path / "b").exists()


async def test_the_line_has_an_end(tmp_path: Path) -> None:
    """A page that presses Run for ever must not fill the server's memory."""
    jobs = Jobs(not_ready)
    for number in range(MAX_JOBS):
        jobs.add(plan(tmp_path / str(number)))
    with pytest.raises(TooManyJobsError):
        jobs.add(plan(tmp_path / "one more"))
    await jobs.aclose()
    assert all(job.is_over for job in jobs.all())


def test_the_speed_of_a_resumed_run_is_its_own(tmp_path: Path) -> None:
    """What was done an hour ago says nothing about what is left."""
    job = Job(plan(tmp_path), resume=True, state="running")
    job.note(Progress(50, 72, 50, 0, 0, 0))
    assert job.per_sec is None
    assert "50 of 72 utterances" in job_lines([job])
    job.note(Progress(60, 72, 60, 0, 0, 0))
    assert job.per_sec is not None
    assert job.remaining_sec == pytest.approx(12 / job.per_sec, rel=0.1)
    assert "a second" in job_lines([job])
