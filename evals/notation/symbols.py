"""Which symbols are one symbol, tier by tier."""

# One code point per symbol: spellings of the same mark that KaTeX leaves apart.
STRICT_SYMBOLS = {
    "−": "-",
    "∣": "|",
    "∥": "‖",
    "⋯": "…",
    "∗": "*",
    "≔": ":=",
    "\u02c9": "¯",
}

INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u200b\u200c\u200d\u2060\ufeff")
PRIMES = {"′": 1, "″": 2, "‴": 3, "⁗": 4, "'": 1}

FONTS = {
    "bold": "bold",
    "bold-italic": "bold-italic",
    "double-struck": "bb",
    "script": "cal",
    "fraktur": "frak",
    "sans-serif": "sf",
    "monospace": "tt",
    "normal": "",
    "italic": "",
}
OPENING = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉"}
CLOSING = frozenset(OPENING.values())

# Said alike. Epsilon and phi stay apart from every other letter; case is never folded.
SPOKEN_LETTERS = {
    "ε": "ϵ",
    "φ": "ϕ",
    "ϑ": "θ",
    "ϱ": "ρ",
    "ς": "σ",
    "ϖ": "π",
    "ϰ": "κ",
    "ℓ": "l",
    "ı": "i",
    "ȷ": "j",
}
SPOKEN_OPERATORS = {
    "⩽": "≤",
    "≦": "≤",
    "⩾": "≥",
    "≧": "≥",
    "⟹": "⇒",
    "⟸": "⇐",
    "⟺": "⇔",
    "⟶": "→",
    "⟵": "←",
    "⟷": "↔",
    "⟼": "↦",
    "\\": "∖",
    "⫅": "⊆",
}
SPOKEN_ACCENTS = {"‾": "¯", "→": "⃗"}
TIMES = frozenset(("×", "⋅", "·", "*"))
SPOKEN_DROPPED_FONTS = frozenset(("cal", "frak", "sf", "tt"))
SPOKEN_BOLD_FONTS = frozenset(("bold", "bold-italic"))

# How the canonical tree is written for a person
ACCENT_NAMES = {
    "^": "\\hat",
    "~": "\\tilde",
    "¯": "\\bar",
    "‾": "\\overline",
    "⃗": "\\vec",
    "→": "\\overrightarrow",
    "˙": "\\dot",
    "¨": "\\ddot",
}
BRACKET_PAIRS = {"matrix": "()", "argument": "()", "{}": ("\\{", "\\}")}

RELATIONS = frozenset("=<>≤≥≠≈∼≃≅≡∈∉⊂⊆⊃⊇→⇒⇔≪≫∝↦") | {":="}
