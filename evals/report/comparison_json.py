"""A comparison of runs as JSON, for commands, pages and other programs."""

from collections.abc import Mapping

from evals.analysis.comparison import RunComparison, normaliser_verdict, verdict
from evals.analysis.difference import MetricDifference
from evals.analysis.pairing import Pair

Document = Mapping[str, object]


def comparison_json(compared: RunComparison) -> Document:
    """All that is known of the second run against the first."""
    return {
        "runs": [scored.run.folder.resolve().name for scored in compared.runs],
        "engines": [scored.run.info.engine for scored in compared.runs],
        "depths": [scored.run.info.depth for scored in compared.runs],
        "n_pairs": compared.n_pairs,
        "n_corrected": compared.other.overlay.n_corrected,
        "clustered_by": compared.clustered_by,
        "verdict": verdict(compared),
        "metrics": [_metric_json(metric) for metric in compared.metrics],
        "by_normaliser": [_metric_json(metric) for metric in compared.by_normaliser],
        "normaliser_verdict": normaliser_verdict(compared),
        "answers": [_metric_json(metric) for metric in compared.answers],
        "improvements": [_pair_json(pair) for pair in compared.improvements],
        "regressions": [_pair_json(pair) for pair in compared.regressions],
    }


def _metric_json(metric: MetricDifference) -> Document:
    difference = metric.difference
    return {
        "name": metric.name,
        "hint": metric.measure.hint,
        "value": difference.value,
        "low": difference.low,
        "high": difference.high,
        "n": difference.n,
        "p": metric.p,
        "test": metric.test,
        "is_better_high": metric.is_better_high,
        "unit": metric.unit,
        "told": metric.told(),
        "is_decisive": metric.is_decisive,
    }


def _pair_json(pair: Pair) -> Document:
    return {
        "utterance_id": pair.one.utterance.id,
        "epoch": pair.one.attempt.epoch,
        "said": pair.one.utterance.transcript,
        "understood": [list(side.understood) for side in (pair.one, pair.other)],
    }
