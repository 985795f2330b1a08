"""The likeliest ways to read a phrase as one formula."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from agent.spoken.context import Context, Known, known
from agent.spoken.english import ENGLISH
from agent.spoken.evidence import is_formula
from agent.spoken.parsing.binding import Binding, Parse, dearer
from agent.spoken.parsing.latex import to_latex
from agent.spoken.parsing.nodes import Fenced, Listed, Node, Number, Product, Relation, Signed
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import MORE_UNLIKELY, STILL_MORE_UNLIKELY, USUAL
from agent.spoken.speech.cleaning import cleaned, without_doubles
from agent.spoken.speech.leads import after_names, without_leads
from agent.spoken.vocabulary.letters import HOMOPHONES, LATIN
from agent.spoken.vocabulary.numbers import read_number
from agent.spoken.vocabulary.weights import is_mathematical
from agent.spoken.vocabulary.words import Word, split_words

DEFAULT_READINGS = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a phrase: LaTeX, how likely (0..1), what was decided against the usual.

    The confidences of a phrase's readings add up to 1 at most; an unlikely repair, such as a
    letter heard as another word, lowers them all.
    """

    latex: str
    confidence: float
    choices: tuple[str, ...] = ()


def readings(
    text: str, n: int = DEFAULT_READINGS, context: Context | None = None
) -> tuple[Reading, ...]:
    """The `n` likeliest formulas that all of `text` may mean, best first; empty for prose.

    What `context` knows makes some readings likelier. Characters beyond the 4,000th are not read.
    """
    words = without_stop(cleaned(split_words(text)))
    about = known(context or Context())
    core = without_leads(words)
    parses = _whole(words, about) or _whole(core, about) or _named(words, about)
    parses = parses or _whole(without_doubles(core), about) or _sounding(core, about)
    return rank(parses or _coordinates(core), n)


def _whole(words: Sequence[Word], about: Known, *, is_all_maths: bool = False) -> list[Parse]:
    """The ways to read all of `words`."""
    if not words:
        return []
    parses = Parser(words, ENGLISH, about, is_all_maths=is_all_maths).parse(0, Binding.LIST)
    whole = [parse for parse in parses if parse.end == len(words)]
    return whole + [other for parse in whole[:1] for other in _unlisted(parse)]


def _unlisted(parse: Parse) -> list[Parse]:
    """A list as a tuple; two items as factors with a pause between."""
    if not isinstance(parse.node, Listed):
        return []
    found = [dearer(parse._replace(node=Fenced(parse.node)), MORE_UNLIKELY, "a tuple")]
    items = parse.node.items
    if len(items) == 2 and not any(isinstance(item, Relation | Number) for item in items):
        factors = parse._replace(node=Product("", *items))
        found.append(dearer(factors, STILL_MORE_UNLIKELY, "factors with a pause between"))
    return found


def _sounding(words: Sequence[Word], about: Known) -> list[Parse]:
    """The ways to read words some of which only sound like letters: two why plus see."""
    texts = ["x" if word.text in HOMOPHONES or _is_run(word.text) else word.text for word in words]
    if not any(word not in LATIN and is_mathematical(word) for word in texts):
        return []
    return [
        parse
        for parse in _whole(words, about, is_all_maths=True)
        if is_formula(texts, 0, len(words), parse.node)
    ]


def _coordinates(words: Sequence[Word]) -> list[Parse]:
    """Numbers and nothing between them: eight six, minus eight five."""
    texts = [word.text for word in words]
    items: list[Node] = []
    at = 0
    while at < len(texts):
        is_signed = texts[at] in ("minus", "negative")
        number = read_number(texts, at + is_signed)
        if number is None:
            return []
        items.append(Signed("-", Number(number.text)) if is_signed else Number(number.text))
        at = number.end
    node = Fenced(Listed(tuple(items)))
    return [Parse(at, node, USUAL, ("coordinates",), height=4)] if len(items) in (2, 3) else []


def _is_run(word: str) -> bool:
    """Whether this may be letters written together."""
    return 1 < len(word) < 4 and word.isalpha() and not is_mathematical(word)


def _named(words: Sequence[Word], about: Known) -> list[Parse]:
    """The formula that follows its name: the area of a circle is pi r squared."""
    for rest in after_names(words):
        texts = [word.text for word in rest]
        whole = _whole(rest, about)
        found = [parse for parse in whole if is_formula(texts, 0, len(rest), parse.node)]
        if found:
            return [dearer(parse, USUAL, "a name comes first") for parse in found]
    return []


def rank(parses: Sequence[Parse], n: int) -> tuple[Reading, ...]:
    """Readings of different LaTeX, their confidence from the costs of all."""
    by_latex: dict[str, Parse] = {}
    for parse in parses:
        by_latex.setdefault(to_latex(parse.node), parse)
    weights = [math.exp(-parse.cost) for parse in by_latex.values()]
    total = max(1.0, sum(weights))  # what is dear even without a rival is uncertain
    return tuple(
        Reading(latex, weight / total, parse.choices)
        for (latex, parse), weight in list(zip(by_latex.items(), weights, strict=True))[:n]
    )


def without_stop(words: list[Word]) -> list[Word]:
    """The words without the punctuation that ends a sentence."""
    while words and words[-1].text in (".", "?", "!", ",", ";", ":"):
        words.pop()
    return words
