"""One spelling for spoken maths, whoever wrote it down."""

NORMALISER_VERSION = "1"


def normalise_spoken_math(text: str) -> str:
    """The words of `text` as they are said: lower case, single spaces, symbols spoken out."""
    raise NotImplementedError
