"""More pairs, each from a place where the notation is laid down or known to be confused.

KaTeX: its page "Supported Functions", by heading. ISO: ISO 80000-2, Mathematics. Speech: read
aloud, the two differ in scope, sound or order. Together with the tables of
`test_notation_tiers.py` they are more than 300, as many wrong as right.
"""

import pytest

from evals.notation import Katex, score_notation

# (source, reference, prediction)
SAME = [
    ("KaTeX, Accents", r"\widetilde{ab}", r"\widetilde {a b}"),
    ("KaTeX, Accents", r"\overline{AB}", r"\overline{{A}{B}}"),
    ("KaTeX, Delimiters", r"\lfloor x\rfloor", r"\left\lfloor x\right\rfloor"),
    ("KaTeX, Delimiters", r"\lceil x\rceil", r"\bigl\lceil x\bigr\rceil"),
    ("KaTeX, Delimiters", r"\langle u,v\rangle", r"\left\langle u,v\right\rangle"),
    ("KaTeX, Delimiters", r"\{x\}", r"\lbrace x\rbrace"),
    (
        "KaTeX, Environments",
        r"\begin{smallmatrix}a&b\end{smallmatrix}",
        r"\begin{matrix}a&b\end{matrix}",
    ),
    ("KaTeX, Letters and Unicode", "α+β", r"\alpha+\beta"),
    ("KaTeX, Letters and Unicode", "x∈ℝ", r"x\in\mathbb{R}"),
    ("KaTeX, Letters and Unicode", r"\text{in ℝ}", r"\text{in R}"),
    ("KaTeX, Letters and Unicode", "∑_{i=1}^n i", r"\sum_{i=1}^n i"),
    ("KaTeX, Logic and Set Theory", r"\exists x", r"\exists\,x"),
    ("KaTeX, Logic and Set Theory", r"A\setminus B", r"A \setminus {B}"),
    ("KaTeX, Logic and Set Theory", r"\lnot p", r"\neg p"),
    ("KaTeX, Logic and Set Theory", r"p\land q", r"p\wedge q"),
    ("KaTeX, Logic and Set Theory", r"p\lor q", r"p\vee q"),
    ("KaTeX, Logic and Set Theory", r"f\colon X\to Y", r"f\colon X\rightarrow Y"),
    ("KaTeX, Macros", r"\newcommand{\half}{\frac12}\half", r"\frac12"),
    ("KaTeX, Big Operators", r"\prod_{k=1}^{n} k", r"\prod\nolimits_{k=1}^n k"),
    ("KaTeX, Big Operators", r"\iint_D f", r"\iint\limits_{D} f"),
    ("KaTeX, Fractions and Binomials", r"\tbinom nk", r"\binom{n}{k}"),
    ("KaTeX, Fractions and Binomials", r"\frac{a}{b}", r"\genfrac{}{}{}{}{a}{b}"),
    ("KaTeX, Math Operators", r"\operatorname{rank} A", r"\operatorname{rank}A"),
    ("KaTeX, Math Operators", r"\gcd(a,b)", r"\gcd\left(a,b\right)"),
    ("KaTeX, Math Operators", r"\arg\max_x f", r"\arg\max\limits_{x} f"),
    ("KaTeX, Sqrt", r"\sqrt{2}", r"\sqrt 2"),
    ("KaTeX, Relations", r"a\ge b", r"a\geq b"),
    ("KaTeX, Negated Relations", r"x\not\in A", r"x\notin A"),
    ("KaTeX, Arrows", r"x\mapsto x^2", r"x \mapsto x^{2}"),
    ("KaTeX, Style and Size", r"\displaystyle\frac{x}{y}", r"\textstyle\frac{x}{y}"),
    ("KaTeX, Style and Size", r"{\large x}+1", "x+1"),
    ("KaTeX, Symbols and Punctuation", r"x\ldotp", r"x."),
    ("KaTeX, Overlap and Spacing", r"a\!b\;c", "abc"),
    ("KaTeX, Line Breaks", r"x\allowbreak+1", "x+1"),
    ("ISO, function names", r"\mathrm{sin}\,x", r"\sin x"),
    ("ISO, differentials upright", r"\int f(x)\,\mathrm{d}x", r"\int f(x)\,dx"),
]
WRONG = [
    ("Speech, scope of a fraction", r"\frac{1}{x}+y", r"\frac{1}{x+y}"),
    ("Speech, scope of a fraction", r"\frac{a}{b}c", r"\frac{a}{bc}"),
    ("Speech, scope of a fraction", r"a-\frac{b}{c}", r"\frac{a-b}{c}"),
    ("Speech, scope of a root", r"\sqrt{2x}", r"\sqrt{2}x"),
    ("Speech, scope of a root", r"\sqrt{x}+1", r"\sqrt{x+1}"),
    ("Speech, scope of a root", r"\sqrt{\frac{a}{b}}", r"\frac{\sqrt{a}}{b}"),
    ("Speech, scope of a power", "2^{n}+1", "2^{n+1}"),
    ("Speech, scope of a power", "(ab)^2", "ab^2"),
    ("Speech, scope of a power", "e^{-x^2}", "(e^{-x})^2"),
    ("Speech, scope of an index", "a_{2n}", "a_2n"),
    ("Speech, scope of an index", "x_{i+1}", "x_i+1"),
    ("Speech, scope of an argument", r"\cos(x+\pi)", r"\cos(x)+\pi"),
    ("Speech, scope of an argument", r"\ln(xy)", r"\ln(x)y"),
    ("Speech, scope of bars", "|x|-1", "|x-1|"),
    ("Speech, scope of a factorial", "(n+1)!", "n+1!"),
    ("Speech, scope of a negation", "-x^2", "(-x)^2"),
    ("Speech, sound of n and m", "n+1", "m+1"),
    ("Speech, sound of b and d", "b^2", "d^2"),
    ("Speech, sound of fifteen and fifty", "x=15", "x=50"),
    ("Speech, sound of f and s", "f(x)", "s(x)"),
    ("Speech, sound of theta and beta", r"\sin\theta", r"\sin\beta"),
    ("Speech, sound of sine and sign", r"\sin x", r"\operatorname{sgn} x"),
    ("Speech, sound of cosh and cos", r"\cosh x", r"\cos x"),
    ("Speech, order of a subtraction", "a-b", "b-a"),
    ("Speech, order of a division", r"\frac{x}{2}", r"\frac{2}{x}"),
    ("Speech, order of bounds", r"\int_a^b f", r"\int_b^a f"),
    ("Speech, order of a choice", r"\binom{n}{k}", r"\binom{k}{n}"),
    ("ISO, ratio and fraction bar", r"a:b=c:d", r"a/b=c/d"),
    ("ISO, closed and open ends", "(a,b]", "[a,b)"),
    ("ISO, floor and ceiling", r"\lfloor x\rfloor", r"\lceil x\rceil"),
    ("ISO, subset and element", r"A\subset B", r"A\in B"),
    ("ISO, number sets", "x∈ℝ", r"x\in R"),
    ("ISO, number sets", "ℕ", "ℤ"),
    ("ISO, for all and exists", r"\forall x", r"\exists x"),
    ("ISO, and and or", r"p\land q", r"p\lor q"),
    ("ISO, mean and vector", r"\bar{v}", r"\vec{v}"),
    ("ISO, first and second derivative", r"\dot{x}", r"\ddot{x}"),
    ("ISO, much less and less", r"a\ll b", "a<b"),
    ("ISO, proportional and similar", r"a\propto b", r"a\sim b"),
    ("ISO, parallel and perpendicular", r"a\parallel b", r"a\perp b"),
]


@pytest.mark.parametrize(("source", "reference", "prediction"), SAME)
def test_spellings_of_one_formula_are_equal(
    source: str, reference: str, prediction: str, katex: Katex
) -> None:
    """A command's documented alias or layout is no difference."""
    (score,) = score_notation([([reference], [prediction])], katex)
    assert (score.valid, score.exact_strict, score.exact_spoken) == (True, True, True), source


@pytest.mark.parametrize(("source", "reference", "prediction"), WRONG)
def test_what_was_not_said_is_wrong_either_way_round(
    source: str, reference: str, prediction: str, katex: Katex
) -> None:
    """What differs by ear or by standard must differ here."""
    for one, other in ((reference, prediction), (prediction, reference)):
        (score,) = score_notation([([one], [other])], katex)
        assert (score.valid, score.exact_spoken, score.exact_spoken_nocase) == (True, False, False)
        assert score.reason, source
