"""Character errors between formulas after all that typography may change is gone."""

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from evals.notation import Katex, MathML
from evals.notation.spoken import spoken_trees
from evals.notation.strict import strict_tree
from evals.notation.tree import Node, fold


def canonical_error_rate(pairs: Sequence[tuple[str, str]], katex: Katex) -> float | None:
    """All character edits over all reference characters of (reference, prediction) pairs.

    Both are written flat from the canonical spoken tree. A prediction that is missing or
    unreadable counts as empty; a reference that is unreadable is left out.
    """
    written = _written([latex for pair in pairs for latex in pair], katex)
    n_edits = n_characters = 0
    for reference, prediction in pairs:
        expected = written[reference]
        n_characters += len(expected)
        n_edits += Levenshtein.distance(expected, written[prediction]) if expected else 0
    return n_edits / n_characters if n_characters else None


def _written(formulas: Sequence[str], katex: Katex) -> dict[str, str]:
    unique = list(dict.fromkeys(formulas))
    return {
        latex: _flat(outcome.markup) if isinstance(outcome, MathML) else ""
        for latex, outcome in zip(unique, katex.mathml(unique), strict=True)
    }


def _flat(markup: str) -> str:
    return fold(spoken_trees(strict_tree(markup))[0], lambda node: node.children, _write)


def _write(node: Node, parts: list[str]) -> str:
    """Leaves as their text, scripts and fractions as their kind's initial with its parts."""
    if not parts:
        return node.text
    if node.kind == "row":
        return "".join(parts)
    return f"{node.kind[0]}{node.text}({';'.join(parts)})"
