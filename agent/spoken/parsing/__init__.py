"""The parser that every construct is read by: words in, nodes out, LaTeX written."""
