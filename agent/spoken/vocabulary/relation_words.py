"""What relates two sides; several constructs end where one of these stands."""

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
# The sides of these need not be formulas for the words to be ordinary prose.
EQUALS_WORDS = Table({"is": "=", "be": "=", "equal": "="})
