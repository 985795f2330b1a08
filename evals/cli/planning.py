"""What `plan` does: estimate, show."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from agent.audio import MAX_AUDIO_SEC
from agent.command_line import counted
from agent.models import PRICES_READ
from agent.settings import EngineChoice
from agent.tutor.endpoint import chosen_engine
from evals.cli.tables import table_of
from evals.replay.estimate import ANSWER_SEC, Estimate, total_cost_usd, unknown_prices
from evals.replay.grid import Wanted, estimates, plans_of, settings_for
from evals.replay.runner import MAX_ATTEMPTS, Plan
from evals.report.wording import EMBEDDED_NOTE, tutor_name

FREE = "The embedded engine costs nothing; " + EMBEDDED_NOTE + "."
PAID = (
    f"Prices as read in {PRICES_READ}, paid tier. Assumed: answers of {ANSWER_SEC:.0f} s with one formula. "
    f"A lost connection is tried again, up to {MAX_ATTEMPTS} times, and each try is charged."
)


def show_plan(wanted: Wanted, engine: EngineChoice | None, *, as_json: bool) -> None:
    """Print what the runs would take, one row each and their sum."""
    settings = settings_for(engine)
    plans = plans_of(wanted, settings)
    found = estimates(plans, settings)
    is_free = chosen_engine(settings) == "embedded"
    if as_json:
        typer.echo(json.dumps(_json(plans, found, is_free), ensure_ascii=False, indent=2))
        return
    console = Console()
    console.print(_table(plans, found))
    sentences = *_limits(plans, found, is_free), unknown_prices(found), FREE if is_free else PAID
    for sentence in filter(None, sentences):
        console.print(Text(sentence))


def _table(plans: Sequence[Plan], found: Sequence[Estimate]) -> Table:
    heads = ("Run", "Sessions", "Audio", "Tokens in", "Tokens out", "Cost", "Time")
    first = plans[0]
    epochs = f", {first.epochs} epochs" if first.epochs > 1 else ""
    clips = counted(len(first.utterances), "utterance")
    table = table_of(*heads, title=f"{first.dataset.name}, {clips}{epochs}")
    for plan, each in zip(plans, found, strict=True):
        table.add_row(*map(Text, [tutor_name(plan.tutor), *_cells([each])]))
    if len(found) > 1:
        table.add_row(*map(Text, ["one after the other", *_cells(found)]))
    return table


def _cells(found: Sequence[Estimate]) -> list[str]:
    tokens = [each.tokens for each in found]
    cost_usd = total_cost_usd(found)
    return [
        f"{sum(each.n_sessions for each in found):,}",
        f"{sum(each.audio_sec for each in found) / 60:.1f} min",
        f"{sum(each.text_in + each.audio_in for each in tokens):,}",
        f"{sum(each.text_out + each.audio_out for each in tokens):,}",
        "unknown" if cost_usd is None else f"${cost_usd:.2f}",
        _clock(sum(each.wall_clock_sec for each in found)),
    ]


def _clock(seconds: float) -> str:
    minutes = round(seconds / 60)
    if not minutes:
        return f"{seconds:.0f} s"
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def _limits(plans: Sequence[Plan], found: Sequence[Estimate], is_free: bool) -> list[str]:
    longest_sec = max(each.longest_sec for each in found)
    told = [
        f"The longest clip has {longest_sec:.1f} s of the {MAX_AUDIO_SEC:.0f} s "
        "that one connection may last."
    ]
    if not is_free:
        told.append(
            f"{plans[0].concurrency} sessions at a time; how many Google allows depends on the "
            "project and is not published: lower -c when sessions end with 429 or 1011."
        )
    return told


def _json(plans: Sequence[Plan], found: Sequence[Estimate], is_free: bool) -> Mapping[str, object]:
    runs = [
        {
            "prompt": f"{plan.tutor.prompt.name}@{plan.tutor.prompt.version}",
            **asdict(each),
        }
        for plan, each in zip(plans, found, strict=True)
    ]
    return {
        "engine": "embedded" if is_free else "gemini",
        "runs": runs,
        "cost_usd": total_cost_usd(found),
        "wall_clock_sec": sum(each.wall_clock_sec for each in found),
        "prices_read": PRICES_READ,
    }
