"""The likeliest token after another: quick, for words that are still being spoken."""

import numpy as np
import numpy.typing as npt

from agent.local_live.ear.guards import is_loop, most_tokens
from agent.local_live.ear.moonshine import Floats, Moonshine
from agent.local_live.ear.tokenizer import END


def decode_greedily(
    model: Moonshine, sound: Floats, banned: npt.NDArray[np.bool_]
) -> tuple[int, ...]:
    """The tokens of 16 kHz sound; ends where they begin to loop."""
    decoding = model.listen(sound)
    tokens: tuple[int, ...] = ()
    for _ in range(most_tokens(len(sound))):
        token = int(np.where(banned, -np.inf, decoding.log_probs[0]).argmax())
        if token == END or is_loop((*tokens, token)):
            break
        tokens = (*tokens, token)
        decoding = model.go_on(decoding, [0], [token])
    return tokens
