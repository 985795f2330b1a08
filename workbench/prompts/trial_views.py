"""What the page is told about trials: what they will take, how they go, how they came out."""

from collections.abc import Sequence
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from evals.replay.estimate import Estimate, total_cost_usd
from evals.replay.runner import Plan
from evals.report.wording import EMBEDDED_NOTE, is_embedded, tutor_name
from evals.runs.folder import Run, RunStatus
from workbench.prompts.trials import Judged
from workbench.runs.jobs import Job, JobState


class ClipView(TypedDict):
    """A recording to try a prompt on."""

    id: str
    words: str


class PlannedView(TypedDict):
    """What a trial takes; `runs` are its tutors' names."""

    runs: list[str]
    n_utterances: int
    n_sessions: int
    audio_sec: float
    tokens_in: int
    tokens_out: int
    cost_usd: float | None
    wall_clock_sec: float


class JobView(TypedDict):
    """How far one run of a trial is; the counts are there while it is remembered."""

    run_id: str
    name: str
    state: JobState | RunStatus | Literal["gone"]
    problem: str
    done: NotRequired[int]
    total: NotRequired[int]
    no_answer: NotRequired[int]
    failed: NotRequired[int]
    remaining_sec: NotRequired[float | None]


class JudgedView(TypedDict):
    """One run against the baseline; `folders` are both, to be opened side by side."""

    baseline: str
    run: str
    folders: list[str]
    verdict: str
    note: str


class TrialView(TypedDict):
    """How far a trial is; it is judged once every run is complete."""

    jobs: list[JobView]
    judged: list[JudgedView]


def planned_view(planned: Sequence[tuple[Plan, Estimate]]) -> PlannedView:
    """Minutes, sessions, tokens and money, for all of it and run by run."""
    found = [estimate for _, estimate in planned]
    return {
        "runs": [tutor_name(plan.tutor) for plan, _ in planned],
        "n_utterances": len(planned[0][0].utterances),
        "n_sessions": sum(each.n_sessions for each in found),
        "audio_sec": sum(each.audio_sec for each in found),
        "tokens_in": sum(each.tokens.text_in + each.tokens.audio_in for each in found),
        "tokens_out": sum(each.tokens.text_out + each.tokens.audio_out for each in found),
        "cost_usd": total_cost_usd(found),
        "wall_clock_sec": sum(each.wall_clock_sec for each in found),
    }


def job_view(run: Run | None, job: Job | None, run_id: str) -> JobView:
    """How far one run is; `run` is None before its turn has come."""
    view: JobView = {"run_id": run_id, "name": run_id, "state": "gone", "problem": ""}
    if run is not None:
        view |= {"name": tutor_name(run.info.tutor), "state": run.status}
    if job is not None:
        view |= {
            "name": tutor_name(job.plan.tutor),
            "state": job.state,
            "problem": job.problem,
            "done": job.progress.done,
            "total": job.progress.total,
            "no_answer": job.progress.no_answer,
            "failed": job.progress.failed,
            "remaining_sec": job.remaining_sec,
        }
    return view


def judged_view(judged: Judged) -> JudgedView:
    """The verdict, and where both runs lie side by side."""
    infos = judged.baseline, judged.run
    return {
        "baseline": tutor_name(judged.baseline.tutor),
        "run": tutor_name(judged.run.tutor),
        "folders": list(judged.folders),
        "verdict": judged.verdict,
        "note": f"Embedded engine: {EMBEDDED_NOTE}." if any(map(is_embedded, infos)) else "",
    }
