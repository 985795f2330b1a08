"""From scores of utterances to rates, intervals and comparisons of runs."""
