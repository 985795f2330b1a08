"""Letters run together: `xy` is said "x y"."""

# fmt: off
_WORDS = frozenset((
    "ad", "ah", "am", "an", "as", "at", "be", "by", "do", "eh", "er", "ex", "go", "ha", "he",
    "hi", "id", "if", "in", "is", "it", "la", "ma", "me", "mu", "my", "no", "nu", "of", "oh",
    "ok", "on", "or", "ow", "ox", "pa", "pi", "so", "th", "to", "tv", "uh", "um", "up", "us",
    "vs", "we", "xi", "ye", "yo", "mr", "ms", "dr", "st",
    "cm", "ft", "hz", "kg", "km", "kw", "lb", "mg", "ml", "mm", "oz",
    "cry", "dry", "fly", "fry", "gym", "hmm", "mhm", "mph", "mrs", "nth", "ply", "pry", "shh",
    "shy", "sky", "sly", "spy", "sty", "thy", "try", "why",
))
# fmt: on
_VOWELS = frozenset("aeiou")
_RUNS = frozenset(("abc",))


def split_letters(word: str) -> list[str]:
    """`dx` as "d", "x"; words of the language and longer ones stay whole.

    Two letters that are no English word, or three without a vowel, are a product.
    """
    is_run = len(word) == 2 or word in _RUNS or (len(word) == 3 and not _VOWELS & set(word))
    return list(word) if is_run and word.isalpha() and word not in _WORDS else [word]
