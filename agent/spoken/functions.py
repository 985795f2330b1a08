"""Named functions, big operators, and the words that open something."""

from agent.spoken.numbers import LETTER_ORDINALS, ORDINALS
from agent.spoken.table import Table, by_meaning

FUNCTIONS = by_meaning(
    {
        "\\sin": "sine|sin|sign|signed",
        "\\cos": "cosine|cos|co sine|cosign",
        "\\tan": "tangent|tan",
        "\\sec": "secant|sec",
        "\\csc": "cosecant|csc|cosec",
        "\\cot": "cotangent|cot",
        "\\arcsin": "arc sine|arcsine|arcsin|arc sin",
        "\\arccos": "arc cosine|arccosine|arccos|arc cos",
        "\\arctan": "arc tangent|arctangent|arctan|arc tan",
        "\\sinh": "hyperbolic sine|sinh|cinch",
        "\\cosh": "hyperbolic cosine|cosh",
        "\\tanh": "hyperbolic tangent|tanh",
        "\\coth": "hyperbolic cotangent|coth",
        "\\operatorname{sech}": "hyperbolic secant|sech",
        "\\operatorname{csch}": "hyperbolic cosecant|csch",
        "\\log": "log|logarithm",
        "\\ln": "natural log|natural logarithm|l n|ln|log natural",
        "\\exp": "exp|exponential",
        "\\max": "max|maximum",
        "\\min": "min|minimum",
        "\\gcd": "gcd|greatest common divisor",
        "\\operatorname{lcm}": "lcm",
        "\\sup": "supremum",
        "\\inf": "infimum",
        "\\det": "determinant|det",
        "\\dim": "dimension|dim",
        "\\ker": "kernel|ker",
        "\\deg": "deg",
        "\\arg": "arg",
        "\\operatorname{erf}": "erf",
        "\\operatorname{Re}": "real part",
        "\\operatorname{Im}": "imaginary part",
        "\\operatorname{tr}": "trace",
        "\\operatorname{rank}": "rank",
        "\\operatorname{sgn}": "signum|sgn",
        "\\operatorname{Var}": "variance|var",
        "\\operatorname{Cov}": "covariance",
        "\\nabla\\cdot": "divergence|nabla dot|del dot",
        "\\nabla\\times": "curl|nabla cross|del cross",
        "\\nabla": "gradient|del",
    }
)
# These are words of prose too: without "of" they are no functions.
NEED_OF = frozenset(
    [
        "\\max",
        "\\min",
        "\\sup",
        "\\inf",
        "\\dim",
        "\\ker",
        "\\det",
        "\\gcd",
        "\\nabla",
        "\\nabla\\cdot",
        "\\nabla\\times",
        "\\operatorname{Re}",
        "\\operatorname{Im}",
        "\\operatorname{tr}",
        "\\operatorname{rank}",
        "\\operatorname{Var}",
        "\\operatorname{Cov}",
    ]
)
CALLS = by_meaning({"P": "probability", "E": "expected value|expectation", "O": "big o|order"})
SUMMATIONS = by_meaning(
    {
        "\\sum": "sum|summation",
        "\\prod": "product",
        "\\bigcup": "big union|union",
        "\\bigcap": "big intersection",
    }
)
INTEGRALS = by_meaning(
    {
        "\\int": "integral|integrate",
        "\\iint": "double integral",
        "\\iiint": "triple integral",
        "\\oint": "contour integral|closed integral|line integral",
    }
)
LIMITS = by_meaning({"\\lim": "limit|lim", "\\limsup": "lim sup", "\\liminf": "lim inf"})
ROOTS = Table(
    {
        "square root|square route|positive square root|principal square root|root|sqrt": "",
        "cube root|cubed root|cubic root": "3",
    }
)
OPENINGS = Table(
    {
        "(|open paren|open parenthesis|open parentheses|left paren|left parenthesis": ("(", ")"),
        "open bracket|open brackets|open round bracket|bracket|parenthesis|paren": ("(", ")"),
        "[|left bracket|open square bracket|left square bracket": ("[", "]"),
        "{|open brace|left brace|open curly bracket|open curly brace": ("\\{", "\\}"),
    }
)
CLOSINGS = Table(
    {
        ")|close paren|close parenthesis|close parentheses|closed paren|closed parenthesis": True,
        "right paren|right parenthesis|close bracket|close brackets|closed bracket": True,
        "close round bracket|]|right bracket|close square bracket|right square bracket": True,
        "}|close brace|right brace|close curly bracket|close curly brace|write parenthesis": True,
        "end parenthesis|end paren|end bracket": True,
    }
)
INTERVALS = Table(
    {"interval from|closed interval from": ("[", "]"), "open interval from": ("(", ")")}
)
POINTS = Table({"point|ordered pair|pair|coordinates": ("(", ")")})
QUANTITIES = Table({"quantity|the quantity": True})
MAGNITUDES = Table(
    {
        "absolute value of|modulus of|magnitude of|absolute value": ("|", "|"),
        "norm of": ("\\|", "\\|"),
        "floor of": ("\\lfloor ", "\\rfloor "),
        "ceiling of": ("\\lceil ", "\\rceil "),
    }
)
FRACTIONS = Table({"fraction|fraction with numerator": True})
CONJUGATES = Table({"conjugate of|complex conjugate of": "bar"})
PAIRS = by_meaning(
    {
        "+": "sum of",
        "\\times": "product of",
        "-": "difference of|difference between",
        "/": "quotient of|ratio of",
    }
)
DERIVATIVES = Table(
    {
        "derivative of|first derivative of": ("d", 1),
        "second derivative of": ("d", 2),
        "third derivative of": ("d", 3),
        "fourth derivative of": ("d", 4),
        "partial derivative of|first partial derivative of": ("\\partial", 1),
        "second partial derivative of": ("\\partial", 2),
    }
)
_ORDINAL_NAMES = {**{name: str(value) for name, value in ORDINALS.items() if value > 2}}
_ORDINAL_NAMES |= (
    {"n": "n"} | {f"{n}th": str(n) for n in range(4, 21)} | {"3rd": "3"} | LETTER_ORDINALS
)
ORDINAL_ROOTS = Table({f"{name} root": index for name, index in _ORDINAL_NAMES.items()})
SETS = Table({"set of all|set of|set containing": ("\\{", "\\}")})
