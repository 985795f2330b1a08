"""The words of spoken mathematics: letters, numbers, operators, functions, symbols."""
