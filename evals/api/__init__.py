"""What `import evals` offers, on the functions that the commands use."""
