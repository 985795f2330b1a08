"""What `check` does: try the service, say what was found."""

import json
from dataclasses import asdict

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from agent.settings import EngineChoice
from agent.tasks import run_unless_interrupted
from agent.tutor.endpoint import EmbeddedEngine, chosen_engine, open_endpoint
from agent.tutor.tutor import Tutor
from evals.cli.tables import table_of
from evals.replay.grid import Wanted, plans_of, settings_for
from evals.replay.preflight import Preflight, Trial, preflight, short_clip
from evals.report.wording import EMBEDDED_NOTE, bill_text, tutor_name

NOT_READY, REFUSED = 1, 4
PACE_NAMES = {"full": "at full pace", "realtime": "in real time"}


def check_service(  # noqa: PLR0913 (what `check` takes)
    dataset: str,
    prompt: str | None,
    model: str | None,
    engine: EngineChoice | None,
    embedded: EmbeddedEngine,
    *,
    as_json: bool,
) -> int:
    """Send one recording twice and print what came of it; gives the exit code."""
    settings = settings_for(engine)
    wanted = Wanted(dataset, [prompt] if prompt else (), [model] if model else (), None, None, 1)
    (plan,) = plans_of(wanted, settings)
    clip = short_clip(plan.dataset)

    async def try_it() -> Preflight:
        async with open_endpoint(settings, embedded) as endpoint:
            return await preflight(plan.tutor, endpoint, clip)

    found = run_unless_interrupted(try_it())
    if as_json:
        typer.echo(json.dumps(_json(found), ensure_ascii=False, indent=2))
    else:
        note = f"embedded engine ({EMBEDDED_NOTE})"
        who = note if chosen_engine(settings) == "embedded" else "Gemini Live"
        console = Console()
        console.print(_table(found, who, plan.tutor), Text(found.advice))
    if found.refusal:
        return REFUSED
    return 0 if found.is_ready else NOT_READY


def _table(found: Preflight, who: str, tutor: Tutor) -> Table:
    table = table_of("", "", title=f"{who}: {tutor_name(tutor)}")
    if found.refusal:
        table.add_row("session", "none was opened")
        return table
    table.add_row("session", "opened: key and model are taken")
    table.add_row("said", Text(f"{found.utterance.transcript} ({found.utterance.id})"))
    for trial in found.trials:
        table.add_row(PACE_NAMES[trial.pace], Text(_outcome(trial)))
    table.add_row("cost", bill_text(found.bill))
    table.add_row("quota", "the service does not tell it; `run` finds it out and keeps to it")
    return table


def _outcome(trial: Trial) -> str:
    prediction = trial.prediction
    if not trial.is_heard:
        return prediction.error or "nothing was heard"
    formulas = ", ".join(formula.latex for formula in prediction.formulas) or "no formula"
    wrong = f"{100 * (trial.wer or 0):.0f} % of the words wrong"
    told = (
        f"heard {prediction.transcript!r} ({wrong}), wrote {formulas}, took {trial.took_sec:.1f} s"
    )
    return f"{told}; {prediction.error}" if prediction.error else told


def _json(found: Preflight) -> dict[str, object]:
    return {
        "engine": found.engine,
        "model": found.model,
        "is_ready": found.is_ready,
        "advice": found.advice,
        "utterance": {"id": found.utterance.id, "transcript": found.utterance.transcript},
        "trials": [asdict(trial) for trial in found.trials],
        "cost_usd": found.bill.cost_usd,
        "tokens": asdict(found.bill.tokens),
    }
