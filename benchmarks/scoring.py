"""Notation scored per second, beside its peers, and what each takes for the same formula.

    python -m benchmarks.scoring                     pairs generated here, and a run of 10,000
    python -m benchmarks.scoring --pairs FILE.jsonl  labelled pairs, with the verdicts by class

A labelled pair is a JSON line with `cls`, `ref`, `pred` and the verdicts `valid`, `strict`,
`spoken` (true, false, or null where unlabelled). Times are CPU seconds of the whole process,
V8's threads included, so that they hold for one core; Math-Verify has its own timeouts off.
The run's commands are timed by the clock.
"""

import argparse
import json
import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from agent.command_line import collect_seldom
from benchmarks._big_run import measure_big_run
from evals.notation import Katex, MathML, NotationScore, Prover, score_notation

N_PAIRS = 4000
N_UTTERANCES = 10_000
N_WARM_UP = 200
N_SLOW = 200
RUNGS = ("exact_strict", "exact_spoken", "exact_spoken_nocase", "equivalent")
Pair = tuple[str, str]

_SHAPES = (
    (r"\frac{{{a}+{n}}}{{{b}}}-{c}^{{{m}}}", r"\dfrac{{{a} + {n}}}{{{b}}} - {c}^{m}"),
    (r"\sqrt{{{a}^2+{n}{b}}}={c}", r"\sqrt{{{a}^{{2}}+{n}\,{b}}} = {c}"),
    (r"\int_0^{{{n}}} {a}^{{{m}}}\,d{a}", r"\int_{{0}}^{{{n}}} {a}^{m} \mathrm{{d}}{a}"),
    (r"\sum_{{{a}=1}}^{{{n}}} {a}_{{{m}}}", r"\sum\limits_{{{a}=1}}^{{{n}}}{a}_{m}"),
    (r"\left({a}+{n}\right)^{{{m}}}\le {c}", r"({a}+{n})^{m}\leq {c}"),
    (r"\lim_{{{a}\to {n}}} \frac{{\sin {a}}}{{{b}}}", r"\lim_{{{a}\rightarrow {n}}}\sin({a})/{b}"),
    (r"{n}\cdot {a}-{m}\cdot {b}={c}", r"{n}{a}-{m}{b}={c}"),
    (r"{a}_{{{m}}}+{n}\theta<\pi", r"{a}_{m}+{n}\theta<\pi"),
)


def generated_pairs(n_pairs: int) -> list[Pair]:
    """Distinct formulas of school size, half of them with a wrong number in the prediction."""
    rng = random.Random(7)  # noqa: S311 (a benchmark's input, not a secret)
    pairs: list[Pair] = []
    for index in range(n_pairs):
        reference, prediction = rng.choice(_SHAPES)
        a, b, c = rng.sample("abcuvwxyz", 3)
        n, m = rng.randint(2, 9999), rng.randint(2, 9)
        wrong = n + 1 if index % 2 else n
        pairs.append(
            (
                reference.format(a=a, b=b, c=c, n=n, m=m),
                prediction.format(a=a, b=b, c=c, n=wrong, m=m),
            )
        )
    return pairs


def ladder(pairs: Sequence[Pair], katex: Katex) -> list[bool]:
    """This project's verdicts, spoken tier."""
    scores = score_notation([((reference,), (said,)) for reference, said in pairs], katex)
    return [bool(score.exact_spoken) for score in scores]


def ladder_one_by_one(pairs: Sequence[Pair], katex: Katex) -> list[bool]:
    """The same without batching: one call into V8 for each formula."""
    return [same for pair in pairs for same in ladder([pair], katex)]


def raw_mathml(pairs: Sequence[Pair], katex: Katex) -> list[bool]:
    """KaTeX's MathML compared as text, the source's annotation left out."""
    markup = katex.mathml([side for pair in pairs for side in pair])
    drawn = [_drawn(each.markup) if isinstance(each, MathML) else None for each in markup]
    return [
        one is not None and one == other for one, other in zip(drawn[::2], drawn[1::2], strict=True)
    ]


def without_spaces(pairs: Sequence[Pair], _katex: Katex) -> list[bool]:
    """Strings compared without white space, as papers of the field do."""
    return ["".join(one.split()) == "".join(other.split()) for one, other in pairs]


def math_verify_alone(pairs: Sequence[Pair], _katex: Katex) -> list[bool]:
    """Math-Verify as its documentation calls it, with nothing to hold it back."""
    from math_verify import LatexExtractionConfig, parse, verify  # noqa: PLC0415 (seconds)

    logging.getLogger("math_verify").setLevel(logging.CRITICAL)
    config = [LatexExtractionConfig()]
    parsed = [[parse(f"${side}$", config, parsing_timeout=0) for side in pair] for pair in pairs]
    return [verify(one, other, timeout_seconds=0) for one, other in parsed]


def _drawn(markup: str) -> str:
    return markup.partition("<annotation")[0]


SCORERS: dict[str, Callable[[Sequence[Pair], Katex], list[bool]]] = {
    "this project (batched)": ladder,
    "this project, one call a formula": ladder_one_by_one,
    "raw MathML equality": raw_mathml,
    "string equality without spaces": without_spaces,
}


SLOW = {"Math-Verify": math_verify_alone}  # on N_SLOW of the pairs


def measure(pairs: Sequence[Pair]) -> Table:
    """One row for each scorer: pairs a second, and how many it calls the same."""
    table = Table("scorer", "pairs", "pairs/s/core", "called the same")
    with Katex() as katex:
        for name, scorer in (SCORERS | SLOW).items():
            given = pairs[:N_SLOW] if name in SLOW else pairs
            scorer(given[:N_WARM_UP], katex)
            started = time.process_time()
            verdicts = scorer(given, katex)
            rate = len(given) / max(time.process_time() - started, 1e-9)
            table.add_row(name, str(len(given)), f"{rate:,.0f}", f"{sum(verdicts)}")
    return table


def judged_equal(rows: Sequence[dict[str, object]]) -> Table:
    """How many of each class are judged equal or equivalent, and the slowest verdict."""
    judged: dict[str, Counter[str]] = {}
    slowest: Counter[str] = Counter()
    with Katex() as katex, Prover() as prover:
        prover.are_equal("x", "y")  # started before the clock runs
        for row in rows:
            began = time.perf_counter()
            pair = ((str(row["ref"]),), (str(row["pred"]),))
            (score,) = score_notation([pair], katex, prover)
            name, took_ms = str(row["cls"]), 1000 * (time.perf_counter() - began)
            found = judged.setdefault(name, Counter())
            found.update(rung for rung in RUNGS if getattr(score, rung) is True)
            found["pairs"] += 1
            slowest[name] = max(slowest[name], round(took_ms))
    columns = ("pairs", *RUNGS)
    table = Table("class", *columns, "slowest (ms)", title="judged equal")
    for name, found in sorted(judged.items()):
        table.add_row(name, *(str(found[column]) for column in columns), str(slowest[name]))
    return table


def confusion(rows: Sequence[dict[str, object]]) -> Table:
    """Agreement with the labels, by class and rung."""
    pairs = [((str(row["ref"]),), (str(row["pred"]),)) for row in rows]
    with Katex() as katex:
        scores = score_notation(pairs, katex)
    agreed: Counter[tuple[str, str]] = Counter()
    labelled: Counter[tuple[str, str]] = Counter()
    for row, score in zip(rows, scores, strict=True):
        for rung, verdict in _verdicts(score).items():
            if row.get(rung) is not None:
                labelled[str(row["cls"]), rung] += 1
                agreed[str(row["cls"]), rung] += verdict == row[rung]
    table = Table("class", "valid", "strict", "spoken", title="agreement with the labels")
    for name in sorted({name for name, _ in labelled}):
        rungs = [(name, rung) for rung in ("valid", "strict", "spoken")]
        table.add_row(name, *(f"{agreed[rung]}/{labelled[rung]}" for rung in rungs))
    return table


def _verdicts(score: NotationScore) -> dict[str, bool]:
    return {
        "valid": bool(score.valid),
        "strict": bool(score.exact_strict),
        "spoken": bool(score.exact_spoken),
    }


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pairs", type=Path, help="labelled pairs, one JSON object a line")
    parser.add_argument("--utterances", type=int, default=N_UTTERANCES, help="in the big run")
    asked = parser.parse_args()
    console = Console(width=100)
    collect_seldom()  # as the commands do
    console.print(measure(generated_pairs(N_PAIRS)))
    console.print(measure_big_run(generated_pairs(asked.utterances)))
    if asked.pairs:
        lines = asked.pairs.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        console.print(confusion(rows))
        console.print(judged_equal(rows))


if __name__ == "__main__":
    main()
