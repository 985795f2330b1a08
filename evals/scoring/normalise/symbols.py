"""What each symbol, command and abbreviation is called."""

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣʸᵃᵇᵏᵐ", "0123456789+-()nixyabkm", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙᵢₓⱼₖₘₐₑ", "0123456789+-()nixjkmae", strict=True))
# fmt: off
VULGAR_FRACTIONS = {
    "½": " 1/2 ", "⅓": " 1/3 ", "⅔": " 2/3 ", "¼": " 1/4 ", "¾": " 3/4 ", "⅕": " 1/5 ",
    "⅖": " 2/5 ", "⅗": " 3/5 ", "⅘": " 4/5 ", "⅙": " 1/6 ", "⅚": " 5/6 ", "⅛": " 1/8 ",
    "⅜": " 3/8 ", "⅝": " 5/8 ", "⅞": " 7/8 ",
}

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi",
    "ω": "omega",
}

SYMBOLS = GREEK | {
    "+": "plus", "−": "minus", "=": "equals", "≠": "not equals", "!=": "not equals",
    "≈": "approximately equals", "≅": "congruent to", "≡": "equivalent to", "∼": "similar to",
    "<": "less than", ">": "greater than", "≤": "less than or equal to",
    "<=": "less than or equal to", "≥": "greater than or equal to",
    ">=": "greater than or equal to", "±": "plus minus", "∓": "minus plus", "×": "times",
    "·": "times", "⋅": "times", "*": "times", "∗": "times", "÷": "over", "/": "over",
    "⁄": "over", "∕": "over", "%": "percent", "°": "degrees", "∞": "infinity",
    "√": "square root", "∛": "cube root", "∂": "partial", "∇": "del", "∈": "in", "∉": "not in",
    "∪": "union", "∩": "intersection", "⊂": "subset of", "⊆": "subset of or equal to",
    "→": "approaches", "->": "approaches", "⇒": "implies", "=>": "implies",
    "⇔": "if and only if", "∴": "therefore", "∵": "because", "∀": "for all",
    "∃": "there exists", "∅": "empty set", "∝": "proportional to", "⊥": "perpendicular to",
    "∥": "parallel to", "∠": "angle", "△": "triangle", "&": "and", "⋯": "dot dot dot",
    "(": "(", ")": ")", "[": "[", "]": "]",
}

COMMANDS = {
    "\\pm": "plus minus", "\\mp": "minus plus", "\\times": "times", "\\cdot": "times",
    "\\div": "over", "\\le": "less than or equal to", "\\leq": "less than or equal to",
    "\\ge": "greater than or equal to", "\\geq": "greater than or equal to",
    "\\lt": "less than", "\\gt": "greater than", "\\ne": "not equals", "\\neq": "not equals",
    "\\approx": "approximately equals", "\\infty": "infinity", "\\to": "approaches",
    "\\rightarrow": "approaches", "\\implies": "implies", "\\partial": "partial",
    "\\nabla": "del", "\\in": "in", "\\cup": "union", "\\cap": "intersection",
    "\\circ": "degrees", "\\degree": "degrees", "\\prime": "prime", "\\ldots": "dot dot dot",
    "\\dots": "dot dot dot", "\\cdots": "dot dot dot", "\\therefore": "therefore",
    "\\varepsilon": "epsilon", "\\varphi": "phi", "\\vartheta": "theta", "\\%": "percent",
    "\\{": "{", "\\}": "}", "\\sqrt": "square root", "\\cong": "congruent to",
    "\\equiv": "equivalent to", "\\sim": "similar to", "\\propto": "proportional to",
    "\\subset": "subset of", "\\subseteq": "subset of or equal to", "\\notin": "not in",
    "\\perp": "perpendicular to", "\\parallel": "parallel to", "\\angle": "angle",
    "\\forall": "for all", "\\exists": "there exists", "\\emptyset": "empty set", "\\mid": "|",
    "\\vert": "|", "\\lvert": "|", "\\rvert": "|",
} | {f"\\{name}": name for name in GREEK.values()}

# Said after what they stand on.
ACCENTS = {
    "\\bar": "bar", "\\overline": "bar", "\\hat": "hat", "\\widehat": "hat",
    "\\tilde": "tilde", "\\widetilde": "tilde", "\\dot": "dot",
}

BIG_OPERATORS = {
    "∫": "integral", "\\int": "integral", "∑": "sum", "\\sum": "sum", "∏": "product",
    "\\prod": "product", "\\lim": "limit", "lim": "limit",
}

ABBREVIATIONS = {
    "sin": "sine", "cos": "cosine", "tan": "tan", "sec": "secant", "csc": "cosecant",
    "cosec": "cosecant", "cot": "cotangent", "ln": "natural log", "log": "log",
    "arcsin": "arc sine", "arccos": "arc cosine", "arctan": "arc tan", "sqrt": "square root",
    "ok": "okay", "nought": "zero", "naught": "zero", "logarithm": "log",
}
# fmt: on

FUNCTION_WORDS = frozenset(
    ("sine", "cosine", "tan", "secant", "cosecant", "cotangent", "log", "sinh", "cosh", "tanh")
)
FUNCTION_LETTERS = frozenset("fghp")
GREEK_WORDS = frozenset(GREEK.values())
FILLERS = frozenset(("um", "uh", "uhm", "erm", "hmm", "mm", "mhm"))
OPERATION_WORDS = frozenset(
    ("plus", "minus", "times", "over", "equals", "not", "less", "greater", "approximately", "and")
)
