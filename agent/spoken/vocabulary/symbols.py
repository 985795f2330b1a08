"""How written symbols are said: what cloud recognisers write instead of words."""

GREEK_LETTERS = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi",
    "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "capital gamma", "Δ": "capital delta",
    "Θ": "capital theta", "Λ": "capital lambda", "Ξ": "capital xi", "Π": "capital pi",
    "Σ": "capital sigma", "Φ": "capital phi", "Ψ": "capital psi", "Ω": "capital omega",
}  # fmt: skip
FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5),
    "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8),
    "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱˣ", "0123456789+-nix", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₙᵢⱼₖₘₓ", "0123456789+-nijkmx", strict=True))
SPELLED = {"dee": "d", "aitch": "h", "ess": "s"}  # letters by a name that is no other word
SIGNS = {
    "+": "plus", "-": "minus", "−": "minus", "–": "minus", "=": "equals", "≠": "not equal to",
    "≈": "approximately equals", "≡": "is congruent to", "*": "times", "×": "times",
    "·": "dot", "⋅": "dot", "÷": "divided by", "/": "slash", "<": "less than",
    ">": "greater than", "≤": "less than or equal to", "≥": "greater than or equal to",
    "±": "plus or minus", "∓": "minus or plus", "^": "caret", "_": "sub", "√": "square root of",
    "∛": "cube root of", "∫": "integral", "∑": "sum", "∏": "product", "∞": "infinity",
    "∂": "partial", "∇": "nabla", "→": "approaches", "⇒": "implies", "∈": "is in",
    "∉": "is not in", "⊂": "is a proper subset of", "⊆": "is a subset of", "∪": "union",
    "∩": "intersection", "∅": "empty set", "∀": "for all", "∃": "there exists",
    "|": "vbar", "‖": "vbars", "%": "percent", "°": "degrees", "′": "prime", "″": "double prime", "…": "dot dot dot",
    "\u0302": "hat", "\u0304": "bar", "\u0303": "tilde", "\u0307": "dot", "\u20d7": "arrow",
    "!=": "not equal to", "<=": "less than or equal to", ">=": "greater than or equal to",
    "->": "approaches", "...": "dot dot dot", "**": "caret", "!": "factorial",
}  # fmt: skip
