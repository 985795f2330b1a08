"""Which spellings are one formula, which only sound alike, which are wrong."""

import pytest

from evals.notation import Katex, score_notation

# (what differs, reference, prediction): the same formula, written differently
SAME_NOTATION = [
    ("braces of a fraction", r"\frac12", r"\frac{1}{2}"),
    ("display fraction", r"\dfrac{a}{b}", r"\frac{a}{b}"),
    ("continued fraction", r"\cfrac{a}{b}", r"\frac{a}{b}"),
    ("over", r"{x+1 \over 2}", r"\frac{x+1}{2}"),
    ("left and right", r"\left(x-2\right)^3", "(x-2)^3"),
    ("big brackets", r"\bigl[a+b\bigr]", "[a+b]"),
    ("big bars", r"\Big|x\Big|", "|x|"),
    ("bars by name", r"\lvert x\rvert", "|x|"),
    ("norms", r"\lVert v\rVert", r"\|v\|"),
    ("braces by name", r"\lbrace 1\rbrace", r"\{1\}"),
    ("angle brackets", r"\left\langle u,v\right\rangle", r"\langle u,v\rangle"),
    ("thin space", r"2\,x", "2x"),
    ("spaces", r"a \quad b", "a b"),
    ("negative space", r"\int\!f", r"\int f"),
    ("script braces", "x_{1}^{2}", "x_1^2"),
    ("script order", "a^{n}_{i}", "a_i^n"),
    ("script on a group", "{a_1}^2", "a_1^2"),
    ("prime", r"f^{\prime}(x)", "f'(x)"),
    ("two primes", r"f^{\prime\prime}", "f''"),
    ("prime and power", r"{f'}^2", "f'^2"),
    ("typed prime", "f′(x)", "f'(x)"),
    ("at most", r"x\leq 1", r"x\le 1"),
    ("at least", r"x\geq 1", r"x\ge 1"),
    ("not equal", r"x\not=1", r"x\neq 1"),
    ("arrow", r"x\rightarrow 0", r"x\to 0"),
    ("left arrow", r"x\leftarrow y", r"x\gets y"),
    ("wedge", r"p\wedge q", r"p\land q"),
    ("vee", r"p\vee q", r"p\lor q"),
    ("negation", r"\lnot p", r"\neg p"),
    ("not in", r"x\not\in A", r"x\notin A"),
    ("less than by name", r"x\lt 1", "x<1"),
    ("colon", r"f\colon A\to B", r"f: A\to B"),
    ("star", "a*b", r"a\ast b"),
    ("dots", r"1,\cdots,n", r"1,\ldots,n"),
    ("typed dots", "1,...,n", r"1,\dots,n"),
    ("differential", r"\int x\,\mathrm{d}x", r"\int x dx"),
    ("limits", r"\sum\limits_{i=1}^{n} i", r"\sum_{i=1}^n i"),
    ("display style", r"\displaystyle\sum_i i", r"\sum_i i"),
    ("named function", r"\operatorname{sin} x", r"\sin x"),
    ("upright function", r"\mathrm{sin}\,x", r"\sin x"),
    ("upright words", r"x\ \mathrm{if}\ y", r"x\text{ if }y"),
    ("roman switch", r"\textrm{if }x", r"\text{if }x"),
    ("number sets", r"\R", r"\mathbb{R}"),
    ("bold switch", r"{\bf v}", r"\mathbf{v}"),
    ("root of order", r"\sqrt[{3}]{x}", r"\sqrt[3]{x}"),
    ("root without braces", r"\sqrt2", r"\sqrt{2}"),
    ("thousands", "12{,}500", "12,500"),
    ("thousands, thin space", r"12\,500", "12{,}500"),
    ("decimals in a group", "3.{14}", "3.14"),
    ("Unicode minus", "x−1", "x-1"),
    ("Unicode times", "2×3", r"2\times 3"),
    ("Unicode power", "x²", "x^2"),
    ("Unicode Greek", "π", r"\pi"),
    ("Unicode relation", "x≤1", r"x\le 1"),
    ("degree sign", "90°", r"90^\circ"),
    ("degree by name", r"90\degree", r"90^{\circ}"),
    ("function in a script", r"x_{\max}", r"x_{\mathrm{max}}"),
    ("upright d by text", r"\int x\,\text{d}x", r"\int x\,dx"),
    ("function alone in a fraction", r"\frac\sin x", r"\frac{\sin}{x}"),
    ("binomial", r"{n \choose k}", r"\binom{n}{k}"),
    ("display binomial", r"\dbinom nk", r"\binom{n}{k}"),
    (
        "matrix by hand",
        r"\left(\begin{matrix}1&2\\3&4\end{matrix}\right)",
        r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    ),
    ("matrix tail", r"\begin{pmatrix}1\\2\\\end{pmatrix}", r"\begin{pmatrix}1\\2\end{pmatrix}"),
    ("array", r"\left[\begin{array}{cc}1&2\end{array}\right]", r"\begin{bmatrix}1&2\end{bmatrix}"),
    ("cases tail", r"\begin{cases}1&x>0\\0&\\\end{cases}", r"\begin{cases}1&x>0\\0\end{cases}"),
    ("aligned line", r"\begin{aligned}x&=1\end{aligned}", "x=1"),
    ("equation number", r"x=1\tag{3}", "x=1"),
    ("boxed", r"\boxed{x=1}", "x=1"),
    ("colour", r"\color{red}x=1", "x=1"),
    ("phantom", r"x\phantom{y}=1", "x=1"),
    ("line end", r"x=1\\", "x=1"),
    ("wide hat", r"\widehat{x}", r"\hat{x}"),
    ("macro", r"\def\a{x}\a+1", "x+1"),
    ("evaluated at", r"\left.f\right|_{x=0}", r"{f|}_{x=0}"),
]

# the same words, other typography
SAME_SPEECH = [
    ("times or dot", r"2\times 3", r"2\cdot 3"),
    ("times or nothing", r"a\times b", "ab"),
    ("star or dot", "a*b", r"a\cdot b"),
    ("number in brackets", "2(3)", r"2\cdot 3"),
    ("slash", "a/b", r"\frac{a}{b}"),
    ("slash after a product", r"2\pi/3", r"\frac{2\pi}{3}"),
    ("slash between brackets", "(a+b)/(c-d)", r"\frac{a+b}{c-d}"),
    ("slash in an argument", r"\cos(\pi/2)", r"\cos\left(\frac{\pi}{2}\right)"),
    ("slash between differentials", "dy/dx", r"\frac{dy}{dx}"),
    ("slash, second derivative", "d^2y/dx^2", r"\frac{d^2y}{dx^2}"),
    ("slash, power below", "a/b^2", r"\frac{a}{b^2}"),
    ("brackets in a fraction", r"\frac{(a+b)}{c}", r"\frac{a+b}{c}"),
    ("brackets under a root", r"\sqrt{(x+1)}", r"\sqrt{x+1}"),
    ("function brackets", r"\ln(x)", r"\ln x"),
    ("log base brackets", r"\log_{2}(x)", r"\log_2 x"),
    ("function brackets, product", r"\sin(2x)", r"\sin 2x"),
    ("function brackets, before a factor", r"\sin(x)e^x", r"\sin x\,e^x"),
    ("function brackets under an integral", r"\int\sin(2x)\,dx", r"\int\sin 2x\,dx"),
    ("slash after an applied function", r"\sin(x)/x", r"\frac{\sin x}{x}"),
    ("slash between factorials", "n!/k!", r"\frac{n!}{k!}"),
    ("transpose", r"A^\top", "A^T"),
    ("vector arrow", r"\overrightarrow{AB}", r"\vec{AB}"),
    ("bar", r"\overline{x}", r"\bar{x}"),
    ("bold or plain", r"\mathbf{v}", "v"),
    ("bold or arrow", r"\mathbf{v}", r"\vec{v}"),
    ("bold italic", r"\boldsymbol{v}", r"\mathbf{v}"),
    ("calligraphic", r"\mathcal{F}", "F"),
    ("fraktur", r"\mathfrak{g}", "g"),
    ("sans serif", r"\mathsf{T}", "T"),
    ("epsilon", r"\varepsilon", r"\epsilon"),
    ("phi", r"\varphi", r"\phi"),
    ("theta", r"\vartheta", r"\theta"),
    ("ell", r"\ell", "l"),
    ("slanted relation", r"x\leqslant 1", r"x\le 1"),
    ("implies", r"p\implies q", r"p\Rightarrow q"),
    ("if and only if", r"p\iff q", r"p\Leftrightarrow q"),
    ("long arrow", r"x\longrightarrow 0", r"x\to 0"),
    ("set minus", r"A\backslash B", r"A\setminus B"),
    ("defined as", r"f\coloneqq g", "f:=g"),
    ("word in a script", r"x_{\text{max}}", "x_{max}"),
    ("matrix brackets", r"\begin{bmatrix}1\\2\end{bmatrix}", r"\begin{pmatrix}1\\2\end{pmatrix}"),
    ("trailing full stop", "x=1.", "x=1"),
    ("trailing comma", "x=y,", "x=y"),
    ("thousands or digits", "1{,}000", "1000"),
    ("brackets around a power's base", "(x)^2", "x^2"),
]

# wrong, however near
DIFFERENT = [
    ("sign", "x=-3", "x=3"),
    ("plus or minus", "x+1", "x-1"),
    ("plus-minus", r"\pm 1", r"\mp 1"),
    ("plus-minus or plus", r"\pm 1", "+1"),
    ("value, not notation", "2+2", "4"),
    ("sum turned", "a+b", "b+a"),
    ("product turned", "ab", "ba"),
    ("fraction turned", r"\frac ab", r"\frac ba"),
    ("fraction's scope", r"\frac{a+b}{c}", r"a+\frac{b}{c}"),
    ("fraction's scope, slash", "a+b/c", r"\frac{a+b}{c}"),
    ("fraction's tail", r"\frac{1}{2x}", r"\frac12 x"),
    ("slash's tail", "1/2x", r"\frac{1}{2x}"),
    ("mixed number or sum", r"2\frac12", r"2+\frac12"),
    ("fraction or binomial", r"\frac{n}{k}", r"\binom{n}{k}"),
    ("power's scope", "e^{x+1}", "e^x+1"),
    ("power's scope, product", "x^{2n}", "x^2n"),
    ("power of a bracket", "(2x)^2", "2x^2"),
    ("power of a sum", "(x+1)^2", "x+1^2"),
    ("power lost", "x^2", "x"),
    ("power or index", "x^2", "x_2"),
    ("power or factor", "x^2", "2x"),
    ("power of a power", "x^{y^z}", "{x^y}^z"),
    ("index's scope", "a_{n+1}", "a_n+1"),
    ("indices apart", "a_{ij}", "a_{i,j}"),
    ("index lost", "x_1", "x"),
    ("bracket lost", "-(x-1)", "-x-1"),
    ("bracket lost, product", "2(x+1)", "2x+1"),
    ("application or product", "f(x)", "fx"),
    ("argument's power", r"\sin(x)^2", r"\sin x^2"),
    ("interval's end", "[0,1)", "[0,1]"),
    ("interval or point", "(0,1)", "[0,1]"),
    ("point or number", "(1,200)", "(1200)"),
    ("list or number", "1,20", "120"),
    ("list or decimal", "1,5", "1.5"),
    ("decimal comma or thousand", "3{,}14", "314"),
    ("thousand or decimal", "1{,}000", "1.000"),
    ("decimals", "3.14", "3.41"),
    ("product or number", r"2\cdot 3", "23"),
    ("leading zero", "0.5", "5"),
    ("less or greater", "x<1", "x>1"),
    ("less or at most", "x<1", r"x\le 1"),
    ("equals or not", "x=1", r"x\ne 1"),
    ("equals or about", "x=1", r"x\approx 1"),
    ("equals or defined", "x=1", "x:=1"),
    ("subset", r"A\subset B", r"A\subseteq B"),
    ("in or not in", r"x\in A", r"x\notin A"),
    ("union", r"A\cup B", r"A\cap B"),
    ("implies turned", r"p\Rightarrow q", r"q\Rightarrow p"),
    ("implies or tends", r"p\Rightarrow q", r"p\to q"),
    ("case", "X", "x"),
    ("letter", "x+y", "x+z"),
    ("look-alike", r"\nu", "v"),
    ("Greek", r"\theta", r"\phi"),
    ("epsilon or element", r"\epsilon", r"\in"),
    ("epsilon or e", r"\epsilon", "e"),
    ("capital Greek", r"\Delta x", r"\delta x"),
    ("partial or d", r"\frac{\partial f}{\partial x}", r"\frac{df}{dx}"),
    ("partial or delta", r"\partial", r"\delta"),
    ("derivative turned", r"\frac{dy}{dx}", r"\frac{dx}{dy}"),
    ("derivative's order", r"\frac{d^2y}{dx^2}", r"\frac{dy}{dx}"),
    ("primes", "f''(x)", "f'(x)"),
    ("prime lost", "f'(x)", "f(x)"),
    ("nth derivative or power", "f^{(n)}", "f^{n}"),
    ("differential lost", r"\int x\,dx", r"\int x"),
    ("variable of integration", r"\int x\,dx", r"\int x\,dy"),
    ("bounds", r"\int_0^1 x\,dx", r"\int_1^0 x\,dx"),
    ("start of a sum", r"\sum_{i=0}^n i", r"\sum_{i=1}^n i"),
    ("sum or product", r"\sum_i a_i", r"\prod_i a_i"),
    ("limit's point", r"\lim_{x\to 0}f", r"\lim_{x\to\infty}f"),
    ("root's order", r"\sqrt[3]{x}", r"\sqrt{x}"),
    ("order or factor", r"\sqrt[3]{x}", r"3\sqrt{x}"),
    ("root's scope", r"\sqrt{x+1}", r"\sqrt{x}+1"),
    ("sine or cosine", r"\sin x", r"\cos x"),
    ("inverse or reciprocal", r"\sin^{-1}x", r"\frac{1}{\sin x}"),
    ("log or ln", r"\log x", r"\ln x"),
    ("base or factor", r"\log_2 x", r"\log 2x"),
    ("argument's scope", r"\sin(x+1)", r"\sin(x)+1"),
    ("argument or factor", r"\sin(x)/2", r"\sin(x/2)"),
    ("argument's scope, product", r"\sin(x)y", r"\sin(xy)"),
    ("divisor's argument", "1/f(2)", r"\frac{1}{f}(2)"),
    ("mixed number or product", r"2\frac12", r"2\cdot\frac12"),
    ("empty brackets", "()^2", "^2"),
    ("bars lost", "|x|", "x"),
    ("bars' scope", "|x+1|", "|x|+1"),
    ("bars or norm", "|x|", r"\|x\|"),
    ("factorial lost", "n!", "n"),
    ("factorial's scope", "(2n)!", "2n!"),
    ("percent lost", r"5\%", "5"),
    ("degrees lost", r"90^\circ", "90"),
    ("degrees or power", r"90^\circ", "90^0"),
    (
        "matrix transposed",
        r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
        r"\begin{pmatrix}1&3\\2&4\end{pmatrix}",
    ),
    ("row or column", r"\begin{pmatrix}1&2\end{pmatrix}", r"\begin{pmatrix}1\\2\end{pmatrix}"),
    (
        "matrix or determinant",
        r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
        r"\begin{vmatrix}1&2\\3&4\end{vmatrix}",
    ),
    ("case lost", r"\begin{cases}1&x>0\\0&x\le 0\end{cases}", r"\begin{cases}1&x>0\end{cases}"),
    ("cross or dot", r"\vec u\times\vec v", r"\vec u\cdot\vec v"),
    ("cross or dot, bold", r"\mathbf u\times\mathbf v", r"\mathbf u\cdot\mathbf v"),
    ("curl or divergence", r"\nabla\times F", r"\nabla\cdot F"),
    ("vector or hat", r"\vec v", r"\hat v"),
    ("arrow lost", r"\vec v", "v"),
    ("bar lost", r"\bar x", "x"),
    ("dot or bar", r"\dot x", r"\bar x"),
    ("number set or letter", r"x\in\mathbb{R}", r"x\in R"),
    ("cancelled", r"\cancel{x}+1", "x+1"),
    ("ratio or fraction", "a:b", r"\frac ab"),
    ("bar or ratio", r"P(A|B)", r"P(A/B)"),
    ("term lost", "ax^2+bx+c", "ax^2+bx"),
    ("term added", "x+1", "x+1+0"),
    ("words", r"x\text{ or }y", r"x\text{ and }y"),
    ("e or its power", "e^x", "ex"),
    ("equation or side", "x=1", "1"),
]

UNREADABLE = [
    ("unclosed", r"\frac{1"),
    ("left without right", r"\left(x"),
    ("two powers", "x^2^3"),
    ("unknown command", r"\foo x"),
    ("argument lost", r"\sqrt"),
    ("stray ampersand", "a & b"),
    ("stray brace", "x}"),
    ("dollar inside", "x$y"),
    ("link", r"\href{javascript:alert(1)}{x}"),
    ("picture", r"\includegraphics{x.png}"),
    ("words only in math of braces", r"\begin{nothing}x\end{nothing}"),
    ("control character", "x\x00y"),
    ("reordering", "\u202ex"),
    ("half a surrogate pair", "\ud800x"),
]


@pytest.mark.parametrize(("what", "reference", "prediction"), SAME_NOTATION)
def test_formatting_is_no_difference(
    what: str, reference: str, prediction: str, katex: Katex
) -> None:
    """Nobody who writes `\\dfrac` for `\\frac` misunderstood."""
    (score,) = score_notation([([reference], [prediction])], katex)
    assert (score.valid, score.exact_strict, score.exact_spoken) == (True, True, True), what


@pytest.mark.parametrize(("what", "reference", "prediction"), SAME_SPEECH)
def test_what_sounds_alike_is_right_in_the_spoken_tier_alone(
    what: str, reference: str, prediction: str, katex: Katex
) -> None:
    """The audio does not tell times from dot, and the strict tier does."""
    for one, other in ((reference, prediction), (prediction, reference)):
        (score,) = score_notation([([one], [other])], katex)
        assert (score.exact_strict, score.exact_spoken) == (False, True), what


@pytest.mark.parametrize(("what", "reference", "prediction"), DIFFERENT)
def test_what_was_not_said_is_wrong_in_both_tiers(
    what: str, reference: str, prediction: str, katex: Katex
) -> None:
    """One forgiven sign makes the headline number a lie."""
    for one, other in ((reference, prediction), (prediction, reference)):
        (score,) = score_notation([([one], [other])], katex)
        assert (score.valid, score.exact_strict, score.exact_spoken) == (True, False, False), what


@pytest.mark.parametrize(("what", "prediction"), UNREADABLE)
def test_an_unreadable_prediction_is_wrong_and_an_unreadable_reference_is_unscored(
    what: str, prediction: str, katex: Katex
) -> None:
    """A broken answer counts against the system, a broken reference against the dataset."""
    wrong, unscored = score_notation([(["x"], [prediction]), ([prediction], ["x"])], katex)
    assert (wrong.present, wrong.valid, wrong.exact_spoken) == (True, False, False), what
    assert (unscored.valid, unscored.exact_strict, unscored.exact_spoken) == (True, None, None)


def test_the_tables_hold_as_many_wrong_as_right() -> None:
    """A tier that says yes to everything must fail half of the cases."""
    n_right = len(SAME_NOTATION) + len(SAME_SPEECH)
    assert len(DIFFERENT) + len(UNREADABLE) >= n_right
