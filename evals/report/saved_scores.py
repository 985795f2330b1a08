"""Scores kept in the run folder, for whoever reads it without this program."""

from collections.abc import Iterable, Mapping, Sequence

from pydantic_core import to_json

from agent.files import replace_file
from evals.analysis.plugins import PluginScores
from evals.analysis.scored_run import ScoredRun
from evals.report.documents import dump, summary_json
from evals.scoring.answers import ANSWER_VERSION
from evals.scoring.utterance import SCORER_VERSION, UtteranceScore
from evals.scoring.words import NORMALISER_VERSION

SCORES, SUMMARY = "scores", "summary.json"


def save_scores(scored: ScoredRun, plugins: Sequence[PluginScores]) -> None:
    """Write `scores/<scorer>@<version>.jsonl`, a line an attempt, and `summary.json`."""
    folder = scored.run.folder
    scores = [each.score for each in scored.attempts]
    rows = {
        f"words@{NORMALISER_VERSION}": [_row(score, words=score.words) for score in scores],
        f"notation@{SCORER_VERSION}": [
            _row(score, notation=score.notation, words_only=score.words_only) for score in scores
        ],
        f"answer@{ANSWER_VERSION}": [_row(score, answer=score.answer) for score in scores],
    }
    for plugin in plugins:
        rows[f"{plugin.name}@{plugin.version}"] = [
            _row(score, score=value) for score, value in zip(scores, plugin.scores, strict=True)
        ]
    for name, lines in rows.items():
        replace_file(folder / SCORES / f"{name}.jsonl", _json_lines(lines), below=folder)
    replace_file(folder / SUMMARY, dump(summary_json(scored, plugins)))


def _row(of: UtteranceScore, /, **found: object) -> Mapping[str, object]:
    return {"utterance_id": of.utterance_id, "epoch": of.epoch, "status": of.status} | found


def _json_lines(rows: Iterable[Mapping[str, object]]) -> Iterable[str]:
    return (to_json(row).decode() + "\n" for row in rows)
