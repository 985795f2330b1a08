"""Formulas spoilt at random, as a model in trouble might write them."""

import random
from collections.abc import Iterator, Sequence

MAX_EDITS = 6
_INSERTED = (
    *"{}()[]|^_&$%#~'\"/\\+-=<>,.;: \n\t\u00a0\u200d\u0301\u202e\ud800\x00\u221e\u03c0",
    *("\\frac", "\\sqrt", "\\left", "\\right", "\\begin{pmatrix}", "\\end{pmatrix}", "\\\\"),
    *(
        "\\text{",
        "\\def\\a{\\a}",
        "\\href",
        "\\hline",
        "\\over",
        "\\int_0^1",
        "\\sum",
        "^{^{",
        "_{_{",
    ),
)


def mutated(formulas: Sequence[str], n: int, seed: int) -> Iterator[tuple[str, str]]:
    """`n` times a formula and what was made of it: pieces lost, doubled, moved, spliced in."""
    rng = random.Random(seed)  # noqa: S311 (spoils formulas, guards nothing)
    for _ in range(n):
        formula = rng.choice(formulas)
        spoilt = formula
        for _ in range(rng.randint(1, MAX_EDITS)):
            spoilt = _edited(spoilt, formulas, rng)
        yield formula, spoilt


def _edited(text: str, formulas: Sequence[str], rng: random.Random) -> str:
    start, end = sorted(rng.choices(range(len(text) + 1), k=2))
    kind = rng.randrange(5)
    if kind == 0:
        return text[:start] + text[min(end, start + 3) :]
    if kind == 1:
        return text[:end] + text[start:end] * rng.randint(1, 3) + text[end:]
    if kind == 2:
        return f"{text[:start]}{rng.choice(_INSERTED)}{text[start:]}"
    if kind == 3:
        other = rng.choice(formulas)
        tail = other[rng.randrange(len(other) + 1) :]
        return f"{text[:start]}{tail}{text[start:]}"
    return text[end:] + text[start:end] + text[:start]
