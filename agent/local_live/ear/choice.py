"""Which of the n-best hypotheses was meant: the one whose mathematics parses."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.spoken import annotate

# Words that hardly ever stand outside a formula: stray ones tell a misrecognition.
_FORMULA_WORDS = """
plus minus equals times over squared cubed factorial sine cosine tangent sinh cosh tanh
alpha beta gamma delta epsilon zeta eta theta lambda mu nu xi pi rho sigma tau phi chi psi omega
b c d e f g h j k l m n p q r s t u v w x y z
"""
FORMULA_WORDS = frozenset(_FORMULA_WORDS.split())
NATS_OF_A_STRAY_WORD = 0.5  # a stray word weighs as much as this difference of score
STRAY_WORDS_OF_A_HINT = 2  # more than a hinted word may cost as a stray one


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to hear an utterance; `behind` is how many nats its score is below the best."""

    text: str
    behind: float = 0.0


def choose(hypotheses: Sequence[Choice], hints: Sequence[str] = ()) -> str:
    """The hypothesis with few stray formula words, many hinted ones and a good score.

    Of equals the first. A hint may be several words. A hypothesis that leaves out or adds
    several words beside the first is not taken: without its words nothing is stray.
    """

    def cost(each: Choice) -> float:
        words = f" {each.text} "
        n_hinted = sum(words.count(f" {hint.strip().lower()} ") for hint in hints)
        n_stray = count_stray(each.text) - STRAY_WORDS_OF_A_HINT * n_hinted
        return n_stray + each.behind / NATS_OF_A_STRAY_WORD

    n_words = len(hypotheses[0].text.split())
    alike = [each for each in hypotheses if abs(len(each.text.split()) - n_words) <= 1]
    return min(alike, key=cost).text


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
