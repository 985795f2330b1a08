"""What stands between two operands or after one."""

from agent.spoken.vocabulary.table import Table, by_meaning

RELATIONS = by_meaning(
    {
        "=": "equals|equal|equal to|equals to|is equal to|are equal to|is the same as|is given by|will equal|must equal|makes|which is equal to|which equals|must be equal to|to equal|be equal to|does equal|equaled|make|it equals|that equals",
        "\\ne": "does not equal|not equal to|is not equal to|not equals|not equal|doesn't equal|isn't equal to",
        "<": "less than|is less than|is smaller than|smaller than|which is less than|is strictly less than",
        ">": "greater than|is greater than|is more than|is larger than|larger than|is bigger than|bigger than|which is greater than|more than|is strictly greater than",
        "\\le": "less than or equal to|is less than or equal to|less or equal to|less than or equals|is at most|at most|which is less than or equal to|is no more than|less than equal to",
        "\\ge": "greater than or equal to|is greater than or equal to|greater or equal to|greater than or equals|is at least|at least|which is greater than or equal to|is no less than|greater than equal to",
        "\\ll": "much less than|is much less than|is much smaller than",
        "\\gg": "much greater than|is much greater than|is much larger than",
        "\\approx": "approximately equals|is approximately|is approximately equal to|approximately equal to|approximately|is about|is roughly|is almost equal to",
        "\\sim": "is distributed as|is similar to|similar to|tilde operator|has distribution|follows",
        "\\propto": "is proportional to|proportional to|varies as",
        "\\equiv": "is congruent to|congruent to|is equivalent to|is identically equal to|is identical to",
        "\\in": "is an element of|is in|element of|in|belongs to|belong to|is a member of|an element of|is in the set",
        "\\notin": "is not an element of|is not in|not in|not an element of|is not a member of|does not belong to",
        "\\subseteq": "is a subset of|subset of|is a subset of or equal to|is contained in",
        "\\nsubseteq": "is not a subset of|not a subset of",
        "\\supseteq": "is a superset of|superset of",
        "\\supset": "is a proper superset of|superset",
        "\\subset": "is a proper subset of|proper subset of|is a strict subset of|subset",
        "\\implies": "implies|implies that",
        "\\iff": "if and only if|iff|is equivalent with",
        "\\to": "goes to|approaches|tends to|nears|right arrow|arrow|yields",
        "\\mapsto": "maps to|is mapped to",
        "\\perp": "is perpendicular to|perpendicular to|is orthogonal to",
        "\\parallel": "is parallel to|parallel to",
        "\\cong": "is isomorphic to|is congruent with",
        "\\mid": "divides",
        "\\nmid": "does not divide",
        "\\lesssim": "is less than or approximately equal to|less than or approximately equal to",
        "\\gtrsim": "is greater than or approximately equal to|greater than or approximately equal to",
        "\\ni": "contains as member",
        ":=": "is defined as|is defined to be",
    }
)
# Without anything on their left: less than or equal to five.
LEADING_RELATIONS = Table(
    {
        "approximately|approximately equal to|is approximately": "\\approx ",
        "less than or equal to": "\\le ",
        "greater than or equal to": "\\ge ",
        "less than": "< ",
        "greater than": "> ",
        "not equal to": "\\ne ",
    }
)
# The sides of these need not be formulas for the words to be ordinary prose.
EQUALS_WORDS = Table({"is": "=", "be": "=", "equal": "="})
SUMS = by_meaning(
    {
        "+": "plus|added to|and then plus",
        "-": "minus|subtract|take away|negative",
        "\\pm": "plus or minus|plus minus",
        "\\mp": "minus or plus|minus plus",
        "\\cup": "union",
        "\\cap": "intersect|intersection|intersected with|intersection with",
        "\\setminus": "set minus|backslash",
        "\\wedge": "wedge|logical and",
        "\\vee": "logical or",
        "\\oplus": "direct sum|o plus",
    }
)
PRODUCTS = by_meaning(
    {
        "\\times": "times|multiplied by|cross|times by|lots of|into|cartesian product",
        "\\cdot": "dot",
        "\\bmod": "mod|modulo",
        "\\circ": "composed with|composition|circle",
        "\\otimes": "tensor|o times",
        "\\ast": "convolved with|asterisk",
    }
)
BARS = Table({"over|divided by|upon|slash|by|per": True})
WIDE_BARS = Table(
    {
        "all over|over all|the whole over|whole thing over|the whole thing over": True,
        "all divided by|everything over|the whole thing divided by|whole divided by": True,
        "quantity over|end quantity over|everything divided by|all that over|all of that over": True,
    }
)
POWERS = Table({"squared|square": "2", "cubed|cube": "3"})
WIDE_POWERS = Table(
    {
        "all squared|quantity squared|whole squared|the whole squared|everything squared": "2",
        "the whole thing squared|whole thing squared|the quantity squared": "2",
        "all cubed|quantity cubed|whole cubed|the whole cubed|the whole thing cubed": "3",
        "all to the|the whole to the|whole thing to the|all raised to the": "",
        "all to the power of|all to the power|all raised to the power of": "",
        "all transpose|all transposed": "T",
        "all inverse": "-1",
        "all complement": "c",
    }
)
TO_THE = Table(
    {
        "to the power of|to the power|to power|raised to power|raised to the power of|raised to the power": True,
        "raised to|raised to the|raised to the exponent|to the exponent|to the|superscript|caret|the power of|super": True,
    }
)
SUBS = Table({"sub|subscript|sub script|with subscript": True})
PRIMES = Table(
    {
        "prime|dash": 1,
        "double prime|prime prime|double dash|dash dash": 2,
        "triple prime|triple dash": 3,
    }
)
ACCENTS = by_meaning(
    {
        "bar": "bar|overbar|overline|overlined|conjugate|horizontal bar",
        "hat": "hat|unit vector",
        "tilde": "tilde|twiddle",
        "vec": "vector|arrow on top|with an arrow",
        "dot": "dot",
        "ddot": "double dot",
    }
)
MARKS = Table({"factorial": "!", "percent|per cent": "\\%", "double factorial": "!!"})
RAISED = Table(
    {
        "inverse": "-1",
        "transpose|transposed": "T",
        "star": "*",
        "dagger": "\\dagger",
        "perpendicular|perp": "\\perp",
        "degrees|degree": "\\circ",
        "up arrow": "\\uparrow",
        "down arrow": "\\downarrow",
        "complement": "c",
    }
)
# Behind a letter these are its index: v initial, omega new.
QUALIFIERS = Table(
    {
        name: name
        for name in (
            "new",
            "old",
            "max",
            "min",
            "minimum",
            "maximum",
            "initial",
            "final",
            "total",
            "eff",
            "avg",
        )
    }
)
# Behind a formula these say something of it in words.
VERDICTS = Table(
    {
        verdict: verdict
        for verdict in (
            "exists", "does not exist", "converges", "diverges", "is undefined", "is even",
            "is odd", "is prime", "is finite", "is constant",
        )
    }
)  # fmt: skip
# What a side is compared with, without saying zero.
COMPARED_WITH_ZERO = Table(
    {
        "is positive": ">",
        "is negative": "<",
        "is non negative|is nonnegative": "\\ge",
        "is non positive|is nonpositive": "\\le",
        "is nonzero|is non zero": "\\ne",
    }
)
NAUGHT = Table({"naught|nought|not": "0"})
ENDINGS = Table(
    {
        "end root|end quantity|close quantity|end of root|end fraction|end absolute value": True,
        "end square root|end cube root|close root|close square root|close fraction": True,
        "end integral|end sum|end product|end limit|end log|end sine|end cosine|end tangent": True,
        "end function|end binomial|end numerator|end denominator|end scripts|end norm": True,
        "end exponent|end subscript|end superscript|end power|end sub|baseline": True,
    }
)
