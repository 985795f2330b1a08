"""Everyday spoken formulas, as people and speech recognisers say them."""

import pytest

from agent.spoken import readings


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("one half plus one third", r"\frac{1}{2}+\frac{1}{3}"),
        ("three and a half", r"3\frac{1}{2}"),
        ("two and three quarters", r"2\frac{3}{4}"),
        ("minus five plus seven", "-5+7"),
        ("seventeen times three hundred and forty two", r"17 \times 342"),
        ("zero point zero five", "0.05"),
        ("three point one four one five nine", "3.14159"),
        ("one million two hundred thousand", "1200000"),
        ("two thousand and three", "2003"),
        ("five sixths", r"\frac{5}{6}"),
        ("three hundredths", r"\frac{3}{100}"),
        ("twenty five over one hundred", r"\frac{25}{100}"),
        ("fifty percent", r"50\%"),
        ("negative b over two a", r"-\frac{b}{2a}"),
        ("one hundred and five plus twenty three point five", "105+23.5"),
        ("twelve plus thirty five equals forty seven", "12+35=47"),
        ("ten percent of fifty is five", r"10\% \cdot 50=5"),
    ],
)
def test_arithmetic(words: str, latex: str) -> None:
    """Number words, decimals, parts, signs and percent."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("two thirds times x", r"\frac{2}{3} \times x"),
        ("a over b plus c over d", r"\frac{a}{b}+\frac{c}{d}"),
        ("x plus one all over x minus one", r"\frac{x+1}{x-1}"),
        ("one over x squared", r"\frac{1}{x^2}"),
        ("two over three x", r"\frac{2}{3x}"),
        ("one over one plus x squared", r"\frac{1}{1+x^2}"),
        ("one over n plus one", r"\frac{1}{n+1}"),
        ("x squared over y squared", r"\frac{x^2}{y^2}"),
        ("x divided by y plus z", r"\frac{x}{y}+z"),
        ("seven divided by two", r"\frac{7}{2}"),
        ("the quantity x plus one over two", r"\frac{x+1}{2}"),
        ("the ratio of x to y", r"\frac{x}{y}"),
        (
            "the fraction with numerator b sub one, plus b sub two, and denominator two",
            r"\frac{b_1+b_2}{2}",
        ),
        ("the fraction x plus one over two", r"\frac{x+1}{2}"),
    ],
)
def test_fractions(words: str, latex: str) -> None:
    """A bar takes the products beside it; "all over" and "the quantity" take more."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("x to the fifth power", "x^5"),
        ("x to the negative two", "x^{-2}"),
        ("two to the n plus one", "2^{n+1}"),
        ("x to the two n", "x^{2n}"),
        ("e to the two x", "e^{2x}"),
        ("e to the minus x", "e^{-x}"),
        ("e to the i pi plus one equals zero", r"e^{i\pi}+1=0"),
        ("ten to the minus three", "10^{-3}"),
        ("x cubed minus three x squared plus two x minus one", "x^3-3x^2+2x-1"),
        ("x squared times y cubed", r"x^2 \times y^3"),
        ("x to the one half", r"x^{\frac{1}{2}}"),
        ("x to the power of three over two", r"x^{\frac{3}{2}}"),
        ("two to the power x", "2^x"),
        ("e to the minus x squared over two", r"e^{-\frac{x^2}{2}}"),
        ("x raised to the power of n", "x^n"),
        ("x to the two thirds", r"x^{\frac{2}{3}}"),
    ],
)
def test_powers(words: str, latex: str) -> None:
    """An exponent is short, but n plus one stays together and e takes a whole product."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("square root of two x", r"\sqrt{2x}"),
        ("root two", r"\sqrt{2}"),
        ("three root five", r"3\sqrt{5}"),
        ("the square root of x squared plus y squared", r"\sqrt{x^2+y^2}"),
        ("the square root of x plus the square root of y", r"\sqrt{x}+\sqrt{y}"),
        ("cube root of eight", r"\sqrt[3]{8}"),
        ("the fourth root of sixteen", r"\sqrt[4]{16}"),
        ("the nth root of x", r"\sqrt[n]{x}"),
        ("square root of x over two", r"\frac{\sqrt{x}}{2}"),
        ("two square root of three", r"2\sqrt{3}"),
        ("the cube root of x to the fourth", r"\sqrt[3]{x^4}"),
    ],
)
def test_roots(words: str, latex: str) -> None:
    """A root goes on over sums and ends at a bar or at the next root."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("capital delta equals b squared minus four a c", r"\Delta=b^2-4ac"),
        ("alpha squared plus beta squared", r"\alpha^2+\beta^2"),
        ("capital gamma", r"\Gamma"),
        ("theta sub one", r"\theta_1"),
        ("lambda times mu", r"\lambda \times \mu"),
        ("sigma squared", r"\sigma^2"),
        ("two pi r", r"2\pi r"),
        ("mu plus or minus sigma", r"\mu \pm \sigma"),
    ],
)
def test_greek(words: str, latex: str) -> None:
    """Letters by name, capitals by word."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("f of x", "f(x)"),
        ("f of two", "f(2)"),
        ("f of g of x", "f(g(x))"),
        ("f of x comma y", "f(x,y)"),
        ("g of x plus one", "g(x)+1"),
        ("y of t equals two t", "y(t)=2t"),
        ("f inverse of x", "f^{-1}(x)"),
        ("f composed with g", r"f \circ g"),
    ],
)
def test_functions(words: str, latex: str) -> None:
    """Arguments after "of", several with commas."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("sine theta", r"\sin \theta"),
        ("sine of theta", r"\sin \theta"),
        ("cosine of two theta", r"\cos 2\theta"),
        ("sine squared x plus cosine squared x", r"\sin^2 x+\cos^2 x"),
        ("tan x equals sine x over cosine x", r"\tan x=\frac{\sin x}{\cos x}"),
        ("arc sine of x", r"\arcsin x"),
        ("inverse tangent of one", r"\tan^{-1} 1"),
        ("sine inverse x", r"\sin^{-1} x"),
        ("sine to the minus one of x", r"\sin^{-1} x"),
        ("two sine x cosine x", r"2\sin x\cos x"),
        ("sine of thirty degrees equals one half", r"\sin 30^{\circ}=\frac{1}{2}"),
        ("hyperbolic cosine of x", r"\cosh x"),
    ],
)
def test_trigonometry(words: str, latex: str) -> None:
    """With and without "of", with powers and inverses."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("log x", r"\log x"),
        ("log base ten of one hundred", r"\log_{10} 100"),
        ("log base two x", r"\log_2 x"),
        ("log of x to the base two", r"\log_2 x"),
        ("natural log of x", r"\ln x"),
        ("l n x plus l n y", r"\ln x+\ln y"),
        ("log of x y equals log x plus log y", r"\log xy=\log x+\log y"),
        ("ln of two x", r"\ln 2x"),
    ],
)
def test_logarithms(words: str, latex: str) -> None:
    """Bases before or after the argument."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        (
            "sum from n equals zero to infinity of one over n factorial",
            r"\sum_{n=0}^{\infty} \frac{1}{n!}",
        ),
        ("sum over i of x sub i", r"\sum_i x_i"),
        ("the sum of i squared from i equals one to n", r"\sum_{i=1}^n i^2"),
        ("the product from k equals one to n of k", r"\prod_{k=1}^n k"),
        ("n times n plus one over two", r"\frac{n \times (n+1)}{2}"),
        ("the sum of x and y", "x+y"),
    ],
)
def test_sums_and_products(words: str, latex: str) -> None:
    """Ranges before or after what is added."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("the integral of x d x", r"\int x\,dx"),
        ("the integral from a to b of f of x d x", r"\int_a^b f(x)\,dx"),
        ("the integral of one over x d x", r"\int \frac{1}{x}\,dx"),
        ("the integral of e to the x d x equals e to the x plus c", r"\int e^x\,dx=e^x+c"),
        (
            "the integral from minus infinity to infinity of e to the minus x squared d x",
            r"\int_{-\infty}^{\infty} e^{-x^2}\,dx",
        ),
        ("double integral of f of x comma y d x d y", r"\iint f(x,y)\,dx\,dy"),
        (
            "the integral from zero to pi over two of cosine theta d theta",
            r"\int_0^{\frac{\pi}{2}} \cos \theta\,d\theta",
        ),
        ("the integral of d x over x", r"\int \frac{dx}{x}"),
        ("the integral of x squared with respect to x", r"\int x^2\,dx"),
        ("the integral of sine x d x from zero to pi", r"\int_0^{\pi} \sin x\,dx"),
    ],
)
def test_integrals(words: str, latex: str) -> None:
    """The differential ends what is integrated."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("the limit as x tends to infinity of one over x", r"\lim_{x \to \infty} \frac{1}{x}"),
        ("limit as x approaches two from the left of f of x", r"\lim_{x \to 2^-} f(x)"),
        (
            "the limit as h goes to zero of f of x plus h minus f of x over h",
            r"\lim_{h \to 0} \frac{f(x+h)-f(x)}{h}",
        ),
        (
            "the limit of one over x as x goes to infinity is zero",
            r"\lim_{x \to \infty} \frac{1}{x}=0",
        ),
        ("the limit as n goes to infinity of a sub n", r"\lim_{n \to \infty} a_n"),
    ],
)
def test_limits(words: str, latex: str) -> None:
    """A difference quotient is one quotient."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("d y by d x", r"\frac{dy}{dx}"),
        ("d over d x of x squared", r"\frac{d}{dx} x^2"),
        ("d by d x of sine x equals cosine x", r"\frac{d}{dx} \sin x=\cos x"),
        ("d squared y d x squared", r"\frac{d^2y}{dx^2}"),
        ("f prime of x", "f'(x)"),
        ("f double prime of x equals six x", "f''(x)=6x"),
        ("y prime equals two y", "y'=2y"),
        ("partial f over partial x", r"\frac{\partial f}{\partial x}"),
        ("partial squared u by partial x squared", r"\frac{\partial^2u}{\partial x^2}"),
        ("the partial derivative of f with respect to x", r"\frac{\partial f}{\partial x}"),
        ("the derivative of x cubed with respect to x", r"\frac{d}{dx} x^3"),
        ("the second derivative of f with respect to x", r"\frac{d^2f}{dx^2}"),
        ("the derivative of x squared is two x", r"\frac{d}{dx} x^2=2x"),
        ("x dot", r"\dot{x}"),
        ("d y by d x squared", r"\left(\frac{dy}{dx}\right)^2"),
        ("d x d t", r"\frac{dx}{dt}"),
        ("nabla f", r"\nabla f"),
    ],
)
def test_derivatives(words: str, latex: str) -> None:
    """Leibniz, primes, partials, dots, and in words."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("x is less than five", "x<5"),
        ("x is not equal to zero", r"x \ne 0"),
        ("zero is less than x is less than one", "0<x<1"),
        ("x greater than or equal to two", r"x \ge 2"),
        ("a is approximately equal to b", r"a \approx b"),
        ("y is proportional to x", r"y \propto x"),
        ("a union b", r"a \cup b"),
        ("a intersect b", r"a \cap b"),
        ("a is a subset of b", r"a \subseteq b"),
        ("x is an element of the real numbers", r"x \in \mathbb{R}"),
        ("x equals plus or minus three", r"x=\pm3"),
        ("x equals y equals z", "x=y=z"),
        ("the set of all x such that x is greater than zero", r"\{x \mid x>0\}"),
    ],
)
def test_relations(words: str, latex: str) -> None:
    """Chains, sets, and "is" where a formula follows."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("open paren x plus one close paren squared", "(x+1)^2"),
        (
            "open parenthesis x plus one close parenthesis times open parenthesis x minus one close parenthesis",
            r"(x+1) \times (x-1)",
        ),
        ("two open paren x plus three close paren", "2(x+3)"),
        ("x times the quantity y plus z", r"x \times (y+z)"),
        ("x plus y all squared", "(x+y)^2"),
        ("the absolute value of x minus three", "|x-3|"),
        ("absolute value of x is less than two", "|x|<2"),
        ("the point x sub one comma y sub one", "(x_1,y_1)"),
        ("the interval from c to d, including c but not including d", "[c,d)"),
        ("the interval from zero to infinity including zero", r"[0,\infty)"),
        ("x is in the open interval from zero to one", r"x \in (0,1)"),
        ("left bracket zero comma one right bracket", "[0,1]"),
    ],
)
def test_brackets(words: str, latex: str) -> None:
    """Spoken brackets, magnitudes, "all squared"."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("a sub n", "a_n"),
        ("a sub n plus one equals a sub n plus d", "a_{n+1}=a_n+d"),
        ("a sub one plus a sub two plus dot dot dot plus a sub n", r"a_1+a_2+\dots+a_n"),
        ("x sub i j", "x_{ij}"),
        ("x one plus x two", "x_1+x_2"),
        ("x naught", "x_0"),
        ("c sub max", r"c_{\text{max}}"),
        ("x sub n squared", "x_n^2"),
        ("p sub y squared", "p_y^2"),
    ],
)
def test_sequences(words: str, latex: str) -> None:
    """Indices hold counting letters together and leave powers outside."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("n factorial", "n!"),
        ("five choose two", r"\binom{5}{2}"),
        (
            "n choose k equals n factorial over k factorial times n minus k factorial",
            r"\binom{n}{k}=\frac{n!}{k!(n-k)!}",
        ),
        ("p of a given b", r"p(a \mid b)"),
        ("the probability of a given b", r"P(a \mid b)"),
        ("the probability of a equals one half", r"P(a)=\frac{1}{2}"),
        ("the expected value of x", "E(x)"),
        ("x bar", r"\bar{x}"),
    ],
)
def test_probability(words: str, latex: str) -> None:
    """Factorials of differences, conditional probabilities."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("vector a dot vector b", r"\vec{a} \cdot \vec{b}"),
        ("a cross b", r"a \times b"),
        ("x hat equals y", r"\hat{x}=y"),
        ("a transpose", "a^T"),
        ("a inverse", "a^{-1}"),
        ("the conjugate of z", r"\bar{z}"),
        ("the determinant of a", r"\det a"),
    ],
)
def test_vectors(words: str, latex: str) -> None:
    """Accents before and after the letter."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("half a b sine c", r"\frac{1}{2}ab\sin c"),
        ("one half m v squared", r"\frac{1}{2}mv^2"),
        ("f equals m a", "f=ma"),
        ("e equals m c squared", "e=mc^2"),
        ("v equals four thirds pi r cubed", r"v=\frac{4}{3}\pi r^3"),
        ("x mod three", r"x \bmod 3"),
        ("z equals a plus b i", "z=a+bi"),
        ("i equals root minus one", r"i=\sqrt{-1}"),
    ],
)
def test_school_formulas(words: str, latex: str) -> None:
    """What every pupil says."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("the probability of x equals three", "P(x=3)"),
        ("the probability that x is greater than two", "P(x>2)"),
        ("the probability of a equals one third", r"P(a)=\frac{1}{3}"),
        ("p of a union b", r"p(a \cup b)"),
        ("the probability of heads equals one half", r"P(\text{heads})=\frac{1}{2}"),
        ("the covariance of x and y", r"\operatorname{Cov}(x,y)"),
        ("the standard deviation of x", r"\operatorname{SD}(x)"),
    ],
)
def test_events(words: str, latex: str) -> None:
    """What holds of a variable is inside, the value of a probability outside."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("the set containing u, v and w", r"\{u,v,w\}"),
        ("the set s", "s"),
        ("the set one to n", r"\{1,\dots,n\}"),
        ("the power set of a", r"\mathcal{P}(a)"),
        ("the closed interval a b", "[a,b]"),
        ("the open interval zero to infinity", r"(0,\infty)"),
        ("the interval from zero to one including zero", "[0,1]"),
        ("the sum as n goes from one to infinity of one over n",
         r"\sum_{n=1}^{\infty} \frac{1}{n}"),
        ("sigma from i equals one to ten of i squared", r"\sum_{i=1}^{10} i^2"),
        ("the limit superior of a sub n", r"\limsup a_n"),
        ("the limit as x and y approach zero of f of x comma y", r"\lim_{x,y \to 0} f(x,y)"),
        ("the binomial coefficient n over k", r"\binom{n}{k}"),
        ("two n choose n", r"\binom{2n}{n}"),
        ("root index three start root x end root", r"\sqrt[3]{x}"),
        ("a b all transpose", "(ab)^T"),
        ("two times, x plus one", r"2 \times (x+1)"),
        ("the laplacian of u", r"\nabla^2 u"),
    ],
)  # fmt: skip
def test_named_operators(words: str, latex: str) -> None:
    """Sets, ranges and coefficients by any of their usual names."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("M sub bulge", r"M_{\text{bulge}}"),
        ("rho sub ER", r"\rho_{\text{ER}}"),
        ("t sub a b", "t_{ab}"),
        ("J sub 3b", "J_{3b}"),
        ("n sub plus or minus", r"n_{\pm}"),
        ("R superscript open paren i close paren", "R^{(i)}"),
        ("big O of n log n", r"O(n\log n)"),
        ("f of x given y", r"f(x \mid y)"),
        ("the limit as x approaches c from values less than c of f of x",
         r"\lim_{x \to c^-} f(x)"),
        ("x to the two beta", r"x^{2\beta}"),
        ("the inverse of a", "a^{-1}"),
        ("h, colon, M, arrow, M", r"h:M \to M"),
        ("pi by two", r"\frac{\pi}{2}"),
        ("m by n", r"m \times n"),
        ("two by three", r"2 \times 3"),
        ("dee y by dee x", r"\frac{dy}{dx}"),
        ("open brace, x sub i, comma, y sub i, close brace", r"\{x_i,y_i\}"),
    ],
)  # fmt: skip
def test_the_wording_of_papers(words: str, latex: str) -> None:
    """Names as indices, tensors, bracketed superscripts, arrows, orders of growth."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("g sub beta, x", r"g_{\beta,x}"),
        ("x sub one, x sub two", "x_1,x_2"),
        ("f sub n, f of x", "f_n,f(x)"),
        ("the sum over j, k of a sub j k", r"\sum_{j,k} a_{jk}"),
        ("sum over z is an element of A", r"\sum_{z \in A}"),
        ("f of x equals x over x squared minus one", r"f(x)=\frac{x}{x^2-1}"),
        ("one over b minus a times c", r"\frac{1}{b-a} \times c"),
        ("x hat times y hat", r"\hat{x}\hat{y}"),
        ("x hat cross y hat", r"\hat{x} \times \hat{y}"),
        ("e to the power of minus a times t", r"e^{-a \times t}"),
        ("open paren f plus g close paren of x", "(f+g)(x)"),
        ("the secant of the inverse secant of x", r"\sec (\sec^{-1} x)"),
        ("omega new", r"\omega_{\text{new}}"),
        ("f of c exists", r"f(c)\text{ exists}"),
        ("f of x over two, end fraction", r"\frac{f(x)}{2}"),
        (
            "the fraction with numerator x plus one and denominator y, plus z",
            r"\frac{x+1}{y}+z",
        ),
        ("pi sub one plus pi one", r"\pi_1+\pi_1"),
    ],
)
def test_commas_in_indices_and_what_closes_a_scope(words: str, latex: str) -> None:
    """A pause in an index lists it; what is multiplied or at the end is closed."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("twice x plus one", "2x+1"),
        ("the square of x", "x^2"),
        ("the union of a and b", r"a \cup b"),
        ("the transpose of a", "a^T"),
        ("the third power of x", "x^3"),
        ("det a equals zero", r"\det a=0"),
        ("curl f", r"\nabla\times f"),
        ("sum of i from one to n", r"\sum_{i=1}^n i"),
        ("the sum of i equals one to n of i squared", r"\sum_{i=1}^n i^2"),
        ("integral from a to b f of x d x", r"\int_a^b f(x)\,dx"),
        ("the limit as x approaches a from above", r"\lim_{x \to a^+}"),
        ("cosine of ninety degrees minus theta", r"\cos (90^{\circ}-\theta)"),
        ("n choose n minus r", r"\binom{n}{n-r}"),
        ("e of x equals mu", r"E(x)=\mu"),
        ("x is greater than two and less than five", r"x>2 \text{ and } x<5"),
        ("if p then q", r"p \implies q"),
        ("p and q implies r", r"p \land q \implies r"),
        ("open bracket p and q close bracket or r", r"(p \land q) \lor r"),
        ("f of x equals one if x is positive and zero otherwise",
         r"f(x)=\begin{cases}1 & \text{if } x>0 \\ 0 & \text{otherwise}\end{cases}"),
        ("triangle ABC", r"\triangle ABC"),
        ("upper case phi", r"\Phi"),
        ("two point five million", "2500000"),
        ("a hundred and twenty", "120"),
        ("twelve volts over three ohms", r"\frac{12 \, \text{V}}{3 \, \text{Ω}}"),
        ("a two by two matrix with entries one two three four",
         r"\begin{pmatrix}1 & 2 \\ 3 & 4\end{pmatrix}"),
        ("x prime baseline plus one", "x'+1"),
        ("the derivative of x squared", r"\frac{d}{dx} x^2"),
    ],
)  # fmt: skip
def test_everyday_names(words: str, latex: str) -> None:
    """Whatever a construct is usually called."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("A of t", "A(t)"),
        ("x plus two all squared minus nine", "(x+2)^2-9"),
        ("twelve and a half percent", r"12\frac{1}{2}\%"),
        ("y one comma y two comma up to y m", r"y_1,y_2,\dots,y_m"),
        ("x sub one through x sub n", r"x_1,\dots,x_n"),
        ("g from the reals to the reals", r"g:\mathbb{R} \to \mathbb{R}"),
        ("n times p times one minus p", r"n \times p \times (1-p)"),
        ("p of heads equals one half", r"p(\text{heads})=\frac{1}{2}"),
        ("u perpendicular", r"u^{\perp}"),
        ("one over one over x", r"\frac{1}{\frac{1}{x}}"),
        ("two and three is five", "2+3=5"),
        ("twice three is six", r"2 \times 3=6"),
        ("x squared to the power three", "(x^2)^3"),
        ("integral subscript one superscript two baseline t d t", r"\int_1^2 t\,dt"),
        ("e raised to the y plus two power", "e^{y+2}"),
        ("open square bracket one comma three close parenthesis", "[1,3)"),
        ("open paren one comma three close square bracket", "(1,3]"),
        ("open bracket one comma three close bracket", "(1,3)"),
        ("Omega new equals Omega old", r"\Omega_{\text{new}}=\Omega_{\text{old}}"),
        ("Omega belongs to omega", r"\omega \in \omega"),
        ("Delta equals cosine k", r"\Delta=\cos k"),
        ("f of x given a, b", r"f(x \mid a,b)"),
        ("secant of pi by two minus x", r"\sec \left(\frac{\pi}{2}-x\right)"),
        ("fraction three over two, times the quantity a squared minus one",
         r"\frac{3}{2} \times (a^2-1)"),
        ("angle bracket x comma y angle bracket", r"\langle x,y\rangle"),
        ("W sub n, comma i", "W_{n,i}"),
        ("minus eight five", "(-8,5)"),
        ("v sub x i plus v sub y j", "v_xi+v_yj"),
        ("max over x of f of x", r"\max_x f(x)"),
        ("n plus k minus one choose k", r"\binom{n+k-1}{k}"),
        ("b equals the set one two three", r"b=\{1,2,3\}"),
        ("n factorial equals n times n minus one factorial", "n!=n(n-1)!"),
        ("e to the minus x over n factorial", r"\frac{e^{-x}}{n!}"),
        ("a is not a subset of b", r"a \nsubseteq b"),
        ("a to the fifth", "a^5"),
        ("a one plus a two", "a_1+a_2"),
        ("s equals a over one minus r", r"s=\frac{a}{1-r}"),
        ("the conjugate of a plus b i", r"\overline{a+bi}"),
        ("beta one hat", r"\hat{\beta}_1"),
        ("epsilon sub zero overline epsilon", r"\epsilon_0\bar{\epsilon}"),
        ("partial squared z by partial x partial y",
         r"\frac{\partial^2z}{\partial x\partial y}"),
        ("the right hand limit as x approaches zero of one over x",
         r"\lim_{x \to 0^+} \frac{1}{x}"),
        ("the product from n equals one to m of one plus x",
         r"\prod_{n=1}^m (1+x)"),
        ("delta i j equals one", r"\delta_{ij}=1"),
        ("sine of x over cosine of x", r"\frac{\sin x}{\cos x}"),
        ("x is between two and five", "2<x<5"),
        ("force equals mass times acceleration",
         r"\text{force}=\text{mass} \times \text{acceleration}"),
        ("f at four equals two", "f(4)=2"),
        ("H sub i superscript star", "H_i^*"),
        ("1.5 to the power of plus 0.2, sub minus 0.3", "1.5_{-0.3}^{+0.2}"),
        ("x equals two or minus one", r"x=2 \text{ or } -1"),
        ("the intersection from i equals one to n of s sub i", r"\bigcap_{i=1}^n s_i"),
        ("the degree of p", r"\deg p"),
        ("d f over d g", r"\frac{df}{dg}"),
        ("df over dg", r"\frac{df}{dg}"),
        ("the set of one half, three halves, and five halves",
         r"\left\{\frac{1}{2},\frac{3}{2},\frac{5}{2}\right\}"),
        ("cap p, open paren, cap a given cap b, close paren", r"P(A \mid B)"),
        ("e sub i of x", "e_i(x)"),
        ("e to the ax plus c", "e^{ax}+c"),
        ("y equals x minus one over x plus one", r"y=\frac{x-1}{x+1}"),
        ("m equals y two minus y one over x two minus x one", r"m=\frac{y_2-y_1}{x_2-x_1}"),
        ("f of x equals one over four minus x squared", r"f(x)=\frac{1}{4-x^2}"),
        ("y equals x plus one over x", r"y=x+\frac{1}{x}"),
        ("x sub one, dot dot dot, x sub n", r"x_1,\dots,x_n"),
        ("the floor of n over two", r"\left\lfloor \frac{n}{2}\right\rfloor"),
        ("the positive square root of two", r"\sqrt{2}"),
        ("the negative square root of two", r"-\sqrt{2}"),
        ("f to the n of x", "f^n(x)"),
    ],
)  # fmt: skip
def test_more_wordings(words: str, latex: str) -> None:
    """Values, ranges, lists and quotients as textbooks read them."""
    assert readings(words)[0].latex == latex
