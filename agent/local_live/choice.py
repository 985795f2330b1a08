"""Which of the n-best hypotheses was meant: the one whose mathematics parses."""

from collections.abc import Sequence

from agent.spoken import annotate

# Words that hardly ever stand outside a formula: stray ones tell a misrecognition.
_FORMULA_WORDS = """
plus minus equals times over squared cubed factorial sine cosine tangent sinh cosh tanh
alpha beta gamma delta epsilon zeta eta theta lambda mu nu xi pi rho sigma tau phi chi psi omega
b c d e f g h j k l m n p q r s t u v w x y z
"""
FORMULA_WORDS = frozenset(_FORMULA_WORDS.split())


def choose(hypotheses: Sequence[str]) -> str:
    """The hypothesis with the fewest stray formula words; of equals the first."""
    fewest, chosen = len(hypotheses[0]), hypotheses[0]
    for text in hypotheses:
        n_stray = count_stray(text)
        if n_stray < fewest:
            fewest, chosen = n_stray, text
        if not fewest:
            break
    return chosen


def count_stray(text: str) -> int:
    """How many formula words belong to no formula of the text."""
    spans = annotate(text)
    n_stray = at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        is_inside = any(span.start <= start < span.end for span in spans)
        n_stray += word in FORMULA_WORDS and not is_inside
    return n_stray
