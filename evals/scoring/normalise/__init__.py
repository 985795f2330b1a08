"""One spelling for spoken maths, whoever wrote it down.

The rule behind every table here: where one written form is said in several ways (`x^4` is
"x to the four", "to the fourth", "to the power of four"), those ways become one; where two
ways of saying are written apart, they stay apart.
"""

from functools import lru_cache

from evals.scoring.normalise.phrases import unify_phrases
from evals.scoring.normalise.speech import say
from evals.scoring.normalise.tokens import tokenise

__all__ = ["NORMALISER_VERSION", "normalise_spoken_math"]

NORMALISER_VERSION = "1"


@lru_cache(maxsize=10_000)  # a phrase is said by every voice, and looked at from several sides
def normalise_spoken_math(text: str) -> str:
    """The words of `text` as they are said: lower case, single spaces, symbols spoken out.

    Serves words as a recogniser of words gives them ("x squared plus one half") and as one
    that writes symbols does ("x² + ½"). Brackets are kept, each a word of its own. What is
    normal already stays as it is.
    """
    return " ".join(unify_phrases(say(tokenise(text))))
