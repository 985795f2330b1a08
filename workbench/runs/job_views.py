"""What the page says about runs under way, as Markdown; names are ours or escaped."""

import shlex
from collections.abc import Sequence

from evals.runs.folder import Run
from evals.runs.prediction import counts_text
from workbench.runs.jobs import Job
from workbench.runs.views import plain

ENDED = {"complete": "Complete", "stopped": "Stopped", "failed": "Failed"}


def job_lines(jobs: Sequence[Job]) -> str:
    """A line for each job, the one under way in full; empty for none."""
    return "\n\n".join(_line(job) for job in jobs)


def command(run: Run) -> str:
    """What to type for the same run, as a code block that has a copy button."""
    return f"```sh\n{command_line(run)}\n```"


def command_line(run: Run) -> str:
    """What to type for the same run."""
    info = run.info
    prompt = f"{info.tutor.prompt.name}@{info.tutor.prompt.version}"
    words = ["python", "-m", "evals", "run", info.dataset_name, "--engine", info.engine]
    words += ["--prompt", prompt, "--model", info.tutor.model, "-c", str(info.concurrency)]
    words += ["--depth", info.depth, *(["--worker"] if info.by_worker else [])]
    words += ["--pace", info.pace] if info.pace != "full" else []
    part = info.part
    if part.sample is not None:
        words += ["--sample", str(part.sample), "--seed", str(part.seed)]
    words += ["--wrong-in", part.wrong_in] if part.wrong_in else []
    words += ["--limit", str(len(info.utterance_ids)), "--epochs", str(info.epochs)]
    return shlex.join(words)


def _line(job: Job) -> str:
    name = f"{plain(job.plan.dataset.name)} with {plain(job.plan.tutor.prompt.name)}"
    if job.state == "waiting":
        return f"Waiting: {name}"
    progress = job.progress
    done = f"{progress.done} of {progress.total} utterances ({counts_text(progress)})"
    if job.state == "running":
        return f"**Running**: {name}, {done}{_pace(job)}"
    problem = f" **{job.problem}**" if job.problem else ""
    return f"{ENDED[job.state]}: {name}, {done}.{problem}"


def _pace(job: Job) -> str:
    per_sec, remaining_sec = job.per_sec, job.remaining_sec
    if per_sec is None or remaining_sec is None:
        return ""
    return f", {per_sec:.1f} a second, {_duration(remaining_sec)} left"


def _duration(sec: float) -> str:
    return f"{sec:.0f} s" if sec < 100 else f"{sec / 60:.0f} min"
