"""What the page is told about trials: what they will take, how they go, how they came out."""

from collections.abc import Sequence

from evals.replay.estimate import Estimate, total_cost_usd
from evals.replay.runner import Plan
from evals.report.wording import EMBEDDED_NOTE, is_embedded, tutor_name
from evals.runs.folder import Run
from workbench.prompts.trials import Judged
from workbench.runs.jobs import Job
from workbench.shared.views import View


def planned_view(planned: Sequence[tuple[Plan, Estimate]]) -> View:
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


def job_view(run: Run | None, job: Job | None, run_id: str) -> View:
    """How far one run is; `run` is None before its turn has come."""
    view: dict[str, object] = {"run_id": run_id, "name": run_id, "state": "gone", "problem": ""}
    if run is not None:
        view |= {"name": tutor_name(run.info.tutor), "state": run.status}
    if job is not None:
        view |= {
            "name": tutor_name(job.plan.tutor),
            "state": job.state,
            "problem": job.problem,
            "done": job.progress.done,
            "total": job.progress.total,
            "failed": job.progress.failed,
            "remaining_sec": job.remaining_sec,
        }
    return view


def judged_view(judged: Judged) -> View:
    """The verdict, and where both runs lie side by side."""
    infos = judged.baseline, judged.run
    return {
        "baseline": tutor_name(judged.baseline.tutor),
        "run": tutor_name(judged.run.tutor),
        "folders": judged.folders,
        "verdict": judged.verdict,
        "note": f"Embedded engine: {EMBEDDED_NOTE}." if any(map(is_embedded, infos)) else "",
    }
