"""The words of spoken mathematics. Widening the parser mostly means adding rows here."""

Phrase = tuple[str, ...]

GREEK = {
    name: f"\\{name}"
    for name in [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "chi",
        "psi",
        "omega",
    ]
}
CAPITAL_GREEK = {
    name: f"\\{name.capitalize()}"
    for name in [
        "gamma",
        "delta",
        "theta",
        "lambda",
        "xi",
        "pi",
        "sigma",
        "upsilon",
        "phi",
        "psi",
        "omega",
    ]
}
SYMBOLS: dict[Phrase, str] = {
    ("infinity",): "\\infty",
    ("empty", "set"): "\\emptyset",
    ("the", "empty", "set"): "\\emptyset",
    ("the", "real", "numbers"): "\\mathbb{R}",
    ("the", "reals"): "\\mathbb{R}",
    ("the", "integers"): "\\mathbb{Z}",
    ("h", "bar"): "\\hbar",
    ("dot", "dot", "dot"): "\\dots",
    ("nabla",): "\\nabla",
}
# Where an operand must start, these are heard instead of the letter.
HOMOPHONES = {"why": "y", "see": "c", "sea": "c", "ex": "x", "pie": "\\pi", "are": "r", "be": "b"}

RELATIONS: dict[Phrase, str] = {
    ("equals",): "=",
    ("equal",): "=",
    ("equal", "to"): "=",
    ("is", "equal", "to"): "=",
    ("is", "the", "same", "as"): "=",
    ("does", "not", "equal"): "\\ne",
    ("not", "equal", "to"): "\\ne",
    ("is", "not", "equal", "to"): "\\ne",
    ("less", "than"): "<",
    ("is", "less", "than"): "<",
    ("greater", "than"): ">",
    ("is", "greater", "than"): ">",
    ("is", "more", "than"): ">",
    ("less", "than", "or", "equal", "to"): "\\le",
    ("is", "less", "than", "or", "equal", "to"): "\\le",
    ("is", "at", "most"): "\\le",
    ("greater", "than", "or", "equal", "to"): "\\ge",
    ("is", "greater", "than", "or", "equal", "to"): "\\ge",
    ("is", "at", "least"): "\\ge",
    ("approximately", "equals"): "\\approx",
    ("is", "approximately"): "\\approx",
    ("is", "approximately", "equal", "to"): "\\approx",
    ("is", "proportional", "to"): "\\propto",
    ("is", "congruent", "to"): "\\equiv",
    ("is", "equivalent", "to"): "\\equiv",
    ("is", "an", "element", "of"): "\\in",
    ("is", "in"): "\\in",
    ("element", "of"): "\\in",
    ("is", "a", "subset", "of"): "\\subseteq",
    ("subset", "of"): "\\subseteq",
    ("implies",): "\\implies",
    ("goes", "to"): "\\to",
    ("approaches",): "\\to",
    ("tends", "to"): "\\to",
    ("maps", "to"): "\\mapsto",
}
SUMS: dict[Phrase, str] = {
    ("plus",): "+",
    ("minus",): "-",
    ("plus", "or", "minus"): "\\pm",
    ("plus", "minus"): "\\pm",
    ("minus", "or", "plus"): "\\mp",
    ("minus", "plus"): "\\mp",
    ("union",): "\\cup",
    ("intersect",): "\\cap",
    ("intersection",): "\\cap",
}
PRODUCTS: dict[Phrase, str] = {
    ("times",): "\\times",
    ("multiplied", "by"): "\\times",
    ("dot",): "\\cdot",
    ("cross",): "\\times",
    ("mod",): "\\bmod",
    ("modulo",): "\\bmod",
}
FRACTION_BARS: set[Phrase] = {("over",), ("divided", "by"), ("upon",)}
WIDE_FRACTION_BARS: set[Phrase] = {
    ("all", "over"),
    ("the", "whole", "over"),
    ("all", "divided", "by"),
}

FUNCTIONS: dict[Phrase, str] = {
    ("sine",): "\\sin",
    ("sin",): "\\sin",
    ("sign",): "\\sin",
    ("cosine",): "\\cos",
    ("cos",): "\\cos",
    ("tangent",): "\\tan",
    ("tan",): "\\tan",
    ("secant",): "\\sec",
    ("cosecant",): "\\csc",
    ("cotangent",): "\\cot",
    ("arc", "sine"): "\\arcsin",
    ("arcsine",): "\\arcsin",
    ("arc", "cosine"): "\\arccos",
    ("arccosine",): "\\arccos",
    ("arc", "tangent"): "\\arctan",
    ("arctangent",): "\\arctan",
    ("hyperbolic", "sine"): "\\sinh",
    ("hyperbolic", "cosine"): "\\cosh",
    ("hyperbolic", "tangent"): "\\tanh",
    ("log",): "\\log",
    ("logarithm",): "\\log",
    ("natural", "log"): "\\ln",
    ("natural", "logarithm"): "\\ln",
    ("l", "n"): "\\ln",
    ("ln",): "\\ln",
    ("exp",): "\\exp",
    ("max",): "\\max",
    ("min",): "\\min",
    ("determinant",): "\\det",
}
BIG_OPERATORS: dict[Phrase, str] = {
    ("sum",): "\\sum",
    ("summation",): "\\sum",
    ("product",): "\\prod",
}
INTEGRALS: dict[Phrase, str] = {
    ("integral",): "\\int",
    ("double", "integral"): "\\iint",
    ("triple", "integral"): "\\iiint",
    ("contour", "integral"): "\\oint",
}
ROOTS: dict[Phrase, str | None] = {
    ("square", "root"): None,
    ("root",): None,
    ("cube", "root"): "3",
    ("cubed", "root"): "3",
}
POWERS: dict[Phrase, str] = {("squared",): "2", ("square",): "2", ("cubed",): "3"}
WIDE_POWERS: dict[Phrase, str] = {
    ("all", "squared"): "2",
    ("quantity", "squared"): "2",
    ("whole", "squared"): "2",
    ("all", "cubed"): "3",
    ("quantity", "cubed"): "3",
}
ACCENTS: dict[Phrase, str] = {
    ("bar",): "bar",
    ("hat",): "hat",
    ("tilde",): "tilde",
    ("vector",): "vec",
}
PRIMES: dict[Phrase, str] = {
    ("prime",): "'",
    ("double", "prime"): "''",
    ("triple", "prime"): "'''",
}
OPENINGS: dict[Phrase, tuple[str, str]] = {
    ("open", "parenthesis"): ("(", ")"),
    ("open", "parentheses"): ("(", ")"),
    ("open", "paren"): ("(", ")"),
    ("left", "parenthesis"): ("(", ")"),
    ("left", "paren"): ("(", ")"),
    ("open", "bracket"): ("[", "]"),
    ("open", "brackets"): ("[", "]"),
    ("left", "bracket"): ("[", "]"),
    ("open", "brace"): ("\\{", "\\}"),
}
CLOSINGS: set[Phrase] = {
    ("close", "parenthesis"),
    ("close", "parentheses"),
    ("close", "paren"),
    ("closed", "parenthesis"),
    ("closed", "paren"),
    ("right", "parenthesis"),
    ("right", "paren"),
    ("close", "bracket"),
    ("close", "brackets"),
    ("right", "bracket"),
    ("close", "brace"),
    ("close", "quantity"),
    ("end", "quantity"),
    ("end", "root"),
    (",",),
}
SPOKEN_SYMBOLS = {
    "+": "plus",
    "-": "minus",
    "−": "minus",
    "=": "equals",
    "*": "times",
    "×": "times",
    "·": "dot",
    "/": "over",
    "<": "less than",
    ">": "greater than",
    "≤": "less than or equal to",
    "≥": "greater than or equal to",
    "^": "to the",
    "²": "squared",
    "³": "cubed",
    "√": "square root",
    "π": "pi",
    "∞": "infinity",
    "(": "open paren",
    ")": "close paren",
}
