"""Named functions, big operators, and the words that open something."""

from agent.spoken.vocabulary.numbers import LETTER_ORDINALS, ORDINALS
from agent.spoken.vocabulary.table import Table, by_meaning

FUNCTIONS = by_meaning(
    {
        "\\sin": "sine|sin|sign|signed",
        "\\cos": "cosine|cos|co sine|cosign|co sign",
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
        "\\sup": "supremum|sup",
        "\\inf": "infimum|inf",
        "\\det": "determinant|det",
        "\\dim": "dimension|dim",
        "\\ker": "kernel|ker",
        "\\deg": "deg|degree",
        "\\operatorname{argmax}": "arg max|argmax",
        "\\operatorname{argmin}": "arg min|argmin",
        "\\arg": "arg",
        "\\operatorname{erf}": "erf",
        "\\operatorname{Re}": "real part",
        "\\operatorname{Im}": "imaginary part",
        "\\operatorname{tr}": "trace",
        "\\operatorname{rank}": "rank",
        "\\operatorname{sgn}": "signum|sgn",
        "\\operatorname{Var}": "variance|var",
        "\\operatorname{Cov}": "covariance|cov",
        "\\nabla\\cdot": "divergence|div|nabla dot|del dot",
        "\\nabla\\times": "curl|nabla cross|del cross",
        "\\nabla": "gradient|grad|del",
        "\\nabla^2": "laplacian",
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
        "\\deg",
        "\\gcd",
        "\\nabla",
        "\\nabla^2",
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
# Of these, a letter right behind them is enough: det a, curl f.
NEED_OF_OR_LETTER = frozenset(
    ["\\det", "\\operatorname{tr}", "\\nabla", "\\nabla\\cdot", "\\nabla\\times"]
)
CALLS = by_meaning(
    {
        "P": "probability",
        "E": "expected value|expectation",
        "\\Pr": "pr",
        "O": "big o|order",
        "\\mathcal{P}": "power set",
        "\\operatorname{SD}": "standard deviation",
        "\\Gamma": "gamma function",
    }
)
LISTED_CALLS = by_meaning(
    {
        "\\gcd": "gcd|greatest common divisor|highest common factor|greatest common factor|hcf",
        "\\operatorname{lcm}": "lcm|least common multiple|lowest common multiple",
        "\\operatorname{Cov}": "covariance",
        "\\max": "max|maximum",
        "\\min": "min|minimum",
    }
)
QUANTIFIERS = by_meaning(
    {
        "\\forall": "for all|for every|for each|for any",
        "\\nexists": "there does not exist|there exists no|there is no",
        "\\exists!": "there is exactly one|there exists exactly one",
        "\\exists": "exists|there exists|there exist|there is|for some",
    }
)
CONNECTIVES = Table(
    {word: word for word in ("and", "or", "if", "when", "where", "so", "but", "therefore", "hence")}
)
FIGURES = by_meaning({"\\triangle": "triangle", "\\angle": "angle"})
LINES = Table({"line|side": "", "line segment|segment": "overline", "ray": "overrightarrow"})
SUMMATIONS = by_meaning(
    {
        "\\sum": "sum|summation|sigma summation|some from|some of|sigma from",
        "\\prod": "product",
        "\\bigcup": "big union|union",
        "\\bigoplus": "direct sum",
        "\\bigcap": "big intersection|intersection",
    }
)
INTEGRALS = by_meaning(
    {
        "\\int": "integral|integrate|indefinite integral|definite integral",
        "\\iint": "double integral",
        "\\iiint": "triple integral",
        "\\oint": "contour integral|closed integral|line integral",
    }
)
LIMITS = by_meaning(
    {
        "\\lim": "limit|lim",
        "\\limsup": "lim sup|limit superior|limsup",
        "\\liminf": "lim inf|limit inferior|liminf",
    }
)
SIDED_LIMITS = Table(
    {"left hand limit|left sided limit": "-", "right hand limit|right sided limit": "+"}
)
ROOTS = Table(
    {
        "square root|square route|route|start root|begin root|start square root|begin square root|positive square root|principal square root|root|sqrt": "",
        "cube root|cubed root|cubic root": "3",
    }
)
OPENINGS = Table(
    {
        "(|open paren|open parenthesis|open parentheses|left paren|left parenthesis": ("(", ")"),
        "open bracket|open brackets|open round bracket|bracket|parenthesis|paren": ("(", ")"),
        "round bracket|brackets|in brackets|in parentheses": ("(", ")"),
        "open angle bracket|left angle bracket|angle bracket": ("\\langle ", "\\rangle"),
        "[|left bracket|square bracket|open square bracket|left square bracket": ("[", "]"),
        "{|curly bracket|curly brace|open brace|left brace|open curly bracket|open curly brace": (
            "\\{",
            "\\}",
        ),
    }
)
# What a bracket is closed with: empty where the words fit any kind.
CLOSINGS = Table(
    {
        ")|close paren|close parenthesis|close parentheses|closed paren|closed parenthesis": ")",
        "right paren|right parenthesis|end parenthesis|end paren|end parentheses": ")",
        "write parenthesis|close round bracket": ")",
        "]|close square bracket|right square bracket|right bracket": "]",
        "}|close brace|right brace|close curly bracket|close curly brace": "\\}",
        "end brace|end curly bracket": "\\}",
        "close bracket|close brackets|closed bracket|end bracket|end brackets": "",
        "close angle bracket|right angle bracket|angle bracket": "",
    }
)
INTERVALS = Table(
    {
        "interval from|interval|closed interval from|closed interval": ("[", "]"),
        "open interval from|open interval": ("(", ")"),
        "half open interval from|half open interval": ("[", ")"),
    }
)
POINTS = Table({"point|ordered pair|pair|coordinates": ("(", ")")})
QUANTITIES = Table({"quantity|the quantity": True})
MAGNITUDES = Table(
    {
        "absolute value of|modulus of|magnitude of|absolute value|cardinality of": ("|", "|"),
        "start absolute value|begin absolute value": ("|", "|"),
        "norm of": ("\\|", "\\|"),
        "floor of": ("\\lfloor ", "\\rfloor"),
        "ceiling of": ("\\lceil ", "\\rceil"),
    }
)
BARS = Table({"vbar": "|", "vbars": "\\|"})  # how symbols.py spells | and ‖
FRACTIONS = Table(
    {"fraction|fraction with numerator|numerator|start fraction|begin fraction|open fraction": True}
)
SCALED = Table({"twice|double": "2", "triple|thrice": "3"})
RAISED_OF = Table(
    {f"{name} power of": str(value) for name, value in ORDINALS.items() if value > 1}
    | {"nth power of": "n"}
    | {
        "square of": "2",
        "cube of": "3",
        "complement of": "c",
        "transpose of": "T",
        "inverse of": "-1",
    }
)
CONJUGATES = Table({"conjugate of|complex conjugate of": "bar"})
PAIRS = by_meaning(
    {
        "+": "sum of",
        "\\times": "product of",
        "-": "difference of|difference between",
        "\\cdot": "dot product of|scalar product of",
        "cross": "cross product of|vector product of",
        "\\cup": "union of",
        "\\cap": "intersection of",
        "/": "quotient of|ratio of",
    }
)
DERIVATIVES = Table(
    {
        "derivative of|first derivative of|differentiate": ("d", 1),
        "second derivative of": ("d", 2),
        "third derivative of": ("d", 3),
        "fourth derivative of": ("d", 4),
        "partial derivative of|first partial derivative of|partial of": ("\\partial", 1),
        "second partial derivative of": ("\\partial", 2),
    }
)
_ORDINAL_NAMES = {**{name: str(value) for name, value in ORDINALS.items() if value > 2}}
_ORDINAL_NAMES |= (
    {"n": "n"} | {f"{n}th": str(n) for n in range(4, 21)} | {"3rd": "3"} | LETTER_ORDINALS
)
ORDINAL_ROOTS = Table({f"{name} root": index for name, index in _ORDINAL_NAMES.items()})
MATRICES = Table({"matrix": "pmatrix", "determinant": "vmatrix"})
SIZES = Table(
    {
        f"{name} by|{n} by": n
        for n, name in enumerate(("one", "two", "three", "four", "five", "six"), start=1)
    }
)
COLUMNS = Table({"column vector|column matrix": True, "row vector|row matrix": False})
COMPONENTS = Table({"vector": True})
CASES = Table({"cases|two cases|2 cases|three cases|3 cases|case one|case 1": True})
SYSTEMS = Table({"system|system of equations|simultaneous equations|equations": True})
SETS = Table({"set of all|set of|set containing|set consisting of|set": ("\\{", "\\}")})
